"""A refresh with its entry in the journal, and what is waiting in the console where the order says so."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from api.db.engine import open_database
from api.errors import ApiError
from api.refresh.console import Waiting, nothing_waiting, waiting_in_console
from api.refresh.journal import UNASKED, Journal, Order
from api.refresh.report import RefreshReport
from api.refresh.run import refresh
from api.settings import Settings
from knowledge.errors import KnowledgeError

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]


def refresh_recorded(order: Order, settings: Settings, progress: Progress) -> RefreshReport:
    """In this process. Raises KnowledgeError, ApiError, which stand in the journal as well."""
    journal = Journal(settings.home)
    refresh_id = journal.open(order)
    journal.begin(refresh_id)
    return run_and_record(order, settings, journal, refresh_id, progress)


def run_and_record(
    order: Order, settings: Settings, journal: Journal, refresh_id: str, progress: Progress
) -> RefreshReport:
    """Whatever it raises is written down first, and nothing was published then."""
    try:
        report = _carry_out(order, settings, progress)
    except (KnowledgeError, ApiError) as error:
        journal.fail(refresh_id, error.code, error.message)
        raise
    except KeyboardInterrupt:
        journal.fail(refresh_id, "refresh_cancelled", "更新被中断，没有发布任何内容")
        raise
    except Exception as error:
        journal.fail(refresh_id, "internal", f"更新时程序出错（{type(error).__name__}），没有发布任何内容")
        raise
    journal.finish(refresh_id, report)
    return report


def _carry_out(order: Order, settings: Settings, progress: Progress) -> RefreshReport:
    engine = open_database(settings.sqlalchemy_url)
    try:
        with waiting_in_console(settings.home, engine) if order.from_console else nothing_waiting(engine) as waiting:
            report = refresh(
                [*map(Path, order.paths), *waiting.paths],
                settings=settings,
                only=order.only,
                dry_run=order.dry_run,
                changes=waiting.changes,
                golden=waiting.golden,
                forced=order.forced,
                unasked=order.by in UNASKED,
                beside=waiting.beside,
                progress=progress,
            )
            return _settled(waiting, report)
    finally:
        engine.dispose()


def _settled(waiting: Waiting, report: RefreshReport) -> RefreshReport:
    """What was published stays published, also where the list of what waits cannot be brought up to date."""
    try:
        waiting.settle(report)
    except Exception as error:
        logger.exception("settling failed outcome=%s", report.outcome)
        warning = f"待发布的清单没有清理成功（{type(error).__name__}），里面可能还有已经发布的内容，下次更新时会再清理"
        return replace(report, warnings=(*report.warnings, warning))
    return report
