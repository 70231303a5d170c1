"""Questions for the meaning of a word, in the many ways they are put."""

import pytest

from api.answers.term_asked import asked_term, term_asked


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("什么是双公示", "双公示"),
        ("双公示是什么意思", "双公示"),
        ("三同步是啥?", "三同步"),
        ("所谓的一网通办是什么", "一网通办"),
        ("啥叫证照分离啊", "证照分离"),
        ("双公示由谁负责", None),
        ("政策解读什么时候做", None),
    ],
)
def test_the_term_asked_for_is_found(question: str, term: str | None) -> None:
    assert term_asked(question) == term


@pytest.mark.parametrize(
    "question",
    [
        "什么是一件事", "啥叫一件事啊?", "何谓一件事", "请问什么是“一件事”?", "解释一下一件事", "一件事是什么意思",
        "一件事什么意思呀", "一件事指什么", "一件事具体是指什么", "一件事指的是啥", "一件事怎么理解", "一件事如何解释",
        "一件事的含义", "一件事的定义是什么", "一件事这个词是什么意思", "说说一件事是什么意思", "文件里的一件事指什么",
    ],
)  # fmt: skip
def test_nothing_but_the_meaning_is_asked_for(question: str) -> None:
    asked = asked_term(question)
    assert asked and asked.sure and asked.sought == "meaning"
    assert "一件事" in list(asked.names())


@pytest.mark.parametrize(
    "question", ["一件办全称是什么", "一件办的全称", "一件办是什么的简称", "一件办是哪几个词的缩写", "一件办的缩写"]
)
def test_the_full_name_is_asked_for(question: str) -> None:
    asked = asked_term(question)
    assert asked and asked.sought == "full_name"
    assert next(asked.names()) == "一件办"


@pytest.mark.parametrize(
    "question",
    [
        "三同步是哪三个",
        "三同步有哪些",
        "三同步包括什么",
        "三同步的具体内容是什么",
        "老听人说什么三同步,到底是哪几个啊?",
    ],
)
def test_what_a_catchword_counts_is_asked_for(question: str) -> None:
    asked = asked_term(question)
    assert asked and not asked.sure
    assert "三同步" in list(asked.names())


@pytest.mark.parametrize(
    "question",
    [
        "停车收费标准包括哪些",
        "任务有哪些",
        "停车收费标准由谁定",
        "渡轮几点开",
        "预算什么时候公开",
        "三同步是哪个局",
        "三同步是哪个牵头",
        "三同步是哪个管",
        "",
    ],
)
def test_other_questions_name_no_term(question: str) -> None:
    asked = asked_term(question)
    assert asked is None or not list(asked.names())


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("什么是密切接触者", "密切接触者"),
        ("国家推出的网上办税事项指的是什么", None),
        ("他说的话是什么意思", None),
    ],
)
def test_a_clause_is_no_name(question: str, name: str | None) -> None:
    asked = asked_term(question)
    assert asked and asked.name == name
