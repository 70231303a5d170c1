"""``erase``: clear what one person has left, at their wish."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.failures import fail
from api.settings import load_settings

if TYPE_CHECKING:
    from api.privacy.person import KnownBy, PersonalData, Traces

_ASK = "-"


def erase(
    contact: Annotated[str, typer.Option("--phone", help="电话号码或邮箱；写 - 则提示输入，不留在命令历史里")] = "",
    request: Annotated[str, typer.Option("--request", help="登记编号，只清除这一件")] = "",
    session: Annotated[str, typer.Option("--session", help="网页会话编号；写 - 则提示输入")] = "",
    wechat: Annotated[str, typer.Option("--wechat", help="微信 openid；写 - 则提示输入")] = "",
    wecom: Annotated[
        str, typer.Option("--wecom", help="企业微信账号（USERID），大小写与通讯录一致；写 - 则提示输入")
    ] = "",
    even_open: Annotated[bool, typer.Option("--even-open", help="没有办结的诉求也撤销并清除；不加则留到办结")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出有多少，不清除")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接清除")] = False,
) -> None:
    from api.accounts.staff import COMMAND_LINE
    from api.privacy.person import STILL_REMEMBERED

    known_by, value = _given(
        {"contact": contact, "request": request, "session": session, "wechat": wechat, "wecom": wecom}
    )
    with _personal_data() as personal:
        found = personal.find(known_by, value)
        _show(found, even_open=even_open)
        if dry_run or found.nothing:
            return
        if not yes:
            typer.confirm("清除后不能恢复，确定清除吗？", abort=True, err=True)
        done = personal.erase(COMMAND_LINE, known_by, value, even_open=even_open)
    typer.echo(f"已清除。{STILL_REMEMBERED}" if done.remembered else "已清除。")


def _given(options: "dict[KnownBy, str]") -> "tuple[KnownBy, str]":
    """Raises Exit where not exactly one is given."""
    given = [(known_by, value) for known_by, value in options.items() if value]
    if len(given) != 1:
        raise fail("请用 --phone、--request、--session、--wechat、--wecom 中的一个指出是谁", "who_is_missing", status=2)
    known_by, value = given[0]
    return known_by, typer.prompt("请输入", hide_input=True, err=True) if value == _ASK else value


def _show(found: "Traces", *, even_open: bool) -> None:
    if found.nothing:
        typer.echo("没有找到这个人的信息。")
        return
    typer.echo(f"问过的问题 {found.questions} 条，人工对话 {found.handovers} 段，办结或撤销的诉求 {found.done} 件。")
    if found.followers:
        typer.echo("还有公众号或企业微信里的账号和最近的消息。")
    if found.open:
        what = "会先撤销再清除" if even_open else "会保留到办结，加 --even-open 则一并清除"
        typer.echo(f"没有办结的诉求 {found.open} 件，{what}。")
    if found.published:
        typer.echo(f"其中 {found.published} 件已经公开。公开的内容不含个人信息，会保留；不想保留请在坐席台撤下。")


@contextmanager
def _personal_data() -> "Iterator[PersonalData]":
    """Raises DatabaseUnavailable."""
    from api.db.engine import DATABASE_AWAY, open_database
    from api.errors import DatabaseUnavailable
    from api.privacy.person import PersonalData
    from api.requests.due import DueDates
    from api.requests.ledger import RequestLedger
    from api.secrets import Secrets

    settings = load_settings()
    secrets = Secrets.of(settings)
    engine = open_database(settings.sqlalchemy_url)
    try:
        yield PersonalData.of(settings, engine, RequestLedger(engine, secrets, DueDates.of(settings)), secrets)
    except DATABASE_AWAY as error:
        raise DatabaseUnavailable from error
    finally:
        engine.dispose()
