"""Resumes without a text layer: a scanned page in a PDF, and a picture."""

import io
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from . import fonts

_PAPER = (210 / 25.4, 297 / 25.4)


def scan(person, path):
    """A page as an office scanner leaves it: 170 dpi, grey, half a degree askew, with grain and a shadowed edge."""
    page = _draw(person, 170, fonts.SERIF, fonts.SERIF_BOLD, 10.6)
    page = page.rotate(0.55, resample=Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(0.55))
    grain = _grain(page.size, seed=20261123)
    page = ImageChops.add(page.point(lambda value: 24 + value * 218 // 255), grain, scale=1, offset=-12)
    page = ImageChops.multiply(page, _edge(page.size))
    jpeg = io.BytesIO()
    page.save(jpeg, "JPEG", quality=52, dpi=(170, 170))
    jpeg.seek(0)
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle("Scan 0143")
    canvas.drawImage(ImageReader(jpeg), 0, 0, A4[0], A4[1])
    canvas.save()


def picture(person, path):
    """A page exported as a picture, with a shaded head, at 144 dpi in 16 greys."""
    page = _draw(person, 144, fonts.ROBOTO, fonts.ROBOTO_BOLD, 10.8, banner=True)
    page = page.quantize(16, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    page.save(path, "PNG", optimize=True, dpi=(144, 144))


def _draw(person, dpi, regular, bold, points, banner=False):
    """Sets the resume on one A4 page in grey."""
    unit = dpi / 72
    width, height = (round(side * dpi) for side in _PAPER)
    page = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(page)
    body = ImageFont.truetype(regular, points * unit)
    strong = ImageFont.truetype(bold, points * unit)
    left, right = 56 * unit, width - 56 * unit
    y = 48 * unit

    def line(text, font, x=left, ink=25, gap=1.36, pen=pen):
        nonlocal y
        pen.text((x, y), text, font=font, fill=ink)
        y += font.size * gap

    def paragraph(text, font, x=left):
        words, row = text.split(), ""
        for word in words:
            longer = f"{row} {word}".strip()
            if pen.textlength(longer, font=font) > right - x and row:
                line(row, font, x)
                row = word
            else:
                row = longer
        line(row, font, x)

    if banner:
        pen.rectangle((0, 0, width, 118 * unit), fill=222)
        y = 26 * unit
    line(person["name"], ImageFont.truetype(bold, 2.1 * points * unit), gap=1.3)
    line(person["headline"], ImageFont.truetype(regular, 1.2 * points * unit), gap=1.5)
    line("   ".join([person["email"], person["phone"]]), body)
    line("   ".join([person["location"], *person["links"]]), body)
    if banner:
        y = 126 * unit
    for section in person["sections"]:
        y += 9 * unit
        line(section["heading"], ImageFont.truetype(bold, 1.18 * points * unit), gap=1.35)
        pen.line((left, y - 1, right, y - 1), fill=120, width=max(1, round(unit * 0.7)))
        y += 4 * unit
        if "text" in section:
            paragraph(section["text"], body)
        for item in section.get("positions", []):
            dates = item["dates"]
            pen.text((right - pen.textlength(dates, font=body), y), dates, font=body, fill=25)
            line(item["title"], strong)
            line(f"{item['organization']}, {item['location']}", body)
            for point in item["points"]:
                pen.text((left + 4 * unit, y), "•", font=body, fill=25)
                paragraph(point, body, left + 16 * unit)
            y += 4 * unit
        for item in section.get("entries", []):
            line(item["degree"], strong)
            line(f"{item['school']}, {item['location']}, {item['dates']}", body)
        for label, items in section.get("groups", []):
            paragraph(f"{label}: {items}", body)
        if "items" in section:
            paragraph(", ".join(section["items"]), body)
    if y > height:
        raise ValueError(f"{person['file']}: the text does not fit on one page")
    return page


def _grain(size, seed):
    """Even noise from 0 to 24. Python's generator gives the same numbers everywhere."""
    noise = random.Random(seed).randbytes(size[0] * size[1])
    return Image.frombytes("L", size, noise).point(lambda value: value * 24 // 255)


def _edge(size):
    """White, but for a faint shadow along the left edge."""
    shadow = Image.new("L", size, 255)
    pen = ImageDraw.Draw(shadow)
    for x in range(28):
        pen.line((x, 0, x, size[1]), fill=200 + 2 * x)
    return shadow
