import pytest

from knowledge.directory import Directory
from knowledge.model import Document, Locator, PlanTask, Records

UNITS = {
    "高新区": ("办公室", "计财处", "各业务处室"),
    "天津经济技术开发区": ("工委（管委会）办公室", "环保局等相关部门", "发改局"),
    "惠州仲恺高新区": ("区财政局", "区“数字政府”改革建设领导小组办公室", "区直各单位", "市场监管局等有关单位"),
    "兰州新区": ("新区经发局", "经发局", "党工委办公室"),
    "济南高新区": ("政协工作室（扶贫办）", "环保分局", "各街道办事处", "有关单位"),
}


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(UNITS)


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("仲恺的财政", ["惠州仲恺高新区"]),
        ("惠州仲恺谁管", ["惠州仲恺高新区"]),
        ("泰达", ["天津经济技术开发区"]),
        ("2018年开发区", ["天津经济技术开发区"]),
        ("济南高新区", ["济南高新区"]),
        ("高新区", ["高新区"]),
        ("那济南呢", ["济南高新区"]),
        ("济高", ["济南高新区"]),
        ("济南市高新技术产业开发区", ["济南高新区"]),
        ("新区由谁", ["兰州新区"]),
        ("仲凯", ["惠州仲恺高新区"]),
        ("济南高薪区", ["济南高新区"]),
        ("兰洲新区", ["兰州新区"]),
        ("蘭州新區和仲愷", ["兰州新区", "惠州仲恺高新区"]),
        ("ＴＥＤＡ", ["天津经济技术开发区"]),
        ("太大了", []),
        ("仲恺去年", ["惠州仲恺高新区"]),
        ("开发区域", []),
        ("上海浦东新区", []),
        ("杭州高新区", []),
    ],
)
def test_regions_are_found_by_any_name(directory: Directory, text: str, regions: list[str]) -> None:
    assert [mention.canonical for mention in directory.find_regions(text)] == regions


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("上海浦东新区", ["浦东新区"]),
        ("深圳的规定", ["深圳市"]),
        ("杭州高新区", ["杭州高新区"]),
        ("天津市河西区", ["河西区"]),
        ("惠州市的文号，仲恺怎么写", []),
        ("山东济南高新区", []),
        ("财政局", []),
    ],
)
def test_places_outside_the_base_are_named(directory: Directory, text: str, unknown: list[str]) -> None:
    assert directory.unknown_regions(text) == unknown


def test_a_mention_says_where_it_stands(directory: Directory) -> None:
    (mention,) = directory.find_regions("请问仲凯谁管")
    assert (mention.start, mention.end, mention.alias) == (2, 4, "仲恺")


def test_a_district_no_list_knows_is_found_by_its_short_name() -> None:
    mentions = Directory({"青屏区": (), "云栖高新区": (), "丁区": ()}).find_regions("青屏和云栖的事项，丁香不算")
    assert [mention.canonical for mention in mentions] == ["青屏区", "云栖高新区"]


def test_a_name_two_regions_share_carries_both() -> None:
    (mention,) = Directory({"济南高新区": (), "西安高新区": ()}).find_regions("高新区")
    assert mention.candidates == ("济南高新区", "西安高新区")


@pytest.mark.parametrize(
    ("text", "region", "candidates"),
    [
        ("财政局", "惠州仲恺高新区", ("区财政局",)),
        ("区财政局", "惠州仲恺高新区", ("区财政局",)),
        ("数字政府改革办公室", "惠州仲恺高新区", ("区“数字政府”改革建设领导小组办公室",)),
        ("市监局", "惠州仲恺高新区", ("市场监管局",)),
        ("工委办公室", "天津经济技术开发区", ("工委（管委会）办公室",)),
        ("管委会办公室", "天津经济技术开发区", ("工委（管委会）办公室",)),
        ("工委(管委会)办公室", "天津经济技术开发区", ("工委（管委会）办公室",)),
        ("环保局", "天津经济技术开发区", ("环保局",)),
        ("环保局", "济南高新区", ("环保分局",)),
        ("扶贫办", "济南高新区", ("政协工作室（扶贫办）",)),
        ("各街道办事处", "济南高新区", ("各街道办事处",)),
        ("经发局", "兰州新区", ("经发局", "新区经发局")),
    ],
)
def test_units_are_found_by_any_name(directory: Directory, text: str, region: str, candidates: tuple[str, ...]) -> None:
    (mention,) = directory.find_units(f"请问{text}管什么", [region])
    assert mention.candidates == candidates
    assert text == f"请问{text}管什么"[mention.start : mention.end]


def test_units_of_other_regions_are_left_out(directory: Directory) -> None:
    assert directory.find_units("计财处", ["兰州新区"]) == []


@pytest.mark.parametrize("text", ["各部门要做什么", "有关单位", "相关处室", "区直各单位"])
def test_classes_of_units_are_not_found_as_units(directory: Directory, text: str) -> None:
    assert directory.find_units(text) == []


@pytest.mark.parametrize(
    ("unit", "generic"),
    [
        ("各部门", True),
        ("各园区", True),
        ("区直各单位", True),
        ("有关单位", True),
        ("机关各处室", True),
        ("管委会各部门", True),
        ("涉及清单的处室", True),
        ("各相关部门（甲局、乙局等）", True),
        ("区财政局", False),
        ("委员会办公室", False),
        ("生态环境分局等有关单位", False),
    ],
)
def test_classes_of_units_are_told_from_units(directory: Directory, unit: str, generic: bool) -> None:
    assert directory.is_generic(unit) is generic


def test_units_of_a_region_drop_their_tails(directory: Directory) -> None:
    assert directory.units_of("天津经济技术开发区") == ("工委（管委会）办公室", "环保局", "发改局")
    assert directory.units_of("无") == ()


def test_words_for_the_dictionary_come_longest_first(directory: Directory) -> None:
    words = directory.jieba_words()
    assert {"仲恺", "计财处", "泰达"} <= set(words)
    assert [len(word) for word in words] == sorted(map(len, words), reverse=True)


def test_directory_grows_from_records_and_skips_nationwide_documents() -> None:
    def document(name: str, region: str) -> Document:
        return Document(name, name, None, None, region, None, None, None, None, "有效", None, name, "")

    task = PlanTask("t", "a", None, (), None, "做。", ("甲局",), ("乙局",), None, None, Locator("a"))
    records = Records(documents=(document("a", "兰州新区"), document("b", "全国")), tasks=(task,))
    directory = Directory.from_records(records)
    assert list(directory.regions) == ["兰州新区"]
    assert directory.units_of("兰州新区") == ("甲局", "乙局")
