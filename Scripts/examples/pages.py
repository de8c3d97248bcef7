"""Resumes as PDF with a text layer, in four layouts."""

from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    FrameBreak,
    HRFlowable,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from . import fonts


def one_column(person, path):
    """Serif, centred head, a rule under each heading, dates after the employer."""
    ink = HexColor("#1f2933")
    body = _style("Serif", 10.4, 14.6, textColor=ink)
    name = _style("Serif-Bold", 21, 26, alignment=TA_CENTER, textColor=ink)
    centre = ParagraphStyle("centre", parent=body, alignment=TA_CENTER)
    heading = _style("Serif-Bold", 11.5, 15, spaceBefore=9, textColor=HexColor("#7a1f2b"))
    story = [
        Paragraph(escape(person["name"]), name),
        Paragraph(
            f"<i>{escape(person['headline'])}</i>", ParagraphStyle("headline", parent=centre, fontSize=11.5, leading=16)
        ),
        Paragraph(_contacts(person, " | "), centre),
    ]
    for section in person["sections"]:
        head = [
            Paragraph(escape(section["heading"].upper()), heading),
            HRFlowable(width="100%", thickness=0.6, color=HexColor("#7a1f2b"), spaceBefore=1, spaceAfter=4),
        ]
        blocks = _blocks(section, body, _position_in_lines)
        story += [CondPageBreak(_ROOM), *head, *blocks]
    _document(person, path, A4, [(22 * mm, 18 * mm, 166 * mm, 262 * mm)]).build(story)


def sidebar(person, path):
    """A coloured band at the left with white text; the career at its right."""
    band = HexColor("#17405c")
    light = _style("Sans", 9.4, 13, textColor=white)
    light_heading = _style("Sans-Bold", 11, 15, textColor=HexColor("#9fd3e6"), spaceBefore=13, spaceAfter=3)
    body = _style("Sans", 10, 13.6)
    heading = _style("Sans-Bold", 13, 17, textColor=band, spaceBefore=10, spaceAfter=4)
    story = [
        Paragraph("Contact", light_heading),
        *(Paragraph(escape(line), light) for line in _contact_lines(person)),
    ]
    for section in person["sections"]:
        if section["heading"] in person["sidebar"]:
            story += [Paragraph(escape(section["heading"]), light_heading)]
            story += _blocks(section, light, _position_in_lines, entry=_entry_in_lines, bulleted=False)
    story += [
        FrameBreak(),
        Paragraph(escape(person["name"]), _style("Sans-Bold", 26, 30, textColor=band)),
        Paragraph(escape(person["headline"]), _style("Sans", 13, 18, textColor=HexColor("#4a6b7c"), spaceAfter=4)),
    ]
    for section in person["sections"]:
        if section["heading"] not in person["sidebar"]:
            blocks = _blocks(section, body, _position_in_lines)
            story += [CondPageBreak(_ROOM), Paragraph(escape(section["heading"]), heading), *blocks]

    def paint(canvas, _):
        canvas.setFillColor(band)
        canvas.rect(0, 0, 66 * mm, A4[1], stroke=0, fill=1)

    frames = [(8 * mm, 14 * mm, 54 * mm, 266 * mm), (72 * mm, 14 * mm, 126 * mm, 270 * mm)]
    _document(person, path, A4, frames, paint).build(story)


def dates_right(person, path):
    """Headings at the left edge, dates in a column of their own at the right."""
    body = _style("Roboto", 9.4, 13)
    heading = _style("Roboto-Bold", 10.5, 14, spaceBefore=11, spaceAfter=4, textColor=HexColor("#2f6f4f"))
    contacts = _style("Roboto", 8.6, 12, alignment=TA_RIGHT)
    width = 178 * mm
    head = Table(
        [
            [
                [
                    Paragraph(escape(person["name"]), _style("Roboto-Bold", 20, 25)),
                    Paragraph(escape(person["headline"]), _style("Roboto", 10.5, 14)),
                ],
                [Paragraph(escape(line), contacts) for line in _contact_lines(person)],
            ]
        ],
        colWidths=[width * 0.66, width * 0.34],
        style=_TIGHT,
    )
    story = [head, HRFlowable(width="100%", thickness=1.6, color=HexColor("#2f6f4f"), spaceBefore=6, spaceAfter=2)]

    def row(title, below, dates, after):
        right = ParagraphStyle("dates", parent=body, alignment=TA_RIGHT)
        left = [Paragraph(f"<b>{escape(title)}</b>", body), Paragraph(escape(below), body)]
        table = Table([[left, Paragraph(escape(dates), right)]], colWidths=[width * 0.78, width * 0.22], style=_TIGHT)
        return KeepTogether([table, *after, Spacer(1, 5)])

    def position(item, style):
        return row(
            item["title"], f"{item['organization']}, {item['location']}", item["dates"], _points(item["points"], style)
        )

    def entry(item, style):
        return row(item["degree"], f"{item['school']}, {item['location']}", item["dates"], [])

    for section in person["sections"]:
        blocks = _blocks(section, body, position, entry=entry)
        story += [CondPageBreak(_ROOM), Paragraph(escape(section["heading"]), heading), *blocks]
    _document(person, path, A4, [(16 * mm, 16 * mm, width, 266 * mm)]).build(story)


