"""``daily``: what a running service does by itself once a day, by hand."""

import typer

from api.cli.failures import fail
from api.settings import load_settings


def daily() -> None:
    """Raises DatabaseUnavailable."""
    from api.audit import utc_now
    from api.daily import daily_work
    from api.db.engine import DATABASE_AWAY, open_database
    from api.errors import DatabaseUnavailable
    from api.requests.due import DueDates

    settings = load_settings()
    engine = open_database(settings.sqlalchemy_url)
    try:
        done = daily_work(engine, settings, DueDates.of(settings), utc_now())
    except DATABASE_AWAY as error:
        raise DatabaseUnavailable from error
    finally:
        engine.dispose()
    if done is None:
        raise fail("正在运行的服务刚好在做这件事，请稍后再试", "daily_busy")
    cleared = done.cleared
    typer.echo(
        f"清除过期信息：问题 {cleared.questions} 条，诉求 {cleared.requests} 件，人工对话 {cleared.handovers} 段。"
    )
    typer.echo(f"重算期限 {done.recomputed} 件，催办 {done.reminded} 件。")
