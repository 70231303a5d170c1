"""``policydesk wechat``: the menu, and what is wrong with the settings."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from api.cli.failures import fail
from api.serve.programs import api_url
from api.settings import load_settings
from api.wechat.account import Account, official_account
from api.wechat.checking import advice, findings
from api.wechat.client import WechatClient, WechatRefused, WechatUnreachable
from api.wechat.menu_file import MenuFile, read_menu

wechat = typer.Typer(no_args_is_help=True, help="微信公众号：检查设置，生成菜单。")

MenuPath = Annotated[Path | None, typer.Option("--file", help="菜单文件；不给时用设置里的，再没有就用随程序提供的。")]


@wechat.command(help="把菜单文件里的菜单放到公众号上。")
def menu(file: MenuPath = None) -> None:
    settings = load_settings()
    wanted = read_menu(file or settings.wechat_menu)
    account = official_account(settings)
    if account is None or not account.secret:
        needed = "POLICYDESK_WECHAT_TOKEN、POLICYDESK_WECHAT_APPID 和 POLICYDESK_WECHAT_SECRET"
        raise fail(f"请先设置 {needed}。", "wechat_off")
    try:
        asyncio.run(_create(account, wanted))
    except WechatRefused as error:
        raise fail(f"公众平台没有接受（错误码 {error.code}）：{advice(error.code)}", "wechat_refused") from error
    except WechatUnreachable as error:
        raise fail(f"连不上 {account.api_base}，菜单没有改变。", "wechat_unreachable") from error
    typer.echo("菜单已更新，手机上最多等 5 分钟看到。")


@wechat.command(help="逐项检查公众号的设置，说明哪里不对、怎么改。")
def check(file: MenuPath = None) -> None:
    wrong = asyncio.run(_report(file))
    typer.echo(f"有 {wrong} 项要处理。" if wrong else "全部正常。")
    raise typer.Exit(1 if wrong else 0)


async def _create(account: Account, wanted: MenuFile) -> None:
    async with WechatClient(account) as client:
        await client.create_menu(wanted.as_json())


async def _report(file: Path | None) -> int:
    settings = load_settings()
    wrong = 0
    async for finding in findings(settings, file or settings.wechat_menu, api_url(settings)):
        typer.echo(f"{'✓' if finding.is_good else '✗'} {finding.text}")
        wrong += not finding.is_good
    return wrong
