"""Changes that break a text: by token and by character."""

import re
import time

TOKENS = re.compile(r'"""(?:[^"\\]|\\"""|\\|"(?!""))*"""|"(?:[^"\\\n\r]|\\.)*"|#[^\n\r]*|\.\.\.|[A-Za-z_0-9.+-]+|\s+|.', re.S)
STRANGERS = [
    "{", "}", "(", ")", "[", "]", ":", "=", "!", "|", "&", "@", "$", "...", "..", ".", "on", "fragment", "query", "type",
    "extend", "null", "true", '"', '"""', '""', "#", "0", "01", "1.", ".5", "1e", "-", "1a", "0x1", "1.2.3", "é", "~", "%",
    "?", "'", "\\", '"\\u12"', '"\\uD800"', '"\\u{110000}"', '"\\u{}"', '"\\x"', '"\\uDC00\\uD83D"', '"\\u{D800}"', "\0",
    "\x07", "\ufeff", "\u2028", "\u00a0", "𝄞", "\n", "\r", "\r\n", "schema", "directive", "enum", "input", "interface",
    "union", "scalar", "implements", "repeatable", "&&", '"unclosed', '"""unclosed', "<", "*", "^", ";", "`",
    '"\\uD83D\\u0041"', '"\\u{FFFFFFFFFF}"', "-a", "+1", "1_000", "0.0.0", "00", "-", "{}", "()", "[]",
]  # fmt: skip
SPLIT = TOKENS.findall


def mutated(random, text):
    """The text with one to three random changes."""
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        text = changed_tokens(random, text) if random.random() < 0.75 else changed_characters(random, text)
    return text


def changed_tokens(random, text):
    tokens = SPLIT(text) or [""]
    place = random.randrange(len(tokens))
    kind = random.random()
    if kind < 0.3:
        del tokens[place]
    elif kind < 0.45:
        tokens.insert(place, tokens[place])
    elif kind < 0.6:
        other = random.randrange(len(tokens))
        tokens[place], tokens[other] = tokens[other], tokens[place]
    elif kind < 0.8:
        tokens[place] = random.choice(STRANGERS)
    elif kind < 0.95:
        tokens.insert(place, random.choice(STRANGERS))
    else:
        tokens = tokens[:place]
    return "".join(tokens)


def changed_characters(random, text):
    place = random.randint(0, len(text))
    kind = random.random()
    if kind < 0.4:
        return text[:place] + text[place + 1 :]
    if kind < 0.8:
        return text[:place] + random.choice(STRANGERS) + text[place:]
    return text[:place]


def minimised(text, still, seconds=4.0):
    """A shorter text that `still` holds for: pieces are taken out while it does, for so long at most."""
    tokens = list(SPLIT(text))
    end_of_time = time.monotonic() + seconds

    def without(start, end):
        return time.monotonic() < end_of_time and still("".join(tokens[:start] + tokens[end:]))

    while True:
        before = len(tokens)
        for start, end in groups(tokens):
            if end <= len(tokens) and without(start, end):
                del tokens[start:end]
                break
        else:
            size = max(1, len(tokens) // 2)
            while size:
                place = 0
                while place < len(tokens):
                    if without(place, place + size):
                        del tokens[place : place + size]
                    else:
                        place += size
                size //= 2
        if len(tokens) == before:
            return "".join(tokens)


def groups(tokens):
    """Where a bracket opens and closes again, the longest first."""
    found, opened = [], []
    for place, token in enumerate(tokens):
        if token in ("{", "(", "["):
            opened.append(place)
        elif token in ("}", ")", "]") and opened:
            found.append((opened.pop(), place + 1))
    return sorted(found, key=lambda group: group[0] - group[1])
