"""The hit test page. It changes nothing and can be passed on as an address."""

from typing import Annotated, get_args

from fastapi import APIRouter, Query, Request, Response

from api.accounts.access import ADMINS_ONLY
from api.answers.compose import body
from api.clock import today_in_china
from api.deps import ServicesDep
from api.errors import ApiError
from api.hit_test import DEPTH, Probe, probe
from api.routes.admin.labels import ANSWER_KINDS, FACETS, RECORD_KINDS
from api.routes.admin.rendering import render
from api.services import Services
from knowledge.model import Faq, Passage, PlanTask, Record, Term
from knowledge.validity import State

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

STATES: tuple[State, ...] = get_args(State)
_FEATURES = {
    "cosine": "语义相近",
    "bigram_bm25": "字面得分",
    "word_bm25": "词语得分",
    "bigram_coverage": "字覆盖",
    "word_coverage": "词覆盖",
    "rare_coverage": "少见字覆盖",
    "title_coverage": "标题覆盖",
    "document_cosine": "整份文件语义",
    "document_bm25": "整份文件字面",
    "document_coverage": "整份文件覆盖",
    "numbers": "数字相符",
    "doc_number": "文号相符",
    "place_missing": "没有说到的地名",
}


@router.get("/admin/hit-test")
def hit_test_page(
    request: Request,
    services: ServicesDep,
    q: Annotated[str, Query(max_length=2000)] = "",
    region: Annotated[str, Query(max_length=100)] = "",
    year: Annotated[str, Query(max_length=4, pattern=r"^\d*$")] = "",
    status: Annotated[str, Query(max_length=10)] = "",
    as_of: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    state = next((each for each in STATES if each == status), None)
    asked = Probe(q.strip(), region, int(year) if year else None, state, as_of.strip())
    facts = {
        "asked": asked,
        "shelf": services.documents.shelves.current(),
        "states": STATES,
        "kinds": RECORD_KINDS,
        "facets": FACETS,
        "answer_kinds": ANSWER_KINDS,
        "features": _FEATURES,
        "head_of": head_of,
        "body": body,
        "depth": DEPTH,
        "result": None,
    }
    return _asked(request, services, asked, facts) if asked.question else render(request, "admin/hit_test.html", facts)


def _asked(request: Request, services: Services, asked: Probe, facts: dict[str, object]) -> Response:
    try:
        facts["result"] = probe(services.serving(), asked, today_in_china())
    except ApiError as error:
        return render(request, "admin/hit_test.html", facts | {"problem": error.message}, status=error.status)
    return render(request, "admin/hit_test.html", facts)


def head_of(record: Record) -> str:
    """What stands over the text: the task's title, the headings of a passage, a name, a question."""
    match record:
        case PlanTask():
            return " / ".join(filter(None, (*record.section, record.title)))
        case Passage():
            return " / ".join(record.heading)
        case Term():
            return record.name
        case Faq():
            return record.questions[0] if record.questions else ""
