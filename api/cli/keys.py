"""``keys``: make a key, and bring what is encrypted under the newest one."""

import typer

from api.cli.failures import fail
from api.settings import load_settings

keys = typer.Typer(no_args_is_help=True, help="管理密钥：生成新密钥，把已加密的资料换成用新密钥加密。")


@keys.command(help="生成一个新密钥并显示；不保存，也不启用。")
def new() -> None:
    from api.secrets import new_key

    typer.echo(new_key())


@keys.command(help="用最新的密钥重新加密保存着的姓名、联系方式等；可以在服务运行时执行，可以重复执行。")
def rotate() -> None:
    from api.db.encrypted import reencrypt
    from api.db.engine import open_database
    from api.secrets import Secrets

    settings = load_settings()
    secrets = Secrets.of(settings)
    engine = open_database(settings.sqlalchemy_url)
    try:
        done = reencrypt(engine, secrets)
    finally:
        engine.dispose()
    each = "、".join(f"{holds} {count} 项" for holds, count in done.renewed.items())
    typer.echo(
        f"已重新加密 {done.renewed.total()} 项{f'（{each}）' if each else ''}，另有 {done.current} 项已经是最新密钥。"
    )
    if done.unreadable:
        left = "、".join(f"{holds} {count} 项" for holds, count in done.unreadable.items())
        raise fail(f"{left}用现有的密钥都打不开，请把当时的密钥写进 POLICYDESK_OLD_SECRET_KEYS 再运行", "key_missing")
    typer.echo("以前的密钥可以从 POLICYDESK_OLD_SECRET_KEYS 里去掉了。")
