from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from knowledge.errors import LedgerHeaderUnknown, SourceEmpty, SourceError, SourceUnreadable
from knowledge.ingest import Ingested, document_id, find_sources, ingest

Write = Callable[[str, str | bytes], Path]
PLAN = """丙政办〔2022〕7号
丙市高新区管委会办公室关于印发丙市高新区2022年公开工作要点的通知
各街道：
现将要点印发给你们。
丙市高新区管委会办公室
2022年3月1日
丙市高新区 2022年公开工作要点
一、抓好公开
（一）晒清单。把清单挂到网上。（责任单位：审改办；完成时限：6月底）
"""
LEDGER = "序号,一级任务,二级任务,三级任务,任务名称,工作要求,牵头单位,责任单位,完成时限,公开方式\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_any_common_encoding(write: Write, encoding: str) -> None:
    records = ingest(write("plan.txt", PLAN.encode(encoding))).records
    assert [task.responsible for task in records.tasks] == [("审改办",)]
    assert records.documents[0].doc_number == "丙政办〔2022〕7号"


def test_a_plan_is_titled_by_itself_and_not_by_its_notice(write: Write) -> None:
    (document,) = ingest(write("plan.txt", PLAN)).records.documents
    assert document.title == "丙市高新区2022年公开工作要点"
    assert document.issuer == "丙市高新区管委会办公室"
    assert (document.year, str(document.published_on)) == (2022, "2022-03-01")


def test_notice_head_is_one_passage_with_number_and_date(write: Write) -> None:
    first, *_ = ingest(write("plan.txt", PLAN)).records.passages
    assert "丙政办〔2022〕7号" in first.text
    assert "2022年3月1日" in first.text


def test_record_ids_name_their_document_and_do_not_depend_on_the_file(write: Write) -> None:
    one, other = (ingest(write(name, PLAN)).records for name in ("a.txt", "b/c.txt"))
    assert one.documents[0].id == other.documents[0].id
    assert one.tasks[0].id == f"{one.documents[0].id}-t001"
    assert one.passages[0].id == f"{one.documents[0].id}-p001"


def test_side_file_overrules_the_text(write: Write) -> None:
    path = write("plan.txt", PLAN)
    write("plan.meta.yaml", "region: 丁区\nyear: 2020\nstatus: 废止\npublished_on: 2020-05-01\n")
    (document,) = ingest(path).records.documents
    assert (document.region, document.year, document.status) == ("丁区", 2020, "废止")
    assert document.title == "丙市高新区2022年公开工作要点"


@pytest.mark.parametrize(
    "side", ["regon: 丁区", "year: 今年", "year: 20190", "status: 好", "published_on: 昨天", "- 一", "a: ["]
)
def test_a_wrong_side_file_is_refused(write: Write, side: str) -> None:
    path = write("plan.txt", PLAN)
    write("plan.meta.yaml", side)
    with pytest.raises(SourceUnreadable, match=r"plan\.meta\.yaml"):
        ingest(path)


def test_csv_ledger_keeps_empty_cells_empty_and_carries_headings(write: Write) -> None:
    rows = "1,一、网站,,,改版,年内改版。,,甲局、乙局（丙科）,6月,官网\n2,,,,检索,加检索框。,丁局,,,\n"
    first, second = ingest(write("ledger.csv", LEDGER + rows)).records.tasks
    assert (first.no, first.section, first.title, first.lead) == ("1", ("一、网站",), "改版", ())
    assert (first.responsible, first.deadline, first.channel) == (("甲局", "乙局（丙科）"), "6月", "官网")
    assert (second.section, second.lead, second.responsible, second.deadline) == (("一、网站",), ("丁局",), (), None)
    assert (first.locator.line, second.locator.line) == (2, 3)


def test_csv_row_without_requirement_is_rejected_with_its_line(write: Write) -> None:
    ingested = ingest(write("ledger.csv", LEDGER + "1,一、网站,,,,,甲局,,,\n2,,,,检索,加检索框。,丁局,,,\n"))
    assert [item.place for item in ingested.rejected] == ["第2行"]
    assert len(ingested.records.tasks) == 1


def test_unknown_header_names_what_was_found_and_expected(write: Write) -> None:
    with pytest.raises(LedgerHeaderUnknown, match=r"姓名、电话.*责任单位"):
        ingest(write("people.csv", "姓名,电话\n某某,123\n"))


def _workbook() -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    for row in (
        ["戊县2023年公开任务清单", None, None, None],
        ["重点任务", "具体举措", "牵头部门", "完成时间"],
        ["网站", "年内改版。", "甲局", "6月"],
        [None, "加检索框。", None, None],
    ):
        sheet.append(row)
    for area in ("A1:D1", "A3:A4", "C3:C4"):
        sheet.merge_cells(area)
    return book


def test_xlsx_merged_cells_hold_for_every_row_they_span(tmp_path: Path) -> None:
    _workbook().save(tmp_path / "ledger.xlsx")
    records = ingest(tmp_path / "ledger.xlsx").records
    first, second = records.tasks
    assert records.documents[0].title == "戊县2023年公开任务清单"
    assert (first.title, second.title) == ("网站", "网站")
    assert (second.lead, second.deadline) == (("甲局",), None)
    assert second.locator.cell == "台账!B4"


def _saved(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.title = "台账"
    for row in (("重点任务", "具体举措", "牵头部门", "完成时限"), *rows):
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("printed", "deadline"),
    [(45962, "2025年11月1日"), (45962.0, "2025年11月1日"), (2025, "2025"), ("6月底前", "6月底前")],
)
def test_an_unformatted_date_in_the_deadline_column_is_read_as_a_date(
    tmp_path: Path, printed: object, deadline: str
) -> None:
    path = _saved(tmp_path / "己县任务清单.xlsx", ("网站", "改版45962次。", "甲局", printed))
    (task,) = ingest(path).records.tasks
    assert (task.requirement, task.deadline) == ("改版45962次。", deadline)


