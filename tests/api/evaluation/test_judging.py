"""What passes, and what fails with which reason."""

import pytest

from api.evaluation.judging import Heard, judge
from api.evaluation.questions import GoldQuestion
from api.schemas import Citation, LocatorOut


def _heard(text: str, kind: str = "answer", quote: str = "") -> Heard:
    citation = Citation(
        document_id="d",
        record_id="r",
        title="甲",
        region="乙",
        quote=quote,
        locator=LocatorOut(file="a.csv"),
        status="有效",
    )
    return Heard(kind, text, (citation,) if quote else (), 1.0)


GOLD = GoldQuestion("x", "who", "谁负责", must=(("财政局", "审计局"), ("牵头",)), must_not=("税务局",))


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("由审计局牵头。", True),
        ("由审 计 局\n牵头。", True),
        ("由审计局负责。", False),
        ("由审计局牵头，税务局配合。", False),
    ],
)
def test_each_group_needs_one_alternative_and_nothing_banned_may_stand(text: str, passes: bool) -> None:
    assert (judge(GOLD, _heard(text)) == "") is passes


def test_an_unanswerable_question_passes_only_when_refused_or_asked_back() -> None:
    gold = GoldQuestion("x", "unanswerable", "几楼", must=(("没有找到",),))
    assert judge(gold, _heard("没有找到。", kind="not_found")) == ""
    assert judge(gold, _heard("没有找到。", kind="answer")) != ""


def test_a_citation_must_overlap_what_is_to_be_cited() -> None:
    gold = GoldQuestion("x", "what", "问", cite="按季度公开国有企业主要经济指标")
    assert judge(gold, _heard("甲", quote="要求按季度公开国有企业主要经济指标，并说明。")) == ""
    assert judge(gold, _heard("甲", quote="要求公开企业名录。")) != ""
    assert judge(gold, _heard("甲")) != ""
