"""Tables of tasks that go on over pages, each page a table of its own: rows above a repeated header, headers at the
foot of a page, columns that only all pages together tell, and what does not fit."""

from knowledge.plan import ParsedPlan, parse_plan
from knowledge.readers import Cell, Line, Row, Source, Table

HEADER = ("工作任务", "任务要求", "责任单位")


def page(number: int, *rows: tuple[str, ...]) -> Table:
    cells = (
        Row(tuple(Cell((text,) if text else (), line, f"表{number}!{line}") for text in texts))
        for line, texts in enumerate(rows, 1)
    )
    return Table(f"表{number}", tuple(cells), page=number)


def plan_of(*blocks: Table | Line) -> ParsedPlan:
    return parse_plan(Source(tuple(blocks)))


def test_rows_above_a_header_in_the_middle_of_a_page_go_on_from_the_page_before() -> None:
    plan = plan_of(
        page(1, HEADER, ("公开预算", "年内公开预算。", "财政局")),
        page(2, ("公开决算", "年内公开决算。", "审计局"), HEADER, ("改版网站", "年内改版网站。", "大数据局")),
    )
    assert [draft.requirement for draft in plan.drafts] == ["年内公开预算。", "年内公开决算。", "年内改版网站。"]
    assert [draft.page for draft in plan.drafts] == [1, 2, 2]


def test_the_title_above_a_new_table_is_no_heading_of_its_tasks() -> None:
    plan = plan_of(
        page(1, HEADER, ("公开预算", "年内公开预算。", "财政局")),
        page(2, ("附表二", "", ""), HEADER, ("公开决算", "年内公开决算。", "审计局")),
    )
    assert [draft.section for draft in plan.drafts] == [(), ()]


def test_a_header_alone_at_the_foot_of_a_page_heads_the_next_page() -> None:
    plan = plan_of(page(1, HEADER), page(2, ("公开预算", "年内公开预算。", "财政局")))
    assert [(draft.title, draft.responsible) for draft in plan.drafts] == [("公开预算", ("财政局",))]


def test_a_column_of_numbers_is_known_by_all_pages() -> None:
    header = ("工作任务", "具体要求", "具体要求", "责任单位")
    plan = plan_of(
        page(1, header, ("一、网站", "按期改版。", "按期改版。", "甲局"), ("一、网站", "2", "加检索框。", "乙局")),
        page(2, ("一、网站", "3", "公开目录。", "甲局"), ("一、网站", "4", "答复留言。", "乙局")),
    )
    assert [draft.no for draft in plan.drafts][1:] == ["2", "3", "4"]


def test_rows_that_fit_no_header_are_reported_and_stay_text() -> None:
    plan = plan_of(
        page(1, HEADER, ("公开预算", "年内公开预算。", "财政局"), ("公开决算", "年内公开决算。", "审计局")),
        page(2, ("年内改版网站。", "财政局"), ("年内公开目录。", "大数据局")),
    )
    assert len(plan.drafts) == 2
    assert [cell.ref for cell, _ in plan.odd] == ["表2!1", "表2!2"]
    assert "年内改版网站" in plan.odd[0][1]
    assert 2 not in plan.used


def test_rows_above_a_header_that_fit_neither_table_are_reported() -> None:
    plan = plan_of(
        page(1, HEADER, ("公开预算", "年内公开预算。", "财政局")),
        page(
            2,
            ("公开决算", "年内公开决算。", "审计局", ""),
            ("任务", "", "要求", "责任单位"),
            ("网站", "", "改版。", "办公室"),
        ),
    )
    assert [draft.requirement for draft in plan.drafts] == ["年内公开预算。", "改版。"]
    assert [cell.ref for cell, _ in plan.odd] == ["表2!1"]


def test_rows_behind_stray_lines_of_a_page_are_reported() -> None:
    plan = plan_of(
        page(1, HEADER, ("公开预算", "年内公开预算。", "财政局")),
        Line("第一页 共两页", 1, 1),
        page(2, ("公开决算", "年内公开决算。", "审计局")),
    )
    assert [cell.ref for cell, _ in plan.odd] == ["表2!1"]


def test_a_table_of_its_own_behind_the_tasks_is_not_reported() -> None:
    plan = plan_of(
        page(1, HEADER, ("公开预算", "年内公开预算。", "财政局")),
        page(2, ("单位", "联系人", "联系电话"), ("财政局", "办公室", "12345")),
        Line("以上任务按季度通报，年底考核，结果报管委会办公室。", 1, 2),
        page(3, ("本级", "12", "30")),
    )
    assert len(plan.drafts) == 1
    assert plan.odd == ()
