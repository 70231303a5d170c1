"""Figures over a period, each leading to the rows behind it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from api.accounts.access import ADMINS_ONLY
from api.channels import CHANNEL_LABELS
from api.clock import today_in_china
from api.db.reading import reading
from api.deps import ServicesDep
from api.questions.by_day import CHANNEL_COLOURS, chart_of, rows_of
from api.questions.figures import OUTCOMES, QUESTION_KINDS, figures_of
from api.questions.hits import hits_of
from api.questions.period import CHOICES, Period, choice_of, period_of
from api.questions.share_bar import share_bar
from api.requests.queue import NO_UNIT
from api.requests.rating import RATING_LABELS
from api.requests.statistics import unit_figures
from api.routes.admin.rendering import render, root_of

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

Day = Annotated[str, Query(max_length=10)]
_PATIENCE_S = 0.5
_TOP = 5
"""Clusters shown."""
_QUESTIONS = ",".join(QUESTION_KINDS)


@router.get("/admin/dashboard")
def dashboard_page(
    request: Request,
    services: ServicesDep,
    days: Annotated[str, Query(max_length=10)] = "",
    first: Annotated[Day, Query(alias="from")] = "",
    last: Annotated[Day, Query(alias="to")] = "",
) -> Response:
    choice, today = choice_of(days), today_in_china()
    period = period_of(choice, first, last, today)
    with reading(services.engine) as session:
        figures = figures_of(session, period)
        units = unit_figures(session, period.starts, period.ends, today)
    rows = rows_of(period, figures.by_day)
    root = root_of(request)
    served = (entry.document for entry in services.documents.shelves.current().entries.values())
    facts = {
        "period": period,
        "choice": choice,
        "choices": CHOICES,
        "figures": figures,
        "rows": rows,
        "chart": chart_of(rows, lambda stretch: root + _log(stretch, kind=_QUESTIONS)),
        "channels": CHANNEL_LABELS,
        "colours": CHANNEL_COLOURS,
        "outcomes": OUTCOMES,
        "asked": _QUESTIONS,
        "units": units,
        "no_unit": NO_UNIT,
        "ratings": RATING_LABELS,
        "hits": hits_of(figures.documents, served),
        "found": services.clusters.of(period, patience=_PATIENCE_S) if services.knowledge.serving else None,
        "top": _TOP,
        "log": _log,
        "requests": _requests,
        "days_query": urlencode({"days": choice, **period.query}),
        "share_bar": share_bar,
    }
    return render(request, "admin/dashboard.html", facts)


def _log(period: Period, **filters: str) -> str:
    return f"admin/questions/log?{urlencode({**period.query, **filters})}"


def _requests(period: Period, **filters: str | int) -> str:
    return f"desk/requests?{urlencode({**period.query, **filters})}"
