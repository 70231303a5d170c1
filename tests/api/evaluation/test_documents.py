"""Document questions: which hits and which answers are right, and what is counted of them."""

from collections.abc import Callable, Sequence

import pytest

from api.evaluation.asking import Look
from api.evaluation.documents import Found, claims_of, figures_of, holds_or_overlaps, look_up
from api.evaluation.judging import Heard
from api.evaluation.questions import DocumentQuestion
from api.evaluation.right_documents import ServedDocuments
from api.schemas import Citation, LocatorOut
from api.schemas_query import SearchHit
from knowledge.model import Records
from tests.api.answers.base import document, passage
from tests.api.evaluation.made_up import found

FEE = "每小时五元，夜间免费"
RECORDS = Records(
    documents=(
        document("停车办法", "星河区停车办法", "星河区"),
        document("转发通知", "转发停车办法", "星河区"),
        document("供热办法", "星河区供热办法", "星河区"),
    ),
    passages=(
        passage("停车办法", 1, "收费", f"停车收费标准为{FEE}。"),
        passage("停车办法", 2, "罚则", "乱停车的，责令改正。"),
        passage("转发通知", 1, "附件", "停车收费标准为每小时五元，\n夜间免费。"),
        passage("供热办法", 1, "收费", "采暖费每平方米三十元。"),
    ),
)
QUESTION = DocumentQuestion("q", "停车办法", "停车怎么收费？", FEE)


def _look(*ids: str) -> Look:
    """Finds the passages with these ids, in this order."""
    known = {each.id: each for each in RECORDS.passages}
    hits = [
        SearchHit.model_construct(
            document_id=known[key].document_id, source_path=f"{known[key].document_id}.txt", text=known[key].text
        )
        for key in ids
    ]
    return lambda _question: hits


def _citing(key: str, kind: str = "answer", text: str = "每小时五元。") -> Callable[[object], Heard]:
    cited = next(each for each in RECORDS.passages if each.id == key)
    citation = Citation(
        document_id=cited.document_id,
        record_id=key,
        title="办法",
        region="星河区",
        quote=cited.text,
        locator=LocatorOut(file=f"{cited.document_id}.txt"),
        status="有效",
    )
    return lambda _gold: Heard(kind, text, (citation,), 5.0, 0.8)


def _one(ids: Sequence[str], cited: str = "停车办法-p1", question: DocumentQuestion = QUESTION) -> Found:
    return look_up([question], _look(*ids), _citing(cited), ServedDocuments(RECORDS))[0]


@pytest.mark.parametrize(
    ("ids", "document_rank", "passage_rank"),
    [
        (["停车办法-p1", "供热办法-p1"], 1, 1),
        (["停车办法-p2", "停车办法-p1"], 1, 2),
        (["供热办法-p1", "转发通知-p1"], 2, 2),
        (["供热办法-p1"], None, None),
        ([], None, None),
        (["供热办法-p1"] * 10 + ["停车办法-p1"], None, None),
    ],
)
def test_the_document_and_the_passage_each_have_their_rank(
    ids: list[str], document_rank: int | None, passage_rank: int | None
) -> None:
    one = _one(ids)
    assert (one.document_rank, one.passage_rank) == (document_rank, passage_rank)


def test_an_answer_the_annotator_shortened_is_held_mostly_and_not_wholly() -> None:
    shortened = DocumentQuestion("q", "停车办法", "停车怎么收费？", "每小时五元夜间免费")
    one = _one(["供热办法-p1", "停车办法-p1"], question=shortened)
    assert (one.passage_rank, one.mostly_rank) == (None, 2)


def test_the_gain_is_over_all_documents_that_are_right() -> None:
    assert _one(["停车办法-p1", "转发通知-p1"]).ndcg == pytest.approx(1.0)
    assert _one(["停车办法-p1", "停车办法-p2"]).ndcg == pytest.approx(1 / (1 + 1 / 1.5849625))


@pytest.mark.parametrize(
    ("cited", "right"),
    [("停车办法-p1", True), ("转发通知-p1", True), ("停车办法-p2", False), ("供热办法-p1", False)],
)
def test_an_answer_is_right_where_it_cites_the_answer_in_a_right_document(cited: str, right: bool) -> None:
    one = _one(["停车办法-p1"], cited=cited)
    assert one.right is right
    assert (one.reason == "") is right


@pytest.mark.parametrize(
    ("text", "answer", "holds"),
    [
        ("停车收费标准为每小时五元，夜间免费。", "每小时五元，夜间免费", True),
        ("停车收费标准为每小时五元。", "每小时五元，夜间免费，节假日减半，新能源车首小时免费", False),
        (
            "一、公布收费标准；二、公布泊位数量；",
            "公布收费标准；二、公布泊位数量；三、公布投诉电话；四、公布减免办法",
            True,
        ),
        ("采暖费每平方米三十元。", "每小时五元", False),
        ("", "每小时五元", False),
    ],
)
def test_a_passage_overlaps_an_answer_that_runs_on_into_the_next(text: str, answer: str, holds: bool) -> None:
    assert holds_or_overlaps(text, answer) is holds


def test_the_figures_count_ranks_answers_and_refusals() -> None:
    seen = [found(0), found(2, rank=3), found(4, rank=None, right=False, kind="not_found"), found(6, rank=6)]
    figures = {name: figure.value for name, figure in figures_of(seen).items()}
    assert figures["document_recall_at_1"] == 0.25
    assert figures["document_recall_at_5"] == 0.5
    assert figures["document_recall_at_10"] == 0.75
    assert figures["passage_holds_answer_at_5"] == 0.5
    assert figures["mrr"] == pytest.approx((1 + 1 / 3 + 0 + 1 / 6) / 4)
    assert figures["answer_right"] == 0.75
    assert figures["answerable_refused"] == 0.25
    assert figures["rouge_l"] == pytest.approx(0.9)


@pytest.mark.parametrize("kind", ["not_found", "clarify", "smalltalk", "error"])
def test_only_answers_given_claim_anything(kind: str) -> None:
    assert claims_of([found(0, kind=kind)]) == []
    assert [(claim.confidence, claim.right) for claim in claims_of([found(0), found(1, right=False)])] == [
        (0.8, True),
        (0.8, False),
    ]
