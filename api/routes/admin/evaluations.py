"""What the versions were found to be worth: the trend over them, and one evaluation with its failed questions."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.accounts.access import ADMINS_ONLY
from api.clock import CHINA
from api.deps import ServicesDep
from api.errors import EvaluationNotFound
from api.evaluation.kept import Evaluations
from api.evaluation.labels import FIGURES, SECTIONS, written
from api.evaluation.line_chart import Line, Point, colour_of, line_chart
from api.evaluation.reliability_plot import reliability_plot
from api.evaluation.svg import Drawing
from api.evaluation.trend import MEASURES, Measure, Row, Trend, trend_of
from api.golden.text import KINDS
from api.routes.admin.rendering import render, root_of
from api.services import Services

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

_ORIGINS = {"gate": "发布前检查", "eval": "命令行评测"}
_QUESTION_KINDS = KINDS | {
    "how": "怎么做",
    "list": "列出来",
    "ambiguous": "没说是哪个地区",
    "smalltalk": "寒暄",
    "request": "登记诉求",
}


@router.get("/admin/evaluations")
def trend_page(
    request: Request, services: ServicesDep, until: Annotated[str | None, Query(max_length=40)] = None
) -> Response:
    trend = trend_of(_book(services).all(), until)
    facts = {
        "trend": trend,
        "charts": list(_charts(trend, root_of(request))),
        "colours": {name: colour_of(number) for number, name in enumerate(trend.sets)},
        "measures": MEASURES,
        "current": services.versions.current(),
        "kept": frozenset(services.store.ids()),
    }
    return render(request, "admin/evaluations.html", _SHARED | facts)


@router.get("/admin/evaluations/{run_id}")
def run_page(request: Request, services: ServicesDep, run_id: Annotated[str, Path(max_length=40)]) -> Response:
    run = _book(services).get(run_id)
    if run is None:
        raise EvaluationNotFound(run_id)
    facts = {
        "run": run,
        "plots": [reliability_plot(section.bins, "") if section.bins else None for section in run.sections],
        "figures": FIGURES,
        "question_kinds": _QUESTION_KINDS,
        "current": services.versions.current(),
        "kept": frozenset(services.store.ids()),
    }
    return render(request, "admin/evaluations_one.html", _SHARED | facts)


def moment_of(snapshot: str) -> str:
    """When a version was made, China's time, from its id; blank where the id tells none."""
    try:
        made = datetime.strptime(snapshot[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return ""
    return f"{made.astimezone(CHINA):%m-%d %H:%M}"


_SHARED = {"written": written, "origins": _ORIGINS, "kinds": SECTIONS, "moment_of": moment_of}


def _book(services: Services) -> Evaluations:
    return Evaluations(services.settings.home)


def _charts(trend: Trend, root: str) -> Iterator[Drawing]:
    """Of each measure that something is known of."""
    labels = [moment_of(version) or version[:8] for version in trend.versions]
    for measure in MEASURES:
        lines = [
            Line(colour_of(number), tuple(_points(trend, name, measure, root)))
            for number, name in enumerate(trend.sets)
        ]
        if any(each.points for each in lines):
            yield line_chart(measure.label, labels, lines, best=measure.best, unit=measure.unit)


def _points(trend: Trend, name: str, measure: Measure, root: str) -> Iterator[Point]:
    latest = trend.latest()
    for at, version in enumerate(trend.versions):
        row = latest.get((name, version))
        value = measure.of(row.section) if row else None
        if row and value is not None:
            yield Point(at, value, _said(row, measure, value), f"{root}admin/evaluations/{row.run.id}#set-{row.at}")


def _said(row: Row, measure: Measure, value: float) -> str:
    return f"{row.set_name}，版本 {row.run.snapshot}：{measure.label} {written(measure.names[0], value)}"
