import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from knowledge.errors import SourceEmpty
from knowledge.faq_table import COLUMNS, write_faqs
from knowledge.ingest import Ingested, ingest
from knowledge.model import Faq, Locator

Import = Callable[..., Ingested]


@pytest.fixture
def taken(tmp_path: Path) -> Import:
    def take(*rows: Sequence[str], name: str = "窗口.csv") -> Ingested:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        (tmp_path / name).write_bytes(text.getvalue().encode())
        return ingest(tmp_path / name)

    return take


def asked(ingested: Ingested) -> list[tuple[str, ...]]:
    return [faq.questions for faq in ingested.records.faqs]


def refused(ingested: Ingested) -> list[tuple[str, str]]:
    return [(rejection.place, rejection.reason) for rejection in ingested.rejected]


def test_a_table_of_questions_and_answers_becomes_faqs(taken: Import) -> None:
    row = ("身份证丢了怎么办", "身份证遗失\n补办身份证", "护照丢了怎么办", "到派出所补办。", "居民身份证法")
    ingested = taken(COLUMNS, row)
    (faq,) = ingested.records.faqs
    assert faq == Faq(
        f"{faq.document_id}-q001",
        ("身份证丢了怎么办", "身份证遗失", "补办身份证"),
        ("护照丢了怎么办",),
        "到派出所补办。",
        faq.document_id,
        "导入：窗口.csv",
        Locator("窗口.csv", line=2),
        "居民身份证法",
    )
    assert ingested.records.documents[0].title == "常见问答（窗口）"
    assert ingested.rejected == ()


@pytest.mark.parametrize(
    "header",
    [
        ("标准问", "相似问题", "反例", "回答", "依据"),
        ("问题（必填）", "扩展问", "否定问题", "标准答案", "政策依据"),
        ("问 题", "相似问法", "否定问：", "答复内容", "出处"),
        ("标准问题", "其他问法", "排除问", "答复", "来源"),
    ],
)
def test_the_words_that_other_systems_head_their_tables_with_are_known(taken: Import, header: Sequence[str]) -> None:
    (faq,) = taken(header, ("问一", "问二", "问三", "答。", "某办法")).records.faqs
    assert (faq.questions, faq.negative_questions, faq.answer, faq.source) == (
        ("问一", "问二"),
        ("问三",),
        "答。",
        "某办法",
    )


def test_title_rows_above_the_header_and_other_columns_are_passed_over(taken: Import) -> None:
    ingested = taken(("窗口问答汇总", "", ""), ("序号", "答案", "问题"), ("1", "答。", "问"), ("", "", ""))
    assert [(faq.questions, faq.answer, faq.source) for faq in ingested.records.faqs] == [(("问",), "答。", None)]


def test_an_approver_column_names_the_approver(taken: Import) -> None:
    first, second = taken(("问题", "答案", "审核人"), ("问", "答。", "值班科"), ("又问", "答。", "")).records.faqs
    assert (first.approved_by, second.approved_by) == ("值班科", "导入：窗口.csv")


@pytest.mark.parametrize(
    ("cell", "similar"),
    [
        ("甲怎么办\n乙怎么办", ("甲怎么办", "乙怎么办")),
        ("甲怎么办|乙怎么办｜丙怎么办", ("甲怎么办", "乙怎么办", "丙怎么办")),
        ("甲怎么办；乙怎么办;丙怎么办；", ("甲怎么办", "乙怎么办", "丙怎么办")),
        ("甲怎么办？乙怎么办？", ("甲怎么办？", "乙怎么办？")),
        ("住宿、餐饮怎么办", ("住宿、餐饮怎么办",)),
        ("真的吗？？", ("真的吗？？",)),
        ("“能办吗？”怎么答", ("“能办吗？”怎么答",)),
        ("先交费；再办证吗\n乙怎么办", ("先交费；再办证吗", "乙怎么办")),
        (" ；| ", ()),
    ],
)
def test_similar_questions_in_one_cell(taken: Import, cell: str, similar: tuple[str, ...]) -> None:
    (faq,) = taken(("问题", "相似问", "答案"), ("问", cell, "答。")).records.faqs
    assert faq.questions == ("问", *similar)


def test_a_row_without_question_or_answer_is_refused_by_its_place(taken: Import) -> None:
    ingested = taken(("问题", "答案"), ("问", "答。"), ("", "答。"), ("又问", ""))
    assert asked(ingested) == [("问",)]
    assert refused(ingested) == [("第3行", "这一行没有问题，未收录"), ("第4行", "这一行没有答案，未收录")]


def test_a_question_asked_again_is_refused_with_the_place_of_the_first(taken: Import) -> None:
    ingested = taken(
        ("问题", "相似问", "答案"),
        ("怎么落户", "如何落户", "甲。"),
        ("怎么落户？", "", "乙。"),
        ("如何落户", "", "丙。"),
    )
    assert asked(ingested) == [("怎么落户", "如何落户")]
    assert refused(ingested) == [
        ("第3行", "问题与第2行重复，答案不同，未收录"),
        ("第4行", "问题与第2行重复，答案不同，未收录"),
    ]


