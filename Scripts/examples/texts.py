"""Resumes as text: plain, Markdown, HTML and RTF."""

import textwrap
from html import escape


def plain(encoding, bom=""):
    """A maker of plain text in the encoding, with Windows line ends as such files have them."""

    def write(person, path):
        out = [person["name"], person["headline"], ""]
        out += [person["location"], f"{person['email']}  |  {person['phone']}", *person["links"]]
        for section in person["sections"]:
            out += ["", section["heading"], "-" * len(section["heading"])]
            out += _plain_section(section)
        path.write_bytes((bom + "\r\n".join(out) + "\r\n").encode(encoding))

    return write


def _plain_section(section):
    if "text" in section:
        return textwrap.wrap(section["text"], 78)
    if "positions" in section:
        out = []
        for item in section["positions"]:
            out += ["", f"{item['dates']}", f"{item['title']}, {item['organization']}, {item['location']}"]
            for point in item["points"]:
                out += textwrap.wrap(point, 74, initial_indent="• ", subsequent_indent="  ")
        return out[1:]
    if "entries" in section:
        return [
            f"{item['dates']}   {item['degree']}, {item['school']}, {item['location']}" for item in section["entries"]
        ]
    if "groups" in section:
        return [f"{label}: {items}" for label, items in section["groups"]]
    return [f"• {item}" for item in section["items"]]


def markdown(person, path):
    """Markdown as developers keep it in a repository."""
    out = [f"# {person['name']}", "", f"**{person['headline']}**", ""]
    out += [f"{person['location']} · [{person['email']}](mailto:{person['email']}) · {person['phone']}  "]
    out += [" · ".join(f"<{link}>" for link in person["links"])]
    for section in person["sections"]:
        out += ["", f"## {section['heading']}", ""]
        if "text" in section:
            out += textwrap.wrap(section["text"], 100)
        for item in section.get("positions", []):
            out += [f"### {item['title']}, {item['organization']}", "", f"*{item['dates']}*, {item['location']}", ""]
            out += [f"- {point}" for point in item["points"]] + [""]
        for item in section.get("entries", []):
            out += [
                f"- **{item['degree']}**, {item['school']}, {item['location']} ({item['dates']})."
                f" {item['note']}".rstrip()
            ]
        if "groups" in section:
            out += ["| Area | Tools |", "|---|---|"]
            out += [f"| {label} | {items} |" for label, items in section["groups"]]
        out += [f"- {item}" for item in section.get("items", [])]
        while out[-1] == "":
            out.pop()
    path.write_text("\n".join(out) + "\n", encoding="utf-8")


_STYLE = """
    body { font: 16px/1.5 Georgia, serif; max-width: 46em; margin: 2em auto; color: #222; }
    header { border-bottom: 3px solid #b5532a; margin-bottom: 1em; }
    h1 { margin: 0; } h2 { color: #b5532a; font-size: 1.15em; margin-bottom: .3em; }
    h3 { margin: .6em 0 0; font-size: 1em; } .when { float: right; color: #666; }
    .tags li { display: inline-block; background: #f4e6df; border-radius: 4px; padding: 0 .5em; margin: 2px; }
    .tags { list-style: none; padding: 0; }
"""


