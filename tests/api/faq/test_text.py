import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.documents.errors import FieldsWrong
from api.faq.text import FaqText, check, key_of, text_of, tidied
from knowledge.model import Faq, Locator
from tests.api.faq.conftest import said


def _problems(text: FaqText) -> dict[str, str]:
    with pytest.raises(FieldsWrong) as wrong:
        check(text)
    return dict(wrong.value.problems)


@pytest.mark.parametrize(
    ("text", "field", "told"),
    [
        (said(""), "question", "请填写问题"),
        (said(" \n\u3000"), "question", "请填写问题"),
        (said(answer=" \n "), "answer", "请填写答案"),
        (said("问" * 201), "question", "201 个字，一个问题最多 200"),
        (said("办证", "证" * 201), "similar", "最多 200"),
        (said("办证", *(f"第{n}种问法" for n in range(51))), "similar", "相似问有 51 个，最多 50 个"),
        (said("办证", negatives=("谁负责办证", "办证 ？")), "negatives", "“办证 ？”同时写在问题里"),
        (said("办证", "怎么办证", negatives=("怎么办证。",)), "negatives", "同时写在问题里"),
        (said(answer="答" * 2001), "answer", "2001 个字，最多 2000"),
        (said(answer="请看<script>alert(1)</script>"), "answer", "网页标签或脚本"),
        (said(answer='<img src=x onerror="alert(1)">'), "answer", "网页标签或脚本"),
        (said(answer="点 javascript:alert(1) 这里"), "answer", "网页标签或脚本"),
        (said("<b>办证</b>"), "question", "网页标签"),
        (said(source="源" * 201), "source", "最多 200"),
    ],
)
def test_what_breaks_a_rule_is_told_with_its_field(text: FaqText, field: str, told: str) -> None:
    assert told in _problems(text)[field]


@pytest.mark.parametrize(
    "answer", ["每月缴费<200元的免收", "3 < 5 且 7 > 6", "发邮件到 a@b.cn", "超过50%的，按A>B处理"]
)
def test_plain_signs_in_an_answer_are_no_script(answer: str) -> None:
    check(said(answer=answer))


def test_questions_are_put_on_one_line_each_once_and_blank_lines_of_an_answer_go() -> None:
    text = tidied(
        " 怎么 办证 ",
        ["怎么办证？", "办证流程", "", "办证 流程。"],
        ["谁办证", "谁办证"],
        " 第一条\r\n\n 第二条 \x00",
        " 通行用语 ",
    )
    assert text == FaqText("怎么 办证", ("办证流程",), ("谁办证",), "第一条\n第二条", None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("停水了找谁？", "停水了找谁"),
        ("停水了　找谁", "停水了找谁。"),
        ("停水了找誰", "停水了找谁"),
        ("办ID卡", "办ｉｄ卡?"),
    ],
)
def test_questions_that_differ_in_marks_only_are_one(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


lines = st.text(st.sampled_from("办证社保卡？?。 \n\t　Aa1；|=-'<"), max_size=12)


@given(lines, st.lists(lines, max_size=4), st.lists(lines, max_size=3), lines, lines)
def test_a_tidied_text_stays_as_it_is(
    question: str, similar: list[str], negatives: list[str], answer: str, source: str
) -> None:
    text = tidied(question, similar, negatives, answer, source)
    assert tidied(text.question, text.similar, text.negatives, text.answer, text.source or "") == text
    assert FaqText.from_json(text.as_json()) == text
    served = Faq("x", text.questions, text.negatives, text.answer, "d", "甲", Locator("f"), text.source)
    assert text_of(served) == text