def test_a_similar_question_of_another_answer_is_left_out(taken: Import) -> None:
    ingested = taken(("问题", "相似问", "答案"), ("怎么落户", "", "甲。"), ("怎么迁户", "怎么落户|户口迁移", "乙。"))
    assert asked(ingested) == [("怎么落户",), ("怎么迁户", "户口迁移")]
    assert refused(ingested) == [("第3行", "相似问“怎么落户”与第2行重复，没有收录这个问法")]


def test_rows_with_the_same_question_and_answer_are_one(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        COLUMNS,
        ("怎么落户", "如何落户", None, "到窗口办。", None),
        (None, "落户流程", "迁出怎么办", None, None),
    ):
        sheet.append(row)
    for area in ("A2:A3", "D2:D3"):
        sheet.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    ingested = ingest(tmp_path / "a.xlsx")
    (faq,) = ingested.records.faqs
    assert (faq.questions, faq.negative_questions) == (("怎么落户", "如何落户", "落户流程"), ("迁出怎么办",))
    assert (faq.locator.cell, ingested.rejected) == ("Sheet!A2", ())


def test_sheets_that_are_no_list_and_hidden_ones_are_named(tmp_path: Path) -> None:
    book = Workbook()
    for name, row in (("问答", COLUMNS), ("说明", ("填表人", "日期")), ("旧版", COLUMNS)):
        book.create_sheet(name).append(row)
        book[name].append(("问", None, None, "答。", None) if name != "说明" else ("某科", "6月"))
    del book["Sheet"]
    book["旧版"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    ingested = ingest(tmp_path / "a.xlsx")
    assert asked(ingested) == [("问",)]
    assert refused(ingested) == [
        ("说明!A1", "工作表“说明”没有问题和答案两列，未读取"),
        ("工作表“旧版”", "隐藏的工作表，没有读取"),
    ]


def test_a_list_without_one_whole_entry_is_refused(taken: Import) -> None:
    with pytest.raises(SourceEmpty, match=r"^窗口\.csv：没有一条完整的问答：这一行没有答案"):
        taken(("问题", "答案"), ("问", ""))


def test_a_task_table_with_a_column_of_problems_is_still_one_of_tasks(taken: Import) -> None:
    records = taken(("问题", "工作要求", "责任单位"), ("窗口排队", "年内改进。", "甲局"), name="整改台账.csv").records
    assert (len(records.tasks), records.faqs) == (1, ())


def _faq(*questions: str, answer: str = "答。", negatives: tuple[str, ...] = (), source: str | None = None) -> Faq:
    return Faq("d-q001", questions, negatives, answer, "d", "值班科", Locator("faq.yaml", line=1), source)


def test_the_exported_columns_are_those_agreed() -> None:
    data = write_faqs([_faq("问", "又问", "再问", negatives=("别问",), source="某法")], "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == [
        ["问题", "相似问", "否定问", "答案", "来源"],
        ["问", "又问\n再问", "别问", "答。", "某法"],
    ]


@pytest.mark.parametrize("answer", ["=1+1", "+86 531", "-5 度以下", "@某科", "＝SUM(A1)", '=HYPERLINK("http://a")'])
def test_no_exported_cell_is_a_formula(answer: str) -> None:
    (row,) = list(csv.reader(io.StringIO(write_faqs([_faq("问", answer=answer)], "csv").decode("utf-8-sig"))))[1:]
    assert row[3] == f"'{answer}"
    sheet = load_workbook(io.BytesIO(write_faqs([_faq("问", answer=answer)], "xlsx"))).active
    assert sheet is not None
    assert (sheet["D2"].value, sheet["D2"].data_type) == (answer, "s")


_WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.sampled_from("='+-@|；;？\"_x0041,"), min_size=1
)
_LINES = _WORDS.map(lambda text: " ".join(text.split())).filter(lambda text: text.strip() and text.isprintable())
_ENTRIES = st.lists(
    st.builds(
        lambda questions, negatives, lines, source: (tuple(questions), tuple(negatives), "\n".join(lines), source),
        st.lists(_LINES, min_size=1, max_size=3),
        st.lists(_LINES, max_size=2, unique=True),
        st.lists(_LINES, min_size=1, max_size=3),
        st.none() | _LINES.filter(lambda text: text != "通行用语"),
    ),
    min_size=1,
    max_size=4,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(_ENTRIES, st.sampled_from(["csv", "xlsx"]))
def test_what_is_exported_is_imported_again(
    tmp_path: Path, entries: list[tuple[tuple[str, ...], tuple[str, ...], str, str | None]], suffix: str
) -> None:
    faqs = [
        _faq(
            *(f"{at}{place}问{text}" for place, text in enumerate(questions)),
            answer=answer,
            negatives=negatives,
            source=source,
        )
        for at, (questions, negatives, answer, source) in enumerate(entries)
    ]
    (tmp_path / f"faq.{suffix}").write_bytes(write_faqs(faqs, "csv" if suffix == "csv" else "xlsx"))
    ingested = ingest(tmp_path / f"faq.{suffix}")
    assert [(faq.questions, faq.negative_questions, faq.answer, faq.source) for faq in ingested.records.faqs] == [
        (faq.questions, faq.negative_questions, faq.answer, faq.source) for faq in faqs
    ]
    assert ingested.rejected == ()
