import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.questions.topics import LONGEST, topic_of
from api.schemas import AnswerReply, Citation, Frame
from tests.api.standins import CITATION


def _reply(*cited: Citation, topic: str = "") -> AnswerReply:
    facts = {"answer_id": "a", "kind": "answer", "text": "x", "confidence": 0.5, "snapshot": "s", "took_ms": 1.0}
    return AnswerReply(citations=list(cited), frame=Frame(topic=topic), **facts)  # type: ignore[arg-type]


def _cited(quote: str, section: list[str], task_no: str | None = None) -> Citation:
    return CITATION.model_copy(update={"quote": quote, "section": section, "task_no": task_no})


@pytest.mark.parametrize(
    ("quote", "section", "task_no", "topic"),
    [
        ("25.加强网站建设。每年检查两次。", ["三、平台建设"], "25", "加强网站建设"),
        ("（二）办好领导信箱：五个工作日内答复。", ["一、互动"], "（二）", "办好领导信箱"),
        ("2031年6月底前完成清理", ["一、清理"], "3", "2031年6月底前完成清理"),
        ("各部门应当公开预算。", ["二、财政", "（一）公开财政预算"], None, "公开财政预算"),
        ("申请人应当说明用途。", ["第三章 依申请公开", "第十二条"], None, CITATION.title),
        ("带身份证到区图书馆办理；当场领证。", [], None, "带身份证到区图书馆办理"),
    ],
)
def test_a_topic_is_what_the_first_text_cited_is_called(
    quote: str, section: list[str], task_no: str | None, topic: str
) -> None:
    assert topic_of(_reply(_cited(quote, section, task_no), _cited("别的。", []))) == topic


def test_what_cites_nothing_has_no_topic_whatever_was_asked() -> None:
    assert topic_of(_reply(topic="张三的电话 13800138000")) is None


@given(st.text(max_size=300), st.lists(st.text(max_size=80), max_size=3), st.none() | st.just("7"))
def test_a_topic_is_short_and_never_empty(quote: str, section: list[str], task_no: str | None) -> None:
    topic = topic_of(_reply(_cited(quote, section, task_no)))
    assert topic
    assert len(topic) <= LONGEST
