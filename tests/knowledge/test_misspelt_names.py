"""Names typed by their sound, names of other places, and ordinary words that are neither."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.directory import Directory

UNITS = {
    "高新区": ("办公室", "计财处"),
    "惠州仲恺高新区": ("区财政局", "区“数字政府”改革建设领导小组办公室", "政务公开办公室"),
    "兰州新区": ("新区审计局", "经发局"),
    "济南高新区": ("财政局", "市场监管局"),
    "钟山县": ("县教育局",),
    "海宴区": ("民政局",),
}
DIRECTORY = Directory(UNITS)


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("忠恺谁管", ["惠州仲恺高新区"]),
        ("种凯高新区", ["惠州仲恺高新区"]),
        ("南州新区的预算", ["兰州新区"]),
        ("蓝粥新区", ["兰州新区"]),
        ("济难高薪区", ["济南高新区"]),
        ("惠洲仲凯高新区财政", ["惠州仲恺高新区"]),
        ("钟三县谁负责", ["钟山县"]),
    ],
)
def test_a_region_is_known_by_its_sound(text: str, regions: list[str]) -> None:
    assert [mention.canonical for mention in DIRECTORY.find_regions(text)] == regions


@pytest.mark.parametrize(
    "text",
    ["软件开发去哪里备案", "仲裁委", "重开会议", "济南历城区财政局", "济南市中区财政局", "济南的历下区", "中山区",
     "中山市", "中山高新区", "海晏县", "海晏", "兰州城关区", "宏远高新区谁负责", "高新技术企业认定", "提高新区域"],
)  # fmt: skip
def test_another_place_or_an_ordinary_word_is_no_region_of_the_base(text: str) -> None:
    assert DIRECTORY.find_regions(text) == []


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("济南历城区财政局", ["历城区"]),
        ("济南市中区财政局", ["济南市中区"]),
        ("中山高新区谁负责", ["中山高新区"]),
        ("宏远高新区政务公开谁负责", ["宏远高新区"]),
        ("忠县政策解读谁负责", ["忠县"]),
        ("重庆忠县", ["重庆忠县"]),
        ("管理县级预算", []),
        ("请问高新区谁负责", []),
        ("咱们高新区谁负责", []),
        ("2017年高新区", []),
    ],
)
def test_a_place_the_base_lacks_is_named_as_people_say_it(text: str, unknown: list[str]) -> None:
    assert DIRECTORY.unknown_regions(text) == unknown


def test_a_mere_kind_of_zone_may_be_any_of_its_kind_the_one_so_called_first() -> None:
    (mention,) = DIRECTORY.find_regions("高新区政务公开谁负责")
    assert mention.candidates == ("高新区", "惠州仲恺高新区", "济南高新区")


@pytest.mark.parametrize(
    ("text", "alias", "unit"),
    [
        ("才政局", "财政局", "财政局"),
        ("财正局牵头哪些", "财政局", "财政局"),
        ("审记局", "审计局", "新区审计局"),
        ("交育局", "教育局", "县教育局"),
        ("经法局", "经发局", "经发局"),
        ("政务公开办工室", "政务公开办公室", "政务公开办公室"),
        ("数字正府改革办公室", "数字政府改革办公室", "区“数字政府”改革建设领导小组办公室"),
        ("市场间管局", "市场监管局", "市场监管局"),
    ],
)
def test_a_unit_is_known_by_its_sound(text: str, alias: str, unit: str) -> None:
    (mention,) = DIRECTORY.find_units(f"请问{text}")
    assert (mention.alias, mention.canonical) == (alias, unit)


@pytest.mark.parametrize(
    "text", ["检察局", "市建局", "办公时间", "在哪里办公是谁定的", "才政局势", "审计居然", "公开办事", "财政据说"]
)
def test_another_office_or_an_ordinary_word_is_no_unit(text: str) -> None:
    assert DIRECTORY.find_units(text) == []


def test_a_sound_that_two_units_share_means_neither() -> None:
    directory = Directory({"甲区": ("经发局", "精发局")})
    assert directory.find_units("京发局") == []
    assert [mention.canonical for mention in directory.find_units("精发局")] == ["精发局"]


@given(st.sampled_from(sorted(DIRECTORY.jieba_words())), st.sampled_from(["", "请问", "2019年"]))
def test_every_name_as_written_is_found_as_written(name: str, before: str) -> None:
    text = f"{before}{name}"
    mentions = [*DIRECTORY.find_regions(text), *DIRECTORY.find_units(text)]
    assert any(mention.alias == text[mention.start : mention.end] for mention in mentions)


@given(st.text(st.sampled_from("仲恺兰州济南高新区开发财政审计局办公室的去是谁zhong 20年（、）"), max_size=30))
def test_mentions_lie_in_the_text_and_apart(text: str) -> None:
    for mentions in (DIRECTORY.find_regions(text), DIRECTORY.find_units(text)):
        assert all(0 <= mention.start < mention.end <= len(text) and mention.candidates for mention in mentions)
        assert all(one.end <= other.start for one, other in pairwise(mentions))
