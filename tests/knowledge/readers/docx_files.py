"""Word files written as XML by hand, so that the reader is not tested with what it was built on."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def docx(body: str, *, prolog: str = "", **parts: str) -> bytes:
    """A .docx whose body holds ``body``; ``parts`` are the insides of styles, numbering, footnotes, endnotes."""
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
        + "".join(f'<Override PartName="/word/{part}.xml" ContentType="{_WORD_TYPE}.{part}+xml"/>' for part in parts)
        + "</Types>",
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"{prolog}<w:document {_XMLNS}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": relations({part: f"{part}.xml" for part in parts}),
    }
    for part, inside in parts.items():
        files[f"word/{part}.xml"] = f"<w:{part} {_XMLNS}>{inside}</w:{part}>"
    return zipped(files)


def zipped(files: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def rewritten(data: bytes, old: str, new: str) -> bytes:
    """The archive with ``old`` replaced in all names and texts, which has to be there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {member: archive.read(member).decode() for member in archive.namelist()}
    assert any(old in text for text in files.values())
    return zipped({member.replace(old, new): text.replace(old, new) for member, text in files.items()})


def relations(targets: Mapping[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def run(text: str, properties: str = "") -> str:
    settings = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{settings}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*inside: str, style: str = "", properties: str = "") -> str:
    """A paragraph; an ``inside`` that is no XML is a run of text."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(part if part.startswith("<") else run(part) for part in inside)
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{runs}</w:p>"


def item(text: str, level: int = 0, list_id: int = 1) -> str:
    """A paragraph of an automatically numbered list."""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return para(*([text] if text else []), properties=numbering)


def table(*rows: str, widths: Sequence[int] = ()) -> str:
    """A table; the ``widths`` of its columns, in twentieths of a point, matter to LibreOffice only."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    size = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>' if widths else ""
    return f"<w:tbl><w:tblPr>{size}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row; a ``cells`` entry that is no XML is the text of a cell."""
    whole = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{whole}</w:tr>"


def cell(*paragraphs: str, span: int = 1, down: str = "", properties: str = "") -> str:
    """A cell of paragraphs. ``down`` is restart or continue, for a merge over several rows."""
    merge = f'<w:vMerge w:val="{down}"/>' if down else ""
    inside = "".join(each if each.startswith("<") else para(each) for each in paragraphs or ("",))
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merge}{properties}</w:tcPr>{inside}</w:tc>'


def number_list(*levels: tuple[str, str], list_id: int = 1, extra: str = "") -> str:
    """A list by the format and the template of each of its levels; ``extra`` goes into every level."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{template}"/></w:lvl>'
        for at, (number_format, template) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{list_id}">{inside}</w:abstractNum>' + used_list(list_id, list_id)


def used_list(list_id: int, shared: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{shared}"/>{overrides}</w:num>'


def style(style_id: str, name: str, properties: str = "", based_on: str = "") -> str:
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>{parent}{properties}</w:style>'


def deleted_mark() -> str:
    return '<w:rPr><w:del w:id="1" w:author="办公室"/></w:rPr>'
