"""Watches the children: waits until each answers, says which one died and why, and decides what follows.

A child that dies is started again with growing pauses. Without Rasa or the action server the API answers single
questions meanwhile; the API itself, which is the service, is given up when it dies before it has ever served, or again
and again without serving in between: something is wrong that a restart does not mend.
"""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import NoReturn

from api.serve.child import Child, stop_all

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
STEADY_AFTER = 60.0
"""Seconds of life after which a child's next death counts as its first."""
ASK_EVERY = 60.0
"""Seconds between questions to a child whether it has a problem; it is asked more often until it serves."""
_ASK_AT_START = 2.0
_TICK = 0.1
_TRIES = 3
"""Starts of the API in a row that come to nothing before it is given up."""

Say = Callable[[str], None]


class ServiceEnded(Exception):
    """``code`` is the exit code: 0 on request, 1 because the API died."""

    def __init__(self, code: int) -> None:
        super().__init__(f"exit code {code}")
        self.code = code


class StopSignals:
    """Collects SIGINT, SIGTERM and SIGHUP instead of letting them interrupt whatever is being done."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._previous: dict[signal.Signals, object] = {}

    def __enter__(self) -> "StopSignals":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._previous[number] = signal.signal(number, self._receive)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _receive(self, _number: int, _frame: FrameType | None) -> None:
        self._stopped.set()

    def __bool__(self) -> bool:
        return self._stopped.is_set()

    def wait(self, seconds: float) -> bool:
        return self._stopped.wait(seconds)


@dataclass(slots=True)
class Watched:
    """A child with what the supervisor knows of it. ``essential``: without it there is no service; ``served``: it has
    answered once. ``restart_at`` and ``asked_at`` (when it was last asked for a
    problem) are on the monotonic clock; ``problem`` is what it has last complained of."""

    child: Child
    essential: bool = False
    ready: bool = False
    served: bool = False
    deaths: int = 0
    restart_at: float | None = None
    asked_at: float = 0.0
    problem: str | None = None


class Supervisor:
    """``say`` prints one line for people. Children are started by :meth:`add` and live until :meth:`stop`."""

    def __init__(self, say: Say, stop_requested: StopSignals) -> None:
        self._say = say
        self._stop_requested = stop_requested
        self._watched: list[Watched] = []

    def add(self, child: Child, *, essential: bool = False) -> Watched:
        watched = Watched(child, essential)
        child.start()
        self._watched.append(watched)
        return watched

    def watch_until(self, done: Callable[[], bool]) -> None:
        """Raises ServiceEnded when the service has to stop before that."""
        while not done():
            self._look_after_all()

    def watch(self) -> NoReturn:
        """Raises ServiceEnded, sooner or later."""
        while True:
            self._look_after_all()

    def stop(self) -> None:
        stop_all([watched.child for watched in self._watched])

    def _look_after_all(self) -> None:
        if self._stop_requested.wait(_TICK):
            raise ServiceEnded(0)
        for watched in self._watched:
            self._look_after(watched)

    def _look_after(self, watched: Watched) -> None:
        if watched.child.alive:
            self._note_readiness(watched)
            self._note_problem(watched)
        elif watched.restart_at is None:
            self._say(watched.child.obituary())
            self._plan_restart(watched)
            if watched.essential and (not watched.served or watched.deaths > _TRIES):
                raise ServiceEnded(1)
            self._say_what_follows(watched)
        elif time.monotonic() >= watched.restart_at:
            watched.restart_at = None
            watched.child.start()

    def _note_readiness(self, watched: Watched) -> None:
        if not watched.ready and watched.child.program.answers():
            watched.ready = watched.served = True
            watched.asked_at = -ASK_EVERY
            seconds = time.monotonic() - watched.child.started_at
            self._say(f"{watched.child.program.label}已就绪（用时 {seconds:.1f} 秒）")

    def _note_problem(self, watched: Watched) -> None:
        """Says a problem once, until it is over or another one."""
        if time.monotonic() < watched.asked_at + (ASK_EVERY if watched.ready else _ASK_AT_START):
            return
        watched.asked_at = time.monotonic()
        problem = watched.child.program.problem()
        if problem and problem != watched.problem:
            self._say(f"注意：{problem}")
        watched.problem = problem

    def _plan_restart(self, watched: Watched) -> None:
        lived = time.monotonic() - watched.child.started_at
        watched.deaths = 1 if watched.ready and lived > STEADY_AFTER else watched.deaths + 1
        watched.ready = False
        pause = min(FIRST_PAUSE * 2 ** (watched.deaths - 1), LONGEST_PAUSE)
        watched.restart_at = time.monotonic() + pause
        # What the group's leader leaves behind would keep its port.
        watched.child.signal_group(signal.SIGKILL)

    def _say_what_follows(self, watched: Watched) -> None:
        """Once the restart is planned."""
        assert watched.restart_at is not None
        meanwhile = "现在暂时不能提问" if watched.essential else "接口服务照常回答单个问题"
        seconds = round(watched.restart_at - time.monotonic())
        self._say(f"{meanwhile}；{seconds} 秒后重新启动{watched.child.program.label}。")
