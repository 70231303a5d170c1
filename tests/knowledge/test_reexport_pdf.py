"""The five real plans printed to PDF by a browser, on whose pages rows, merged cells and columns are cut: no row is
lost without a word, and nearly all read as from their text exports."""

import re
from difflib import SequenceMatcher
from math import ceil
from pathlib import Path

import pytest

from knowledge.ingest import Ingested, ingest
from knowledge.text import squash
from tests.knowledge.readers.pdf_files import needs_chromium
from tests.knowledge.readers.pdf_files import printed as printed_by_chromium
from tests.knowledge.reexport import printed, to_html
from tests.knowledge.test_reexport import COUNTS, FIELDS

EQUAL = 0.95
CELLS = "body{font-family:'Noto Sans CJK SC'} table{border-collapse:collapse} td{border:.5pt solid #000;font-size:10pt}"
LAYOUTS = {
    "A4": "@page{size:A4}",
    "header on every page": "@page{size:A4 landscape;margin:2cm} thead{display:table-header-group} p{margin:3pt 0}",
    "separate borders": "@page{size:A4;margin:3cm} table{border-collapse:separate}",
}
PRINTED = [(name, "A4") for name in COUNTS]
PRINTED += [(name, layout) for name in ("001", "003") for layout in LAYOUTS if layout != "A4"]
"""The two with headings over many rows in every layout."""

Told = tuple[str | tuple[str, ...], ...]


def told(ingested: Ingested) -> list[Told]:
    """The tasks without blanks: those of a text export are where its lines were wrapped."""
    return [
        tuple(
            tuple(map(squash, value)) if isinstance(value, tuple) else squash(value or "")
            for value in (getattr(task, name) for name in FIELDS)
        )
        for task in ingested.records.tasks
    ]


def print_out(source: Path, layout: str) -> bytes:
    html = to_html(printed(source, paged=False)).decode()
    html = re.sub(r"(<table[^>]*>)(<tr>.*?</tr>)", r"\1<thead>\2</thead>", html) if "header" in layout else html
    return printed_by_chromium(html.replace("<head>", f"<head><style>{CELLS}{LAYOUTS[layout]}</style>", 1))


@needs_chromium
@pytest.mark.browser
@pytest.mark.parametrize(("name", "layout"), PRINTED)
def test_a_printed_plan_keeps_its_rows(shared_dir: Path, tmp_path: Path, name: str, layout: str) -> None:
    (source,) = (shared_dir / "seeds").glob(f"{name}_*.txt")
    copy = tmp_path / "表.pdf"
    copy.write_bytes(print_out(source, layout))
    read = ingest(copy)
    wanted, found = told(ingest(source)), told(read)
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    assert len(found) + len(read.rejected) == COUNTS[name]
    assert sum(block.size for block in blocks) >= ceil(EQUAL * COUNTS[name])
