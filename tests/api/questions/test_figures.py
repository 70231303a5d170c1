import random
import statistics
from collections import Counter
from datetime import date, timedelta

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from api.clock import CHINA
from api.db.models import AnswerLog, Feedback
from api.db.reading import reading
from api.questions.figures import OUTCOMES, Figures, figures_of
from api.questions.period import Period
from tests.api.questions.rows import NOON, log

PERIOD = Period(date(2031, 5, 1), date(2031, 5, 10))


def _figures(engine: Engine, period: Period = PERIOD) -> Figures:
    with reading(engine) as session:
        return figures_of(session, period)


def _made_up(rolls: random.Random, count: int) -> list[dict[str, object]]:
    kinds = [kind for _, kinds in OUTCOMES.values() for kind in kinds] + ["smalltalk"]
    rows: list[dict[str, object]] = []
    for number in range(count):
        kind = rolls.choice(kinds)
        place = rolls.randrange(12) if kind in ("answer", "list", "compare") else None
        rows.append(
            {
                "answer_id": f"a{number}",
                "question": f"问题{number}",
                "kind": kind,
                "confidence": 0.5,
                "document_id": f"d{place}" if place is not None else None,
                "topic": f"事项{place}" if place is not None else None,
                "snapshot": "s",
                "channel": rolls.choice(["web", "wechat", "desk", "api"]),
                "took_ms": rolls.uniform(1, 60),
                "created_at": NOON + timedelta(hours=rolls.randrange(-240, 240)),
            }
        )
    return rows


def test_the_figures_are_those_of_counting_row_by_row(engine: Engine) -> None:
    rows = _made_up(random.Random(7), 600)
    ratings = [
        {"answer_id": f"a{number}", "helpful": (None, True, False)[number % 3], "created_at": NOON, "updated_at": NOON}
        for number in range(0, 600, 2)
    ]
    with Session(engine) as session, session.begin():
        session.execute(insert(AnswerLog), rows)
        session.execute(insert(Feedback), ratings)
    inside = [row for row in rows if PERIOD.starts <= row["created_at"] < PERIOD.ends]  # type: ignore[operator]
    asked = [row for row in inside if row["kind"] != "smalltalk"]
    figures = _figures(engine)
    assert figures.by_day == Counter((row["created_at"].astimezone(CHINA).date(), row["channel"]) for row in asked)  # type: ignore[attr-defined]
    for name, (_, kinds) in OUTCOMES.items():
        assert figures.outcomes[name] == sum(row["kind"] in kinds for row in asked)
    assert figures.documents == Counter(row["document_id"] for row in inside if row["document_id"])
    topics = Counter(row["topic"] for row in inside if row["topic"])
    assert [count for _, count in figures.topics] == sorted(topics.values(), reverse=True)[:10]
    assert all(topics[topic] == count for topic, count in figures.topics)
    assert figures.median_ms == statistics.median_low(sorted(round(row["took_ms"]) for row in asked))  # type: ignore[call-overload]
    known = {row["answer_id"] for row in inside}
    thumbs = Counter(rating["helpful"] for rating in ratings if rating["answer_id"] in known)
    assert (figures.up, figures.down) == (thumbs[True], thumbs[False])


def test_nothing_asked_gives_no_figures_and_no_error(engine: Engine) -> None:
    log(engine, at=NOON + timedelta(days=40))
    figures = _figures(engine)
    assert (figures.questions, figures.rated, figures.median_ms) == (0, 0, None)
    assert not figures.by_day
    assert not figures.topics
    assert not figures.documents


def test_small_talk_is_no_question_but_what_is_declined_is(engine: Engine) -> None:
    log(engine, "你好", kind="smalltalk")
    log(engine, "骂人的话", kind="declined")
    figures = _figures(engine)
    assert figures.questions == 1
    assert figures.outcomes["declined"] == 1
    assert figures.by_day == {(date(2031, 5, 6), "web"): 1}
