"""Which columns are encrypted, and how all of them come under the newest key."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cryptography.fernet import InvalidToken
from sqlalchemy import Engine, Table, select, update

from api.db.models import Base
from api.db.reading import reading
from api.secrets import Secrets

_BATCH = 500
_TABLES = Base.metadata.tables


class EncryptedColumn(NamedTuple):
    table: Table
    key: str
    column: str
    holds: str


ENCRYPTED = (
    EncryptedColumn(_TABLES["request"], "no", "name", "姓名"),
    EncryptedColumn(_TABLES["request"], "no", "contact", "联系方式"),
    EncryptedColumn(_TABLES["wechat_follower"], "identity_hash", "openid", "微信用户"),
    EncryptedColumn(_TABLES["wechat_message"], "key_hash", "content", "微信消息"),
    EncryptedColumn(_TABLES["wechat_message"], "key_hash", "reply", "微信回复"),
)
"""Every column that :meth:`Secrets.encrypt` writes."""


@dataclass
class Reencrypted:
    """How many values of each kind were encrypted anew; those already under the newest key; those no key opens."""

    renewed: Counter[str] = field(default_factory=Counter)
    current: int = 0
    unreadable: Counter[str] = field(default_factory=Counter)


def reencrypt(engine: Engine, secrets: Secrets) -> Reencrypted:
    """Bring every encrypted value under the newest key, a few hundred in one transaction. Can run beside the service
    and be run again: a value that changed meanwhile is left as it became."""
    done = Reencrypted()
    for column in ENCRYPTED:
        for rows in _batches(engine, column):
            _renew(engine, secrets, column, rows, done)
    return done


def _batches(engine: Engine, column: EncryptedColumn) -> Iterator[Sequence[tuple[str, bytes]]]:
    key, values = column.table.c[column.key], column.table.c[column.column]
    last = ""
    while True:
        wanted = select(key, values).where(key > last, values.is_not(None)).order_by(key).limit(_BATCH)
        with reading(engine) as session:
            rows = [(row[0], bytes(row[1])) for row in session.execute(wanted)]
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def _renew(
    engine: Engine, secrets: Secrets, column: EncryptedColumn, rows: Sequence[tuple[str, bytes]], done: Reencrypted
) -> None:
    key, values = column.table.c[column.key], column.table.c[column.column]
    with engine.begin() as connection:
        for row, token in rows:
            try:
                renewed = secrets.renewed(token)
            except InvalidToken:
                done.unreadable[column.holds] += 1
                continue
            if renewed is None:
                done.current += 1
                continue
            change = update(column.table).where(key == row, values == token).values({values: renewed})
            done.renewed[column.holds] += connection.execute(change).rowcount
