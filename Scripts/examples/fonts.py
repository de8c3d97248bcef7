"""The fonts, from pinned PyPI packages, so that files look and measure the same on every machine.

All three are under free licences that allow embedding: Roboto (Apache-2.0), Source Sans and Source Serif (OFL-1.1).
"""

import importlib.util
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont


def path(package, file):
    """The font file of an installed font package."""
    spec = importlib.util.find_spec(package)
    return str(Path(spec.origin).parent / "files" / file)


ROBOTO = path("font_roboto", "Roboto-Regular.ttf")
ROBOTO_BOLD = path("font_roboto", "Roboto-Bold.ttf")
SERIF = path("font_source_serif_pro", "SourceSerifPro-Regular.ttf")
SERIF_BOLD = path("font_source_serif_pro", "SourceSerifPro-Bold.ttf")

_FACES = {
    "Roboto": ("font_roboto", "Roboto-{}.ttf", ("Regular", "Bold", "Italic", "BoldItalic")),
    "Sans": ("font_source_sans_pro", "SourceSansPro-{}.ttf", ("Regular", "Semibold", "It", "SemiboldIt")),
    "Serif": ("font_source_serif_pro", "SourceSerifPro-{}.ttf", ("Regular", "Bold", "It", "BoldIt")),
}


def register():
    """Makes the families known to reportlab; doing it twice changes nothing."""
    for family, (package, pattern, styles) in _FACES.items():
        if family in pdfmetrics.getRegisteredFontNames():
            continue
        names = [family, f"{family}-Bold", f"{family}-Italic", f"{family}-BoldItalic"]
        for name, style in zip(names, styles):
            pdfmetrics.registerFont(TTFont(name, path(package, pattern.format(style))))
        pdfmetrics.registerFontFamily(family, *names)
