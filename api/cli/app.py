"""Puts the commands together and turns whatever they raise into one sentence and an exit code.

0: done, or nothing to do. 1: refused or failed; standard error has a Chinese sentence and a stable code.
2: the command line itself is wrong.
"""

from typing import Any

import typer
from typer.core import TyperGroup

from api.cli.asking import ask, search
from api.cli.daily import daily
from api.cli.evaluation import evaluate
from api.cli.failures import explained
from api.cli.keys import keys
from api.cli.privacy import erase
from api.cli.refreshing import refresh
from api.cli.serving import serve
from api.cli.users import users
from api.cli.versioning import activate, versions
from api.cli.wechat import wechat


class Commands(TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        with explained():
            return super().invoke(ctx)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="政策问答服务的管理命令：更新知识库、提问、检索、评测、切换版本、管理账户、启动服务。",
)
app.command(help="启动接口、动作服务和 Rasa（--no-rasa 只启动接口）。")(serve)
app.command(help="把文件或文件夹加入知识库并发布新版本；不给路径时把现有内容更新到最新。")(refresh)
app.command(help="问一个问题，给出回答和出处。")(ask)
app.command(help="检索知识库，列出命中的任务、条文、名词和问答。")(search)
app.command("eval", help="用一份 JSONL 题目评测回答质量。")(evaluate)
app.command(help="列出保存着的知识版本。")(versions)
app.command(help="切换到某个知识版本（先校验，再切换）。")(activate)
app.command(help="清除某个人留下的信息；先列出数量，确认后才清除。")(erase)
app.command(help="马上做一遍每天的工作：清除过期信息、重算期限、催办。")(daily)
app.add_typer(users, name="user")
app.add_typer(keys, name="keys")
app.add_typer(wechat, name="wechat")
