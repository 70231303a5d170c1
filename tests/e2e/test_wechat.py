"""Followers of the official account write to the three processes: every answer arrives, once, and to the right one."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from bench.questions import questions
from tests.e2e.followers import Outcome, Question, questions_of, service_with_account, write_for
from tests.e2e.stack import Stack
from tests.wechat_server import Platform

pytestmark = pytest.mark.e2e

FOLLOWERS, SECONDS = 8, 20.0


@pytest.fixture(scope="module")
def account(
    rasa_installed: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Stack, Platform, list[Question]]]:
    with service_with_account(tmp_path_factory.mktemp("wechat")) as (stack, platform):
        yield stack, platform, questions_of(stack.url, questions()[::11][:48])


def _assert_all_answered(outcome: Outcome) -> None:
    assert (outcome.lost, outcome.crossed, outcome.doubled) == ([], [], 0)
    assert len(outcome.took) == outcome.asked >= 2 * FOLLOWERS


def test_every_follower_gets_every_answer_once(account: tuple[Stack, Platform, list[Question]]) -> None:
    _, platform, asked = account
    _assert_all_answered(write_for(platform, asked, followers=FOLLOWERS, seconds=SECONDS))


def test_no_answer_is_lost_doubled_or_crossed_when_rasa_is_killed(
    account: tuple[Stack, Platform, list[Question]],
) -> None:
    """The API answers without it until it is back."""
    stack, platform, asked = account
    timer = threading.Timer(SECONDS / 3, os.kill, (stack.child("rasa\0run"), signal.SIGKILL))
    timer.start()
    _assert_all_answered(write_for(platform, asked, followers=FOLLOWERS, seconds=SECONDS))


def test_no_answer_is_lost_doubled_or_crossed_when_the_api_is_killed(
    account: tuple[Stack, Platform, list[Question]],
) -> None:
    """The platform delivers again what it had no reply to, and the next process takes over what the last one had."""
    stack, platform, asked = account
    timer = threading.Timer(SECONDS / 3, os.kill, (stack.child("api.app:create_app"), signal.SIGKILL))
    timer.start()
    _assert_all_answered(write_for(platform, asked, followers=FOLLOWERS, seconds=SECONDS))
