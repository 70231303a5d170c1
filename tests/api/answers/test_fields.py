"""Several sides of one matter put into one answer."""

from api.answers.fields import each_side
from api.schemas import Facet
from tests.api.answers.base import passage, task

TASK = task(
    "lake", "1", "公布停车收费标准", "在门户网站公布。", lead=("发改局",), responsible=("城管局",), deadline="6月底前"
)
BARE = task("lake", "2", "公开水质", "及时公布监测结果。", responsible=("水务局",))
TOLD: dict[Facet, str] = {
    "channel": "公开方式是门户网站。在门户网站公布。",
    "deadline": "文件要求：及时公布监测结果。",
    "requirement": "在门户网站公布。",
}


def test_fields_stand_in_the_order_asked() -> None:
    said = each_side(TASK, ("deadline", "lead", "channel"), TOLD.__getitem__)
    assert said == "时限是“6月底前”。由发改局牵头，责任单位是城管局。公开方式是门户网站。在门户网站公布。"


def test_who_leads_and_who_is_responsible_are_one_sentence() -> None:
    assert each_side(TASK, ("lead", "responsible"), TOLD.__getitem__) == "由发改局牵头，责任单位是城管局。"
    assert each_side(TASK, ("responsible", "lead"), TOLD.__getitem__) == "由发改局牵头，责任单位是城管局。"


def test_a_field_that_is_missing_is_told_as_for_one_question() -> None:
    assert (
        each_side(BARE, ("responsible", "deadline"), TOLD.__getitem__) == "由水务局负责。文件要求：及时公布监测结果。"
    )


def test_a_sentence_is_not_said_twice() -> None:
    assert each_side(TASK, ("channel", "requirement"), TOLD.__getitem__) == "公开方式是门户网站。在门户网站公布。"


def test_a_passage_is_quoted_for_each_side_and_once() -> None:
    text = passage("isle", 9, "第三条", "由办公室受理申请。自受理之日起五日内答复。")
    told: dict[Facet, str] = {
        "responsible": "由办公室受理申请。",
        "deadline": "由办公室受理申请。自受理之日起五日内答复。",
    }
    assert (
        each_side(text, ("responsible", "deadline"), told.__getitem__) == "由办公室受理申请。自受理之日起五日内答复。"
    )
