"""Cutting a text into passages loses none of it, and cuts no amount, date, time limit or phone number in two."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from knowledge.passages import Stretch, cut_passages
from knowledge.readers.source import lines_of
from knowledge.text import squash

FIGURES = (
    "13812345678", "0752-2603333", "010—65197437", "12345", "1,250.50万元", "37.3℃", "30%", "5‰",
    "2020年2月14日", "2020 年 2 月 14 日", "2020年2月7 日", "24 小时", "20个工作日", "三百五十万元", "二十个工作日",
    "10:30", "8:30-17:00", "500mg/L", "5000元", "1.5倍", "http://www.gov.cn/index.html", "甲政办〔2020〕7号",
)  # fmt: skip
WORDS = ("各单位办理", "材料包括身份证", "每人补助", "联系电话", "自", "起施行", "不超过", "主管护师", "发热门诊")
STOPS = ("。", "；", "，", "、", "：", " ", "  ", "", "", "（", "）")
HEADINGS = ("一、总则 ", "（五）发挥", "第一条 ", "1.", "二、支持 2020 年企业 ")
FIGURE = re.compile(
    r"(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|0\d{2,3}[-—－]\d{7,8}|1[3-9]\d{9}"
    r"|\d[\d,.]* ?(?:[%％‰]|[万亿千百]*(?:元|人|户|家|吨|个|日|天|月|年|小时|分钟|件|例|亩|度|倍))?"
)


def cuts_of(text: str, passages: Sequence[Stretch]) -> Iterator[int]:
    """Where the passages and the headings above them begin in ``text`` without its blanks; fails where one is missing.
    A heading counts where it is printed, before what stands below it."""
    plain, at = squash(text), 0
    for passage in passages:
        for part in map(squash, passage.text.split("\n")):
            for heading in map(squash, passage.heading):
                if plain.startswith(heading, at) and not plain.startswith(part, at):
                    yield at
                    at += len(heading)
            assert plain.startswith(part, at), f"lost: {plain[at : at + 40]}"
            yield at
            at += len(part)
    assert at == len(plain), f"lost: {plain[at : at + 40]}"


def test_no_real_notice_loses_a_character_or_a_figure(shared_dir: Path) -> None:
    for source in sorted((shared_dir / "eval" / "policies_dev" / "documents").glob("*.txt")):
        text = source.read_text("utf-8")
        cuts = set(cuts_of(text, cut_passages(lines_of(text.splitlines()))))
        spans = ((len(squash(text[: at.start()])), len(squash(text[: at.end()]))) for at in FIGURE.finditer(text))
        assert [span for span in spans if not cuts.isdisjoint(range(span[0] + 1, span[1]))] == [], source.name


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "", "", *HEADINGS]),
            st.sampled_from(WORDS),
            st.sampled_from(FIGURES),
            st.sampled_from(WORDS),
            st.sampled_from(STOPS),
        ),
        min_size=1,
        max_size=60,
    ),
    st.sampled_from(["", "\n"]),
)
def test_no_text_loses_a_character_or_a_figure(parts: list[tuple[str, ...]], end: str) -> None:
    text, spans = "", []
    for heading, word, figure, after, stop in parts:
        begin = len(squash(text + heading + word))
        spans.append((begin, begin + len(squash(figure))))
        text += heading + word + figure + after + stop + end
    cuts = set(cuts_of(text, cut_passages(lines_of(text.split("\n")))))
    assert [squash(text)[a:b] for a, b in spans if not cuts.isdisjoint(range(a + 1, b))] == []
