"""Where a message may be cut, and where never."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.answers.clauses import Break, folded, pieces
from api.answers.reading import bare

WORDS = st.sampled_from(
    [
        *(
            "湖滨新区",
            "学区划分",
            "谁负责",
            "由谁",
            "什么时候完成",
            "在哪公布",
            "还有",
            "另外",
            "顺便问一下",
            "呢",
            "吗",
        ),
        *(
            "？",
            "。",
            "；",
            "，",
            "、",
            "\n",
            " ",
            "……",
            "1. ",
            "2、",
            "（1）",
            "①",
            "②",
            "一、",
            "二、",
            "2023年",
            "abc",
        ),
        *("《", "》", "“", "”", "（", "）", '"', "「", "」", "谁起草、谁解读", "没什么", "几月几号"),
    ]
)
MESSAGES = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=24).map("".join))
PAIRS = {"《": "》", "“": "”", "「": "」", "(": ")"}


def cut(text: str) -> list[str]:
    return [piece.text.strip() for piece in pieces(folded(text)) if piece.text.strip(" ,")]


@given(MESSAGES)
@settings(max_examples=300, deadline=None)
def test_the_pieces_put_together_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(folded(text))) == folded(text)


@given(MESSAGES)
@settings(max_examples=300, deadline=None)
def test_no_piece_is_empty_and_only_the_first_opens_without_a_break(text: str) -> None:
    found = pieces(folded(text))
    assert all(piece.text for piece in found)
    assert [at for at, piece in enumerate(found) if piece.opens is None] == ([0] if found else [])


@given(st.sampled_from(sorted(PAIRS)), st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
@settings(max_examples=300, deadline=None)
def test_nothing_between_brackets_and_quotation_marks_is_cut(
    opening: str, before: list[str], within: list[str]
) -> None:
    plain = re.compile('[《》“”（）()「」"①②\n]')
    inner = plain.sub("", "".join(within))
    quoted = f"{opening}{inner}{PAIRS[opening]}"
    text = folded(f"{plain.sub('', ''.join(before))}{quoted}谁负责？什么时候完成？")
    kept = folded(quoted)
    assert any(kept in piece.text for piece in pieces(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学区划分谁负责？停车收费谁定？", ["学区划分谁负责?", "停车收费谁定?"]),
        ("学区划分谁负责还有停车收费谁定", ["学区划分谁负责", "还有停车收费谁定"]),
        ("学区划分谁负责呀停车收费谁定", ["学区划分谁负责呀", "停车收费谁定"]),
        ("渡轮班次谁公布云岭县停车费啥时候公布", ["渡轮班次谁公布", "云岭县停车费啥时候公布"]),
        ("学区划分谁牵头什么时候完成在哪公布", ["学区划分谁牵头", "什么时候完成", "在哪公布"]),
        ("学区划分什么时候由谁公布", ["学区划分什么时候", "由谁公布"]),
        ("①学区划分谁管②停车收费谁定", ["1.", "学区划分谁管", "2.", "停车收费谁定"]),
        ("学区划分谁管\n停车收费谁定", ["学区划分谁管", "停车收费谁定"]),
        ("“谁来管？”专栏在哪看", ["“谁来管?”专栏在哪看"]),
        ("《学校谁来办？怎么办？》这份文件是谁印发的", ["《学校谁来办?怎么办?》这份文件是谁印发的"]),
        ("谁起草谁解读由哪个单位落实", ["谁起草谁解读由哪个单位落实"]),
        ("几月几号之前公布", ["几月几号之前公布"]),
        ("2023年1.5万元补助由谁发2.5万元的呢", ["2023年1.5万元补助由谁发2.5万元的呢"]),
    ],
)
def test_messages_are_cut_where_another_question_could_begin(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_counted_items_need_to_be_counted_from_one() -> None:
    assert Break.ITEM in [piece.opens for piece in pieces(folded("1. 谁负责 2. 什么时候完成"))]
    assert Break.ITEM not in [piece.opens for piece in pieces(folded("3. 谁负责 4. 什么时候完成"))]


@pytest.mark.parametrize(
    "text", ["急" * 499 + "谁", "谁负责" * 160, "(" * 500, "、" * 500, "还有" * 250, "的是" * 250, "1." * 250]
)
def test_a_repetitive_text_takes_no_long_time(text: str) -> None:
    started = time.process_time()
    for piece in pieces(folded(text)):
        bare(piece.text)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("text", ["", " ", "\n\n", "？？？", "（", "》》", "“”", "1.", "还有", "，，，"])
def test_odd_texts_are_no_error(text: str) -> None:
    assert "".join(piece.text for piece in pieces(folded(text))) == folded(text)
