"""A resume in Word's binary format of 1997, written from Microsoft's open specifications [MS-DOC] and [MS-CFB].

Just enough of the format: one piece of UTF-16 text, one section, one font, direct formatting.
"""

import struct

_SECTOR = 512
_TEXT_START = 1024
_END_OF_CHAIN = 0xFFFFFFFE


def doc(person, path):
    """Bold headings, indented points, dates at a right tab stop."""
    paragraphs = list(_paragraphs(person))
    text = "".join(words + "\r" for words, _, _ in paragraphs)
    encoded = text.encode("utf-16-le")
    end = _TEXT_START + len(encoded)
    body = bytearray(_TEXT_START) + encoded
    _pad(body, _SECTOR)

    # Formatting stands in pages of 512 bytes after the text; the table stream says which page covers which bytes.
    position, character_runs, paragraph_runs = _TEXT_START, [], []
    for words, character, paragraph in paragraphs:
        start, position = position, position + 2 * len(words) + 2
        character_runs.append((start, position, struct.pack("<B", len(character)) + character))
        papx = struct.pack("<H", 0) + paragraph
        # An odd length is stored as (2 × count − 1); an even one after a zero.
        size = struct.pack("<B", (len(papx) + 1) // 2) if len(papx) % 2 else struct.pack("<BB", 0, len(papx) // 2)
        paragraph_runs.append((start, position, size + papx))
    characters = _pages(body, character_runs, entry=1)
    styles = _pages(body, paragraph_runs, entry=13)
    section = len(body)
    page = struct.pack(
        "<HHHHHHHHHHHH", 0xB01F, 11906, 0xB020, 16838, 0xB021, 1134, 0xB022, 1134, 0x9023, 1021, 0x9024, 1021
    )
    body += struct.pack("<H", len(page)) + page
    _pad(body, _SECTOR, least=4096)

    table, places = bytearray(), {}

    def add(index, data):
        places[index] = (len(table), len(data))
        table.extend(data)
        _pad(table, 2)

    count = len(text)
    add(1, _style_sheet())
    add(6, struct.pack("<IIHIHI", 0, count, 0, section, 0, 0))
    add(12, characters)
    add(13, styles)
    add(15, _fonts("Times New Roman"))
    add(31, bytes(500))
    piece = struct.pack("<IIHIH", 0, count, 0, _TEXT_START, 0)
    add(33, struct.pack("<BI", 2, len(piece)) + piece)
    _pad(table, _SECTOR, least=4096)

    body[:_TEXT_START] = _file_information(end, count, len(body), places).ljust(_TEXT_START, b"\0")
    path.write_bytes(_compound_file(bytes(body), bytes(table)))


def _paragraphs(person):
    """The resume as (words, character properties, paragraph properties)."""

    def look(size=21, bold=False, italic=False):
        return (
            struct.pack("<HH", 0x4A43, size) + (b"\x35\x08\x01" if bold else b"") + (b"\x36\x08\x01" if italic else b"")
        )

    def spaced(before=0, after=40, indent=0, tab=False):
        out = struct.pack("<HHHH", 0xA413, before, 0xA414, after)
        if indent:
            out += struct.pack("<HhHh", 0x840F, indent, 0x8411, -indent + 60)
        if tab:
            out += struct.pack("<HBBBhB", 0xC60D, 5, 0, 1, 9600, 2)
        return out

    yield person["name"], look(36, bold=True), spaced()
    yield person["headline"], look(24, italic=True), spaced()
    yield "   ".join([person["location"], person["phone"], person["email"], *person["links"]]), look(), spaced(
        after=120
    )
    for section in person["sections"]:
        yield section["heading"], look(25, bold=True), spaced(before=180, after=60)
        if "text" in section:
            yield section["text"], look(), spaced()
        for item in section.get("positions", []):
            yield f"{item['title']}\t{item['dates']}", look(bold=True), spaced(before=80, tab=True)
            yield f"{item['organization']}, {item['location']}", look(italic=True), spaced()
            for point in item["points"]:
                yield f"•  {point}", look(), spaced(indent=300)
        for item in section.get("entries", []):
            yield f"{item['degree']}\t{item['dates']}", look(bold=True), spaced(tab=True)
            yield f"{item['school']}, {item['location']}", look(), spaced()
        for label, items in section.get("groups", []):
            yield f"{label}: {items}", look(), spaced()
        for item in section.get("items", []):
            yield f"•  {item}", look(), spaced(indent=300)


def _pad(data, unit, least=0):
    data.extend(bytes(max(least - len(data), 0)))
    data.extend(bytes(-len(data) % unit))


def _pages(body, runs, entry):
    """Packs runs of formatting into pages at the end of the body; returns the table that finds them.

    A page holds the runs' bounds, then one entry each (`entry` bytes, the first of which is where in the page its
    properties stand, in words), properties from the end backwards, and the count in its last byte.
    """
    bounds, numbers = [runs[0][0]], []
    while runs:
        page, free, taken = bytearray(_SECTOR), _SECTOR - 1, []
        for start, end, properties in runs:
            place = (free - len(properties)) // 2 * 2
            if place < 4 * (len(taken) + 2) + entry * (len(taken) + 1):
                break
            page[place : place + len(properties)] = properties
            free = place
            taken.append((start, end, place))
        for index, (start, end, place) in enumerate(taken):
            struct.pack_into("<II", page, 4 * index, start, end)
            page[4 * (len(taken) + 1) + entry * index] = place // 2
        page[-1] = len(taken)
        numbers.append(len(body) // _SECTOR)
        bounds.append(taken[-1][1])
        body += page
        runs = runs[len(taken) :]
    return struct.pack(f"<{len(bounds)}I{len(numbers)}I", *bounds, *numbers)


def _style_sheet():
    """The one style, Normal, and fourteen empty places that the format reserves."""
    name = "Normal".encode("utf-16-le")
    paragraph, character = struct.pack("<HH", 2, 0), struct.pack("<HHH", 4, 0x4A4F, 0)
    upx = paragraph + character
    head = struct.pack("<HHHHH", 0, 0xFFF0 | 1, 0x0002, 10 + 4 + len(name) + len(upx), 0)
    style = head + struct.pack("<H", 6) + name + b"\0\0" + upx
    information = struct.pack("<9H", 15, 10, 1, 0x5B, 15, 0, 0, 0, 0)
    return struct.pack("<H", len(information)) + information + struct.pack("<H", len(style)) + style + bytes(2 * 14)


def _fonts(name):
    entry = struct.pack("<BHBB", 0x16, 400, 0, 0) + bytes(34) + name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HH", 1, 0) + struct.pack("<B", len(entry)) + entry


def _file_information(end, count, size, places):
    """The block at the start of the document that says where everything is."""
    base = struct.pack("<HHHHHHHIBBHHII", 0xA5EC, 0xC1, 0, 0x0409, 0, 0x1200, 0xBF, 0, 0, 0, 0, 0, _TEXT_START, end)
    words = struct.pack("<H14H", 14, *([0] * 13), 0x0409)
    longs = struct.pack("<H22I", 22, size, 0, 0, count, *([0] * 18))
    pairs = [value for index in range(93) for value in places.get(index, (0, 0))]
    return base + words + longs + struct.pack("<H186IH", 93, *pairs, 0)


def _compound_file(body, table):
    """The container: a header, one sector of sector chains, one of directory entries, and the two streams."""
    streams = [("WordDocument", body), ("1Table", table)]
    chains = [0xFFFFFFFD, _END_OF_CHAIN]
    starts = []
    for _, data in streams:
        starts.append(len(chains))
        sectors = len(data) // _SECTOR
        chains += [len(chains) + index + 1 for index in range(sectors - 1)] + [_END_OF_CHAIN]
    if len(chains) > _SECTOR // 4:
        raise ValueError("the document is too long for a container with one sector of chains")
    chains += [0xFFFFFFFF] * (_SECTOR // 4 - len(chains))

    def entry(name, kind, left, child, start, size, identifier=bytes(16)):
        encoded = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBIII", len(encoded), kind, 1, left, 0xFFFFFFFF, child)
        return encoded.ljust(64, b"\0") + links + identifier + bytes(20) + struct.pack("<IQ", start, size)

    none = 0xFFFFFFFF
    word = bytes.fromhex("0609020000000000c000000000000046")
    directory = entry("Root Entry", 5, none, 1, _END_OF_CHAIN, 0, word)
    directory += entry("WordDocument", 2, 2, none, starts[0], len(body))
    directory += entry("1Table", 2, none, none, starts[1], len(table))
    # An unused entry has no name and no neighbours.
    directory += bytes(68) + struct.pack("<III", none, none, none) + bytes(48)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
    header += struct.pack("<109I", 0, *([none] * 108))
    return header + struct.pack("<128I", *chains) + directory + body + table
