"""From words to a Question, and what a turn takes over from the turn before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answers.narrow import settled_by_year
from api.answers.question import Question
from api.answers.understand import carry_over, telling_words, understand
from api.schemas import Frame
from knowledge.directory import Directory
from tests.api.answers.base import HILL, ISLE, LAKE, RECORDS, document

DIRECTORY = Directory.from_records(RECORDS)
TODAY = date(2024, 5, 1)
SAID = Frame(regions=[LAKE], years=[2023], facet="lead", topic="公布停车收费标准", record_ids=["lake-1"])
RARE, COMMON = 0.9, 0.1


def read(text: str) -> Question:
    return understand(text, DIRECTORY, TODAY)


def follow(text: str, frame: Frame = SAID, weight: float = RARE) -> Question:
    return carry_over(read(text), frame, known_weight=weight)


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("湖滨新区停车收费谁管", (LAKE,)),
        ("白鹭洲的渡轮", (ISLE,)),
        ("雲嶺縣的財政預算", (HILL,)),
        ("湖滨新区和云岭县哪个先公开", (LAKE, HILL)),
        ("云岭县跟湖滨新区比，云岭县呢", (HILL, LAKE)),
        ("停车收费谁管", ()),
    ],
)
def test_the_regions_come_out_in_the_order_of_mention(text: str, regions: tuple[str, ...]) -> None:
    assert read(text).region_names == regions


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("成都市的停车收费谁管", True),
        ("深圳的停车收费谁管", True),
        ("湖滨新区停车收费谁管", False),
        ("停车收费谁管", False),
    ],
)
def test_a_place_of_china_that_the_base_lacks_is_noticed(text: str, unknown: bool) -> None:
    assert bool(read(text).unknown_regions) is unknown


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("湖滨新区城管局管什么", ("新区城管局",)),
        ("云岭县财政局牵头哪些任务", ("县财政局",)),
        ("白鹭洲湿地管理处负责什么", ("湿地管理处",)),
        ("湖滨新区码头管理处负责什么", ()),
        ("湖滨新区各部门要做什么", ()),
    ],
)
def test_units_are_those_of_the_regions_asked(text: str, units: tuple[str, ...]) -> None:
    assert read(text).units == units


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("湖滨新区发展改革局牵头的任务有几项", "count"),
        ("湖滨新区发展改革局负责哪些工作", "list"),
        ("渡轮班次由谁负责", "responsible"),
        ("渡轮班次什么时候公告", "deadline"),
        ("渡轮班次在哪里看", "channel"),
        ("白鹭洲的分工是几号文", "document"),
        ("渡轮班次", "any"),
    ],
)
def test_the_facet(text: str, facet: str) -> None:
    assert read(text).facet == facet


def test_the_topic_holds_neither_place_nor_year_nor_question_words() -> None:
    question = read("请问云岭县2021年扶持茶农的政策由谁负责？")
    assert question.topic == "扶持茶农的政策"
    assert (question.region_names, question.years, question.placed) == ((HILL,), (2021,), True)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("停车一小时多少钱", "金额"),
        ("信访办的电话是多少", "电话号码"),
        ("城管局在哪条街", "具体地址"),
        ("停车费收多少钱由谁负责公布", None),
        ("停车收费标准由谁牵头", None),
    ],
)
def test_a_fact_is_wanted_unless_a_unit_is(text: str, fact: str | None) -> None:
    found = read(text).fact
    assert (found.name if found else None) == fact


def test_a_new_region_keeps_topic_and_facet_and_drops_year_and_records() -> None:
    question = follow("那云岭县呢")
    assert (question.region_names, question.years) == ((HILL,), ())
    assert (question.topic, question.facet) == ("公布停车收费标准", "lead")
    assert question.record_ids == question.earlier_ids == ()


def test_a_new_facet_keeps_place_topic_and_the_record_spoken_of() -> None:
    question = follow("时限呢")
    assert (question.region_names, question.years, question.facet) == ((LAKE,), (2023,), "deadline")
    assert (question.topic, question.record_ids) == ("公布停车收费标准", ("lake-1",))


def test_a_new_topic_keeps_place_and_facet_and_leaves_the_record() -> None:
    question = follow("学区划分的呢")
    assert (question.region_names, question.years, question.facet) == ((LAKE,), (2023,), "lead")
    assert (question.topic, question.record_ids) == ("学区划分的", ())
    assert question.earlier_ids == ("lake-1",)


def test_a_new_year_leaves_the_records_of_the_old_one() -> None:
    question = follow("2022年的呢")
    assert (question.region_names, question.years, question.record_ids) == ((LAKE,), (2022,), ())


def test_a_facet_beside_everyday_words_leans_on_the_turn_before() -> None:
    assert follow("配合的单位有哪些", weight=COMMON).topic == SAID.topic
    assert follow("渡轮班次什么时候公告", weight=RARE).topic == "渡轮班次 公告"


def test_an_empty_frame_changes_nothing() -> None:
    alone = read("湖滨新区停车收费由谁负责")
    question = carry_over(alone, Frame(), known_weight=RARE)
    assert (question.regions, question.years, question.topic, question.facet, question.record_ids) == (
        alone.regions, alone.years, alone.topic, alone.facet, (),
    )  # fmt: skip


def test_words_that_belong_to_every_task_tell_nothing() -> None:
    assert telling_words("配合的单位 之前弄好").split() == ["的"]
    assert "渡轮班次" in telling_words("渡轮班次公开")


ZONES = Directory({"高新区": ("办公室",), "青屏高新区": ("财政局",), "云栖高新区": ("财政局",)})


def test_a_name_that_several_regions_bear_leaves_them_all_open() -> None:
    question = understand("高新区政务公开谁负责", ZONES, TODAY)
    assert question.regions == (("高新区", "青屏高新区", "云栖高新区"),)


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("高新区：高新区政务公开谁负责", (("高新区",),)),
        ("青屏高新区政务公开，高新区谁负责", (("青屏高新区",),)),
        ("青屏和云栖高新区", (("青屏高新区",), ("云栖高新区",))),
    ],
)
def test_it_means_the_one_chosen_or_named_in_full(text: str, regions: tuple[tuple[str, ...], ...]) -> None:
    assert understand(text, ZONES, TODAY).regions == regions


def test_it_means_the_one_the_conversation_is_about() -> None:
    question = understand("高新区的时限呢", ZONES, TODAY)
    assert carry_over(question, Frame(regions=["云栖高新区"]), known_weight=RARE).regions == (("云栖高新区",),)
    assert len(carry_over(question, Frame(), known_weight=RARE).regions[0]) == len(ZONES.regions)


def test_a_year_tells_which_is_meant_and_whose_units() -> None:
    held = (document("a", "甲", "高新区", year=2017), document("b", "乙", "青屏高新区", year=2019))
    question = understand("2019年高新区财政局和办公室的任务", ZONES, TODAY)
    settled = settled_by_year(question, held, ZONES)
    assert (settled.regions, settled.units) == ((("青屏高新区",),), ("财政局",))
    assert settled_by_year(understand("2020年高新区的任务", ZONES, TODAY), held, ZONES).regions == question.regions


@pytest.mark.parametrize(
    "text",
    ["hubin xinqu chengguanju fuze shenme", "ｈｕｂｉｎ　ｘｉｎｑｕ ｃｈｅｎｇｇｕａｎｊｕ", "湖濱新區城管局",
     "糊滨新区城官局", "嗯我想问一下哈湖滨新区湖滨新区的城管局"],
)  # fmt: skip
def test_however_it_is_written_the_unit_of_the_region_is_meant(text: str) -> None:
    question = read(text)
    assert (question.region_names, question.units) == ((LAKE,), ("新区城管局",))


def test_a_misspelt_unit_is_searched_for_by_its_name() -> None:
    assert "城管局" in read("湖滨新区城官局停车收费").topic


@given(st.text(max_size=60))
def test_any_text_is_understood(text: str) -> None:
    question = read(text)
    assert question.facet
    assert not set(question.without_regions) & set(question.region_names)
