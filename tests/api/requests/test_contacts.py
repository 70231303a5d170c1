"""Names and contacts: in part for everyday work, in full with a row in the audit log, and never a failing page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.db.models import Audit
from api.requests.contacts import UNREADABLE, Contacts, Person
from api.requests.errors import UnknownRequest
from api.secrets import Secrets
from api.settings import Settings
from tests.api.databases import throwaway_engine
from tests.api.requests.office import LI, Office


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    for engine in throwaway_engine(request.param, folder):
        yield Office(engine, Secrets.of(Settings(home=folder)))


@pytest.fixture
def contacts(office: Office) -> Contacts:
    return Contacts(office.engine, office.secrets)


@pytest.mark.parametrize(
    ("contact", "hint"),
    [
        ("13800138000", "138****8000"),
        ("+86 138 0013 8000", "+861****8000"),
        ("0531-88889999", "053****9999"),
        ("手机 138-0013-8000（晚上打）", "手机 138****8000（晚上打）"),
        ("someone@example.com", "s***@example.com"),
        ("微信 lamp", "微***"),
    ],
)
def test_the_hint_hides_the_middle(office: Office, contacts: Contacts, contact: str, hint: str) -> None:
    row = office.row(office.log(contact=contact, name="王小明").no)
    assert contacts.hint(row) == Person("王**", hint)


def test_who_left_nothing_is_nobody(office: Office, contacts: Contacts) -> None:
    assert contacts.hint(office.row(office.log().no)) == Person(None, None)


def test_a_look_is_written_down_and_a_look_at_nothing_is_not(office: Office, contacts: Contacts) -> None:
    no = office.log(contact="13800138000", name="王小明").no
    assert contacts.show(LI, no) == Person("王小明", "13800138000")
    for unknown in ("20990101-0001", "\x00", "9" * 40):
        with pytest.raises(UnknownRequest):
            contacts.show(LI, unknown)
    with Session(office.engine) as session:
        rows = session.execute(select(Audit.account, Audit.action, Audit.subject, Audit.details)).all()
    assert [tuple(row) for row in rows] == [(LI.name, "contact_shown", no, {})]


def test_what_another_key_encrypted_is_told_and_breaks_no_page(office: Office, tmp_path: Path) -> None:
    row = office.row(office.log(contact="13800138000", name="王小明").no)
    assert Contacts(office.engine, Secrets.of(Settings(home=tmp_path))).hint(row) == Person(UNREADABLE, UNREADABLE)
