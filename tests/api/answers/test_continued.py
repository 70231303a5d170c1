"""A list longer than a passage is told to its last item, and both passages are cited."""

from collections.abc import Callable

from api.answers.compose import Evidence
from api.answers.continued import with_whole_list
from api.schemas import AnswerReply
from index.search import Index
from knowledge.model import Passage
from knowledge.passages import LONGEST, cut_passages
from knowledge.readers.source import lines_of
from tests.api.answers.base import HILL, RECORDS, document, passage

OPENING = "茶农申请厂房改造补助，应当提交下列材料："
PAPERS = ("申请书", "土地承包合同", "厂房图纸", "施工合同", "验收报告", "付款凭证", "环保承诺书", "安全检查表")
GRANT = document("grant", "云岭县茶厂改造补助办法", HILL)


def cut() -> tuple[Passage, ...]:
    """The passages of a list of eight papers, each described at length."""
    rest = "由申请人签字并写明日期，一式三份，交乡镇政府初步审核后报送县农业农村局，逾期没有补齐的视为放弃。"
    items = [f"（{number}）{paper}，{rest}" for number, paper in zip("一二三四五六七八", PAPERS, strict=True)]
    lines = ["第三章 申请", OPENING, *items, "第四章 附则", "本办法由县农业农村局解释。"]
    stretches = cut_passages(lines_of(lines))
    texts = [f"{stretch.carried}\n{stretch.text}".strip() for stretch in stretches]
    return tuple(
        passage("grant", number, stretch.heading[-1], text)
        for number, (stretch, text) in enumerate(zip(stretches, texts, strict=True), 1)
    )


def test_the_list_spans_more_than_one_passage() -> None:
    first, second, *_ = cut()
    assert second.text.startswith(f"{OPENING}\n（")
    assert len(first.text) <= LONGEST


def test_every_item_is_told_and_every_passage_of_the_list_cited(
    ask_with: Callable[..., Callable[..., AnswerReply]],
) -> None:
    reply = ask_with(documents=(GRANT,), passages=cut())("云岭县茶农申请厂房改造补助要提交哪些材料？")
    assert reply.kind == "answer"
    assert [paper for paper in PAPERS if paper not in reply.text] == []
    assert reply.text.count(OPENING) == 1
    assert "解释" not in reply.text
    quoted = "".join(citation.quote for citation in reply.citations)
    assert [paper for paper in PAPERS if paper not in quoted] == []


def test_a_passage_that_only_stands_beside_is_of_no_list(index: Index) -> None:
    last = RECORDS.passages[-1]
    evidence = Evidence(last, index.document(last.document_id), 0.9)
    assert with_whole_list(index, evidence) is evidence
