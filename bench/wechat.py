"""Followers of the official account at once, against the whole service: plainly, slowed down, with parts of it killed.

``python -m bench.wechat`` prints one line a run. Slowness is real: Rasa is stopped (SIGSTOP) for eight seconds at a
time.
"""

import argparse
import os
import signal
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from bench.questions import questions
from tests.e2e.followers import Question, questions_of, service_with_account, write_for
from tests.e2e.stack import Stack
from tests.wechat_server import Platform

_API, _RASA = "api.app:create_app", "rasa\0run"
_QUESTIONS = 120
_STOPPED_S = 8.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--followers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="policydesk-wechat-") as folder,
        service_with_account(Path(folder)) as (stack, platform),
    ):
        asked = questions_of(
            stack.url, [text for number, text in enumerate(questions()) if number % 7 == 0][:_QUESTIONS]
        )
        print(f"{len(asked)} questions with an answer of their own")
        for name, trouble in (
            ("plain", lambda: None),
            ("Rasa stopped for 8 s, twice", lambda: _stop_for_a_while(stack)),
            ("Rasa killed", lambda: os.kill(stack.child(_RASA), signal.SIGKILL)),
            ("API killed", lambda: os.kill(stack.child(_API), signal.SIGKILL)),
        ):
            _run(name, platform, asked, trouble, arguments.followers, arguments.seconds)


def _run(
    name: str,
    platform: Platform,
    asked: list[Question],
    trouble: Callable[[], None],
    followers: int,
    seconds: float,
) -> None:
    platform.followers.clear()
    timer = threading.Timer(seconds / 3, trouble)
    timer.start()
    outcome = write_for(platform, asked, followers=followers, seconds=seconds)
    timer.cancel()
    print(
        f"{name}: {outcome.asked} messages, lost {len(outcome.lost)}, crossed {len(outcome.crossed)}, "
        f"doubled {outcome.doubled}, late {outcome.late}, written again {outcome.again}, "
        f"p50 {outcome.share(0.5):.2f} s, p95 {outcome.share(0.95):.2f} s, p99 {outcome.share(0.99):.2f} s, "
        f"longest {max(outcome.took):.1f} s"
    )
    for question, answer in outcome.crossed[:3]:
        print(f"  asked {question!r}, shown {answer!r}")


def _stop_for_a_while(stack: Stack) -> None:
    for _ in range(2):
        rasa = stack.child(_RASA)
        os.kill(rasa, signal.SIGSTOP)
        threading.Event().wait(_STOPPED_S)
        os.kill(rasa, signal.SIGCONT)
        threading.Event().wait(4)


if __name__ == "__main__":
    main()
