from pathlib import Path

import pytest
import yaml

from api.requests.deadlines import DEFAULT_PLACE, SHIPPED, DeadlineProfiles
from api.requests.kinds import KINDS, RequestKind
from api.rule_file import RuleFileInvalid

PROFILES = DeadlineProfiles.load(None)


WITH_PROFILE = [
    "江苏",
    "南京市",
    "南京市鼓楼区",
    "江北新区",
    "福建省",
    "济南市",
    "上海市",
    "广州市",
    "贵州省",
    "黑龙江省",
]


def profile(days: object = 5, **changes: object) -> dict[str, object]:
    return {
        "source": "本市热线管理办法",
        "days": days if isinstance(days, dict) else dict.fromkeys(KINDS, days),
        "extension": 5,
        "correction": 7,
        **changes,
    }


def load(folder: Path, rules: object) -> DeadlineProfiles:
    path = folder / "deadlines.yaml"
    path.write_text(rules if isinstance(rules, str) else yaml.safe_dump(rules, allow_unicode=True), encoding="utf-8")
    return DeadlineProfiles.load(path)


@pytest.mark.parametrize(
    ("region", "days"),
    [
        ("广东省", (2, 10, 10, 15, 15)),
        ("广州市", (2, 10, 10, 15, 15)),
        ("山东省", (5, 5, 5, 5, 5)),
        ("济南高新区", (5, 5, 5, 5, 5)),
        ("甘肃省", (7, 7, 7, 7, 7)),
        (None, (7, 7, 7, 7, 7)),
    ],
)
def test_the_shipped_examples(region: str | None, days: tuple[int, ...]) -> None:
    assert tuple(PROFILES.terms(region, kind).days for kind in KINDS) == days


@pytest.mark.parametrize("region", [None, "广东省", "山东省"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_figure_is_an_example_with_a_source(region: str | None, kind: RequestKind) -> None:
    terms = PROFILES.terms(region, kind)
    assert terms.example
    assert terms.source and terms.note
    assert terms.place == (region or DEFAULT_PLACE)


def test_shandong_says_how_long_an_extension_and_a_return_may_take() -> None:
    terms = PROFILES.terms("山东省", "complaint")
    assert (terms.extension, terms.return_days) == (10, 2)
    assert PROFILES.terms("广东省", "complaint").return_days is None


def test_units_are_reminded_a_day_ahead_unless_the_profile_says_otherwise(tmp_path: Path) -> None:
    assert PROFILES.terms(None, "help").warn_days == 1
    assert load(tmp_path, {"default": profile(warn_days=3)}).terms(None, "help").warn_days == 3


def test_a_profile_of_ones_own_is_no_example(tmp_path: Path) -> None:
    terms = load(tmp_path, {"default": profile(extension=0)}).terms(None, "report")
    assert (terms.example, terms.extension, terms.source, terms.note) == (False, 0, "本市热线管理办法", "")


@pytest.mark.parametrize(
    ("region", "place"),
    [
        ("江苏省", "江苏"),
        ("江苏", "江苏"),
        ("南京市", "南京市"),
        ("南京市鼓楼区", "南京市鼓楼区"),
        ("江苏省南京市鼓楼区", "南京市鼓楼区"),
        ("南京鼓楼区", "南京市鼓楼区"),
        ("徐州市鼓楼区", "江苏"),
        ("福州市鼓楼区", "福建省"),
        ("南京江北新区", "江北新区"),
        ("济南高新区", "济南市"),
        ("济南市市中区", "济南市"),
        ("青岛市", DEFAULT_PLACE),
        ("浦东新区", "上海市"),
        ("上海市浦东新区", "上海市"),
        ("广东省广州市白云区", "广州市"),
        ("深圳市南山区", DEFAULT_PLACE),
        ("黑龙江省鹤岗市南山区", "黑龙江省"),
        ("全国", DEFAULT_PLACE),
        ("某地", DEFAULT_PLACE),
        ("", DEFAULT_PLACE),
        (None, DEFAULT_PLACE),
    ],
)
def test_a_region_goes_by_the_narrowest_place_it_lies_in(tmp_path: Path, region: str | None, place: str) -> None:
    profiles = load(tmp_path, {"default": profile(), "places": {name: profile() for name in WITH_PROFILE}})
    assert profiles.terms(region, "consultation").place == place


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_the_file_does_not_matter(tmp_path: Path, reverse: bool) -> None:
    places = sorted(["山东省", "济南市", "济南高新区"], reverse=reverse)
    text = yaml.safe_dump({"default": profile(), "places": {place: profile() for place in places}}, sort_keys=False)
    profiles = load(tmp_path, text)
    assert profiles.terms("济南高新区", "help").place == "济南高新区"
    assert profiles.terms("济南市", "help").place == "济南市"


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"places": {}}, "default 不能缺少"),
        ({"default": profile(), "place": {}}, "place 的值“{}”不对，不是可用的名称"),
        ({"default": profile(), "places": {"广东县": profile()}}, "places → 广东县：不认识这个地名"),
        ({"default": profile(), "places": {"全国": profile()}}, "places → 全国：不认识这个地名"),
        ({"default": profile(), "places": {"广东": profile(), "广东省": profile()}}, "“广东”和“广东省”是同一个地方"),
        ({"default": profile(days=0)}, "default → days → complaint 的值“0”不对，不能小于 1"),
        ({"default": profile(days=367)}, "的值“367”不对，不能大于 366"),
        ({"default": profile(days=2.5)}, "的值“2.5”不对，应为整数"),
        ({"default": profile(days="5")}, "的值“5”不对，应为整数"),
        ({"default": profile(days=True)}, "的值“True”不对，应为整数"),
        ({"default": profile(extension=-1)}, "default → extension 的值“-1”不对，不能小于 0"),
        ({"default": profile(correction=0)}, "default → correction 的值“0”不对，不能小于 1"),
        ({"default": profile(return_days=0)}, "default → return_days 的值“0”不对，不能小于 1"),
        ({"default": profile(warn_days="一天")}, "default → warn_days 的值“一天”不对，应为整数"),
        ({"default": profile(source="")}, "default → source 的值“”不对，不能为空"),
        ({"default": profile(soruce="x")}, "default → soruce 的值“x”不对，不是可用的名称"),
        ({"default": {**profile(), "days": None, "dyas": {}}}, "default → dyas 的值“{}”不对，不是可用的名称"),
        ({"default": profile(days={"consultation": 2})}, "default → days：缺少 help、suggestion、complaint、report"),
        (
            {"default": profile(days={**dict.fromkeys(KINDS, 5), "petition": 60})},
            "default → days → petition 的值“petition”不对，只能是 consultation、",
        ),
        ({"default": 5}, "default 应为“名称: 值”的写法"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_value(tmp_path: Path, rules: object, said: str) -> None:
    with pytest.raises(RuleFileInvalid) as refused:
        load(tmp_path, rules)
    assert said in refused.value.message
    assert refused.value.code == "rule_file_invalid"


def test_the_line_of_the_mistake_is_told(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace("report: 15}", "report: 十五}")
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "十五" in each)
    with pytest.raises(
        RuleFileInvalid, match=f"第 {line} 行：places → 广东省 → days → report 的值“十五”不对，应为整数"
    ):
        load(tmp_path, text)


def test_a_place_written_twice_is_refused(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace("  山东省:", "  广东省:")
    with pytest.raises(RuleFileInvalid, match="“广东省”写了两次"):
        load(tmp_path, text)