def html(person, path):
    """A page with its own style sheet, named entities and some mark-up that carries no text."""

    def text(value):
        return escape(value).replace("–", "&ndash;").replace("’", "&rsquo;").replace("é", "&eacute;")

    out = ["<!DOCTYPE html>", '<html lang="en">', "<head>", '  <meta charset="utf-8">']
    out += [
        f"  <title>{text(person['name'])}: {text(person['headline'])}</title>",
        f"  <style>{_STYLE}  </style>",
        "</head>",
        "<body>",
    ]
    out += [
        "  <header>",
        f"    <h1>{text(person['name'])}</h1>",
        f"    <p><strong>{text(person['headline'])}</strong></p>",
    ]
    links = " &middot; ".join(f'<a href="{link}">{link.removeprefix("https://")}</a>' for link in person["links"])
    mail = f'<a href="mailto:{person["email"]}">{person["email"]}</a>'
    out += [f"    <p>{text(person['location'])}<br>{mail} &middot; {person['phone']}<br>{links}</p>", "  </header>"]
    for section in person["sections"]:
        out += ["  <section>", f"    <h2>{text(section['heading'])}</h2>"]
        if "text" in section:
            out += [f"    <p>{text(section['text'])}</p>"]
        for item in section.get("positions", []):
            out += [f'    <h3>{text(item["title"])} <span class="when">{text(item["dates"])}</span></h3>']
            out += [f"    <div>{text(item['organization'])}, {text(item['location'])}</div>", "    <ul>"]
            out += [f"      <li>{text(point)}</li>" for point in item["points"]] + ["    </ul>"]
        for item in section.get("entries", []):
            out += [
                f'    <p><b>{text(item["degree"])}</b>, {text(item["school"])}, {text(item["location"])}'
                f' <span class="when">{text(item["dates"])}</span></p>'
            ]
        if "items" in section:
            out += [
                '    <ul class="tags">',
                *(f"      <li>{text(item)}</li>" for item in section["items"]),
                "    </ul>",
            ]
        out += ["  </section>"]
    out += ["</body>", "</html>"]
    path.write_text("\n".join(out) + "\n", encoding="utf-8")


def rtf(person, path):
    """Rich text as word processors write it: a font table, a colour table, escapes for all that is not ASCII."""

    def text(value):
        out = []
        for character in value:
            if character in "\\{}":
                out.append("\\" + character)
            elif ord(character) < 128:
                out.append(character)
            elif len(byte := character.encode("windows-1252", "ignore")) == 1:
                out.append(f"\\'{byte[0]:02x}")
            else:
                out.append(f"\\u{ord(character)}?")
        return "".join(out)

    bullet = "{\\pard\\fi-240\\li360\\sa40 \\bullet\\tab %s\\par}"
    out = [
        r"{\rtf1\ansi\ansicpg1252\deff0\deflang6153",
        r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fswiss\fcharset0 Arial;}}",
        r"{\colortbl;\red31\green78\blue61;}",
        r"{\info{\title " + text(person["name"]) + r" CV}{\creatim\yr2026\mo11\dy2\hr9\min15}}",
        r"\paperw11906\paperh16838\margl1134\margr1134\margt1134\margb1134\fs22",
        r"{\pard\f1\fs40\b\cf1 " + text(person["name"]) + r"\b0\par}",
        r"{\pard\f1\fs24 " + text(person["headline"]) + r"\par}",
        r"{\pard\sa160 " + text(f"{person['location']}  |  {person['phone']}  |  {person['email']}") + r"\par}",
    ]
    for section in person["sections"]:
        out.append(
            r"{\pard\sb200\sa80\keepn\brdrb\brdrs\brdrw10 \f1\fs26\b\cf1 " + text(section["heading"]) + r"\b0\par}"
        )
        if "text" in section:
            out.append(r"{\pard\sa80 " + text(section["text"]) + r"\par}")
        for item in section.get("positions", []):
            out.append(
                r"{\pard\sb80\keepn\tqr\tx9600 \b " + text(item["title"]) + r"\b0\tab " + text(item["dates"]) + r"\par}"
            )
            out.append(r"{\pard\sa40\keepn \i " + text(f"{item['organization']}, {item['location']}") + r"\i0\par}")
            out += [bullet % text(point) for point in item["points"]]
        for item in section.get("entries", []):
            out.append(r"{\pard\tqr\tx9600 \b " + text(item["degree"]) + r"\b0\tab " + text(item["dates"]) + r"\par}")
            out.append(
                r"{\pard\sa60 "
                + text(", ".join(filter(None, [item["school"], item["location"], item["note"]])))
                + r"\par}"
            )
        out += [bullet % text(item) for item in section.get("items", [])]
    path.write_bytes(("\r\n".join(out) + "\r\n}\r\n").encode("ascii"))
