"""Whatever an answer holds, its message fits and reads as text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.schemas import ChatMessage, ChatReply, Citation, Link, LocatorOut, Option
from api.wechat.outgoing import MOST_BYTES
from api.wechat.rendering import as_text, rendered
from tests.wechat_server import taps_in

_WORDS = st.text(st.sampled_from("预算由谁负责。；\n<>&\"'%#ab1😀"), max_size=1500)
_OPTIONS = st.lists(st.builds(Option, label=st.text(max_size=30), question=st.text(max_size=60)), max_size=9)


@given(
    messages=st.lists(st.builds(ChatMessage, kind=st.just("answer"), text=_WORDS, options=_OPTIONS), max_size=3),
    heard=st.sampled_from(["", "（听到的是：“" + "预" * 100 + "”）\n"]),
    after=st.sampled_from(["", "您" * 200]),
    page=st.sampled_from(["", "https://example.com/w/" + "x" * 90]),
    can_tap=st.booleans(),
)
def test_a_message_fits_whatever_it_holds(
    messages: list[ChatMessage], heard: str, after: str, page: str, can_tap: bool
) -> None:
    kept = rendered("问", ChatReply(session_id="s", messages=messages), "https://example.com")
    text = as_text(kept | {"heard": heard}, page, after=after, can_tap=can_tap)
    assert len(text.encode(errors="replace")) <= MOST_BYTES
    assert text.count("<a ") == text.count("</a>")
    assert "<" not in re.sub(r'<a href="[^"<>]*">|</a>', "", text)


def test_choices_come_back_as_the_questions_they_stand_for() -> None:
    asked = ['泰达"的&清单', "100%完成了吗？#1", "a+b <c>", "补充 20260105-0001"]
    options = [Option(label=question, question=question) for question in asked]
    kept = rendered("问", ChatReply(session_id="s", messages=[ChatMessage(kind="clarify", text="选", options=options)]))
    assert [tap.text for tap in taps_in(as_text(kept, ""))] == asked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("由区财政局负责。（湖滨新区 · 《要点》，第2项）", "由区财政局负责。（湖滨新区 · 《要点》，第2项）"),
        ("由区财政局负责。", "由区财政局负责。\n来源：《要点》（湖政〔2026〕1号），第2项"),
    ],
)
def test_the_source_stands_in_a_message_once(text: str, shown: str) -> None:
    cited = Citation(
        document_id="d",
        record_id="r",
        title="要点",
        doc_number="湖政〔2026〕1号",
        region="湖滨新区",
        task_no="2",
        quote="…",
        locator=LocatorOut(file="f"),
        status="有效",
    )
    said = ChatMessage(kind="answer", text=text, citations=[cited])
    assert rendered("问", ChatReply(session_id="s", messages=[said]))["text"] == shown


def test_the_whole_of_a_list_is_a_link_where_there_is_an_address() -> None:
    said = ChatMessage(kind="list", text="共25项", link=Link(label="查看全部25项", url="tasks?document=1&exact=true"))
    reply = ChatReply(session_id="s", messages=[said])
    assert rendered("问", reply, "https://a.cn")["text"] == (
        '共25项\n<a href="https://a.cn/tasks?document=1&exact=true">查看全部25项</a>'
    )
    assert rendered("问", reply)["text"] == "共25项"


def test_the_page_for_a_request_is_a_link_where_there_is_an_address() -> None:
    said = ChatMessage(kind="notice", text="登记诉求请打开网页 /request-form 填写。")
    reply = ChatReply(session_id="s", messages=[said])
    assert rendered("问", reply, "https://a.cn/x")["text"] == (
        '登记诉求请打开<a href="https://a.cn/x/request-form">网页</a> 填写。'
    )
    assert "/request-form" in rendered("问", reply)["text"]
