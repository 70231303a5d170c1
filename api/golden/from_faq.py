"""Questions and answers written for what people asked, as golden questions: what was learned is not to be lost again.

The golden question follows its entry: a new text approved replaces it, and with the entry withdrawn it goes, or no
version without that entry could be published. One that an admin has edited since is theirs and stays.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.answers.sentences import split_sentences
from api.audit import entry as audit_row
from api.db.models import GoldenQuestion
from api.db.writing import take_turn
from api.evaluation.questions import GoldQuestion
from api.faq.text import FaqText, key_of
from api.golden.text import LONGEST_PART
from api.refresh.gate import shipped_questions

_TELLING = 8
"""Characters from which a sentence tells one answer from another."""
_MOST = 20


def gold_of(text: FaqText) -> GoldQuestion:
    """The answer has to be this one: a short one whole, of a longer one, which is quoted in part, any sentence."""
    return GoldQuestion(id="", kind="faq", question=text.question, must=(_alternatives(text.answer),))


def follow(session: Session, actor: Actor, before: FaqText | None, after: FaqText | None, now: datetime) -> None:
    """``before`` and ``after`` are the approved texts of an entry; None where there is none."""
    take_turn(session, GoldenQuestion)
    if before:
        _drop(session, actor, gold_of(before))
    if after:
        _add(session, actor, gold_of(after), now)


def _add(session: Session, actor: Actor, gold: GoldQuestion, now: datetime) -> None:
    if key_of(gold.question) in _golden_already(session):
        return
    session.add(
        GoldenQuestion(
            kind=gold.kind,
            question=gold.question,
            context=[],
            must=list(map(list, gold.must)),
            must_not=[],
            written_by=actor.name,
            written_at=now,
        )
    )
    session.add(audit_row(actor, "golden_added", gold.question))


def _drop(session: Session, actor: Actor, gold: GoldQuestion) -> None:
    same = (GoldenQuestion.question == gold.question, GoldenQuestion.kind == gold.kind)
    for row in session.scalars(select(GoldenQuestion).where(*same)):
        if not row.context and not row.must_not and row.must == list(map(list, gold.must)):
            session.delete(row)
            session.add(audit_row(actor, "golden_deleted", row.question))
    session.flush()


def _golden_already(session: Session) -> set[str]:
    rows = session.execute(select(GoldenQuestion.question, GoldenQuestion.context))
    own = {key_of(question) for question, context in rows if not context}
    return own | {key_of(gold.question) for gold in shipped_questions() if not gold.context}


def _alternatives(answer: str) -> tuple[str, ...]:
    whole = _one_line(answer)
    if len(whole) <= LONGEST_PART:
        return (whole,)
    sentences = [_one_line(sentence) for line in answer.splitlines() for sentence in split_sentences(line)]
    telling = [sentence for sentence in sentences if len(sentence) >= _TELLING] or sentences
    return tuple(dict.fromkeys(sentence[:LONGEST_PART] for sentence in telling))[:_MOST]


def _one_line(text: str) -> str:
    """As the form of golden questions can show it: one alternative a line, divided by slashes with blanks around."""
    return " ".join(text.split()).replace(" / ", "/").replace(" ／ ", "／")
