"""Resumes as word-processor files: two DOCX and an ODT."""

import io
import zipfile
from datetime import datetime

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Mm, Pt, RGBColor
from xml.sax.saxutils import escape

from odf import style, text as odftext
from odf.opendocument import OpenDocumentText

_MADE = datetime(2026, 11, 2, 9, 15)


def docx_header_table(person, path):
    """Name and contacts in the page header, skills in a table, as many office templates have it."""
    document = _docx(person, "Calibri", 10.5)
    header = document.sections[0].header
    first = header.paragraphs[0]
    run = first.add_run(person["name"])
    run.bold, run.font.size, run.font.color.rgb = True, Pt(20), RGBColor(0x1F, 0x3A, 0x5F)
    header.add_paragraph(person["headline"]).runs[0].italic = True
    header.add_paragraph(" | ".join([person["location"], person["phone"], person["email"], *person["links"]]))
    for section in person["sections"]:
        document.add_heading(section["heading"], level=1)
        if "groups" in section:
            table = document.add_table(rows=0, cols=2, style="Table Grid")
            for label, items in section["groups"]:
                left, right = table.add_row().cells
                left.paragraphs[0].add_run(label).bold = True
                right.text = items
                left.width, right.width = Mm(42), Mm(128)
        else:
            _docx_section(document, section)
    _save_docx(document, path)


def docx_text_box(person, path):
    """Name and contacts in a floating text box, once for new and once for old readers, with live links."""
    document = _docx(person, "Georgia", 10.5)
    links = [("mailto:" + person["email"], person["email"]), *((link, link) for link in person["links"])]
    lines = [
        _xml_run(person["name"], size=36, bold=True),
        _xml_run(person["headline"], size=24),
        _xml_run(f"{person['location']}  ·  {person['phone']}", size=20),
    ]
    for target, label in links:
        relation = document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        lines.append(f'<w:hyperlink r:id="{relation}">{_xml_run(label, size=20, colour="0563C1")}</w:hyperlink>')
    box = "".join(f'<w:p><w:pPr><w:spacing w:after="20"/></w:pPr>{line}</w:p>' for line in lines)
    document.add_paragraph()._p.append(parse_xml(_TEXT_BOX.format(box=box)))
    for section in person["sections"]:
        document.add_heading(section["heading"], level=1)
        _docx_section(document, section)
    _save_docx(document, path)


def _docx(person, font, size):
    """An empty A4 document with the given body font."""
    document = docx.Document()
    core = document.core_properties
    core.author, core.title, core.comments = person["name"], f"{person['name']} CV", ""
    core.created = core.modified = _MADE
    core.last_modified_by, core.revision = person["name"], 1
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(18)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(size)
    normal.paragraph_format.space_after = Pt(3)
    heading = document.styles["Heading 1"]
    heading.font.size, heading.font.name = Pt(13), font
    heading.paragraph_format.space_before = Pt(10)
    return document


def _docx_section(document, section):
    if "text" in section:
        document.add_paragraph(section["text"])
    for item in section.get("positions", []):
        _docx_dated(document, item["title"], item["dates"])
        document.add_paragraph().add_run(f"{item['organization']}, {item['location']}").italic = True
        for point in item["points"]:
            document.add_paragraph(point, style="List Bullet")
    for item in section.get("entries", []):
        _docx_dated(document, item["degree"], item["dates"])
        document.add_paragraph(", ".join(filter(None, [item["school"], item["location"], item["note"]])))
    for item in section.get("items", []):
        document.add_paragraph(item, style="List Bullet")


def _docx_dated(document, title, dates):
    """A bold title with its dates at a tab stop at the right margin."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(title).bold = True
    paragraph.add_run(f"\t{dates}")


def _xml_run(words, size, bold=False, colour="1F2933"):
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:r><w:rPr>{weight}<w:color w:val="{colour}"/><w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
    )


# Word writes a text box twice: as a drawing, and as VML for readers that know no drawings.
_TEXT_BOX = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
    xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    xmlns:v="urn:schemas-microsoft-com:vml">
  <mc:AlternateContent>
    <mc:Choice Requires="wps">
      <w:drawing>
        <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0"
            locked="0" layoutInCell="1" allowOverlap="0">
          <wp:simplePos x="0" y="0"/>
          <wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>
          <wp:positionV relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionV>
          <wp:extent cx="6120000" cy="1440000"/>
          <wp:wrapTopAndBottom/>
          <wp:docPr id="1" name="Text Box 1"/>
          <a:graphic>
            <a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
              <wps:wsp>
                <wps:cNvSpPr txBox="1"/>
                <wps:spPr>
                  <a:xfrm><a:off x="0" y="0"/><a:ext cx="6120000" cy="1440000"/></a:xfrm>
                  <a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
                  <a:solidFill><a:srgbClr val="E8F1F2"/></a:solidFill>
                </wps:spPr>
                <wps:txbx><w:txbxContent>{box}</w:txbxContent></wps:txbx>
                <wps:bodyPr lIns="91440" tIns="45720" rIns="91440" bIns="45720"/>
              </wps:wsp>
            </a:graphicData>
          </a:graphic>
        </wp:anchor>
      </w:drawing>
    </mc:Choice>
    <mc:Fallback>
      <w:pict>
        <v:shape id="TextBox1" type="#_x0000_t202" style="width:482pt;height:113pt" fillcolor="#E8F1F2">
          <v:textbox><w:txbxContent>{box}</w:txbxContent></v:textbox>
        </v:shape>
      </w:pict>
    </mc:Fallback>
  </mc:AlternateContent>
</w:r>
"""


