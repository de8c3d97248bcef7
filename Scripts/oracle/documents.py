"""Documents from the grammar alone: executable and type-system ones, with every kind of token, spaced at random."""

NAMES = ["a", "b", "c", "id", "name", "User", "Query", "Node", "_x9", "__typename", "Foo_Bar", "x" * 40]
KEYWORDS = [
    "on", "query", "mutation", "subscription", "fragment", "schema", "scalar", "type", "interface", "union", "enum",
    "input", "directive", "extend", "implements", "repeatable", "true", "false", "null",
]  # fmt: skip
LOCATIONS = [
    "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT",
    "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION",
    "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION",
]  # fmt: skip
INTS = ["0", "-0", "7", "42", "-13", "2147483648", "123456789012345678901234567890"]
FLOATS = ["0.0", "1.5", "-3.25e10", "1E5", "0e-3", "6.0221413e+23"]
PIECES = [
    "", "a", "hello world", "é", "ß→∞", "𝄞", "\\n", "\\t", '\\"', "\\\\", "\\/", "\\b", "\\f", "\\r", "\\u0041",
    "\\u00e9", "\\u{1F600}", "\\u{0}", "\\uD83D\\uDE00", "#", ",", "\t", "\u00a0", "\\u{00000041}", "'", "{}", "\x7f",
]  # fmt: skip
LINES = [
    "", " ", "  indented", "\ttab", "plain", "    deep", 'say "hi"', '""', '\\"""', "\\n is no escape", "é𝄞", "ends \\",
    "trailing  ", "#no comment", ",",
]  # fmt: skip
BREAKS = ["\n", "\n", "\n", "\r\n", "\r"]