def test_a_formula_without_its_result_is_refused_by_its_cell(tmp_path: Path) -> None:
    path = _saved(
        tmp_path / "己县任务清单.xlsx",
        ("网站", "改版。", "甲局", "=DATE(2025,6,1)"),
        ("检索", "加检索框。", "乙局", "6月"),
    )
    ingested = ingest(path)
    assert [task.title for task in ingested.records.tasks] == ["检索"]
    (rejection,) = ingested.rejected
    assert "台账!D2" in rejection.reason


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.txt", "", SourceEmpty),
        ("a.txt", " \n\t\n", SourceEmpty),
        ("a.csv", "\n\n", SourceEmpty),
        ("a.csv", LEDGER, SourceEmpty),
        ("a.txt", b"\x00\x01\x02\xff\xfe\x80" * 30, SourceUnreadable),
        ("a.xlsx", "不是压缩包", SourceUnreadable),
        ("a.wps", "x", SourceUnreadable),
        ("a", "x", SourceUnreadable),
        ("a.yaml", "名词", SourceUnreadable),
        ("a.yaml", "- x: 1", SourceUnreadable),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_by_name(
    write: Write, name: str, content: str | bytes, error: type[SourceError]
) -> None:
    with pytest.raises(error, match=f"^{name}："):
        ingest(write(name, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="不存在"):
        ingest(tmp_path / "none.txt")


def test_glossary_is_a_document_of_its_own(write: Write) -> None:
    ingested = ingest(write("w.yaml", "- name: 五公开\n  aliases: [5公开]\n  explanation: 五件事。\n- name: 空\n"))
    (term,) = ingested.records.terms
    assert (term.name, term.aliases, term.id) == ("五公开", ("5公开",), f"{term.document_id}-w001")
    assert ingested.records.documents[0].title == "政务公开名词（w）"
    assert [item.place for item in ingested.rejected] == ["第4行"]


def test_what_a_document_defines_and_shortens_is_placed_where_it_stands(write: Write) -> None:
    text = (
        "丙市创业补贴办法\n第一条 为鼓励创业，制定本办法。\n第二条 本办法所称重点人群包括：\n（一）应届毕业生；\n"
        "（二）返乡农民工。\n第三条 丙市就业服务中心（以下简称就业中心）受理申请。\n"
    )
    terms = {term.name: term for term in ingest(write("rule.txt", text)).records.terms}
    assert terms["重点人群"].explanation.endswith("（二）返乡农民工。")
    assert (terms["重点人群"].locator.line, terms["重点人群"].full_name) == (3, None)
    assert (terms["就业中心"].locator.line, terms["就业中心"].full_name) == (6, "就业服务中心")


def test_a_task_that_says_what_a_catchword_stands_for_defines_it(write: Write) -> None:
    row = "1,一、服务,,,推行三零,实施零上门、零审批、零投资“三零”服务。,甲局,,,\n"
    records = ingest(write("ledger.csv", LEDGER + row)).records
    (term,) = records.terms
    assert (term.name, term.explanation, term.locator) == (
        "三零",
        "零上门、零审批、零投资“三零”服务",
        records.tasks[0].locator,
    )


def test_two_files_of_questions_are_two_documents(write: Write) -> None:
    text = "- {questions: [问], answer: 答。, approved_by: 值班}\n"
    one, two = (ingest(write(name, text)).records.documents[0].id for name in ("窗口.yaml", "热线.yaml"))
    assert one != two


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("甲办法(试行)", "甲政办〔2021〕5号"),
        ("甲办法（试行）", "甲政办［2021］5号"),
        ("甲 办法（ 试行 ）", "甲政办[2021]5 号"),
        ("甲办法\u3000（试行）", "甲政办【2021】5号"),
    ],
)
def test_brackets_and_blanks_make_no_other_document(title: str, number: str) -> None:
    assert document_id(title, number, "甲市", 2021) == document_id("甲办法（试行）", "甲政办〔2021〕5号", "甲市", 2021)
    assert document_id(title, number, "甲市", 2021) != document_id("甲办法", number, "甲市", 2021)


def test_faq_needs_an_approver(write: Write) -> None:
    text = "- {questions: [问], answer: 答。, approved_by: 值班}\n- {questions: [问二], answer: 答。}\n"
    ingested = ingest(write("q.yaml", text))
    assert [faq.questions for faq in ingested.records.faqs] == [("问",)]
    assert "approved_by" in ingested.rejected[0].reason


def test_folder_gives_its_files_without_readme_hidden_and_side_files(write: Write, tmp_path: Path) -> None:
    for name in ("b.txt", "README.md", ".x.txt", "a.meta.yaml", "sub/a.doc", "~$b.xlsx", "readme.txt"):
        write(name, "x")
    assert [path.name for path in find_sources(tmp_path)] == ["b.txt", "a.doc"]
    with pytest.raises(SourceUnreadable):
        find_sources(tmp_path / "none")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.sampled_from([".txt", ".csv", ".xlsx", ".yaml", ".doc"]), st.binary(max_size=200) | st.text().map(str.encode))
def test_any_bytes_give_records_or_a_source_error(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)
    try:
        ingested = ingest(path)
    except SourceError as error:
        assert error.message
    else:
        assert isinstance(ingested, Ingested)
        assert len(ingested.records.documents) == 1
