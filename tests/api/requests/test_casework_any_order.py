"""Actions in any order, by anybody, late or in time, allowed or not: the ledger never loses its thread."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from api.db.models import Request, RequestEvent
from api.errors import ApiError
from api.requests.changing import EVENT_LABELS
from api.requests.errors import IllegalTransition, RequestChanged
from api.requests.ledger import Logged
from api.requests.status import ALLOWED, STATUSES, Action
from api.secrets import Secrets
from api.settings import Settings
from tests.api.databases import throwaway_engine
from tests.api.requests.office import LI, MONDAY, ZHANG, Office

ACTIONS = tuple(action for action in ALLOWED if action != "attach")
LOGGED_COLUMNS = (
    "status", "kind", "region", "assignee", "unit", "due_on", "due_provisional", "extended_days", "reply", "replied_by",
    "rating", "rating_comment",
)  # fmt: skip


class AnyOrder(RuleBasedStateMachine):
    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office

    @initialize(consent=st.booleans(), region=st.sampled_from([None, "广州市", "济南市"]))
    def log(self, consent: bool, region: str | None) -> None:
        self.office.now = MONDAY
        self.logged: Logged = self.office.log(consent=consent, region=region, contact="13800138000")
        self.row = self.office.row(self.logged.no)
        self.first = columns(self.row)

    @rule(action=st.sampled_from(ACTIONS), actor=st.sampled_from([LI, ZHANG]))
    def act(self, action: Action, actor: Any) -> None:
        before = self.row
        allowed = before.status in ALLOWED[action]
        try:
            self.office.do(action, self.logged, seen=before.version, actor=actor)
        except ApiError as refused:
            self.row = self.office.row(self.logged.no)
            assert allowed != isinstance(refused, IllegalTransition), (action, before.status, refused.message)
            assert (self.row.version, len(self.row.events)) == (before.version, len(before.events))
            return
        self.row = self.office.row(self.logged.no)
        assert allowed, (action, before.status)
        assert self.row.version > before.version
        assert len(self.row.events) > len(before.events)
        assert self.row.events[-1].kind == action

    @rule(action=st.sampled_from([action for action in ACTIONS if action != "rate"]))
    def act_on_an_old_page(self, action: Action) -> None:
        with pytest.raises(RequestChanged):
            self.office.do(action, self.logged, seen=self.row.version - 1)
        after = self.office.row(self.logged.no)
        assert (after.version, len(after.events)) == (self.row.version, len(self.row.events))

    @rule(days=st.integers(1, 30))
    def wait(self, days: int) -> None:
        self.office.sleep(days)

    @invariant()
    def its_events_tell_all_that_it_is(self) -> None:
        if hasattr(self, "row"):
            assert replayed(self.first, self.row.events) == columns(self.row)
            times = [event.created_at for event in self.row.events]
            assert times == sorted(times)
            assert {event.kind for event in self.row.events} <= EVENT_LABELS.keys()

    @invariant()
    def what_it_says_fits_together(self) -> None:
        if not hasattr(self, "row"):
            return
        row = self.row
        assert row.status in STATUSES
        assert (row.closed_at is not None) == (row.status in ("closed", "rated", "withdrawn"))
        assert (row.rating is not None) == (row.status == "rated")
        assert row.unit is None or row.status not in ("received", "returned")
        assert row.reply is not None or row.status not in ("answered", "closed", "rated")
        assert 0 <= row.extended_days <= self.office.due.terms(row).extension
        if row.status == "correction":
            assert row.due_on is None
        elif row.status != "withdrawn":
            days = self.office.due.terms(row).days + row.extended_days
            assert row.due_on == self.office.due.calendar.after(row.clock_from, days).day


def columns(row: Request) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in LOGGED_COLUMNS}
    return values | {"due_on": row.due_on and row.due_on.isoformat()}


def replayed(first: dict[str, Any], events: list[RequestEvent]) -> dict[str, Any]:
    """From what was logged by what the events say alone; each must begin where the one before ended."""
    values = dict(first)
    for event in events[1:]:
        for name, old in (event.old or {}).items():
            assert values[name] == old, (event.kind, name)
        values |= event.new or {}
    return values


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    for engine in throwaway_engine(request.param, folder):
        yield Office(engine, Secrets.of(Settings(home=folder)))


@pytest.mark.slow
def test_whatever_is_done_in_whatever_order(office: Office) -> None:
    chosen = hypothesis_settings(
        max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(lambda: AnyOrder(office), settings=chosen)
