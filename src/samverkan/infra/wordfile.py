"""A paper as DOCX (ISO/IEC 29500, WordprocessingML): the same rows give the same bytes.

Five parts, written here: a library would bring its own clock into the archive. Every text is set
as text, so nothing that people wrote can become a field or a link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from samverkan.infra.archive import archive
from samverkan.infra.documents import Paper, Section, written

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_ROOT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_PARTS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/>'
    "</Relationships>"
)


def docx(paper: Paper, made: datetime) -> bytes:
    """The paper as a DOCX, dated with the moment given, in the archive too."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "docProps/core.xml": _core(paper, made),
        "word/_rels/document.xml.rels": _PARTS,
        "word/document.xml": _document(paper),
        "word/styles.xml": _styles(paper.language),
    }
    return archive({name: text.encode() for name, text in parts.items()}, made)


def _core(paper: Paper, made: datetime) -> str:
    moment = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    dated = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(paper.title)}</dc:title><dc:creator>{escape(paper.publisher)}"
        f"</dc:creator><dc:language>{escape(paper.language)}</dc:language>{dated}"
        f"<dc:description>{escape(paper.digest)}</dc:description></cp:coreProperties>"
    )


def _styles(language: str) -> str:
    sizes = (("Title", "Title", 44), ("Heading1", "heading 1", 28), ("Caption", "caption", 18))
    named = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/>{_outline(id_)}</w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for id_, name, size in sizes
    )
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:sz w:val="20"/><w:lang w:val={quoteattr(language)}/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"</w:style>{named}</w:styles>"
    )


def _outline(style: str) -> str:
    return '<w:outlineLvl w:val="0"/>' if style == "Heading1" else ""


def _document(paper: Paper) -> str:
    facts = [[label, value] for label, value in paper.facts]
    body = [
        _paragraph(paper.publisher),
        _paragraph(paper.title, "Title"),
        _paragraph(paper.subtitle),
        _table([], facts),
        *(part for section in paper.sections for part in _section(section, paper.language)),
        _paragraph(f"{paper.footer}: {paper.digest}"),
    ]
    page = (
        '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" '
        'w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    return f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{"".join(body)}{page}</w:body></w:document>'


def _section(section: Section, language: str) -> Iterator[str]:
    sheet = section.sheet
    yield _paragraph(section.heading, "Heading1")
    yield from (_paragraph(note) for note in section.notes)
    if not sheet.rows:
        yield _paragraph(section.empty)
        return
    yield _paragraph(sheet.name, "Caption")
    rows = [[written(value, language) for value in row] for row in sheet.rows]
    yield _table([column.label for column in sheet.columns], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; its head is marked as one and comes again on each page. Followed by a paragraph,
    as the format wants between two tables."""
    if not rows:
        return ""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="C9D1D9"/>'
        for side in ("top", "bottom", "insideH")
    )
    grid = "<w:gridCol/>" * len(rows[0])
    heads = _row(head, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", bold=True) if head else ""
    lines = "".join(_row(row, "<w:trPr><w:cantSplit/></w:trPr>", bold=False) for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{heads}{lines}</w:tbl>{_paragraph('')}"
    )


def _row(cells: Sequence[str], marks: str, *, bold: bool) -> str:
    inner = "".join(f"<w:tc>{_paragraph(cell, bold=bold)}</w:tc>" for cell in cells)
    return f"<w:tr>{marks}{inner}</w:tr>"


def _paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    marks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    plain = "".join(char for char in text if char >= " " or char in "\t\n")
    return f'<w:p>{marks}<w:r>{weight}<w:t xml:space="preserve">{escape(plain)}</w:t></w:r></w:p>'
