"""The whole result: as JSON without anything JSON cannot hold, and as a table that names what failed."""

import io
import json

import pytest
from rich.console import Console

from api.evaluation.report import Report, report
from api.evaluation.table import show
from tests.api.evaluation.made_up import golden, of_documents

BOTH = report(
    "20310501T083000000000Z", [*golden("", [True, False]).sections, *of_documents("", [True, False]).sections]
)


def _shown(found: Report) -> str:
    out = io.StringIO()
    show(found, Console(file=out, width=200, highlight=False, soft_wrap=True))
    return out.getvalue()


@pytest.mark.parametrize("found", [BOTH, report("", []), golden("", [])])
def test_it_is_json_to_any_reader(found: Report) -> None:
    text = json.dumps(found.as_dict(), ensure_ascii=False, allow_nan=False)
    assert json.loads(text)["snapshot"] == found.snapshot


def test_every_file_has_its_figures_and_questions() -> None:
    files = BOTH.as_dict()["files"]
    assert isinstance(files, list)
    assert [(each["kind"], each["total"]) for each in files] == [
        ("dialogue", 3),
        ("documents", 2),
        ("without_documents", 1),
    ]
    assert files[0]["figures"]["pass_rate"]["value"] == pytest.approx(2 / 3)
    assert files[0]["by_kind"]["unanswerable"]["of"] == 1
    assert files[1]["questions"][1]["document_rank"] is None


def test_confidence_is_judged_over_all_files_together() -> None:
    """Two answers to dialogue questions, two to document questions, and one that should have been refused."""
    assert BOTH.calibration
    assert BOTH.calibration.ece.of == sum(len(section.claims) for section in BOTH.sections) == 5


def test_the_table_names_what_failed_with_the_reason() -> None:
    shown = _shown(BOTH)
    for said in (
        "黄金题（对话题，3 题）",
        "未通过 题1（who）",
        "缺少：区财政局",
        "前 10 条里没有对的文件",
        "全部给出的回答，5 个回答",
    ):
        assert said in shown, said


def test_a_long_list_of_failures_is_cut_and_says_so() -> None:
    shown = _shown(golden("", [False] * 50))
    assert shown.count("未通过 题") == 20
    assert "还有 30 题未通过，用 --json 看全部" in shown
