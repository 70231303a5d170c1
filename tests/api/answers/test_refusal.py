"""An honest no: what is missing, what there is instead, and what can be done."""

import pytest

from api.answers import refusal
from api.answers.evidence import FACT_KINDS

OFFER = "要不要帮您登记"


@pytest.mark.parametrize(
    ("topic", "named"),
    [
        ("宇宙飞船", "“宇宙飞船”的规定"),
        ("的宇宙飞船是", "“宇宙飞船”的规定"),
        ("停车 多少", "能回答这个问题的规定"),
        ("wifi密码", "能回答这个问题的规定"),
        ("飞", "能回答这个问题的规定"),
        ("", "能回答这个问题的规定"),
        ("湖心岛夜间游船停靠点", "“湖心岛夜间游船停靠点”的规定"),
        ("湖心岛夜间游船停靠点位", "能回答这个问题的规定"),
    ],
)
def test_the_matter_is_named_only_where_it_reads_as_one(topic: str, named: str) -> None:
    text = refusal.nothing_found(topic)
    assert text.startswith(f"现有文件里没有找到{named}。")
    assert OFFER in text


def test_an_unknown_place_is_named_beside_those_served() -> None:
    text = refusal.region_unknown(("成都市", "浦东新区"), ["湖滨新区", "云岭县"])
    assert "没有找到成都市、浦东新区的材料" in text
    assert "目前收录的是湖滨新区、云岭县的文件" in text
    assert OFFER in text
    assert "目前收录" not in refusal.region_unknown(("成都市",), [])


def test_an_unknown_year_is_named_beside_those_held() -> None:
    text = refusal.year_unknown((2019, 2020), "云岭县", [2021, 2023])
    assert "没有找到云岭县2019年、2020年的材料，收录的是2021年、2023年的。" in text
    assert "收录的是" not in refusal.year_unknown((2019,), "云岭县", [])


@pytest.mark.parametrize("fact", FACT_KINDS, ids=lambda fact: fact.name)
def test_a_missing_fact_is_named(fact: refusal.FactKind) -> None:
    assert f"没有写明{fact.name}。" in refusal.fact_missing(fact, "")
    about = refusal.fact_missing(fact, "停车收费")
    assert "“停车收费”" in about and f"没有写明{fact.name}。" in about and OFFER in about


def test_the_nearest_is_said_to_be_no_more_than_that() -> None:
    text = refusal.nearest("第一行\n（来源）")
    assert text.startswith("没有找到完全对应的规定")
    assert "\n第一行\n（来源）\n" in text
    assert "登记诉求" in text


@pytest.mark.parametrize(
    "said", [refusal.nothing_found("停车位"), refusal.not_explained("停车位"), refusal.nearest("某条")]
)
def test_what_may_be_meant_is_asked_instead_of_the_offer(said: str) -> None:
    text = refusal.perhaps_meant(said)
    assert text.endswith("您是不是想问下面的问题？都不是的话，可以登记诉求。")
    assert OFFER not in text and text.count("登记") == 1


def test_what_was_not_understood_is_asked_for_again() -> None:
    assert refusal.unclear(with_examples=True).endswith("比如这样问：")
    assert refusal.unclear(with_examples=False).endswith("。")


def test_the_way_on_is_one_tap() -> None:
    assert refusal.LOG_REQUEST.question == "登记诉求"
