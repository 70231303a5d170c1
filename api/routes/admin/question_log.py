"""Every question asked, as it was stored, with what it was answered."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AfterValidator

from api.accounts.access import ADMINS_ONLY
from api.channels import CHANNEL_LABELS
from api.deps import ServicesDep
from api.questions.figures import OUTCOMES, QUESTION_KINDS
from api.questions.log import RATINGS, QuestionLog, Wanted, rating_of
from api.questions.log_sheet import MOST, log_sheet
from api.questions.period import day_of
from api.routes.admin.labels import ANSWER_KINDS
from api.routes.admin.rendering import render
from api.services import Services
from api.spreadsheet import MEDIA_TYPE

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])


def _without_nul(given: str) -> str:
    """PostgreSQL cannot be asked for one."""
    return given.replace("\x00", "")


Short = Annotated[str, AfterValidator(_without_nul), Query(max_length=20)]
Long = Annotated[str, AfterValidator(_without_nul), Query(max_length=200)]
KIND_CHOICES = {
    ",".join(QUESTION_KINDS): "除寒暄以外",
    **{",".join(kinds): label for label, kinds in OUTCOMES.values() if len(kinds) > 1},
    **{kind: ANSWER_KINDS[kind] for kind in QUESTION_KINDS},
    "smalltalk": ANSWER_KINDS["smalltalk"],
}


def _wanted(
    first: Annotated[Short, Query(alias="from")] = "",
    last: Annotated[Short, Query(alias="to")] = "",
    channel: Short = "",
    kind: Long = "",
    document: Long = "",
    region: Long = "",
    topic: Long = "",
    rating: Short = "",
    q: Long = "",
) -> Wanted:
    """Raises InvalidValue for what is no day; any other value that there is not finds nothing."""
    return Wanted(
        first=day_of(first.strip(), "from"),
        last=day_of(last.strip(), "to"),
        channel=channel,
        kinds=tuple(filter(None, kind.split(","))),
        document=document,
        region=region,
        topic=topic,
        rating=rating_of(rating),
        text=q.strip(),
    )


WantedDep = Annotated[Wanted, Depends(_wanted)]


@router.get("/admin/questions/log")
def log_page(
    request: Request,
    services: ServicesDep,
    wanted: WantedDep,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> Response:
    log = QuestionLog(services.engine)
    facts = {
        "found": log.page(wanted, before),
        "wanted": wanted,
        "before": before,
        "kind": ",".join(wanted.kinds),
        "kind_choices": KIND_CHOICES,
        "kinds": ANSWER_KINDS,
        "channels": CHANNEL_LABELS,
        "ratings": RATINGS,
        "titles": _titles(services),
        "regions": {region: region for region in log.regions()},
        "most": MOST,
    }
    return render(request, "admin/question_log.html", facts)


@router.get("/admin/questions/log.xlsx")
def export(services: ServicesDep, wanted: WantedDep) -> Response:
    content = log_sheet(QuestionLog(services.engine).newest(wanted, MOST), ANSWER_KINDS, _titles(services))
    headers = {"Content-Disposition": 'attachment; filename="questions.xlsx"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _titles(services: Services) -> dict[str, str]:
    """Of the documents that serve, by id."""
    entries = services.documents.shelves.current().entries.values()
    return {entry.document.id: entry.document.title for entry in entries}
