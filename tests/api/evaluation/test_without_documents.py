"""Questions whose documents were taken away: nothing of these is left to answer from, everything else is."""

from pathlib import Path

from api.evaluation.questions import DocumentQuestion
from api.evaluation.without_documents import PARTS, ask_without, without
from index.search import Index
from tests.api.answers.base import RECORDS
from tests.api.town import Town
from tests.fake_encoder import FakeEncoder

RULE = "星河区{thing}管理办法\n星政发〔2031〕{no}号\n第一条 为了规范{thing}，制定本办法。\n第二条 {answer}。\n"
THINGS = {
    "停车": "停车收费标准由区发展改革局核定，每小时不超过五元",
    "供热": "采暖期从十一月一日开始，到次年三月末结束",
    "图书馆": "区图书馆开放到晚上九点，节假日照常开放",
}


def test_without_takes_all_that_stands_in_a_document() -> None:
    hidden = RECORDS.documents[0].id
    left = without(RECORDS, frozenset({hidden}))
    for name in ("tasks", "passages", "terms", "faqs"):
        assert all(record.document_id != hidden for record in getattr(left, name))
    assert len(left.documents) == len(RECORDS.documents) - 1
    assert without(RECORDS, frozenset()) == RECORDS


def _served(folder: Path) -> tuple[Index, Path]:
    town = Town(folder)
    files = [
        town.write(f"{thing}办法.txt", RULE.format(thing=thing, no=no, answer=answer))
        for no, (thing, answer) in enumerate(THINGS.items(), 1)
    ]
    town.refresh(*files)
    current = town.store.current()
    assert current
    return town.index(), town.store.folder(current)


def test_each_question_is_asked_without_its_own_document(tmp_path: Path) -> None:
    index, folder = _served(tmp_path)
    questions = [
        DocumentQuestion(thing, f"{thing}办法", f"{thing}有什么规定？{answer[:12]}", answer[:12])
        for thing, answer in THINGS.items()
    ]
    asked = list(ask_without(questions, index, folder, FakeEncoder()))
    assert {question.id for question, _ in asked} == set(THINGS)
    for question, verdict in asked:
        assert question.answer not in "".join(verdict.answer.split())
        assert verdict.kind == "unanswerable"
        assert verdict.passed is verdict.is_refusal


def test_vectors_are_not_computed_again(tmp_path: Path) -> None:
    index, folder = _served(tmp_path)
    encoder = FakeEncoder()
    questions = [DocumentQuestion("a", "停车办法", "停车收费标准由谁核定？", "区发展改革局")]
    assert len(list(ask_without(questions, index, folder, encoder))) == 1
    assert encoder.passages_encoded == 0


def test_the_index_is_built_no_oftener_than_needed(tmp_path: Path) -> None:
    index, folder = _served(tmp_path)
    many = [DocumentQuestion(str(n), "停车办法", "停车怎么收费？", "五元") for n in range(2 * PARTS)]
    assert [question.id for question, _ in ask_without(many, index, folder, FakeEncoder())] == [q.id for q in many]
