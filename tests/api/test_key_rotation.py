"""What was encrypted under an old key comes under the newest one, in the database and from the command line."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, LargeBinary, insert, select, update
from typer.testing import CliRunner

from api.cli.app import app
from api.db import encrypted
from api.db.encrypted import ENCRYPTED, reencrypt
from api.db.engine import open_database
from api.db.models import Base, Request, WechatFollower
from api.secrets import Secrets
from tests.api.databases import throwaway_engine

OLD, NEW, HASHES, LOST = (bytes.fromhex(digit * 64) for digit in "1234")
NOW = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


def row(model: type[Base], **known: Any) -> dict[str, Any]:
    """``known`` and a plain value for whatever else the table requires."""
    values: dict[type, Any] = {str: "x", int: 0, bool: False, object: NOW, date: NOW.date(), dict: {}}
    wanted = [one for one in model.__table__.columns if not one.nullable and one.key not in known]
    return {one.key: values[one.type.python_type] for one in wanted} | known


def log_request(engine: Engine, no: str, contact: bytes | None, name: bytes | None = None) -> None:
    with engine.begin() as connection:
        connection.execute(insert(Request).values(row(Request, no=no, contact=contact, name=name, proposals=[])))


def contacts(engine: Engine) -> list[bytes | None]:
    with engine.connect() as connection:
        return list(connection.scalars(select(Request.contact).order_by(Request.no)))


def test_every_binary_column_is_either_encrypted_or_known_not_to_be() -> None:
    binary = {
        (table.name, one.name)
        for table in Base.metadata.tables.values()
        for one in table.columns
        if isinstance(one.type, LargeBinary)
    }
    assert binary == {(one.table.name, one.column) for one in ENCRYPTED} | {("request_attachment", "content")}


def test_everything_comes_under_the_newest_key(engine: Engine) -> None:
    old, rotated = Secrets([OLD], HASHES), Secrets([NEW, OLD], HASHES)
    for place in range(5):
        log_request(engine, f"20260105-{place:04d}", old.encrypt(f"1380013800{place}"), old.encrypt("王秀英"))
    log_request(engine, "20260105-0005", None)
    log_request(engine, "20260105-0006", rotated.encrypt("13800138006"))
    with engine.begin() as connection:
        connection.execute(insert(WechatFollower).values(row(WechatFollower, openid=old.encrypt("o-1"))))
    done = reencrypt(engine, rotated)
    assert done.renewed == {"姓名": 5, "联系方式": 5, "微信用户": 1}
    assert (done.current, done.unreadable) == (1, {})
    alone = Secrets([NEW], HASHES)
    read = [alone.decrypt(token) if token else None for token in contacts(engine)]
    assert read == [*(f"1380013800{place}" for place in range(5)), None, "13800138006"]


def test_a_second_run_has_nothing_left_to_do(engine: Engine) -> None:
    log_request(engine, "20260105-0001", Secrets([OLD], HASHES).encrypt("13800138000"))
    reencrypt(engine, Secrets([NEW, OLD], HASHES))
    before = contacts(engine)
    again = reencrypt(engine, Secrets([NEW, OLD], HASHES))
    assert (again.renewed.total(), again.current) == (0, 1)
    assert contacts(engine) == before


def test_what_no_key_opens_is_counted_and_left(engine: Engine) -> None:
    foreign = Secrets([LOST], HASHES).encrypt("13800138000")
    log_request(engine, "20260105-0001", foreign)
    log_request(engine, "20260105-0002", Secrets([OLD], HASHES).encrypt("13900139000"))
    done = reencrypt(engine, Secrets([NEW, OLD], HASHES))
    assert done.unreadable == {"联系方式": 1}
    assert done.renewed == {"联系方式": 1}
    assert contacts(engine)[0] == foreign


def test_a_contact_changed_meanwhile_is_not_overwritten(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    rotated = Secrets([NEW, OLD], HASHES)
    log_request(engine, "20260105-0001", Secrets([OLD], HASHES).encrypt("13800138000"))
    later, renew = rotated.encrypt("13900139000"), encrypted._renew

    def overtaken(*given: Any) -> None:
        with engine.begin() as connection:
            connection.execute(update(Request).values(contact=later))
        renew(*given)

    monkeypatch.setattr(encrypted, "_renew", overtaken)
    assert reencrypt(engine, rotated).renewed.total() == 0
    assert contacts(engine) == [later]


def test_the_command_tells_what_it_did_and_when_a_key_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYDESK_HOME", str(tmp_path))
    monkeypatch.setenv("POLICYDESK_SECRET_KEY", NEW.hex())
    monkeypatch.delenv("DATABASE_URL", raising=False)
    engine = open_database(f"sqlite:///{tmp_path / 'policydesk.db'}")
    log_request(engine, "20260105-0001", Secrets([OLD], HASHES).encrypt("13800138000"))
    engine.dispose()
    missing = CliRunner().invoke(app, ["keys", "rotate"])
    assert missing.exit_code == 1
    assert "key_missing" in missing.output
    monkeypatch.setenv("POLICYDESK_OLD_SECRET_KEYS", OLD.hex())
    done = CliRunner().invoke(app, ["keys", "rotate"])
    assert done.exit_code == 0
    assert "已重新加密 1 项（联系方式 1 项）" in done.output
    assert NEW.hex() not in missing.output + done.output
    assert OLD.hex() not in missing.output + done.output


def test_a_new_key_is_one_that_the_settings_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = CliRunner().invoke(app, ["keys", "new"]).output.strip()
    monkeypatch.setenv("POLICYDESK_HOME", str(tmp_path))
    monkeypatch.setenv("POLICYDESK_SECRET_KEY", key)
    assert CliRunner().invoke(app, ["keys", "rotate"]).exit_code == 0
