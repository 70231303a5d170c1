"""Which stretch of a passage is the answer: whole sentences, whole lists, and the amount, date or place asked for."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answers.compose import Evidence, cite
from api.answers.evidence import wanted_fact
from api.answers.pieces import LONGEST
from api.answers.service import AnswerService
from api.answers.spans import ASKED, FEATURES, SPANS_FILE, load_span_model, span_text, spans_of, wanted
from knowledge.passages import CARRIED
from knowledge.passages import LONGEST as LONGEST_PASSAGE
from knowledge.text import squash
from tests.api.answers.base import document, passage
from tests.api.standins import FixedKnowledge


def alike(_: str) -> float:
    return 0.7


HOUSING = (
    "公租房由区住建局统一管理。申请公租房应当提交下列材料：\n（一）申请书；\n（二）身份证和户口簿复印件；\n（三）收入证明；\n"
    "（四）无房证明。\n受理机关应当在15个工作日内答复。"
)
CONDITIONS = (
    "第八条 申请公租房应当符合下列条件：（一）具有本区户籍；（二）人均月收入低于2500元；（三）在本区没有住房。"
    "第九条 申请人对材料的真实性负责。第十条 弄虚作假的，五年内不得再次申请。"
)
FERRY = (
    "自2023年5月1日起执行新的票价。下列乘客免费乘坐渡轮：1.六周岁以下儿童；2.七十周岁以上老人；3.现役军人；4.残疾人。"
    "学生凭证件半价。咨询电话：0700-1234567。"
)
TEA = (
    "县财政每年安排专项资金。对茶叶加工企业采取以下措施：一是新建厂房每平方米奖励50元，最高不超过20万元；"
    "二是购置设备按价格的30%补助；三是参加展会的，展位费全额报销；四是贷款贴息三年。奖励资金由县农业农村局审核。"
)
HEATING = (
    "每年11月开始统计名单，11月20日前公示。取暖补助按每户600元发放，低保户增加200元。"
    "补助资金由县民政局通过银行卡发放。虚报冒领的，追回补助。"
)
STARTERS = (
    "为鼓励高校毕业生创业，制定本办法。毕业五年内的大学生在本县创办企业的，可以申请补贴。"
    "创业补贴标准为每户8000元，分两次发放。申请人应当在每年9月30日前向县人社局提出申请。材料不齐的，一次告知补正。"
)
PARKING = "收费标准如下：\n小型车：每小时2元；\n大型车：每小时5元；\n摩托车免费。\n夜间21:00至次日7:00停车免费。"


@pytest.mark.parametrize(
    ("passage", "title", "question", "told"),
    [
        (STARTERS, "大学生创业补贴办法", "创业补贴的标准是多少？", "创业补贴标准为每户8000元"),
        (STARTERS, "大学生创业补贴办法", "什么时候提出申请？", "每年9月30日前"),
        (HEATING, "冬季取暖补助通知", "取暖补助发放多少钱？", "每户600元"),
        (HEATING, "冬季取暖补助通知", "取暖补助由哪个部门发放？", "县民政局"),
        (HEATING, "冬季取暖补助通知", "名单什么时候公示？", "11月20日前公示"),
        (FERRY, "渡轮票价通知", "咨询电话是多少？", "0700-1234567"),
        (FERRY, "渡轮票价通知", "学生票价有什么优惠？", "学生凭证件半价"),
        (PARKING, "停车收费通知", "大型车停车怎么收费？", "大型车：每小时5元"),
    ],
)
def test_the_amount_date_or_office_asked_for_is_told(passage: str, title: str, question: str, told: str) -> None:
    assert told in span_text(passage, title, question, alike, wanted_fact(question))


@pytest.mark.parametrize(
    ("passage", "title", "question", "items"),
    [
        (HOUSING, "公租房管理办法", "申请公租房要提交哪些材料？", ("申请书", "身份证", "收入证明", "无房证明")),
        (CONDITIONS, "公租房管理办法", "申请公租房应当符合哪些条件？", ("本区户籍", "2500元", "没有住房")),
        (FERRY, "渡轮票价通知", "哪些人可以免费乘坐渡轮？", ("儿童", "老人", "军人", "残疾人")),
        (TEA, "茶叶加工奖励办法", "支持茶叶加工企业的措施有哪些？", ("50元", "30%", "展位费", "贴息")),
    ],
)
def test_a_list_asked_for_is_told_whole_and_with_its_opening_words(
    passage: str, title: str, question: str, items: tuple[str, ...]
) -> None:
    told = span_text(passage, title, question, alike)
    assert [item for item in items if item not in told] == []
    assert "：" in told.split(items[0])[0]


@pytest.mark.parametrize("passage", [HOUSING, CONDITIONS, FERRY, TEA, HEATING, STARTERS, PARKING])
def test_every_span_is_printed_in_the_passage(passage: str) -> None:
    spans = spans_of(passage, wanted("有什么要求？", "", alike))
    assert all(spans.text(at) in passage for at in range(len(spans)))


def test_a_phone_number_does_not_run_into_the_next_line() -> None:
    spans = spans_of("受理电话0700-1234567\n7654321为传真", wanted("电话是多少？", "", alike))
    assert all("12345677654321" not in spans.text(at) for at in range(len(spans)))


@pytest.mark.parametrize("passage", [" ", "补", "：", "办理时间：", "。", "“", "①", "\n甲\n", "0700-1234567"])
@pytest.mark.parametrize("question", ["", "？", "补", "补贴多少？"])
def test_any_passage_and_any_question_give_a_text(passage: str, question: str) -> None:
    assert squash(span_text(passage, "", question, alike)) == squash(passage)


def test_words_of_the_title_are_no_sign_unless_there_are_no_others() -> None:
    assert set(wanted("取暖补助多少钱", "取暖补助通知", alike).pairs) == {"助多", "多少", "少钱"}
    assert set(wanted("取暖补助", "取暖补助通知", alike).pairs) == {"取暖", "暖补", "补助"}


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("每户补助多少元？", {"amount"}),
        ("什么时候开始？", {"when", "what"}),
        ("由哪个部门审核？", {"who"}),
        ("在哪里办？", {"where"}),
        ("要带哪些证件？", {"which"}),
        ("怎么申请？", {"how"}),
        ("补助", set()),
    ],
)
def test_a_question_may_ask_for_several_kinds_at_once(question: str, kinds: set[str]) -> None:
    assert {kind for kind, asked in wanted(question, "", alike).asked.items() if asked} == kinds
    assert set(wanted(question, "", alike).asked) == set(ASKED)


TEXTS = st.text(st.sampled_from("补贴每户五百元由县局发放材料（一）二是1。；：！\n “”"), max_size=240)


@given(TEXTS, st.text(max_size=40), st.text(max_size=20))
def test_features_are_finite_and_of_the_declared_shape(passage: str, question: str, title: str) -> None:
    spans = spans_of(passage, wanted(question, title, alike))
    assert spans.features.shape == (len(spans.pieces.starts), len(FEATURES))
    assert np.isfinite(spans.features).all()
    assert np.abs(spans.features).max(initial=0) <= 10


@given(TEXTS)
def test_a_span_is_within_its_length_or_one_piece_or_a_whole_list(passage: str) -> None:
    spans = spans_of(passage, wanted("有哪些材料？", "", alike))
    for at in range(len(spans)):
        start, end = int(spans.pieces.starts[at]), int(spans.pieces.ends[at])
        completed = spans.pieces.to_end_of_list(start, end) != end
        assert len(squash(spans.text(at))) <= LONGEST or end == start + 1 or completed
        assert spans.text(at) == spans.text(at).strip() != ""


@given(TEXTS, st.sampled_from(["补贴多少？", "有哪些材料？", "由谁发放？"]))
def test_the_same_question_gets_the_same_span(passage: str, question: str) -> None:
    first = spans_of(passage, wanted(question, "办法", alike))
    again = spans_of(passage, wanted(question, "办法", alike))
    assert np.array_equal(load_span_model().scores(first), load_span_model().scores(again))


def test_what_is_answered_from_the_longest_passage_stands_in_its_quotation() -> None:
    whole = passage("fish", 1, "第三章", "甲" * CARRIED + "\n" + "渔" * (LONGEST_PASSAGE - 8) + "每本三十五元。")
    rules = document("fish", "云岭县捕鱼许可办法", "云岭县")
    assert cite(Evidence(whole, rules, 0.9), rules, date(2024, 5, 1), [rules]).quote == whole.text


def test_nothing_known_of_rarity_still_gives_a_span() -> None:
    assert span_text(HEATING, "", "补助多少钱？", lambda _: 0.0) in HEATING


def test_the_weights_are_those_of_the_features() -> None:
    assert load_span_model().weights.shape == (len(FEATURES),)
    assert len(set(FEATURES)) == len(FEATURES)


def test_weights_learned_for_other_features_are_refused(tmp_path: Path) -> None:
    stored = json.loads(SPANS_FILE.read_text(encoding="utf-8"))
    stored["weights"].popitem()
    (tmp_path / "spans.json").write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(ValueError, match=r"spans\.json"):
        load_span_model.__wrapped__(tmp_path / "spans.json")


def test_where_a_number_is_asked_for_the_run_that_holds_it_is_told() -> None:
    passage = "企业遇到环保问题，可拨打环保服务热线，我局将第一时间帮助解决。热线电话：0000-7654321，工作日有人接听。"
    fact = wanted_fact("环保问题打哪个电话")
    assert fact is not None
    assert "0000-7654321" in span_text(passage, "", "企业遇到环保问题打哪个电话？", lambda _: 0.5, fact)


def test_weights_that_do_not_fit_are_refused_when_the_service_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ValueError("spans.json")

    monkeypatch.setattr("api.answers.service.load_span_model", refuse)
    with pytest.raises(ValueError, match=r"spans\.json"):
        AnswerService(FixedKnowledge(None))