def odt(person, path):
    """An OpenDocument text with named styles and bullet lists."""
    document = OpenDocumentText()

    def paragraph_style(name, size, bold=False, colour="#222222", before="0cm", after="0.1cm", italic=False, tab=False):
        made = style.Style(name=name, family="paragraph")
        properties = style.ParagraphProperties(margintop=before, marginbottom=after)
        if tab:
            stops = style.TabStops()
            stops.addElement(style.TabStop(position="17cm", type="right"))
            properties.addElement(stops)
        made.addElement(properties)
        made.addElement(
            style.TextProperties(
                fontsize=f"{size}pt",
                color=colour,
                fontweight="bold" if bold else "normal",
                fontstyle="italic" if italic else "normal",
                fontfamily="'Liberation Sans'",
            )
        )
        document.styles.addElement(made)
        return made

    name = paragraph_style("Nombre", 22, bold=True, colour="#8a3b12")
    headline = paragraph_style("Puesto", 13, colour="#555555")
    heading = paragraph_style("Apartado", 13, bold=True, colour="#8a3b12", before="0.4cm")
    title = paragraph_style("Cargo", 10.5, bold=True, before="0.15cm", tab=True)
    place = paragraph_style("Lugar", 10.5, italic=True)
    body = paragraph_style("Texto", 10.5)

    page = style.PageLayout(name="A4")
    page.addElement(
        style.PageLayoutProperties(
            pagewidth="21cm",
            pageheight="29.7cm",
            marginleft="2cm",
            marginright="2cm",
            margintop="1.8cm",
            marginbottom="1.8cm",
        )
    )
    document.automaticstyles.addElement(page)
    document.masterstyles.addElement(style.MasterPage(name="Standard", pagelayoutname=page))

    dots = odftext.ListStyle(name="Puntos")
    level = odftext.ListLevelStyleBullet(level=1, bulletchar="•")
    level.addElement(style.ListLevelProperties(spacebefore="0.2cm", minlabelwidth="0.4cm"))
    dots.addElement(level)
    document.styles.addElement(dots)

    def add(words, kind):
        paragraph = odftext.P(stylename=kind)
        for index, part in enumerate(words.split("\t")):
            if index:
                paragraph.addElement(odftext.Tab())
            paragraph.addText(part)
        document.text.addElement(paragraph)

    def bullets(points):
        made = odftext.List(stylename=dots)
        for point in points:
            item = odftext.ListItem()
            item.addElement(odftext.P(stylename=body, text=point))
            made.addElement(item)
        document.text.addElement(made)

    add(person["name"], name)
    add(person["headline"], headline)
    add(" · ".join([person["location"], person["phone"], person["email"], *person["links"]]), body)
    for section in person["sections"]:
        document.text.addElement(odftext.H(outlinelevel=1, stylename=heading, text=section["heading"]))
        if "text" in section:
            add(section["text"], body)
        for item in section.get("positions", []):
            add(f"{item['title']}\t{item['dates']}", title)
            add(f"{item['organization']}, {item['location']}", place)
            bullets(item["points"])
        for item in section.get("entries", []):
            add(f"{item['degree']}\t{item['dates']}", title)
            add(f"{item['school']}, {item['location']}", place)
        for label, items in section.get("groups", []):
            add(f"{label}: {items}", body)
        if "items" in section:
            bullets(section["items"])
    buffer = io.BytesIO()
    document.write(buffer)
    _rewrite_zip(buffer, path, first="mimetype")


def _save_docx(document, path):
    buffer = io.BytesIO()
    document.save(buffer)
    _rewrite_zip(buffer, path, first="[Content_Types].xml")


def _rewrite_zip(buffer, path, first):
    """Writes the archive anew in a fixed order with fixed times; `first` leads, and a mimetype is stored bare."""
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, date_time=_MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
