"""The day in China of a moment, for statements that count by the day, on both databases."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, FunctionElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler


class _ChinaDay(FunctionElement[date]):
    type = Date()
    inherit_cache = True


def china_day(moment: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]) -> ColumnElement[date]:
    return _ChinaDay(moment)


@compiles(_ChinaDay, "sqlite")
def _sqlite(element: _ChinaDay, compiler: SQLCompiler, **options: Any) -> str:
    # China has kept one offset since 1991, and SQLite knows no zones by name.
    return f"date({compiler.process(element.clauses, **options)}, '+8 hours')"


@compiles(_ChinaDay, "postgresql")
def _postgresql(element: _ChinaDay, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(timezone('Asia/Shanghai', {compiler.process(element.clauses, **options)}) AS DATE)"
