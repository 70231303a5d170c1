"""An application of 企业微信 through the same bridge."""

import time

import pytest

from tests.api.wechat.conftest import LATE, Plan, Service, Start

pytestmark = pytest.mark.slow

WHO = "ZhangGong"


@pytest.fixture
def wecom(start: Start) -> Service:
    return start(Plan(wecom=True))


@pytest.fixture
def hurried(start: Start) -> Service:
    """An answer to a question with 慢 comes late."""
    service = start(Plan(wecom=True, reply_by=LATE))
    service.proves_its_way()
    return service


def test_the_address_is_verified_with_the_decrypted_echo(wecom: Service) -> None:
    assert wecom.platform.verifies() == "4815162342"


def test_a_question_is_answered_at_once_and_a_late_answer_is_sent(hurried: Service) -> None:
    shown = hurried.platform.writes(WHO, "湖滨新区预算由谁负责？")
    assert shown is not None and shown.text.startswith("由区财政局负责")
    assert hurried.platform.writes(WHO, "湖滨新区慢预算由谁负责？") is None
    until = time.monotonic() + 10
    while len(hurried.platform.followers[WHO].shown) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert [one.how for one in hurried.platform.followers[WHO].shown] == ["reply", "custom"]


def test_choices_are_numbered_since_no_link_sends_itself_there(wecom: Service) -> None:
    shown = wecom.platform.writes(WHO, "信箱由谁负责？")
    assert shown is not None
    assert shown.text.endswith("回复数字选择：\n1. 湖滨新区\n2. 云岭县")


def test_an_answer_that_could_not_be_sent_comes_with_the_next_reply(hurried: Service) -> None:
    hurried.platform.refuse["/cgi-bin/message/send"] = 60011
    assert hurried.platform.writes(WHO, "湖滨新区慢预算由谁负责？") is None
    time.sleep(3)
    shown = hurried.platform.writes(WHO, "信箱由谁负责？")
    assert shown is not None
    assert "您之前问的有答复了：\n由区财政局负责" in shown.text


def test_the_two_accounts_keep_their_conversations_apart(wecom: Service) -> None:
    assert wecom.services.wecom is not None and wecom.services.wechat is None
    assert wecom.services.wecom.book.session_id(WHO).startswith("wc-")
