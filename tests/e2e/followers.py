"""Many followers of the official account at once, and an account of what each of them was shown."""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.e2e.stack import ALL_READY, Stack
from tests.wechat_server import Platform, Shown, taps_in

TOKEN, APPID, SECRET = "spamtest", "wx5823bf96d3bd56c7", "0123456789abcdef0123456789abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
PATIENCE_S = 60.0
"""How long a follower waits for an answer before it counts as lost."""
BETWEEN_S = 6.2
"""Between two messages of one follower: ten a minute are taken."""
_LOOK_EVERY_S = 0.05
_BEGINNING = 30
_SHARED_NAME = "高新区"
"""A region of the default corpus, and short for two others: it means the one last spoken of."""
_STEP = 7
"""From a question to the next one of the same follower."""


@dataclass(frozen=True, slots=True)
class Question:
    """``expected`` is how the right answer begins."""

    text: str
    expected: str


@dataclass
class Outcome:
    """``took`` holds the seconds of every answer that came. ``again`` counts messages written anew because the platform
    said that the account was out of order: the service was away for all of its deliveries."""

    asked: int = 0
    again: int = 0
    lost: list[str] = field(default_factory=list)
    crossed: list[tuple[str, str]] = field(default_factory=list)
    doubled: int = 0
    late: int = 0
    took: list[float] = field(default_factory=list)

    def share(self, part: float) -> float:
        """The seconds within which that part of all answers came."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


@contextmanager
def service_with_account(home: Path) -> Iterator[tuple[Stack, Platform]]:
    """The three processes with an account in safe mode, and the platform that calls them."""
    platform = Platform("", token=TOKEN, appid=APPID, aes_key=AES_KEY, secret=SECRET)
    stack = Stack(
        home,
        POLICYDESK_WECHAT_TOKEN=TOKEN,
        POLICYDESK_WECHAT_APPID=APPID,
        POLICYDESK_WECHAT_AES_KEY=AES_KEY,
        POLICYDESK_WECHAT_SECRET=SECRET,
        POLICYDESK_WECHAT_API_BASE=platform.url,
    )
    platform.callback = f"{stack.url}/wechat"
    try:
        stack.wait_for_line(ALL_READY)
        yield stack, platform
    finally:
        stack.stop()
        platform.close()


def questions_of(url: str, texts: Sequence[str]) -> list[Question]:
    """Those that are answered outright and name a region that no other is called by, so that the answer is the same
    whatever was asked before, with the beginnings of their answers as the service gives them now."""
    found = []
    with httpx.Client(trust_env=False, timeout=20) as client:
        for text in texts:
            reply = client.post(f"{url}/v1/answers", json={"question": text}).raise_for_status().json()
            regions = reply["frame"]["regions"]
            is_placed = len(regions) == 1 and text.startswith(regions[0]) and regions[0] != _SHARED_NAME
            if reply["kind"] in ("answer", "list") and is_placed:
                found.append(Question(text, reply["text"][:_BEGINNING]))
    return found


def write_for(platform: Platform, questions: Sequence[Question], *, followers: int, seconds: float) -> Outcome:
    """Every follower asks one question after another, each first somewhere else in the list."""
    outcome, lock = Outcome(), threading.Lock()
    until = time.monotonic() + seconds

    def follow(number: int) -> tuple[str, int, int]:
        openid = f"oLoad{number:023d}"
        before = len(platform.followers[openid].shown)
        turn, seen, written = number, before, 0
        time.sleep(BETWEEN_S * number / followers)
        while time.monotonic() < until:
            question = questions[turn % len(questions)]
            started = time.monotonic()
            answer, again = _asked(platform, openid, question, seen)
            took = time.monotonic() - started
            written += 1 + again
            with lock:
                outcome.asked += 1
                outcome.again += again
                _count(outcome, question, answer, took)
            seen = len(platform.followers[openid].shown)
            turn += _STEP
            time.sleep(max(0.0, BETWEEN_S - took))
        return openid, before, written

    with ThreadPoolExecutor(followers) as pool:
        wrote = list(pool.map(follow, range(followers)))
    time.sleep(2)
    for openid, before, written in wrote:
        shown = [one for one in platform.followers[openid].shown[before:] if one.how in ("reply", "custom")]
        outcome.doubled += max(0, sum(not _is_promise(one) for one in shown) - written)
    return outcome


def _asked(platform: Platform, openid: str, question: Question, seen: int) -> tuple[Shown | None, int]:
    """The answer, however it comes, None when none comes in time; and how often it was asked again."""
    until, again = time.monotonic() + PATIENCE_S, 0
    shown = platform.writes(openid, question.text)
    while time.monotonic() < until:
        if shown is not None and shown.how == "fault":
            again += 1
            shown = platform.writes(openid, question.text)
            continue
        if shown is not None and not _is_promise(shown):
            return shown, again
        if shown is not None:  # a link: tapped after a while, as people do
            time.sleep(3)
            shown = platform.taps(openid, taps_in(shown.text)[0])
            continue
        time.sleep(_LOOK_EVERY_S)
        later = [one for one in platform.followers[openid].shown[seen:] if one.how == "custom"]
        shown = later[0] if later else None
    return None, again


def _is_promise(shown: Shown) -> bool:
    return any(tap.menu_id.startswith("t-") for tap in taps_in(shown.text)[:1]) and "看答复" in shown.text


def _count(outcome: Outcome, question: Question, answer: Shown | None, took: float) -> None:
    if answer is None:
        outcome.lost.append(question.text)
        return
    outcome.took.append(took)
    outcome.late += answer.how == "custom"
    if not answer.text.startswith(question.expected):
        outcome.crossed.append((question.text, answer.text[:60]))
