"""``user``: accounts for staff, the first admin among them, without a browser."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.failures import fail
from api.settings import load_settings

if TYPE_CHECKING:
    from api.accounts.book import AccountBook

users = typer.Typer(no_args_is_help=True, help="管理工作人员的账户：新增、列出、重设密码、停用、恢复。")

Name = Annotated[str, typer.Argument(metavar="NAME", help="账户名称")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="从标准输入读取密码（第一行），不提示输入")]


@users.command(help="新增账户；密码输入两次，不显示。")
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="admin 管理员，或 agent 坐席")],
    password_stdin: FromStdin = False,
) -> None:
    from api.accounts.book import check_role
    from api.accounts.names import check_name
    from api.accounts.staff import COMMAND_LINE, ROLE_LABELS

    check_name(name)  # before anybody has typed a password in vain
    check_role(role)
    with _accounts() as accounts:
        added = accounts.add(COMMAND_LINE, name, role, _password(password_stdin))
    typer.echo(f"已新增{ROLE_LABELS[role]}账户“{added}”。")


@users.command("list", help="列出账户。")
def show() -> None:
    from api.accounts.staff import ROLE_LABELS

    with _accounts() as accounts:
        found = accounts.all()
    if not found:
        typer.echo("还没有账户。运行 policydesk user add 名称 --role admin 新增第一位管理员。")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("名称", "角色", "状态", "上次登录", "新增时间"):
        table.add_column(heading, overflow="fold", no_wrap=heading != "名称")
    for account in found:
        state = "可用" if account.active else "已停用"
        times = (_time(account.last_login_at), _time(account.created_at))
        table.add_row(account.name, ROLE_LABELS[account.role], state, *times)
    Console().print(table)


@users.command(help="重设密码，并结束这个账户的所有登录。")
def passwd(name: Name, password_stdin: FromStdin = False) -> None:
    from api.accounts.staff import COMMAND_LINE

    with _accounts() as accounts:
        accounts.named(name)
        changed = accounts.reset_password(COMMAND_LINE, name, _password(password_stdin))
    typer.echo(f"已重设账户“{changed}”的密码，它的登录都已结束。")


@users.command(help="停用账户，并结束它的所有登录。")
def disable(name: Name) -> None:
    from api.accounts.staff import COMMAND_LINE

    with _accounts() as accounts:
        typer.echo(f"已停用账户“{accounts.disable(COMMAND_LINE, name)}”，它的登录都已结束。")


@users.command(help="恢复停用的账户。")
def enable(name: Name) -> None:
    from api.accounts.staff import COMMAND_LINE

    with _accounts() as accounts:
        typer.echo(f"已恢复账户“{accounts.enable(COMMAND_LINE, name)}”。")


@contextmanager
def _accounts() -> "Iterator[AccountBook]":
    """Raises DatabaseUnavailable."""
    from api.accounts.book import AccountBook
    from api.accounts.passwords import Passwords
    from api.db.engine import DATABASE_AWAY, open_database
    from api.errors import DatabaseUnavailable

    engine = open_database(load_settings().sqlalchemy_url)
    try:
        yield AccountBook(engine, Passwords())
    except DATABASE_AWAY as error:
        raise DatabaseUnavailable from error
    finally:
        engine.dispose()


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = typer.prompt("密码", hide_input=True, err=True)
    if password != typer.prompt("再输入一次", hide_input=True, err=True):
        raise fail("两次输入的密码不一样，没有保存", "password_mismatch")
    return password


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else "从未"
