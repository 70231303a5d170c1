"""Dialogue questions: what counts as a refusal, which refusals are mistakes, and whose confidence is judged."""

import pytest

from api.evaluation.dialogue import claims_of, evaluate, figures_of, kind_figures
from api.evaluation.judging import Heard
from api.evaluation.questions import GoldQuestion
from tests.api.evaluation.made_up import verdict

ANSWERED = [verdict(number, passed=number > 0) for number in range(8)]
REFUSED = verdict(10, passed=False, answer_kind="not_found")
ASKED_BACK = verdict(11, passed=True, answer_kind="clarify")
NONSENSE = verdict(12, passed=True, kind="unanswerable", answer_kind="not_found")
TAKEN_IN = verdict(13, passed=False, kind="unanswerable", answer_kind="answer")
AMBIGUOUS = verdict(14, passed=True, kind="ambiguous", answer_kind="clarify")
ALL = (*ANSWERED, REFUSED, ASKED_BACK, NONSENSE, TAKEN_IN, AMBIGUOUS)


@pytest.mark.parametrize(
    ("name", "value", "of"),
    [
        ("pass_rate", 10 / 13, 13),
        ("refusal_recall", 1 / 2, 2),
        ("refusal_precision", 1 / 3, 3),
        ("answerable_refused", 1 / 10, 10),
        ("answer_p95_ms", 10.0, 13),
    ],
)
def test_the_figures_are_those_counted_by_hand(name: str, value: float, of: int) -> None:
    figure = figures_of(ALL)[name]
    assert figure.value == pytest.approx(value)
    assert figure.of == of


def test_where_nothing_was_refused_there_is_no_precision() -> None:
    assert figures_of(tuple(ANSWERED))["refusal_precision"].value is None


def test_each_kind_has_its_own_share() -> None:
    assert {kind: (each.value, each.of) for kind, each in kind_figures(ALL).items()} == {
        "who": (pytest.approx(0.8), 10),
        "unanswerable": (0.5, 2),
        "ambiguous": (1.0, 1),
    }


def test_confidence_is_judged_of_answers_given_and_one_to_the_unanswerable_is_wrong() -> None:
    claims = claims_of((ANSWERED[0], ANSWERED[1], REFUSED, ASKED_BACK, TAKEN_IN))
    assert [claim.right for claim in claims] == [False, True, False]


def test_questions_are_asked_in_order_and_counted_by_kind() -> None:
    questions = [
        GoldQuestion("x", "who", "谁负责", must=(("财政局", "审计局"),)),
        GoldQuestion("y", "when", "几月", must=(("七月",),)),
    ]
    report = evaluate(questions, lambda gold: Heard("answer", f"{gold.question}：财政局", (), 1.0, 0.7))
    assert report.by_kind == {"who": (1, 1), "when": (0, 1)}
    assert [each.answer for each in report.verdicts] == ["谁负责：财政局", "几月：财政局"]
    assert report.passed == 1
