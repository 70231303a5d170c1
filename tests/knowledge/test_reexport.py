"""The five real plans as .xlsx, .html and .docx with true merged cells: the same records as from their text exports."""

from dataclasses import asdict
from pathlib import Path

import pytest

from knowledge.ingest import Ingested, ingest
from tests.knowledge.reexport import printed, to_docx, to_html, to_xlsx

COUNTS = {"000": 25, "001": 30, "002": 40, "003": 44, "004": 17}
FIELDS = ("no", "section", "title", "requirement", "lead", "responsible", "deadline", "channel")
OF_THE_FILE = ("source_path", "sha256")
FORMATS = {".xlsx": to_xlsx, ".html": to_html, ".docx": to_docx}
SHAPES = [(".xlsx", False), (".html", False), (".html", True), (".docx", False), (".docx", True)]
"""By file type and whether each page is a table of its own; a sheet is always one."""


def told(ingested: Ingested) -> list[dict[str, object]]:
    return [{name: getattr(task, name) for name in FIELDS} for task in ingested.records.tasks]


def described(ingested: Ingested) -> dict[str, object]:
    (document,) = ingested.records.documents
    return {name: value for name, value in asdict(document).items() if name not in OF_THE_FILE}


@pytest.mark.parametrize(("suffix", "paged"), SHAPES)
@pytest.mark.parametrize("name", COUNTS)
def test_a_real_plan_says_the_same_in_every_format(
    shared_dir: Path, tmp_path: Path, name: str, suffix: str, paged: bool
) -> None:
    (source,) = (shared_dir / "seeds").glob(f"{name}_*.txt")
    copy = tmp_path / f"表{suffix}"
    copy.write_bytes(FORMATS[suffix](printed(source, paged=paged)))
    original, read = ingest(source), ingest(copy)
    assert len(read.records.tasks) == COUNTS[name]
    assert told(read) == told(original)
    assert described(read) == described(original)
    assert read.rejected == ()
