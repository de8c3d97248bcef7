#!/usr/bin/env python3
"""make.py FOLDER EXPECTED: makes files that attack whoever reads them, and a JSON file that says how each must end.

Only the standard library; nothing here is kept, as the files are made when they are tested.

The JSON maps a file's name to a list of codes of which one must come; "TEXT" stands for text, of which every
string under "has" is part and none under "lacks". "isAboutName" marks files whose content is harmless.
"""

import io
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path

WORDS = "Jane Doe\njane@example.com\nExperience\nBackend Engineer, Example Ltd, 2015 - 2021\nSkills\nGo, PostgreSQL\n"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)

files: dict[str, tuple[bytes, dict]] = {}


def add(name: str, content: bytes | str, *codes: str, has: tuple = (), lacks: tuple = (), is_name: bool = False) -> None:
    content = content.encode() if isinstance(content, str) else content
    files[name] = (content, {"codes": list(codes), "has": list(has), "lacks": list(lacks), "isAboutName": is_name})


# Archives


def archive(entries: list[tuple[str, bytes | str]], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, content in entries:
            file.writestr(name, content)
    return out.getvalue()


def paragraphs(text: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())


def docx(body: str, before: str = "", more: list = ()) -> bytes:
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return archive(
        [("[Content_Types].xml", CONTENT_TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", document), *more]
    )


def odt(body: str, before: str = "") -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content xmlns:office="{office}" xmlns:text="{text}">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)])


def bomb_entities(root: str) -> str:
    levels = "".join(
        f'<!ENTITY e{level} "{"".join(f"&e{level - 1};" for _ in range(10))}">' for level in range(1, 12)
    )
    return f'<!DOCTYPE {root} [<!ENTITY e0 "ha">{levels}]>'


