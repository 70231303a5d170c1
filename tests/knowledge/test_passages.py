from hypothesis import given
from hypothesis import strategies as st

from knowledge.passages import LONGEST, cut_passages

SENTENCE = "各单位每月按时更新网站栏目内容并检查链接是否有效。"


def test_headings_stand_above_their_text() -> None:
    passages = cut_passages(["一、办网站", "（一）更新", SENTENCE, "（二）检查", SENTENCE, "二、办热线", SENTENCE])
    assert [passage.heading for passage in passages] == [
        ("一、办网站", "（一）更新"),
        ("一、办网站", "（二）检查"),
        ("二、办热线",),
    ]
    assert [passage.line for passage in passages] == [3, 5, 7]


def test_long_paragraphs_are_cut_at_sentence_ends() -> None:
    passages = cut_passages([SENTENCE * 30])
    assert len(passages) > 2
    assert all(passage.text.endswith("。") and len(passage.text) <= LONGEST for passage in passages)


def test_a_web_copy_on_one_line_is_cut_at_its_headings() -> None:
    passages = cut_passages([f"某某办法 一、办网站 {SENTENCE * 3} 二、办热线 {SENTENCE * 3}"])
    assert [passage.heading for passage in passages] == [(), ("一、办网站",), ("二、办热线",)]


def test_used_lines_are_left_out() -> None:
    assert [passage.text for passage in cut_passages(["甲。", "乙。", "丙。"], used={2})] == ["甲。\n丙。"]


def test_a_heading_without_text_is_kept() -> None:
    assert [passage.text for passage in cut_passages(["一、办网站", "二、办热线"])] == ["一、办网站\n二、办热线"]


@given(st.text(st.sampled_from("一二、（）。，；第条 \n\t甲乙丙"), max_size=900))
def test_no_character_of_the_text_is_lost(text: str) -> None:
    lines = text.split("\n")
    passages = cut_passages(lines)
    kept = "".join("".join(passage.heading) + passage.text for passage in passages)
    assert set("".join(text.split())) <= set(kept) | set()
    assert all(passage.text.strip() and len(passage.text) <= LONGEST + 20 for passage in passages)
