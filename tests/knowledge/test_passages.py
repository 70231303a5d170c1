from collections.abc import Collection, Sequence

from hypothesis import given
from hypothesis import strategies as st

from knowledge.passages import CARRIED, LONGEST, TARGET, Stretch
from knowledge.passages import cut_passages as cut_blocks
from knowledge.readers import Cell, Line, Row, Table
from knowledge.readers.source import lines_of

SENTENCE = "各单位每月按时更新网站栏目内容并检查链接是否有效。"


def cut_passages(lines: Sequence[str], used: Collection[int] = ()) -> tuple[Stretch, ...]:
    return cut_blocks(lines_of(lines), used)


def table(*rows: tuple[str, ...]) -> Table:
    cells = [[Cell((text,) if text else (), at, f"表1!{column}{at}") for column, text in zip("ABC", row, strict=False)]
             for at, row in enumerate(rows, 1)]  # fmt: skip
    return Table("表1", tuple(Row(tuple(row)) for row in cells), page=2)


def test_headings_stand_above_their_text() -> None:
    passages = cut_passages(["一、办网站", "（一）更新", SENTENCE, "（二）检查", SENTENCE, "二、办热线", SENTENCE])
    assert [passage.heading for passage in passages] == [
        ("一、办网站", "（一）更新"),
        ("一、办网站", "（二）检查"),
        ("二、办热线",),
    ]
    assert [passage.spot.line for passage in passages] == [3, 5, 7]


def test_long_paragraphs_are_cut_at_sentence_ends() -> None:
    text = SENTENCE * (3 * TARGET // len(SENTENCE))
    passages = cut_passages([text])
    assert len(passages) > 2
    assert all(passage.text.endswith("。") and len(passage.text) <= LONGEST for passage in passages)
    assert "".join(passage.text for passage in passages) == text


def test_a_paragraph_that_is_a_little_too_long_stays_whole() -> None:
    text = SENTENCE * (LONGEST // len(SENTENCE))
    assert TARGET < len(text) <= LONGEST
    assert [passage.text for passage in cut_passages([text, SENTENCE])] == [text, SENTENCE]


def test_what_goes_on_where_the_passage_before_was_cut_carries_its_last_sentence() -> None:
    first, second, apart = cut_passages([f"{SENTENCE * 14}网站由办公室管理。", SENTENCE * 6, "二、办热线", SENTENCE])
    assert (first.carried, second.carried, apart.carried) == ("", "网站由办公室管理。", "")


def test_a_list_cut_in_two_carries_the_words_that_open_it() -> None:
    items = [f"{mark}{SENTENCE * 6}" for mark in ("1.", "2.", "3.", "4.", "5.")]
    first, *others = cut_passages(["申请补助应当提交下列材料：", *items])
    assert "下列材料：" in first.text
    assert len(others) > 1 and {passage.carried for passage in others} == {"申请补助应当提交下列材料："}


def test_a_sentence_too_long_to_be_repeated_is_not_carried() -> None:
    long = f"{'各单位按时更新网站、' * (CARRIED // 10 + 1)}并检查链接。"
    passages = cut_passages([f"{SENTENCE * 10}{long}", SENTENCE * 8])
    assert len(passages) == 2 and not any(passage.carried for passage in passages)


def test_a_row_of_a_table_carries_nothing() -> None:
    rows = cut_blocks(
        [Line("收费标准如下：", 1), table(("项目", "标准"), ("垃圾费", "每户5元"), ("停车费", "每次2元"))]
    )
    assert len(rows) == 3 and not any(passage.carried for passage in rows)


def test_blank_lines_within_a_paragraph_do_no_harm() -> None:
    assert len(cut_blocks([Line(f"{SENTENCE * 14}\n \n1.附件", 1), Line(SENTENCE * 6, 2)])) == 2


def test_a_web_copy_on_one_line_is_cut_at_its_headings() -> None:
    passages = cut_passages([f"某某办法 一、办网站 {SENTENCE * 3} 二、办热线 {SENTENCE * 3}"])
    assert [passage.heading for passage in passages] == [(), ("一、办网站",), ("二、办热线",)]


def test_used_lines_are_left_out() -> None:
    assert [passage.text for passage in cut_passages(["甲。", "乙。", "丙。"], used={2})] == ["甲。\n丙。"]


def test_a_heading_without_text_is_kept() -> None:
    assert [passage.text for passage in cut_passages(["一、办网站", "二、办热线"])] == ["一、办网站\n二、办热线"]


def test_a_table_is_cut_row_by_row_with_the_names_of_its_columns() -> None:
    prices = table(("项目", "标准"), ("垃圾费", "每户每月5元"), ("停车费", "每小时2元；夜间免费"))
    first, second = cut_blocks([Line("三、收费", 1), prices])
    assert first.heading == ("三、收费",)
    assert first.text == "项目：垃圾费；标准：每户每月5元"
    assert (second.text, second.spot.cell, second.spot.page) == ("项目：停车费；标准：每小时2元；夜间免费", "表1!A3", 2)


def test_a_table_without_a_header_keeps_its_cells_apart() -> None:
    (row,) = cut_blocks([table(("联系电话", "0000-1234567"))])
    assert row.text == "联系电话；0000-1234567"


def test_a_styled_heading_without_a_number_stands_above_numbered_ones() -> None:
    (passage,) = cut_blocks([Line("补贴办法", 1, level=1), Line("一、对象", 2), Line(SENTENCE, 3)])
    assert passage.heading == ("补贴办法", "一、对象")


@given(st.text(st.sampled_from("一二、（）。，；第条 \n\t甲乙丙"), max_size=900))
def test_no_character_of_the_text_is_lost(text: str) -> None:
    lines = text.split("\n")
    passages = cut_passages(lines)
    kept = "".join("".join(passage.heading) + passage.text for passage in passages)
    assert set("".join(text.split())) <= set(kept) | set()
    assert all(passage.text.strip() and len(passage.text) <= LONGEST + 20 for passage in passages)
