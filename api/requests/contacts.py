"""Name and contact of who made a request: shown in part, and in full only with a row in the audit log."""

import re
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import entry
from api.db.models import Request
from api.requests.rows import row_of
from api.secrets import Secrets

UNREADABLE = "（读不出来：密钥不是保存时的那一把）"
_DIGITS = re.compile(r"\d[\d -]{5,}\d")
_MAIL = re.compile(r"[\w.+-]+(?=@)")


@dataclass(frozen=True, slots=True)
class Person:
    """None for what was not told."""

    name: str | None
    contact: str | None


class Contacts:
    def __init__(self, engine: Engine, secrets: Secrets) -> None:
        self._engine = engine
        self._secrets = secrets

    def hint(self, row: Request) -> Person:
        """王** and 138****8000: enough to ask whether it is still right, too little to call."""
        person = self._person(row)
        return Person(person.name and _first_letter(person.name), person.contact and _middle_hidden(person.contact))

    def show(self, actor: Actor, no: str) -> Person:
        """In full; the audit log says who looked. Raises UnknownRequest."""
        with Session(self._engine) as session, session.begin():
            row = row_of(session, no)
            session.add(entry(actor, "contact_shown", row.no))
            return self._person(row)

    def _person(self, row: Request) -> Person:
        return Person(self._read(row.name), self._read(row.contact))

    def _read(self, kept: bytes | None) -> str | None:
        if kept is None:
            return None
        try:
            return self._secrets.decrypt(kept)
        except InvalidToken:
            return UNREADABLE


def _first_letter(name: str) -> str:
    return name if name == UNREADABLE else f"{name[0]}**"


def _middle_hidden(contact: str) -> str:
    if contact == UNREADABLE:
        return contact
    hidden = _MAIL.sub(lambda found: f"{found[0][0]}***", contact)
    hidden = _DIGITS.sub(lambda found: _number_hidden(re.sub(r"\D", "", found[0])), hidden)
    return hidden if hidden != contact else f"{contact[0]}***"


def _number_hidden(digits: str) -> str:
    shown = 4 if len(digits) >= 11 else 2
    return f"{digits[:3]}****{digits[-shown:]}"
