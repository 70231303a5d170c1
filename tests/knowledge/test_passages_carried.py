"""What a passage repeats of the one before: the words that open its list, or the last sentence."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.passages import CARRIED, LONGEST, TARGET, Stretch, cut_passages
from knowledge.readers import Cell, Line, Row, Table
from knowledge.readers.source import lines_of
from knowledge.text import squash

SENTENCE = "各单位每月按时更新网站栏目内容并检查链接是否有效。"
OPENING = "申请补助应当提交下列材料："
ITEM = SENTENCE[:-1] * 4


def cut(*lines: str) -> tuple[Stretch, ...]:
    return cut_passages(lines_of(lines))


def carried(*lines: str) -> list[str]:
    return [stretch.carried for stretch in cut(*lines)]


def items(form: str, numbers: Sequence[object], text: str = ITEM, end: str = "；") -> list[str]:
    return [f"{form.format(number)}{text}{end}" for number in numbers]


@pytest.mark.parametrize(
    "form_and_numbers",
    [
        ("（{}）", "一二三四五六七八九"),
        ("{}、", "一二三四五六七八九"),
        ("{}.", range(1, 10)),
        ("{}）", range(1, 10)),
        ("（{}）", range(1, 10)),
        ("{}", "①②③④⑤⑥⑦⑧⑨"),
        ("{}是", "一二三四五六七八九"),
        ("第{}，", "一二三四五六七八九"),
    ],
)
def test_a_list_cut_in_parts_keeps_the_words_that_open_it(form_and_numbers: tuple[str, Sequence[object]]) -> None:
    lines = items(*form_and_numbers)
    stretches = (
        cut(OPENING, *lines) if "、" not in form_and_numbers[0] else cut(OPENING, *(f"{each}。" for each in lines))
    )
    assert len(stretches) > 2
    assert stretches[0].text.startswith(OPENING)
    assert {stretch.carried for stretch in stretches[1:]} == {OPENING}


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        ([OPENING, *items("（{}）", "一二三四五六")], OPENING),
        ([f"{SENTENCE * 3}{OPENING}", *items("（{}）", "一二三四五六")], OPENING),
        ([OPENING + "".join(items("（{}）", "一二三四五六"))], OPENING),
        ([f"{SENTENCE * 15}{OPENING}", f"（一）{ITEM}。"], OPENING),
        (["条件如下：", "（一）企业条件：", *items("{}.", range(1, 9))], "（一）企业条件："),
        (["条件如下：", "（一）企业条件：", *items("{}.", range(1, 4)), *items("（{}）", "二三")], "条件如下："),
        ([OPENING, *items("{}.补助标准：", range(1, 9))], OPENING),
        (["甲" * 90 + "：", *items("（{}）", "一二三四五六")], ""),
        ([OPENING, *items("（{}）", "一二三四"), SENTENCE * 14, f"（五）{ITEM}"], ""),
    ],
)
def test_the_words_carried_are_those_that_open_the_list_the_passage_is_in(lines: list[str], last: str) -> None:
    assert carried(*lines)[-1] == last


@pytest.mark.parametrize(
    ("second", "repeated"),
    [
        ("3.5万元以上的企业可以申请。", SENTENCE),
        ("12.5%的企业可以申请。", SENTENCE),
        ("2023.5.1起执行。", SENTENCE),
        ("统一是办事的要求。", SENTENCE),
        ("其他单位参照办理。", SENTENCE),
        ("一是加强领导。", ""),
        ("3.2023年底前完成。", ""),
    ],
)
def test_running_text_repeats_the_last_sentence_before_it(second: str, repeated: str) -> None:
    assert carried(SENTENCE * 16, second + SENTENCE * 4)[-1] == repeated


def test_nothing_is_carried_over_a_heading() -> None:
    assert carried("一、总则", SENTENCE * 14, "二、附则", SENTENCE * 14) == ["", ""]


def test_a_long_sentence_is_not_repeated() -> None:
    assert carried(SENTENCE * 12 + "各" * CARRIED + "。", SENTENCE * 6)[-1] == ""


def test_rows_of_a_table_carry_nothing_and_nothing_is_carried_from_them() -> None:
    rows = [("项目", "标准"), ("停车费", "每小时2元"), ("垃圾费", "每月5元")]
    made = [
        Row(tuple(Cell((text,), at, f"表1!{column}{at}") for column, text in zip("AB", row, strict=True)))
        for at, row in enumerate(rows, 1)
    ]
    stretches = cut_passages([Line(OPENING, 1), Table("表1", tuple(made), page=1), Line(SENTENCE, 9)])
    assert [stretch.text for stretch in stretches] == [
        OPENING,
        "项目：停车费；标准：每小时2元",
        "项目：垃圾费；标准：每月5元",
        SENTENCE,
    ]
    assert {stretch.carried for stretch in stretches} == {""}


@pytest.mark.parametrize("length", [TARGET, TARGET + 60, LONGEST])
def test_an_article_stays_whole_up_to_the_longest_passage(length: int) -> None:
    article = f"第二条 {SENTENCE * 30}"[: length - 1] + "。"
    texts = [stretch.text for stretch in cut(f"第一条 {SENTENCE * 10}", article, f"第三条 {SENTENCE * 10}")]
    assert article in texts


def test_a_longer_article_is_cut_at_the_end_of_a_sentence() -> None:
    parts = [stretch.text for stretch in cut(f"第二条 {SENTENCE * 30}")]
    assert len(parts) > 1
    assert all(part.endswith("。") and len(part) <= LONGEST for part in parts)


LINES = st.lists(
    st.sampled_from(
        (OPENING, "一、总则", "（一）企业条件：", SENTENCE, SENTENCE * 9, SENTENCE[:-1] * 30,
         *items("（{}）", "一二三"), *items("{}.", (1, 2, 3)), "①甲", "3.5万元以上", "：", "。", " ",
         "第二条 " + SENTENCE * 12, "甲" * 700)
    ),
    max_size=25,
)  # fmt: skip


@given(LINES)
def test_what_is_carried_is_short_and_stands_in_the_passage_before(lines: list[str]) -> None:
    stretches = cut(*lines)
    for at, stretch in enumerate(stretches):
        assert len(stretch.carried) <= CARRIED
        assert len(stretch.text) <= LONGEST
        if stretch.carried:
            before = squash("".join(each.text for each in stretches[:at]))
            assert squash(stretch.carried) in before


@given(LINES)
def test_no_character_is_lost_or_printed_twice_beside_what_is_carried(lines: list[str]) -> None:
    printed = squash("".join(lines))
    stretches = cut(*lines)
    texts = squash("".join(stretch.text for stretch in stretches))
    headings = squash("".join({heading: "" for stretch in stretches for heading in stretch.heading}))
    assert sorted(set(printed)) == sorted(set(texts + headings))
    assert len(texts) <= len(printed)


@given(LINES)
def test_the_same_text_is_cut_the_same_way(lines: list[str]) -> None:
    assert cut(*lines) == cut(*lines)
