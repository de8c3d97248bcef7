"""The layouts that Examples/people.json names, each a function of a person and the path to write."""

from . import office, pages, pictures, texts, word97

BY_NAME = {
    "pdf-one-column": pages.one_column,
    "pdf-sidebar": pages.sidebar,
    "pdf-dates-right": pages.dates_right,
    "pdf-hidden-text": pages.hidden_text,
    "pdf-scan": pictures.scan,
    "png-picture": pictures.picture,
    "docx-header-table": office.docx_header_table,
    "docx-text-box": office.docx_text_box,
    "odt": office.odt,
    "doc": word97.doc,
    "rtf": texts.rtf,
    "html": texts.html,
    "markdown": texts.markdown,
    "text-utf16": texts.plain("utf-16-le", bom="\ufeff"),
    "text-windows-1252": texts.plain("windows-1252"),
}
