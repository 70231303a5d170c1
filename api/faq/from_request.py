"""A reply to one person as a question and answer for everybody: what the form starts with, and what may be saved."""

from dataclasses import dataclass

from sqlalchemy import Engine

from api.db.models import Request
from api.db.reading import reading
from api.errors import ApiError
from api.faq.text import LONGEST_ANSWER, LONGEST_QUESTION, FaqText, tidied
from api.masking.concealed import concealed, require_nothing_personal
from api.requests.rows import row_of
from api.requests.status import REPLIED
from api.secrets import Secrets


class NothingToLearn(ApiError):
    """The request has no reply that everybody may read."""

    status = 409
    code = "nothing_to_learn"


@dataclass(frozen=True, slots=True)
class Replied:
    """A request that was replied to. ``suggested`` is its question, or its content, and its reply, without personal
    data and cut to what the form takes; ``name`` is the asker's own, ``consent`` says whether they want to be told."""

    no: str
    suggested: FaqText
    name: str | None
    consent: bool


def replied(engine: Engine, secrets: Secrets, no: str) -> Replied:
    """Raises UnknownRequest and NothingToLearn."""
    with reading(engine) as session:
        row = row_of(session, no)
        name = secrets.readable(row.name)
        return Replied(row.no, _suggested(row, name), name, row.consent)


def require_fit_for_all(text: FaqText, name: str | None) -> None:
    """Raises StillPersonal."""
    fields = (
        ("question", "问题", text.question),
        ("similar", "相似问", "\n".join(text.similar)),
        ("answer", "答案", text.answer),
    )
    for field, what, said in fields:
        require_nothing_personal(field, what, said, name)


def _suggested(row: Request, name: str | None) -> FaqText:
    if row.kind == "report":
        raise NothingToLearn(f"诉求 {row.no} 是举报，不能用来起草问答。")
    if row.reply is None or row.status not in REPLIED:
        raise NothingToLearn(f"诉求 {row.no} 还没有答复，不能用来起草问答。")
    question, answer = (concealed(text, name) for text in (row.question or row.content, row.reply))
    return tidied(question[:LONGEST_QUESTION], (), (), answer[:LONGEST_ANSWER], row.replied_by or "")