def hidden_text(person, path):
    """A plain page in US letter format, with white words on white paper under it: what the integrity report shows."""
    body = _style("Roboto", 10, 14)
    heading = _style("Roboto-Bold", 11, 15, spaceBefore=11, spaceAfter=3)
    story = [
        Paragraph(escape(person["name"]), _style("Roboto-Bold", 18, 23)),
        Paragraph(escape(person["headline"]), body),
        Paragraph(_contacts(person, " • "), body),
    ]
    for section in person["sections"]:
        story.append(Paragraph(escape(section["heading"]), heading))
        story += _blocks(section, body, _position_in_lines)

    def paint(canvas, _):
        text = canvas.beginText(20 * mm, 24 * mm)
        text.setFont("Roboto", 5)
        text.setFillColor(white)
        words = person["hidden"].split()
        for start in range(0, len(words), 18):
            text.textLine(" ".join(words[start : start + 18]))
        canvas.drawText(text)

    _document(person, path, LETTER, [(20 * mm, 30 * mm, 176 * mm, 232 * mm)], paint).build(story)


# The height that a heading wants below it, so that it never stands alone at the foot of a page.
_ROOM = 30 * mm

_TIGHT = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
    ]
)


def _document(person, path, size, frames, paint=None):
    """A document without times or random ids, with one page template of the given frames (x, y, width, height)."""
    fonts.register()
    boxes = [Frame(*frame, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0) for frame in frames]
    document = BaseDocTemplate(
        str(path),
        pagesize=size,
        invariant=1,
        title=f"{person['name']} – resume",
        author=person["name"],
    )
    document.addPageTemplates(PageTemplate(frames=boxes, onPage=paint or (lambda *_: None)))
    return document


def _style(font, size, leading, **more):
    fonts.register()
    return ParagraphStyle(f"{font}-{size}", fontName=font, fontSize=size, leading=leading, **more)


def _contact_lines(person):
    return [person["email"], person["phone"], person["location"], *person["links"]]


def _contacts(person, separator):
    lines = [person["location"], person["email"], person["phone"], *person["links"]]
    return escape(separator.join(lines)).replace("  ", "&nbsp; ")


def _blocks(section, body, position, entry=None, bulleted=True):
    """A section's content as flowables."""
    if "text" in section:
        return [Paragraph(escape(section["text"]), body)]
    if "positions" in section:
        return [position(item, body) for item in section["positions"]]
    if "entries" in section:
        return [(entry or _entry_in_line)(item, body) for item in section["entries"]]
    if "groups" in section:
        return [Paragraph(f"<b>{escape(label)}:</b> {escape(items)}", body) for label, items in section["groups"]]
    return _points(section["items"], body) if bulleted else [Paragraph(escape(item), body) for item in section["items"]]


def _points(points, body):
    bullet = ParagraphStyle("bullet", parent=body, leftIndent=11, bulletIndent=2, bulletFontName=body.fontName)
    return [Paragraph(escape(point), bullet, bulletText="•") for point in points]


def _position_in_lines(item, body):
    return KeepTogether(
        [
            Paragraph(f"<b>{escape(item['title'])}</b>", body),
            Paragraph(
                f"{escape(item['organization'])}, {escape(item['location'])}"
                f" &nbsp;·&nbsp; <i>{escape(item['dates'])}</i>",
                body,
            ),
            *_points(item["points"], body),
            Spacer(1, 5),
        ]
    )


def _entry_in_line(item, body):
    rest = ", ".join([item["school"], item["location"], item["dates"]])
    text = f"<b>{escape(item['degree'])}</b>, {escape(rest)}"
    note = f"<br/>{escape(item['note'])}" if item["note"] else ""
    return Paragraph(text + note, body)


def _entry_in_lines(item, body):
    lines = [
        f"<b>{escape(item['degree'])}</b>",
        escape(item["school"]),
        escape(item["location"]),
        escape(item["dates"]),
    ]
    return Paragraph("<br/>".join(lines), body)
