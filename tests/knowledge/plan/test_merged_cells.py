"""Tables whose header or cells go over several columns, as Word and web pages hold them."""

from knowledge.plan import TaskDraft, parse_plan
from knowledge.readers import Cell, Row, Source, Table


def row(line: int, *texts: str) -> Row:
    """A text that begins with < is that of the merged cell to its left."""
    return Row(tuple(Cell((text.lstrip("<"),) if text else (), line, beside=text.startswith("<")) for text in texts))


def drafts(*rows: tuple[str, ...]) -> tuple[TaskDraft, ...]:
    table = Table("表1", tuple(row(line, *texts) for line, texts in enumerate(rows, 1)))
    return parse_plan(Source((table,))).drafts


def test_numbers_under_the_header_of_the_requirement_are_those_of_the_tasks() -> None:
    read = drafts(
        ("工作任务", "具体要求", "<具体要求", "责任单位"),
        ("一、网站", "1 年内改版。", "<1 年内改版。", "甲局"),
        ("一、网站", "2", "加检索框。", "乙局"),
        ("一、网站", "3", "5小时内答复。", "丙局"),
    )
    assert [(draft.no, draft.section, draft.title, draft.requirement) for draft in read] == [
        ("1", ("一、网站",), None, "年内改版。"),
        ("2", ("一、网站",), None, "加检索框。"),
        ("3", ("一、网站",), None, "5小时内答复。"),
    ]


def test_a_heading_of_few_numbers_stays_a_heading() -> None:
    read = drafts(
        ("工作任务", "<工作任务", "工作要求", "责任单位"),
        ("网站", "12345", "接通热线。", "甲局"),
        ("网站", "检索", "加检索框。", "乙局"),
        ("网站", "改版", "年内改版。", "乙局"),
    )
    assert [draft.title for draft in read] == ["12345", "检索", "改版"]


def test_a_heading_over_two_columns_counts_once() -> None:
    read = drafts(
        ("工作任务", "<工作任务", "<工作任务", "工作要求", "责任单位"),
        ("一、公开", "会议", "结果公开", "会后公开。", "甲局"),
        ("一、公开", "（二）依申请公开", "<（二）依申请公开", "及时答复。", "乙局"),
    )
    assert [(draft.section, draft.title) for draft in read] == [
        (("一、公开", "会议"), "结果公开"),
        (("一、公开", "（二）依申请公开"), None),
    ]


def test_a_requirement_and_units_printed_wider_than_their_columns_count_once() -> None:
    read = drafts(
        ("工作任务", "工作要求", "<工作要求", "责任单位", "<责任单位"),
        ("网站", "年内改版。", "<年内改版。", "甲局、乙局", "<甲局、乙局"),
    )
    assert [(draft.section, draft.title, draft.requirement, draft.responsible) for draft in read] == [
        ((), "网站", "年内改版。", ("甲局", "乙局"))
    ]
