"""The course of ``policydesk serve``: ports, knowledge, API, dialogue model, action server and Rasa, then watching."""

import os
import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

from api.serve.child import Child, Program, spawn
from api.serve.dialogue import REPOSITORY, DialogueUnavailable, rasa_python, ready_model
from api.serve.knowledge import has_snapshot, knowledge_is_current
from api.serve.ports import PortTaken, require_free_ports
from api.serve.programs import actions_program, api_program, api_url, program_environment, rasa_program
from api.serve.supervise import Say, ServiceEnded, StopSignals, Supervisor, Watched
from api.settings import Settings

PORT_TAKEN = 2


class Service:
    """One run of the service. ``say`` prints one line for the operator."""

    def __init__(self, settings: Settings, say: Say) -> None:
        self._settings = settings
        self._say = say
        self._stop_requested = StopSignals()
        self._supervisor = Supervisor(say, self._stop_requested)
        self._started = time.monotonic()

    def run(self) -> int:
        """Returns the exit code: 0 stopped on request, 1 something essential failed, 2 a port is taken."""
        try:
            require_free_ports(self._settings)
        except PortTaken as error:
            self._say(str(error))
            return PORT_TAKEN
        with self._stop_requested:
            try:
                self._serve()
            except ServiceEnded as ended:
                return ended.code
            finally:
                self._supervisor.stop()
                self._say("已全部停止。")

    def _serve(self) -> NoReturn:
        """Watches until it raises ServiceEnded."""
        if not knowledge_is_current(self._settings):
            self._prepare("knowledge")
            if not has_snapshot(self._settings):
                raise ServiceEnded(1)
        api = self._supervisor.add(self._child(api_program(self._settings)), essential=True)
        # With a model at hand the two load side by side, one a core; training would keep the API waiting.
        model = ready_model(self._settings) if self._settings.rasa else None
        dialogue = self._start_dialogue(model) if model else []
        self._supervisor.watch_until(lambda: api.ready)
        url = api_url(self._settings)
        self._say(f"网页 {url}/ ，接口文档 {url}/docs （{self._elapsed()}）")
        if self._settings.rasa:
            self._complete_dialogue(dialogue)
        self._supervisor.watch()

    def _complete_dialogue(self, started: list[Watched]) -> None:
        """Whatever goes wrong here leaves an API that answers single questions."""
        try:
            dialogue = started or self._start_dialogue(self._trained_model())
        except DialogueUnavailable as error:
            self._say(f"{error}\n接口服务照常回答单个问题，但没有多轮对话。")
            return
        self._supervisor.watch_until(lambda: all(watched.ready for watched in dialogue))
        self._say(f"全部就绪（{self._elapsed()}）。按 Ctrl-C 停止。")

    def _start_dialogue(self, model: Path) -> list[Watched]:
        programs = (actions_program(self._settings), rasa_program(self._settings, model))
        return [self._supervisor.add(self._child(program)) for program in programs]

    def _trained_model(self) -> Path:
        """Raises DialogueUnavailable."""
        rasa_python(self._settings)
        self._prepare("dialogue")
        model = ready_model(self._settings)
        if model is None:
            raise DialogueUnavailable("没有可用的对话模型。")
        return model

    def _prepare(self, part: str) -> None:
        """Its own messages go to the terminal; what came of it is seen from what is there afterwards."""
        command = [sys.executable, "-m", "api.serve.prepare", part]
        builder = spawn(command, REPOSITORY, program_environment(self._settings))
        try:
            self._supervisor.watch_until(lambda: builder.poll() is not None)
        finally:
            if builder.poll() is None:
                # The group: training runs in a process of its own below this one.
                os.killpg(builder.pid, signal.SIGTERM)
                builder.wait()

    def _child(self, program: Program) -> Child:
        log = self._settings.home / "logs" / f"{program.name}.log"
        if log.exists():
            log.replace(log.with_suffix(".previous.log"))
        return Child(program, log)

    def _elapsed(self) -> str:
        return f"启动用时 {time.monotonic() - self._started:.1f} 秒"
