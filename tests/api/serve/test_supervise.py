"""The supervisor with small stand-in programs; the real three are in tests/e2e/test_processes.py."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.serve.child import Child, Program
from api.serve.supervise import ASK_EVERY, ServiceEnded, StopSignals, Supervisor

SLEEP = "import time; time.sleep(60)"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(said: list[str]) -> Iterator[Supervisor]:
    made = Supervisor(said.append, StopSignals())
    yield made
    made.stop()


def child(folder: Path, code: str, *, name: str = "probe", answers: Callable[[], bool] = lambda: True) -> Child:
    command = [sys.executable, "-u", "-c", code]
    program = Program(name, f"{name} 服务", command, folder, os.environ.copy(), answers, stop_grace=2)
    return Child(program, folder / "logs" / f"{name}.log")


def gone(pid: int) -> bool:
    """A zombie counts as gone: nobody may be left to reap it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def test_readiness_is_announced_once_the_program_answers(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    answers = iter([False, False, True])
    watched = supervisor.add(child(tmp_path, SLEEP, answers=lambda: next(answers)))
    supervisor.watch_until(lambda: watched.ready)
    assert len(said) == 1
    assert "probe 服务已就绪" in said[0]


def test_an_api_that_never_served_ends_the_service_and_its_last_words_are_shown(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    supervisor.add(child(tmp_path, "print('no such table'); raise SystemExit(3)"), essential=True)
    with pytest.raises(ServiceEnded) as ended:
        supervisor.watch_until(lambda: False)
    assert ended.value.code == 1
    assert any("退出码 3" in line for line in said)
    assert any("no such table" in line for line in said)


def test_an_api_that_has_served_is_started_again_after_its_death(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    api = supervisor.add(child(tmp_path, SLEEP, name="api"), essential=True)
    supervisor.watch_until(lambda: api.ready)
    assert api.child.process
    os.kill(api.child.process.pid, signal.SIGKILL)
    supervisor.watch_until(lambda: not api.ready)
    supervisor.watch_until(lambda: api.ready)
    assert said[-2] == "现在暂时不能提问；1 秒后重新启动api 服务。"


def test_an_api_that_dies_again_and_again_without_serving_is_given_up(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.serve.supervise.FIRST_PAUSE", 0.01)
    api = supervisor.add(child(tmp_path, "raise SystemExit(1)"), essential=True)
    api.served = True
    with pytest.raises(ServiceEnded) as ended:
        supervisor.watch()
    assert (ended.value.code, api.deaths) == (1, 4)


def test_a_problem_is_said_once_even_while_the_program_does_not_answer(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    made = child(tmp_path, SLEEP, answers=lambda: False)
    problems = iter(["知识版本甲已损坏", "知识版本甲已损坏", None, "知识版本乙已损坏", None])
    made.program = replace(made.program, problem=lambda: next(problems))
    watched = supervisor.add(made, essential=True)
    for _ in range(4):
        watched.asked_at = -ASK_EVERY
        supervisor.watch_until(lambda: watched.asked_at > 0)
    assert said == ["注意：知识版本甲已损坏", "注意：知识版本乙已损坏"]


def test_the_last_words_are_shown_though_they_are_followed_by_blank_lines_and_the_log_was_renamed(
    tmp_path: Path,
) -> None:
    made = child(tmp_path, "print('no such table' + chr(10) * 20)")
    made.start()
    assert wait_for(lambda: not made.alive)
    made.log.replace(tmp_path / "renamed.log")
    made.log.write_text("")
    assert "no such table" in made.obituary()


def test_a_killed_helper_is_named_and_started_again(supervisor: Supervisor, said: list[str], tmp_path: Path) -> None:
    api = supervisor.add(child(tmp_path, SLEEP, name="api"), essential=True)
    rasa = supervisor.add(child(tmp_path, SLEEP, name="rasa"))
    supervisor.watch_until(lambda: api.ready and rasa.ready)
    assert rasa.child.process
    first = rasa.child.process.pid
    os.kill(first, signal.SIGKILL)
    supervisor.watch_until(lambda: not rasa.ready)
    supervisor.watch_until(lambda: rasa.ready)
    assert rasa.child.process.pid != first
    assert api.child.alive
    assert any("rasa 服务停止了（被信号 SIGKILL 终止）" in line for line in said)


def test_pauses_before_restarts_grow(supervisor: Supervisor, said: list[str], tmp_path: Path) -> None:
    broken = supervisor.add(child(tmp_path, "raise SystemExit(1)"))
    supervisor.watch_until(lambda: broken.deaths == 2)
    assert next(line for line in said if "后重新启动" in line).startswith("接口服务照常回答单个问题；1 秒后")
    assert "2 秒后" in said[-1]


def test_stopping_leaves_nothing_of_a_group_that_ignores_sigterm(supervisor: Supervisor, tmp_path: Path) -> None:
    stubborn = textwrap.dedent("""
        import os, signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print(os.fork() or os.getpid(), flush=True)
        time.sleep(60)
    """)
    made = child(tmp_path, stubborn)
    supervisor.add(made)
    assert wait_for(lambda: len(made.last_lines(2)) == 2)
    pids = [int(line) for line in made.last_lines(2)]
    supervisor.stop()
    assert wait_for(lambda: all(gone(pid) for pid in pids))


def test_children_die_with_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    """SIGKILL leaves the supervisor no time to stop anything; the kernel does it."""
    code = textwrap.dedent(f"""
        import os, pathlib, sys, time
        from api.serve.child import Child, Program
        program = Program("x", "x", [sys.executable, "-c", {SLEEP!r}], pathlib.Path("."), os.environ, lambda: True)
        child = Child(program, pathlib.Path({str(tmp_path / "x.log")!r}))
        child.start()
        print(child.process.pid, flush=True)
        time.sleep(60)
    """)
    repository = Path(__file__).parents[3]
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=repository) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert not gone(pid)
        parent.kill()
    assert wait_for(lambda: gone(pid))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_signal_ends_the_watch_with_success(said: list[str], tmp_path: Path, number: signal.Signals) -> None:
    with StopSignals() as stop_requested:
        made = Supervisor(said.append, stop_requested)
        made.add(child(tmp_path, SLEEP), essential=True)
        os.kill(os.getpid(), number)
        with pytest.raises(ServiceEnded) as ended:
            made.watch_until(lambda: False)
        assert ended.value.code == 0
        made.stop()