def archives() -> None:
    good = paragraphs(WORDS)
    zeros = b"\0" * (200 << 20)
    add("zip-bomb.docx", archive([("[Content_Types].xml", CONTENT_TYPES), ("_rels/.rels", RELATIONS),
                                  ("word/document.xml", zeros)]), "FILE_TOO_LARGE")
    inner = archive([("a", zeros)])
    for _ in range(3):
        inner = archive([(f"{number}.zip", inner) for number in range(4)], zipfile.ZIP_STORED)
    add("nested-bomb.zip", inner, "UNSUPPORTED_MEDIA_TYPE")
    add("nested-bomb.docx", docx(good, more=[("word/embeddings/more.zip", inner)]), "TEXT", has=("Jane Doe",))
    add("entities.docx", docx("<w:p><w:r><w:t>&e11;</w:t></w:r></w:p>", bomb_entities("w:document")),
        "FILE_DAMAGED", "FILE_TOO_LARGE", "NO_TEXT")
    add("entities.odt", odt("<text:p>&e11;</text:p>", bomb_entities("office:document-content")),
        "FILE_DAMAGED", "FILE_TOO_LARGE", "NO_TEXT")
    outside = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % g SYSTEM "http://127.0.0.1:1/x">%g;]>'
    add("outside-entity.docx", docx(f"<w:p><w:r><w:t>a&f;b</w:t></w:r></w:p>{good}", outside),
        "TEXT", "FILE_DAMAGED", lacks=("root:",))
    add("outside-entity.odt", odt("<text:p>Jane &f;Doe</text:p>", outside), "TEXT", "FILE_DAMAGED", lacks=("root:",))
    add("climbing-names.docx", docx(good, more=[("../../../../tmp/shortlist-was-here", "x"),
                                                ("/tmp/shortlist-was-here", "x"), ("..\\..\\shortlist-was-here", "x")]),
        "TEXT", has=("Jane Doe",))
    add("climbing-target.docx", archive([
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONS.replace("word/document.xml", "../../../../etc/passwd")),
    ]), "FILE_DAMAGED", "UNSUPPORTED_MEDIA_TYPE", "NO_TEXT", lacks=("root:",))
    deep = "<w:p>" * 50_000
    add("deep.docx", docx(deep), "FILE_DAMAGED", "NO_TEXT", "FILE_TOO_LARGE")
    add("many-entries.docx", docx(good, more=[(f"x/{number}", "") for number in range(20_000)]),
        "TEXT", "FILE_TOO_LARGE", "FILE_DAMAGED")
    whole = docx(good)
    add("cut.docx", whole[: len(whole) * 2 // 3], "FILE_DAMAGED")
    add("locked.docx", ole_encrypted(), "FILE_ENCRYPTED")
    locked = bytearray(docx(good))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := locked.find(mark, place + 1)) >= 0:
            locked[place + offset] |= 1
    add("locked-entries.docx", bytes(locked), "FILE_ENCRYPTED", "FILE_DAMAGED")


def ole_encrypted() -> bytes:
    """A compound file as Word makes one of a document with a password: the package is a stream of its own."""
    sector = 512
    names = [("Root Entry", 5, 1), ("EncryptionInfo", 2, 0xFFFFFFFF), ("EncryptedPackage", 2, 0xFFFFFFFF)]
    directory = b""
    for place, (name, kind, child) in enumerate(names):
        text = name.encode("utf-16-le") + b"\0\0"
        right = place + 1 if place == 1 else 0xFFFFFFFF
        start = {0: 0xFFFFFFFE, 1: 2, 2: 10}[place]
        size = {0: 0, 1: 4096, 2: 4096}[place]
        directory += (
            text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + struct.pack("<III", 0xFFFFFFFF, right, child)
            + b"\0" * 36 + struct.pack("<IQ", start, size)
        )
    directory = directory.ljust(sector, b"\0")
    table = [0xFFFFFFFD, 0xFFFFFFFE] + [*range(3, 10), 0xFFFFFFFE] + [*range(11, 18), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", 0xFFFFFFFF) * 108
    return header + struct.pack("<128I", *table) + directory + b"\x04\0\x04\0" * (4096 // 4) + b"\x55" * 4096


# PDF


def pdf(objects: list[bytes | str], trailer: str = "") -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def stream(content: bytes | str, entries: str = "") -> bytes:
    content = content.encode() if isinstance(content, str) else content
    return f"<< /Length {len(content)} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def shown(text: str, x: int = 50, y: int = 800) -> str:
    lines = "".join(f"({line}) Tj T*\n" for line in text.splitlines())
    return f"BT /F 10 Tf 12 TL {x} {y} Td\n{lines}ET"


HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(content: bytes | str, catalog: str = "", entries: str = "", more: list = (), font: str = HELVETICA,
         resources: str = "") -> bytes:
    """One page; its objects are 1 catalog, 2 pages, 3 page, 4 font, 5 content, 6… `more`."""
    return pdf([
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R {entries} "
        f"/Resources << /Font << /F 4 0 R >> {resources} >> >>",
        font, content if isinstance(content, bytes) and content.startswith(b"<<") else stream(content), *more,
    ])


def pdfs() -> None:
    good = shown(WORDS)
    count = 10_000
    kids = " ".join(f"{number + 5} 0 R" for number in range(count))
    add("many-pages.pdf", pdf([
        "<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {count} /Kids [{kids}] >>", HELVETICA,
        stream(good),
        *["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
          "/Resources << /Font << /F 3 0 R >> >> >>"] * count,
    ]), "FILE_TOO_LARGE")
    add("pages-within-themselves.pdf", pdf([
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 3 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>",
    ]), "FILE_DAMAGED", "NO_TEXT", "TIMED_OUT")
    add("millions-of-pages.pdf", pdf([
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]), "FILE_TOO_LARGE", "FILE_DAMAGED")
    form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 6 0 R /Y 7 0 R >> >>"
    add("forms-within-themselves.pdf", page(
        good + "\n/X Do", resources="/XObject << /X 6 0 R /Y 7 0 R >>",
        more=[stream("/X Do /Y Do", form), stream("/X Do /X Do", form)],
    ), "TEXT", "FILE_DAMAGED", "TIMED_OUT", has=())
    nested = [stream(f"/Z{n + 1} Do " * 10 if n < 9 else "0 0 m 1 1 l S",
                     "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << "
                     f"/Z{n + 1} {7 + n if n < 9 else 6} 0 R >> >>") for n in range(10)]
    add("forms-by-the-billion.pdf", page(good + "\n/Z0 Do", resources="/XObject << /Z0 6 0 R >>", more=nested),
        "TEXT", "TIMED_OUT", "FILE_DAMAGED", "FILE_TOO_LARGE")
    packed = zlib.compress(b"q " * (30 << 20), 9)
    add("stream-bomb.pdf", page(stream(packed, "/Filter /FlateDecode")),
        "NO_TEXT", "TIMED_OUT", "FILE_TOO_LARGE", "FILE_DAMAGED")
    twice = zlib.compress(zlib.compress(b"\0" * (100 << 20), 9), 9)
    add("stream-bomb-twice.pdf", page(stream(twice, "/Filter [/FlateDecode /FlateDecode]")),
        "NO_TEXT", "TIMED_OUT", "FILE_TOO_LARGE", "FILE_DAMAGED")
    whole = page(stream(zlib.compress(good.encode()), "/Filter /FlateDecode"))
    add("cut.pdf", whole[: len(whole) - 300], "TEXT", "FILE_DAMAGED", "NO_TEXT")
    add("cut-early.pdf", whole[:120], "FILE_DAMAGED")
    add("length-lies.pdf", page(stream(good).replace(b"/Length ", b"/Length 99999999")),
        "TEXT", "FILE_DAMAGED", "NO_TEXT")
    add("locked.pdf", pdf([
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R >>",
        f"<< /Filter /Standard /V 1 /R 2 /P -44 /O <{'41' * 32}> /U <{'42' * 32}> >>", stream("\x13\x37secret"),
    ], "/Encrypt 4 0 R /ID [<01> <01>]"), "FILE_ENCRYPTED")
    inner = archive([("evil.sh", "rm -rf /")])
    add("also-a-zip.pdf", page(good) + inner, "TEXT", has=("Jane Doe",))
    add("also-a-pdf.docx", docx(paragraphs(WORDS)) + page(shown("Somebody else entirely")),
        "TEXT", "FILE_DAMAGED", lacks=("Somebody else",))
    add("script.pdf", page(
        good, "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); this.exportDataObject\\({}\\);) >> "
        "/Names << /EmbeddedFiles << /Names [(evil.exe) 6 0 R] >> >>",
        more=["<< /Type /Filespec /F (evil.exe) /EF << /F 7 0 R >> >>", stream("MZ the embedded program")],
    ), "TEXT", has=("Jane Doe",), lacks=("app.alert", "embedded program"))
    add("launch.pdf", page(good, "/OpenAction << /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >> >>"),
        "TEXT", has=("Jane Doe",))
    add("outside-stream.pdf", page(b"<< /Length 0 /F (/etc/passwd) >>\nstream\n\nendstream"),
        "NO_TEXT", "FILE_DAMAGED", lacks=("root:",))
    lying = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        "1 begincodespacerange <00> <FF> endcodespacerange 26 beginbfchar\n"
        + "".join(f"<{ord('a') + n:02X}> <{ord('a') + (n + 7) % 26:04X}>\n" for n in range(26))
        + "endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    add("lying-font.pdf", page(
        shown("tlq qwq\ntlq kckwb zcqbh ucakz\nwl ckkwclk zlqb gcz") , more=[stream(lying)],
        font="<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
    ), "TEXT", "NO_TEXT")
    add("named-wrongly.pdf", WORDS, "TEXT", has=("Jane Doe",))
    add("named-wrongly.docx", page(good), "TEXT", has=("Jane Doe",))
    add("huge-page.pdf", page(good).replace(b"[0 0 595 842]", b"[0 0 2000000000 2000000000]"),
        "TEXT", "FILE_DAMAGED", "FILE_TOO_LARGE", "NO_TEXT")


# Pictures


def png(width: int, height: int, data: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pictures() -> None:
    add("huge.png", png(60_000, 60_000, zlib.compress(b"\0" * 100)), "FILE_TOO_LARGE")
    add("largest.png", png(2**31 - 1, 2**31 - 1, b""), "FILE_TOO_LARGE", "FILE_DAMAGED")
    add("overlong.png", png(64, 64, zlib.compress(b"\0" * (100 << 20), 9)), "NO_TEXT", "FILE_DAMAGED", "FILE_TOO_LARGE")
    add("empty.png", png(64, 64, b""), "NO_TEXT", "FILE_DAMAGED")
    add("thin.png", png(1, 40_000_000, b""), "FILE_DAMAGED", "FILE_TOO_LARGE", "NO_TEXT")
    add("huge.gif", b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + b";", "FILE_TOO_LARGE", "FILE_DAMAGED")
    add("huge.bmp", b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, 2**31 - 1, 2**31 - 1,
                                                                             1, 24, 0, 0, 0, 0, 0, 0),
        "FILE_TOO_LARGE", "FILE_DAMAGED")
    add("page.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "UNSUPPORTED_MEDIA_TYPE", "TEXT", "NO_TEXT")


# Texts


def texts() -> None:
    add("groups.rtf", "{\\rtf1 " + "{\\b " * 200_000 + WORDS, "TEXT", "FILE_DAMAGED", "FILE_TOO_LARGE", "NO_TEXT")
    add("binary.rtf", "{\\rtf1 Jane Doe\\par \\bin2147483647 abc}", "TEXT", "FILE_DAMAGED", "NO_TEXT")
    add("object.rtf", "{\\rtf1 Jane Doe\\par {\\object\\objdata 4d5a9000 evil}{\\field{\\*\\fldinst INCLUDETEXT "
        '"/etc/passwd"}{\\fldrslt x}}}', "TEXT", has=("Jane Doe",), lacks=("root:", "4d5a"))
    add("deep.html", "<div>" * 50_000 + WORDS, "TEXT", "FILE_DAMAGED", "FILE_TOO_LARGE")
    add("styles.html", "<style>" + "x i{color:red}" * 4_000 + "</style>" + "<i>" * 2_000 + WORDS, "FILE_TOO_LARGE")
    add("attributes.html", "<html><p " + "a='b' " * 100_000 + ">" + WORDS, "TEXT", "FILE_TOO_LARGE", "FILE_DAMAGED")
    add("active.html", "<html><script>fetch('http://127.0.0.1/x')</script><iframe src='file:///etc/passwd'></iframe>"
        f"<img src='file:///etc/shadow'><pre>{WORDS}</pre>", "TEXT", has=("Jane Doe",), lacks=("root:", "fetch("))
    add("one-line.txt", "Jane Doe " + "x" * (12 << 20), "TEXT", "FILE_TOO_LARGE", "TIMED_OUT", "FILE_DAMAGED")
    add("nul.txt", b"Jane Doe\0\0\0" + b"\0" * 100_000, "TEXT", "UNSUPPORTED_MEDIA_TYPE", "FILE_DAMAGED", "NO_TEXT")
    add("deep.json", "[" * 500_000, "FILE_DAMAGED", "UNSUPPORTED_MEDIA_TYPE", "TEXT", "NO_TEXT")
    add("marks.txt", WORDS.replace("Jane", "J\u202ea\u0301\u0301\u0301n\u200be\u2066"), "TEXT", has=("jane@example.com",))
    add("random.doc", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(range(256)) * 40,
        "FILE_DAMAGED", "UNSUPPORTED_MEDIA_TYPE", "NO_TEXT")
    loop = bytearray(ole_encrypted())
    struct.pack_into("<I", loop, 512 + 4 * 1, 1)  # the directory's chain leads to itself
    add("loop.doc", bytes(loop), "FILE_DAMAGED", "UNSUPPORTED_MEDIA_TYPE", "FILE_ENCRYPTED", "NO_TEXT")
    add("program.pdf", b"\x7fELF" + b"\0" * 2_000, "UNSUPPORTED_MEDIA_TYPE")


def names() -> None:
    for name in (
        "-rf.txt", "--help.pdf", "@resume.txt", "-.txt", "new\nline.txt", "tab\tand\x1bescape.txt", "\u202etxt.exe.txt",
        "'; rm -rf $HOME; '.txt", "$(id).txt", "a" * 240 + ".txt", " .txt", "%s%n%x.txt", "..txt", "résumé 履歴書.txt",
    ):
        add(name, WORDS, "TEXT", has=("Jane Doe",), is_name=True)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for make in (archives, pdfs, pictures, texts, names):
        make()
    for name, (content, _) in files.items():
        (folder / name).write_bytes(content)
    expected = {name: expectation for name, (_, expectation) in files.items()}
    Path(sys.argv[2]).write_text(json.dumps(expected))


main()
