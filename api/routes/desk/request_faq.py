"""A question and answer drafted from a request that was replied to. Anyone at the desk may; an admin approves it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.accounts.access import STAFF_ONLY, StaffDep
from api.accounts.staff import Staff
from api.clock import today_in_china
from api.db.reading import reading
from api.deps import ServicesDep
from api.documents.errors import FieldsWrong
from api.errors import ApiError
from api.faq.book import FaqBook
from api.faq.from_request import Replied, replied, require_fit_for_all
from api.faq.origin import Origin
from api.faq.served import served_faqs
from api.faq.text import LONGEST_ANSWER, LONGEST_QUESTION, MOST_QUESTIONS, FaqText, tidied
from api.questions.period import LONGEST_DAYS, Period
from api.questions.unanswered import waiting_in_words
from api.requests.rows import row_of
from api.routes.admin.rendering import redirect, render
from api.services import Services

router = APIRouter(include_in_schema=False, dependencies=[STAFF_ONLY])

Line = Annotated[str, Form(max_length=2000)]
Lines = Annotated[str, Form(max_length=30_000)]


@router.get("/desk/requests/{no}/faq")
def faq_page(request: Request, services: ServicesDep, no: str) -> Response:
    about = replied(services.engine, services.secrets, no)
    text = about.suggested
    typed = {"question": text.question, "similar": "", "answer": text.answer, "source": text.source or ""}
    return _page(request, about, typed)


@router.post("/desk/requests/{no}/faq")
def draft(
    request: Request,
    services: ServicesDep,
    staff: StaffDep,
    no: str,
    question: Line = "",
    similar: Lines = "",
    answer: Lines = "",
    source: Line = "",
) -> Response:
    about = replied(services.engine, services.secrets, no)
    said = tidied(question, similar.splitlines(), (), answer, source)
    try:
        _add(services, staff, said, about)
    except ApiError as error:
        typed = {"question": question, "similar": similar, "answer": answer, "source": source}
        return _page(request, about, typed, error=error)
    notice = f"已起草问答“{said.question}”，等管理员批准。"
    return redirect(request, f"/desk/requests/{about.no}", notice=notice)


def _add(services: Services, staff: Staff, said: FaqText, about: Replied) -> None:
    """Raises StillPersonal and FieldsWrong."""
    require_fit_for_all(said, about.name)
    filed = served_faqs(services.documents.shelves.current()).questions_of_files()
    questions = _questions_settled(services, about, said)
    FaqBook(services.engine).add(staff, said, filed, Origin(questions, requests=(about.no,)))


def _questions_settled(services: Services, about: Replied, said: FaqText) -> tuple[str, ...]:
    """What waits for an answer in the words that led to the request, or in those that the entry answers: it is dealt
    with as if the entry had been drafted from there."""
    today = today_in_china()
    with reading(services.engine) as session:
        led_here = row_of(session, about.no).question or ""
        words = (led_here, said.question, *said.similar)
        return waiting_in_words(session, Period(today - timedelta(days=LONGEST_DAYS - 1), today), words)


def _page(request: Request, about: Replied, typed: Mapping[str, str], *, error: ApiError | None = None) -> Response:
    problems: Mapping[str, str] = {}
    if isinstance(error, FieldsWrong):
        problems = error.problems
    elif error and error.field:
        problems = {error.field: error.message}
    facts = {
        "no": about.no,
        "typed": typed,
        "consent": about.consent,
        "problems": problems,
        "problem": error.message if error and not problems else None,
        "limits": {"question": LONGEST_QUESTION, "answer": LONGEST_ANSWER, "questions": MOST_QUESTIONS},
    }
    return render(request, "desk/request_faq.html", facts, status=error.status if error else 200)
