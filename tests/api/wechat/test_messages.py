"""What comes in is read or refused; what goes out is XML whatever people wrote."""

from contextlib import suppress

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from api.wechat.errors import MessageUnreadable
from api.wechat.incoming import LONGEST_BODY, read_message, read_xml
from api.wechat.outgoing import MOST_BYTES, Article, cdata, cut, link, news_reply, plain, tap, text_reply

ANY_TEXT = st.text(max_size=400)


def _message(**fields: str) -> dict[str, str]:
    whole = {"ToUserName": "gh_1", "FromUserName": "oAbc", "CreateTime": "1700000000", "MsgType": "text"} | fields
    return {name: value for name, value in whole.items() if value}


def test_a_text_message_is_told_by_its_id() -> None:
    read = read_message(_message(Content="你好", MsgId="6054768590064713728"))
    assert (read.key, read["Content"], read["PicUrl"]) == ("id:oAbc:6054768590064713728", "你好", "")


def test_two_events_of_one_second_are_two_and_a_retry_is_none() -> None:
    follow, click = (read_message(_message(MsgType="event", Event=event)) for event in ("subscribe", "CLICK"))
    again = read_message(_message(MsgType="event", Event="subscribe"))
    other = read_message(_message(MsgType="event", Event="subscribe", FromUserName="oXyz"))
    elsewhere = read_message(_message(MsgType="event", Event="CLICK", EventKey="转人工"))
    assert follow.key == again.key
    assert len({follow.key, click.key, other.key, elsewhere.key}) == 4


def test_one_number_of_two_followers_is_two_messages() -> None:
    one, other = (read_message(_message(MsgId="1", FromUserName=sender)) for sender in ("oAbc", "oXyz"))
    assert one.key != other.key


@pytest.mark.parametrize("missing", ["ToUserName", "FromUserName", "CreateTime", "MsgType"])
def test_a_message_without_what_every_message_has_is_refused(missing: str) -> None:
    with pytest.raises(MessageUnreadable):
        read_message(_message(**{missing: ""}))


@pytest.mark.parametrize("created", ["gestern", "１７００", "-1", "1.5"])
def test_a_time_that_is_no_number_is_refused(created: str) -> None:
    with pytest.raises(MessageUnreadable):
        read_message(_message(CreateTime=created))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"<xml>",
        b"<xml><a>1</b></xml>",
        b'<!DOCTYPE xml [<!ENTITY e "x">]><xml><a>&e;</a></xml>',
        b'<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml/>',
        b'<?xml version="1.0" encoding="utf-99"?><xml/>',
        b"\xff\xfe\x00",
        b"<xml>" + b"<a>x</a>" * LONGEST_BODY + b"</xml>",
    ],
)
def test_what_is_no_xml_as_agreed_is_refused_in_the_one_way(body: bytes) -> None:
    with pytest.raises(MessageUnreadable):
        read_xml(body)


@given(body=st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail_otherwise(body: bytes) -> None:
    with suppress(MessageUnreadable):
        read_message(read_xml(body))


@given(text=ANY_TEXT, sender=ANY_TEXT)
def test_a_reply_is_one_element_whatever_the_text(text: str, sender: str) -> None:
    root = fromstring(text_reply(sender, "gh_1", text).encode(errors="replace"), forbid_dtd=True)
    assert [child.tag for child in root] == ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"]


@pytest.mark.parametrize(
    "text", ["a]]></Content><Content><![CDATA[x", "]]>", "]]]]>>", "a ]]> & b", "<script>", "]" * 9 + ">"]
)
def test_nothing_people_write_ends_the_element(text: str) -> None:
    root = fromstring(f"<xml><Content>{cdata(text)}</Content></xml>", forbid_dtd=True)
    assert [child.text for child in root] == [text]


def test_a_message_is_answered_with_one_article_only() -> None:
    root = fromstring(news_reply("o", "gh", [Article("甲", "乙", "https://example.com/?a=1&b=2")] * 3), forbid_dtd=True)
    assert root.findtext("ArticleCount") == "1"
    assert len(root.findall("Articles/item")) == 1
    assert root.findtext("Articles/item/Url") == "https://example.com/?a=1&b=2"


@given(text=ANY_TEXT, most=st.integers(min_value=0, max_value=600))
def test_a_cut_text_fits_and_is_a_beginning(text: str, most: int) -> None:
    text = text.encode(errors="ignore").decode()
    shown, is_cut = cut(text, most)
    assert len(shown.encode()) <= most
    assert text.startswith(shown.removesuffix("……").rstrip()) or not is_cut
    assert is_cut or shown == text


def test_a_long_answer_ends_at_a_sentence() -> None:
    shown, is_cut = cut("由办公室负责，六月底前完成。" * 100)
    assert is_cut
    assert shown.endswith("完成。")
    assert MOST_BYTES - 60 < len(shown.encode()) <= MOST_BYTES


@pytest.mark.parametrize("most", range(60, 140, 7))
def test_a_link_is_not_cut_in_two(most: int) -> None:
    shown, _ = cut("前面有一句话。" + link("看这里", "https://example.com/a") + "后面还有很多很多话。" * 9, most)
    assert shown.count("<a ") == shown.count("</a>")


def test_a_tap_sends_the_question_and_carries_no_markup_of_others() -> None:
    shown = tap("<b>泰达</b>", '泰达"的&清单', "q1")
    assert shown == ('<a href="weixin://bizmsgmenu?msgmenucontent=泰达%22的%26清单&msgmenuid=q1">＜b＞泰达＜/b＞</a>')
    assert plain("a<a href='x'>b") == "a＜a href='x'＞b"
    assert '"x' not in link("看", 'https://example.com/"x')
