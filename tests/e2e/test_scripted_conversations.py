"""The conversations of the files in ``conversations/``, with the real API, Rasa and action server."""

from collections.abc import Iterator

import pytest

from tests.e2e.clerk import Clerk, add_account
from tests.e2e.script import Performance, Script, scripts_in
from tests.e2e.stack import Stack

pytestmark = [pytest.mark.e2e, pytest.mark.rasa]

FEWEST = 60
IN_SERVICE_HOURS = [
    script for name in ("questions", "requests", "summary", "progress", "talk", "person") for script in scripts_in(name)
]
AFTER_HOURS = scripts_in("after_hours")


@pytest.fixture(scope="module")
def clerk(stack: Stack) -> Iterator[Clerk]:
    add_account(stack, "周坐席", "agent")
    with Clerk(stack, "周坐席") as clerk:
        yield clerk


@pytest.fixture(scope="module")
def clerk_at_night(closed_desk: Stack) -> Iterator[Clerk]:
    add_account(closed_desk, "周坐席", "agent")
    with Clerk(closed_desk, "周坐席") as clerk:
        yield clerk


def test_there_are_as_many_conversations_as_were_promised() -> None:
    assert len({script.name for script in [*IN_SERVICE_HOURS, *AFTER_HOURS]}) >= FEWEST


@pytest.mark.parametrize("script", [pytest.param(script, id=script.name) for script in IN_SERVICE_HOURS])
def test_in_service_hours(stack: Stack, clerk: Clerk, script: Script) -> None:
    Performance(stack, clerk).play(script)


@pytest.mark.parametrize("script", [pytest.param(script, id=script.name) for script in AFTER_HOURS])
def test_when_nobody_is_at_the_desk(closed_desk: Stack, clerk_at_night: Clerk, script: Script) -> None:
    Performance(closed_desk, clerk_at_night).play(script)
