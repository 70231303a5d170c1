"""``policydesk user``: the first admin is made here, and a lost password is replaced here."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from typer.testing import CliRunner, Result

from api.accounts.passwords import Passwords
from api.cli import app
from api.db.engine import open_database

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "开门见山的2031年"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICYDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("api.accounts.passwords.Passwords", lambda: Passwords(QUICK))
    return tmp_path / "home"


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["user", *arguments], input=typed)


def add(name: str, role: str = "admin") -> None:
    assert run("add", name, "--role", role, "--password-stdin", typed=PASSWORD + "\n").exit_code == 0


def assert_refused(result: Result, code: str) -> None:
    assert result.exit_code == 1, result.output
    assert "错误：" in result.stderr.splitlines()[-1]
    assert result.stderr.rstrip().endswith(f"（{code}）")
    assert "Traceback" not in result.output


def test_the_list_tells_how_to_begin_and_then_who_there_is() -> None:
    assert "policydesk user add" in run("list").output
    add("Wang.Zhuren")
    add("李小明", "agent")
    lines = run("list").output.splitlines()
    assert lines[0].split() == ["名称", "角色", "状态", "上次登录", "新增时间"]
    assert lines[1].split()[:4] == ["wang.zhuren", "管理员", "可用", "从未"]
    assert lines[2].split()[:4] == ["李小明", "坐席", "可用", "从未"]


def test_a_password_is_typed_twice_and_never_shown() -> None:
    result = run("add", "王五", "--role", "admin", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert "已新增管理员账户“王五”。" in result.stdout
    assert PASSWORD not in result.output
    assert_refused(run("add", "赵六", "--role", "agent", typed=f"{PASSWORD}\n打错了的密码123\n"), "password_mismatch")
    assert "赵六" not in run("list").output


@pytest.mark.parametrize("ending", ["\n", "\r\n", "", "\n第二行\n"])
def test_a_password_from_a_pipe_is_its_first_line(home: Path, ending: str) -> None:
    run("add", "王五", "--role", "admin", "--password-stdin", typed=PASSWORD + ending)
    engine = open_database(f"sqlite:///{home / 'policydesk.db'}")
    with engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT password_hash FROM account").scalar_one()
    engine.dispose()
    assert Passwords(QUICK).matches(PASSWORD, kept)


@pytest.mark.parametrize(
    ("arguments", "typed", "code"),
    [
        (["add", "王", "--role", "admin"], "", "invalid_value"),
        (["add", "赵六", "--role", "boss"], "", "invalid_value"),
        (["add", "赵六", "--role", "agent", "--password-stdin"], "短\n", "invalid_value"),
        (["add", "王五", "--role", "agent", "--password-stdin"], PASSWORD, "account_exists"),
        (["passwd", "没有的人"], "", "account_not_found"),
        (["disable", "没有的人"], "", "account_not_found"),
        (["disable", "王五"], "", "account_kept"),
    ],
)
def test_what_cannot_be_done_is_told_with_a_code(arguments: list[str], typed: str, code: str) -> None:
    add("王五")
    assert_refused(run(*arguments, typed=typed), code)


def test_an_account_is_disabled_restored_and_given_a_new_password() -> None:
    add("王五")
    add("李小明", "agent")
    assert "已停用账户“李小明”" in run("disable", "李小明").output
    assert "已停用" in run("list").output
    assert "已恢复账户“李小明”" in run("enable", "李小明").output
    assert "已停用" not in run("list").output
    assert "已重设" in run("passwd", "李小明", "--password-stdin", typed="另一个密码2031年\n").output


def test_a_role_must_be_chosen() -> None:
    assert run("add", "王五").exit_code == 2


def test_a_database_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://clerk:s3cret@127.0.0.1:1/none")
    result = run("list")
    assert_refused(result, "database_unavailable")
    assert "s3cret" not in result.output
