"""Questions without a good answer, those that ask the same together, and what an admin does with them."""

from collections.abc import Collection, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.channels import CHANNEL_LABELS
from api.clock import today_in_china
from api.deps import ServicesDep
from api.faq.text import key_of
from api.paging import which_page
from api.questions.cluster import Cluster
from api.questions.handled import HandledQuestions
from api.questions.period import CHOICES, choice_of, period_of
from api.questions.unanswered import MOST
from api.routes.admin.rendering import redirect, render

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

PER_PAGE = 20
Asked = Annotated[list[Annotated[str, Form(max_length=64)]], Form(max_length=1000)]
Day = Annotated[str, Query(max_length=10)]
_ONE = 20
"""Characters of a question shown in a notice."""


@router.get("/admin/questions")
def questions_page(
    request: Request,
    services: ServicesDep,
    days: Annotated[str, Query(max_length=10)] = "",
    first: Annotated[Day, Query(alias="from")] = "",
    last: Annotated[Day, Query(alias="to")] = "",
    of: Annotated[str, Query(max_length=64)] = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """``of``: only what asks the same as the question of this answer."""
    choice = choice_of(days)
    period = period_of(choice, first, last, today_in_china())
    found = services.clusters.of(period)
    clusters = found.clusters if found else ()
    if of:
        clusters = _with_question(clusters, HandledQuestions(services.engine).texts_of([of.replace("\x00", "")]))
    page, pages = which_page(page, len(clusters), PER_PAGE)
    shown = clusters[(page - 1) * PER_PAGE : page * PER_PAGE]
    facts = {
        "found": found,
        "groups": len(clusters),
        "only_one": bool(of),
        "shown": [(cluster, services.clusters.nearest(cluster)) for cluster in shown],
        "questions": sum(cluster.count for cluster in clusters),
        "page": page,
        "pages": pages,
        "period": period,
        "choice": choice,
        "choices": CHOICES,
        "query": urlencode({"days": choice, **period.query}),
        "dismissed": HandledQuestions(services.engine).dismissed(),
        "channels": CHANNEL_LABELS,
        "most": MOST,
    }
    return render(request, "admin/questions.html", facts)


@router.post("/admin/questions/dismiss")
def dismiss(request: Request, services: ServicesDep, admin: AdminDep, asked: Asked = []) -> Response:  # noqa: B006
    done = HandledQuestions(services.engine).dismiss(admin, asked)
    notice = f"{_told(done)}不用回答。要恢复，请看页面下方。" if done else "没有选择问题，请先勾选。"
    return redirect(request, "/admin/questions", notice=notice)


@router.post("/admin/questions/restore")
def restore(request: Request, services: ServicesDep, admin: AdminDep, asked: Asked = []) -> Response:  # noqa: B006
    done = HandledQuestions(services.engine).restore(admin, asked)
    services.clusters.forget()
    notice = f"{_told(done)}已恢复为待答。" if done else "这些问题已经恢复，或者日志里没有了。"
    return redirect(request, "/admin/questions", notice=notice)


def _with_question(clusters: Sequence[Cluster], texts: Collection[str]) -> tuple[Cluster, ...]:
    """By the text: the cluster names the newest of those who asked in these words, and another may have since."""
    keys = frozenset(map(key_of, texts))
    return tuple(cluster for cluster in clusters if any(key_of(each.text) in keys for each in cluster.asked))


def _told(questions: list[str]) -> str:
    first = questions[0] if len(questions[0]) <= _ONE else f"{questions[0][:_ONE]}…"
    return f"“{first}”" if len(questions) == 1 else f"“{first}”等 {len(questions)} 个问法"
