"""Who does something, as routes and the audit log know them."""

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["admin", "agent"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_LABELS: dict[str, str] = {"admin": "管理员", "agent": "坐席"}


@dataclass(frozen=True, slots=True)
class Actor:
    """Whom the audit log names. ``address`` is None where there is no network in between."""

    name: str
    address: str | None


# Parentheses are in no account's name.
COMMAND_LINE = Actor("（命令行）", None)


def nobody(address: str) -> Actor:
    """Someone who tried to log in under a name that is no account's."""
    return Actor("（未知）", address)


@dataclass(frozen=True, slots=True)
class Staff(Actor):
    """A member of staff who is logged in. ``csrf`` goes into every form of theirs; ``session`` is the hash their
    session is kept under."""

    role: Role
    csrf: str
    session: str
    account_id: int