class DocumentGenerator:
    """Writes one document: a list of tokens first, then the text between them."""

    def __init__(self, random):
        self.random = random
        self.tokens = []
        self.depth = 0

    def document(self):
        """The text of a document that the grammar allows."""
        kind = self.random.random()
        for _ in range(self.random.choice([1, 1, 1, 2, 2, 3, 5])):
            if kind < 0.5 or (kind < 0.6 and self.random.random() < 0.5):
                self.executable()
            else:
                self.type_system()
        return self.joined()

    def joined(self):
        """The tokens with random ignored text between them."""
        random = self.random
        style = random.random()
        text = ["\ufeff"] if random.random() < 0.03 else []
        before = ""
        for token in self.tokens:
            if style < 0.3:
                between = " "
            else:
                between = random.choice(["", " ", " ", "\n", "  ", "\n  ", ",", ", ", "\t", "\r\n", "\r", " # é, note\n", ",,"])
            # Only where two tokens would run together must something stand between them.
            if not between and glued(before, token):
                between = " "
            text += [between, token]
            before = token
        text.append(random.choice(["", "\n", " ", "# end", "\n\n"]))
        return "".join(text)

    # Small parts.

    def chance(self, share):
        return self.random.random() < share

    def add(self, *tokens):
        self.tokens += tokens

    def name(self, *barred):
        pool = NAMES if self.chance(0.8) else KEYWORDS
        name = self.random.choice(pool)
        return "other" if name in barred else name

    def many(self, body, most=3):
        for _ in range(self.random.randint(1, most)):
            body()

    def description(self):
        if self.chance(0.25):
            self.string()

    def string(self):
        random = self.random
        if random.random() < 0.5:
            self.add('"' + "".join(random.choice(PIECES) for _ in range(random.randint(0, 4))) + '"')
        else:
            text = ""
            for _ in range(random.randint(0, 5)):
                text += random.choice(LINES) + random.choice(BREAKS)
            text += random.choice(LINES)
            # A quote or backslash before the end would change where the end is.
            if text.endswith(('"', "\\")):
                text += " "
            self.add('"""' + text + '"""')

    def value(self, constant):
        self.depth += 1
        choices = ["int", "float", "string", "word", "enum"]
        if not constant:
            choices += ["variable"] * 2
        if self.depth < 5:
            choices += ["list", "object"]
        kind = self.random.choice(choices)
        if kind == "int":
            self.add(self.random.choice(INTS))
        elif kind == "float":
            self.add(self.random.choice(FLOATS))
        elif kind == "string":
            self.string()
        elif kind == "word":
            self.add(self.random.choice(["true", "false", "null"]))
        elif kind == "enum":
            self.add(self.name("true", "false", "null"))
        elif kind == "variable":
            self.add("$", self.name())
        elif kind == "list":
            self.add("[")
            for _ in range(self.random.randint(0, 3)):
                self.value(constant)
            self.add("]")
        else:
            self.add("{")
            for _ in range(self.random.randint(0, 3)):
                self.add(self.name(), ":")
                self.value(constant)
            self.add("}")
        self.depth -= 1

    def type_reference(self):
        if self.chance(0.3) and self.depth < 4:
            self.depth += 1
            self.add("[")
            self.type_reference()
            self.add("]")
            self.depth -= 1
        else:
            self.add(self.name())
        if self.chance(0.3):
            self.add("!")

    def argument(self, constant):
        self.add(self.name(), ":")
        self.value(constant)

    def arguments(self, constant):
        self.add("(")
        self.many(lambda: self.argument(constant))
        self.add(")")

    def directives(self, constant, share=0.2):
        while self.chance(share):
            self.add("@", self.name())
            if self.chance(0.5):
                self.arguments(constant)

    # Executable definitions.

    def executable(self):
        if self.chance(0.25):
            self.selection_set()
        elif self.chance(0.6):
            self.description()
            self.add(self.random.choice(["query", "mutation", "subscription"]))
            if self.chance(0.7):
                self.add(self.name())
            if self.chance(0.4):
                self.add("(")
                self.many(self.variable_definition)
                self.add(")")
            self.directives(False)
            self.selection_set()
        else:
            self.description()
            self.add("fragment", self.name("on"), "on", self.name())
            self.directives(False)
            self.selection_set()

    def variable_definition(self):
        self.description()
        self.add("$", self.name(), ":")
        self.type_reference()
        if self.chance(0.3):
            self.add("=")
            self.value(True)
        self.directives(True)

    def selection_set(self):
        self.depth += 1
        self.add("{")
        self.many(self.selection, 4 if self.depth < 4 else 1)
        self.add("}")
        self.depth -= 1

    def selection(self):
        if self.chance(0.75) or self.depth > 5:
            if self.chance(0.2):
                self.add(self.name(), ":")
            self.add(self.name())
            if self.chance(0.25):
                self.arguments(False)
            self.directives(False, 0.15)
            if self.chance(0.3) and self.depth <= 5:
                self.selection_set()
        elif self.chance(0.5):
            self.add("...", self.name("on"))
            self.directives(False)
        else:
            self.add("...")
            if self.chance(0.7):
                self.add("on", self.name())
            self.directives(False)
            self.selection_set()

    # Definitions of the type system.

    def type_system(self):
        extends = self.chance(0.2)
        kinds = ["schema", "scalar", "type", "interface", "union", "enum", "input"]
        kind = self.random.choice(kinds if extends else kinds + ["directive"])
        if extends:
            self.add("extend")
        else:
            self.description()
        self.add(kind)
        start = len(self.tokens)
        getattr(self, kind)()
        # An extension must add something.
        if extends and len(self.tokens) <= start + 1:
            self.add("@", self.name())

    def schema(self):
        self.directives(True)
        self.add("{")
        self.many(lambda: self.add(self.random.choice(["query", "mutation", "subscription"]), ":", self.name()))
        self.add("}")

    def scalar(self):
        self.add(self.name())
        self.directives(True)

    def fielded(self):
        self.add(self.name())
        if self.chance(0.4):
            self.add("implements")
            if self.chance(0.2):
                self.add("&")
            self.add(self.name())
            while self.chance(0.4):
                self.add("&", self.name())
        self.directives(True)
        if self.chance(0.85):
            self.add("{")
            self.many(self.field_definition)
            self.add("}")

    type = interface = fielded

    def field_definition(self):
        self.description()
        self.add(self.name())
        if self.chance(0.3):
            self.add("(")
            self.many(self.input_value)
            self.add(")")
        self.add(":")
        self.type_reference()
        self.directives(True)

    def input_value(self):
        self.description()
        self.add(self.name(), ":")
        self.type_reference()
        if self.chance(0.3):
            self.add("=")
            self.value(True)
        self.directives(True)

    def union(self):
        self.add(self.name())
        self.directives(True)
        if self.chance(0.85):
            self.add("=")
            self.piped(self.name)

    def piped(self, name):
        if self.chance(0.2):
            self.add("|")
        self.add(name())
        while self.chance(0.5):
            self.add("|", name())

    def enum(self):
        self.add(self.name())
        self.directives(True)
        if self.chance(0.85):
            self.add("{")
            self.many(self.enum_value)
            self.add("}")

    def enum_value(self):
        self.description()
        self.add(self.name("true", "false", "null"))
        self.directives(True)

    def input(self):
        self.add(self.name())
        self.directives(True)
        if self.chance(0.85):
            self.add("{")
            self.many(self.input_value)
            self.add("}")

    def directive(self):
        self.add("@", self.name())
        if self.chance(0.4):
            self.add("(")
            self.many(self.input_value)
            self.add(")")
        if self.chance(0.3):
            self.add("repeatable")
        self.add("on")
        self.piped(lambda: self.random.choice(LOCATIONS))


def glued(left, right):
    """Whether the two tokens, side by side, would read as something else."""
    word = left[-1:].isalnum() or left[-1:] == "_"
    if word and (right[0].isalnum() or right[0] in "_.-"):
        return left[-1:] != "" and not (right[0] == "-" and not left[0].isdigit() and left[0] != "-")
    return left.endswith('"') and right.startswith('"')
