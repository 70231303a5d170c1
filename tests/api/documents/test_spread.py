"""An original beside its records: everything leads to its place, whatever the kind of file, and long ones are cut."""

from pathlib import Path

import openpyxl
import pytest

from api.documents.original import Original, OriginalReader
from api.documents.spread import PIECES_PER_PAGE, Spread, open_at
from knowledge.errors import SourceUnreadable
from knowledge.ingest import ingest
from knowledge.manifest import SourceRejection, hash_file
from knowledge.readers.source import Cell, Line, Row, Table
from tests.api.town import HEADER, PLAN


def spread_of(path: Path, page: int = 1) -> Spread:
    ingested = ingest(path)
    blocks = OriginalReader().blocks(Original(path.name, path, hash_file(path), None))
    rejected = [SourceRejection(each.place, each.reason) for each in ingested.rejected]
    return open_at(blocks, ingested.records, rejected, page)


def anchors(spread: Spread) -> set[str]:
    pieces = [piece for group in spread.groups for piece in group]
    return {piece.anchor for piece in pieces} | {cell.anchor for piece in pieces for cell in piece.cells if cell.anchor}


def _workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in PLAN.splitlines():
        sheet.append(row.split(","))
    book.save(path)
    return path


def _write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("计划.csv", PLAN),
        ("办法.txt", "停车管理办法\n第一条 为了规范停车，制定本办法。\n\n第二条 区城市管理局负责。\n"),
        ("办法.html", "<h1>停车管理办法</h1><p>第一条 为了规范停车，制定本办法。</p><p>第二条 区城市管理局负责。</p>"),
        (
            "名词.yaml",
            "- name: 一网通办\n  explanation: 一个网站办事。\n- name: 好差评\n  explanation: 对服务的评价。\n",
        ),
        ("问答.yaml", "- questions: [几点关门]\n  answer: 九点。\n  approved_by: 编辑部\n"),
        ("计划.xlsx", ""),
    ],
)
def test_every_record_leads_to_a_place_on_the_same_page_and_back(tmp_path: Path, name: str, text: str) -> None:
    spread = spread_of(_write(tmp_path / name, text) if text else _workbook(tmp_path / name))
    assert spread.cards
    places = anchors(spread)
    assert all(card.leads_to in places for card in spread.cards)
    back = [card.anchor for group in spread.groups for piece in group for card in piece.cards]
    assert sorted(back) == sorted(card.anchor for card in spread.cards)


def test_a_task_leads_to_its_very_row(tmp_path: Path) -> None:
    spread = spread_of(_write(tmp_path / "计划.csv", PLAN))
    first, second = spread.cards
    rows = {piece.anchor: piece for group in spread.groups for piece in group}
    assert rows[first.leads_to or ""].cells[1].text == "公开停车收费"
    assert rows[second.leads_to or ""].cells[1].text == "开放图书馆夜场"
    assert ("牵头单位", "区文化局") in second.facts


@pytest.mark.slow
def test_a_long_original_is_cut_and_each_page_has_its_own_records(tmp_path: Path) -> None:
    rows = "".join(f"{n},事项{n},公布第{n}项。,区第{n}局,各街道,年底前,网站\n" for n in range(1, 1001))
    path = _write(tmp_path / "长.csv", HEADER + rows)
    pages = [spread_of(path, page) for page in (1, 2, 3)]
    assert {spread.pages for spread in pages} == {3}
    assert [sum(map(len, spread.groups)) for spread in pages] == [PIECES_PER_PAGE, PIECES_PER_PAGE, 201]
    assert [len(spread.cards) for spread in pages] == [PIECES_PER_PAGE - 1, PIECES_PER_PAGE, 201]
    assert all(card.leads_to in anchors(spread) for spread in pages for card in spread.cards)
    assert spread_of(path, 99).page == 3


def test_a_rejected_place_names_its_page(tmp_path: Path) -> None:
    blocks = tuple(Line(f"第{n}段", n) for n in range(1, 901))
    rejected = [SourceRejection("第850行", "看不懂"), SourceRejection("工作表“旧版”", "隐藏的工作表")]
    first, second = open_at(blocks, ingest(_write(tmp_path / "a.csv", PLAN)).records, rejected, 1).refused
    assert (first.page, first.leads_to) == (3, "o849")
    assert (second.page, second.leads_to) == (None, None)


def test_a_merged_cell_is_one_cell_and_tables_stand_apart_from_lines(tmp_path: Path) -> None:
    merged = Row((Cell(("标题",), 1, "表1!A1"), Cell(("标题",), 1, "表1!B1", beside=True)))
    plain = Row((Cell(("甲",), 2, "表1!A2"), Cell(("乙",), 2, "表1!B2")))
    blocks = (Line("前", 1), Table("表1", (merged, plain)), Table("表2", (plain,)), Line("后", 2))
    records = ingest(_write(tmp_path / "a.csv", PLAN)).records
    groups = open_at(blocks, records, [], 1).groups
    assert [len(group) for group in groups] == [1, 2, 1, 1]
    (title,) = groups[1][0].cells
    assert (title.text, title.width) == ("标题", 2)


def test_an_original_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="原件已不在"):
        OriginalReader().blocks(Original("计划.csv", tmp_path / "nothing", "0" * 64, None))
