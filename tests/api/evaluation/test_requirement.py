"""Bounds on figures: read, refused, and held against every file that has the figure."""

import pytest

from api.evaluation.report import Report, report
from api.evaluation.requirement import Requirement, read_requirement, unmet
from tests.api.evaluation.made_up import golden, of_documents

BOTH = report("", [*golden("", [True] * 8 + [False]).sections, *of_documents("", [True, False]).sections])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("pass_rate>=0.95", Requirement("pass_rate", ">=", 0.95)),
        (" ece <= 0.05 ", Requirement("ece", "<=", 0.05)),
        ("answer_p95_ms<=30", Requirement("answer_p95_ms", "<=", 30.0)),
    ],
)
def test_a_bound_is_read(text: str, read: Requirement) -> None:
    assert read_requirement(text) == read


@pytest.mark.parametrize("text", ["", "pass_rate", "pass_rate>0.9", "pass_rate>=高", "通过率>=0.9", "pass_rate>=-1"])
def test_what_is_no_bound_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=text.partition(">")[0] or "看不懂"):
        read_requirement(text)


@pytest.mark.parametrize(
    ("found", "text", "said"),
    [
        (BOTH, "pass_rate>=0.9", []),
        (BOTH, "pass_rate>=0.95", ["黄金题：答对 90.0%，要求 >= 95.0%"]),
        (BOTH, "document_recall_at_1>=0.5", []),
        (BOTH, "answerable_refused<=0", []),
        (
            golden("", [True]),
            "document_recall_at_1>=0.5",
            ["这些题目得不出“文件：第 1 条就对”（document_recall_at_1）"],
        ),
    ],
)
def test_every_file_that_has_the_figure_is_held_to_the_bound(found: Report, text: str, said: list[str]) -> None:
    assert unmet(found, [read_requirement(text)]) == said


def test_a_bound_on_what_two_files_have_may_be_missed_by_either() -> None:
    assert len(unmet(BOTH, [read_requirement("refusal_recall>=1")])) == 1
