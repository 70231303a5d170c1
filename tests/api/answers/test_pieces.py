"""Where an answer may begin and end: never inside a figure, an address, or a few words in quotation marks."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answers.pieces import LONGEST, MOST_PIECES, Pieces, pieces_of
from knowledge.text import squash

FIGURES = (
    "0700-1234567", "8:30-12:00", "14：30—17：30", "3：1", "1.5倍", "1,250.50万元", "2023年9月30日", "37.3℃",
    "20个工作日", "http://www.example.cn/index.html",
    "https://example.cn:8080/a", "云政办〔2023〕7号", "service@example.cn",
)  # fmt: skip
QUOTED = (
    "“能办就办；不办说明”", "《茶叶奖励办法：2023年修订》", "（含个体工商户；不含分支机构）", "「两不愁；三保障」",
    "“最多跑一次：一窗受理”", "(不含税；另行计算)",
)  # fmt: skip
WORDS = ("每户补助", "申请人提交材料", "咨询电话", "由区民政局审核", "标准如下", "其他情形", "办理时间")
STOPS = ("。", "；", "，", "：", "\n", "！", "？", "", " （二）", "\n2.", " 第三条 ")
Part = tuple[str, str, str, str]
PARTS = st.lists(
    st.tuples(
        st.sampled_from(WORDS), st.sampled_from((*FIGURES, *QUOTED)), st.sampled_from(WORDS), st.sampled_from(STOPS)
    ),
    min_size=1,
    max_size=30,
)


def texts_of(text: str) -> list[str]:
    pieces = pieces_of(text)
    return [text[start:end].strip() for start, end in pieces.spots]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("每户补助500元。分两次发放！", ["每户补助500元。", "分两次发放！"]),
        ("条件：（一）有户籍；（二）没有住房。", ["条件：", "（一）有户籍；", "（二）没有住房。"]),
        ("标准如下\n小型车2元\n大型车5元", ["标准如下", "小型车2元", "大型车5元"]),
        ("材料有 1.申请书 2.身份证", ["材料有", "1.申请书", "2.身份证"]),
        ("电话：0700-1234567。", ["电话：", "0700-1234567。"]),
        ("网址：http://example.cn。", ["网址：", "http://example.cn。"]),
        ("周一至周五8:30—12:00受理。", ["周一至周五8:30—12:00受理。"]),
        ("比例为3：1；最高1.5倍。", ["比例为3：1；", "最高1.5倍。"]),
        ("他说：“补助500元。”随后离开。", ["他说：", "“补助500元。”", "随后离开。"]),
        ("坚持“能办就办；不办说明”的原则。", ["坚持“能办就办；不办说明”的原则。"]),
        ("按《奖励办法：2023年修订》执行。", ["按《奖励办法：2023年修订》执行。"]),
        ("限制造业（含加工；不含销售）。", ["限制造业（含加工；不含销售）。"]),
    ],
)
def test_a_passage_is_cut_at_sentences_items_and_openings(text: str, pieces: list[str]) -> None:
    assert texts_of(text) == pieces


@pytest.mark.parametrize("text", ["", " ", "\n\n", "　"])
def test_a_blank_text_has_no_pieces(text: str) -> None:
    assert not pieces_of(text).spots
    assert not len(pieces_of(text).starts)


def test_a_text_that_only_opens_a_list_is_still_an_answer() -> None:
    assert len(pieces_of("办理时间：").starts) == 1


def test_no_run_ends_with_the_words_that_open_a_list() -> None:
    pieces = pieces_of("凡年满六十周岁的，可以申请。应当提交下列材料：（一）申请书；（二）身份证。")
    assert not any(pieces.opens_list[end - 1] for end in pieces.ends)


@given(st.text(max_size=300) | st.text(st.sampled_from("甲乙1二一、（）()“”《》。；：:！?1.\n ①"), max_size=300))
def test_the_pieces_joined_give_the_text_back_less_blanks(text: str) -> None:
    pieces = pieces_of(text)
    assert "".join(squash(text[start:end]) for start, end in pieces.spots) == squash(text)
    assert squash(text).startswith("".join(squash(text[start:end]) for start, end in pieces.spots[:3]))


@given(PARTS)
def test_nothing_begins_or_ends_inside_a_figure_or_a_quotation(parts: list[Part]) -> None:
    text, whole = "", []
    for before, kept, after, stop in parts:
        begin = len(text) + len(before)
        whole.append((begin, begin + len(kept)))
        text += before + kept + after + stop
    if len(re.findall(r"[。；：！？\n]| [（第]", text)) < MOST_PIECES:
        edges = {at for spot in pieces_of(text).spots for at in spot}
        assert [text[a:b] for a, b in whole if not edges.isdisjoint(range(a + 1, b))] == []


@given(PARTS)
def test_a_run_is_within_its_length_or_a_single_piece(parts: list[Part]) -> None:
    text = "".join(map("".join, parts))
    pieces = pieces_of(text)
    lengths = pieces.characters_before[pieces.ends] - pieces.characters_before[pieces.starts]
    assert np.all((lengths <= LONGEST) | (pieces.ends - pieces.starts == 1))
    assert np.all((pieces.starts >= 0) & (pieces.starts < pieces.ends) & (pieces.ends <= len(pieces.spots)))


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("甲；" * 250, 2080),
        ("甲乙。" * 2000, 2080),
        ("项目：停车费；标准：每小时二元；" * 320, 700),
        ("甲\n" * 2000, 2080),
        ("停" * 5000, 1),
    ],
)
def test_a_text_of_many_short_pieces_has_a_bounded_number_of_runs(text: str, most: int) -> None:
    pieces = pieces_of(text)
    assert len(pieces.spots) <= MOST_PIECES
    assert len(pieces.starts) <= most
    assert "".join(squash(text[start:end]) for start, end in pieces.spots) == squash(text)


def _covering(text: str, first: str, last: str) -> tuple[Pieces, int, int]:
    pieces, texts = pieces_of(text), texts_of(text)
    return pieces, texts.index(first), texts.index(last) + 1


@pytest.mark.parametrize(
    ("text", "first", "last", "end"),
    [
        ("材料：（一）申请书；（二）身份证；（三）照片。另行通知。", "材料：", "（一）申请书；", "（三）照片。"),
        ("材料：\n1.申请书\n2.身份证\n3.照片\n窗口受理。", "材料：", "1.申请书", "3.照片"),
        ("措施：一是补助。每户五百元。二是贴息。另行通知。", "措施：", "一是补助。", "二是贴息。"),
        ("标准：（一）个人：五百元；（二）企业：一千元。其余不补。", "标准：", "五百元；", "一千元。"),
        ("条件：（一）户籍；（二）年龄。材料：1.申请书；2.身份证。", "条件：", "（一）户籍；", "（二）年龄。"),
        ("条件：（一）企业：1.在本县；2.纳税；（二）个人：满十八岁。", "条件：", "1.在本县；", "满十八岁。"),
        ("条件：（一）户籍；（二）年龄。程序：（一）提交；（二）审核。", "条件：", "（一）户籍；", "（二）年龄。"),
        ("条件：（一）户籍；（二）年龄。材料：1.申请书；2.身份证。", "条件：", "1.申请书；", "2.身份证。"),
        ("材料：①申请书；②身份证；③照片。", "材料：", "①申请书；", "③照片。"),
        ("要求：第一，公开；第二，透明；第三，及时。定期检查。", "要求：", "第一，公开；", "第三，及时。"),
        ("材料：（一）申请书；（二）身份证；（三）照片。", "（一）申请书；", "（二）身份证；", "（二）身份证；"),
        ("材料：（一）申请书；（二）身份证。每月办理。", "材料：", "（二）身份证。", "（二）身份证。"),
        ("每月办理。材料：（一）申请书；（二）身份证。", "每月办理。", "每月办理。", "每月办理。"),
    ],
)  # fmt: skip
def test_a_list_that_is_opened_ends_behind_its_last_item(text: str, first: str, last: str, end: str) -> None:
    pieces, start, cut = _covering(text, first, last)
    stop = pieces.to_end_of_list(start, cut)
    assert texts_of(text)[stop - 1] == end


@given(PARTS)
def test_going_on_to_the_end_of_a_list_takes_nothing_away(parts: list[Part]) -> None:
    pieces = pieces_of("材料：" + "".join(map("".join, parts)))
    ends: Callable[[int, int], int] = pieces.to_end_of_list
    for start, end in zip(map(int, pieces.starts), map(int, pieces.ends), strict=True):
        longer = ends(start, end)
        assert end <= longer <= len(pieces.spots)
        assert ends(start, longer) == longer


@pytest.mark.parametrize(
    "empty", ["二、减免房租。", "19、捐赠财产可以抵税吗？", "（省财政厅牵头，各区配合）", "（三）申请条件。"]
)
def test_a_heading_a_question_or_a_remark_alone_is_no_answer(empty: str) -> None:
    pieces = pieces_of(f"{empty}\n租金减免三个月。")
    told = {
        pieces.text[pieces.spots[a][0] : pieces.spots[b - 1][1]].strip()
        for a, b in zip(pieces.starts, pieces.ends, strict=True)
    }
    assert empty not in told
    assert "租金减免三个月。" in told
