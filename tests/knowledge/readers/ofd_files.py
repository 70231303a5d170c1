"""OFD files for tests, zipped by hand after GB/T 33190-2016."""

import io
import zipfile
from collections.abc import Mapping, Sequence

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_SIZE = 5.64
"""三号, in millimetres."""
LEFT, TOP, LEADING = 28.0, 40.0, 10.0
PER_LINE = 27


def text_object(x: float, y: float, text: str, size: float = _SIZE, attributes: str = "", delta: str = "") -> str:
    """``text`` with its baseline at ``y`` below the top of the page."""
    steps = delta or f'DeltaX="g {max(len(text) - 1, 0)} {size}"'
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} {size * len(text)} {size}" Font="1" Size="{size}" '
        f"{attributes}>"
        f'<ofd:TextCode X="0" Y="{size}" {steps}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def set_text(paragraph: str, y: float, indent: int = 2) -> list[str]:
    """``paragraph`` as it is set between the edges, two characters in."""
    first = PER_LINE - indent
    lines = [(LEFT + indent * _SIZE, paragraph[:first])]
    lines += [(LEFT, paragraph[at : at + PER_LINE]) for at in range(first, len(paragraph), PER_LINE)]
    return [text_object(x, y + at * LEADING, text) for at, (x, text) in enumerate(lines)]


def page(*objects: str, template: str = "") -> str:
    use = f'<ofd:Template TemplateID="{template}"/>' if template else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {_OFD}>{use}<ofd:Content>'
        f'<ofd:Layer ID="3" Type="Body">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def package(
    documents: Sequence[Sequence[str]],
    templates: Mapping[str, str] | None = None,
    replaced: Mapping[str, str] | None = None,
) -> bytes:
    """An archive with one DocBody for each of ``documents``, which are lists of pages. ``templates`` belong to the
    first of them; ``replaced`` overwrites parts, or leaves them out where empty."""
    parts: dict[str, str] = {}
    bodies = ""
    for number, pages in enumerate(documents):
        folder = f"Doc_{number}"
        bodies += f"<ofd:DocBody><ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>"
        used = (templates or {}) if number == 0 else {}
        parts[f"{folder}/Document.xml"] = _document(len(pages), used)
        parts |= {f"{folder}/Pages/Page_{at}/Content.xml": content for at, content in enumerate(pages)}
        parts |= {f"{folder}/Tpls/Tpl_{key}/Content.xml": content for key, content in used.items()}
    parts["OFD.xml"] = f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {_OFD} DocType="OFD">{bodies}</ofd:OFD>'
    return zipped({**parts, **(replaced or {})})


def zipped(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content:
                archive.writestr(name, content)
    return out.getvalue()


def _document(pages: int, templates: Mapping[str, str]) -> str:
    listed = "".join(f'<ofd:Page ID="{at + 10}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(pages))
    backgrounds = "".join(f'<ofd:TemplatePage ID="{key}" BaseLoc="Tpls/Tpl_{key}/Content.xml"/>' for key in templates)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea>'
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{backgrounds}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
