"""Someone at the desk who works over real HTTP: an account made on the command line, a log-in, the desk's own forms."""

import os
import re
import subprocess
import sys
from typing import Self

import httpx

from tests.e2e.stack import REPOSITORY, Stack

PASSWORD = "坐看云起-2031-乙"
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')
_SEEN = re.compile(r'name="seen" value="(\d+)"')
_WAITING = re.compile(r"/desk/handovers/(\d+)")


def add_account(stack: Stack, name: str, role: str) -> None:
    command = [sys.executable, "-c", "from api.cli import app; app()", "user", "add", name, "--role", role]
    subprocess.run(
        [*command, "--password-stdin"],
        cwd=REPOSITORY,
        env=os.environ | {"POLICYDESK_HOME": str(stack.home)},
        input=f"{PASSWORD}\n",
        text=True,
        check=True,
        capture_output=True,
        timeout=60,
    )


class Clerk:
    def __init__(self, stack: Stack, name: str) -> None:
        self._client = httpx.Client(base_url=stack.url, trust_env=False, timeout=20)
        token = _found(_TOKEN, self._client.get("/admin/login").text)
        form = {"name": name, "password": PASSWORD, "csrf": token, "next": "/desk"}
        assert self._client.post("/admin/login", data=form).status_code == 303
        self._handover: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def act(self, no: str, action: str, **fields: str) -> None:
        """What a button of the request's page does: reply, transfer, ask_correction …"""
        page = self._client.get(f"/desk/requests/{no}").raise_for_status().text
        form = {"csrf": _found(_TOKEN, page), "seen": _found(_SEEN, page), **fields}
        done = self._client.post(f"/desk/requests/{no}/actions/{action}", data=form)
        assert done.status_code == 303, done.text

    def take(self) -> None:
        """Takes up the conversation that came last; what is said and ended after it is that one."""
        page = self._client.get("/desk/handovers").raise_for_status().text
        self._handover = max(_WAITING.findall(page), key=int)
        self._to_handover("take")

    def say(self, text: str) -> None:
        self._to_handover("lines", text=text)

    def end(self) -> None:
        self._to_handover("end")

    def sees(self, no: str) -> str:
        return self._client.get(f"/desk/requests/{no}").raise_for_status().text

    def hears(self) -> str:
        """The conversation taken up, as the desk shows it."""
        return self._client.get(f"/desk/handovers/{self._handover}").raise_for_status().text

    def _to_handover(self, what: str, **fields: str) -> None:
        page = self._client.get("/desk/handovers").raise_for_status().text
        form = {"csrf": _found(_TOKEN, page), **fields}
        done = self._client.post(f"/desk/handovers/{self._handover}/{what}", data=form)
        assert done.status_code == 303, done.text


def _found(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    assert found, page
    return found[1]
