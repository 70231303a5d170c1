"""What a person leaves besides requests: questions in the log, a talk with the desk, a file."""

import uuid

from sqlalchemy.orm import Session

from api.db.models import AnswerLog, Feedback, Handover, HandoverMessage, QuestionHandled, RequestAttachment
from tests.api.publication.office import Office


def answer_row(office: Office, question: str, session_id: str = "s1") -> AnswerLog:
    return AnswerLog(
        answer_id=uuid.uuid4().hex,
        question=question,
        kind="not_found",
        confidence=0.1,
        snapshot="v1",
        channel="web",
        session_hash=office.ledger.identity(session_id),
        took_ms=1.0,
        created_at=office.clock(),
    )


def add_answer(
    office: Office,
    question: str,
    *,
    session_id: str = "s1",
    helpful: bool | None = None,
    comment: str | None = None,
    handled: bool = False,
) -> str:
    row, now = answer_row(office, question, session_id), office.clock()
    answer_id = row.answer_id
    with Session(office.engine) as session, session.begin():
        session.add(row)
        if helpful is not None:
            session.add(Feedback(answer_id=answer_id, helpful=helpful, comment=comment, created_at=now, updated_at=now))
        if handled:
            session.add(QuestionHandled(answer_id=answer_id, handled_as="dismissed", by="安娜", at=now))
    return answer_id


def add_handover(office: Office, session_id: str, text: str, *, request_no: str | None = None) -> None:
    now = office.clock()
    with Session(office.engine) as session, session.begin():
        row = Handover(
            session_hash=office.ledger.identity(session_id),
            channel="web",
            state="ended",
            created_at=now,
            ended_at=now,
            last_at=now,
            request_no=request_no,
        )
        session.add(row)
        session.flush()
        session.add(HandoverMessage(handover_id=row.id, sender="citizen", text=text, created_at=now))


def add_attachment(office: Office, no: str, content: bytes) -> None:
    with Session(office.engine) as session, session.begin():
        session.add(
            RequestAttachment(
                request_no=no,
                name="照片.jpg",
                media_type="image/jpeg",
                size=len(content),
                sha256="0" * 64,
                content=content,
                added_by="安娜",
                added_at=office.clock(),
            )
        )
