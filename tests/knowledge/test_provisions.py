"""Articles put together from passages, and numbered headings."""

import pytest

from knowledge.model import Locator, Passage
from knowledge.provisions import articles_of, bracketed, in_words, last_number, measures_of, stands_in, value_of


def passages(*texts: tuple[str, str]) -> list[Passage]:
    return [Passage(f"p{at}", "d", (heading,), text, Locator("d", line=at)) for at, (heading, text) in enumerate(texts)]


RULE = passages(
    ("第一章 总则", "第一条 为规范夜市，制定本规定。\n第二条　本县夜市适用本规定。"),
    ("第一章 总则", "第二条　本县夜市适用本规定。\n第三条 夜市分三类：\n（一）小吃；\n（二）花鸟；"),
    ("第一章 总则", "第三条 夜市分三类：\n（三）其他。"),
    ("第二章 管理", "第四条之一 摊主应当办证。\n第二十一条 第三条规定的夜市每晚十点收摊。"),
    ("附件", "登记表"),
)


def test_articles_are_whole_over_passages_and_repeat_nothing() -> None:
    told = {article.name: article.text for article in articles_of(RULE)}
    assert list(told) == ["第一条", "第二条", "第三条", "第四条之一", "第二十一条"]
    assert told["第二条"] == "第二条　本县夜市适用本规定。"
    assert told["第三条"] == "第三条 夜市分三类：\n（一）小吃；\n（二）花鸟；\n（三）其他。"
    assert told["第二十一条"].endswith("每晚十点收摊。")


def test_an_article_knows_its_chapter_and_passages() -> None:
    third = articles_of(RULE)[2]
    assert (third.heading, [passage.id for passage in third.passages]) == (("第一章 总则",), ["p1", "p2"])


def test_a_line_that_speaks_of_an_article_begins_none() -> None:
    assert articles_of(passages(("", "第三条规定的夜市不收费。"), ("", "第五条所称摊主是指个人。"))) == []


@pytest.mark.parametrize(
    ("path", "kind", "number", "found"),
    [
        (("第三章 申请和审核",), "章", 3, "第三章 申请和审核"),
        (("第三章 申请和审核",), "章", 2, None),
        (("第十二章 附则", "第一节 其他"), "节", 1, "第一节 其他"),
        (("三、做好服务", "（二）开展科普"), "部", 3, "三、做好服务"),
        (("第三部分 服务",), "部", 3, "第三部分 服务"),
        (("3.做好服务",), "部", 3, "3.做好服务"),
        (("三、做好服务",), "章", 3, None),
        ((), "章", 1, None),
    ],
)
def test_a_numbered_heading_is_found_in_a_path(
    path: tuple[str, ...], kind: str, number: int, found: str | None
) -> None:
    assert stands_in(path, kind, number) == found


@pytest.mark.parametrize(("numeral", "value"), [("十二", 12), ("12", 12), ("一百零三", 103), ("〇", 0), ("十十", None)])
def test_numerals_are_read(numeral: str, value: int | None) -> None:
    assert value_of(numeral) == value


def test_numbers_are_written_as_printed() -> None:
    assert [in_words(number) for number in (3, 10, 12, 21, 110)] == ["三", "十", "十二", "二十一", "一百一十"]
    assert (bracketed("（三）夜市"), bracketed("(12)夜市"), bracketed("夜市（三）")) == (3, 12, None)
    assert last_number([("二、甲",), ("四、乙", "（九）丙")], "部") == 4


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ([("一、摊位", "1.划线。\n2.抽签。"), ("二、收费", "3.免摊位费。")], [1, 2, 3]),
        ([("一、摊位", "（一）划线。"), ("二、收费", "（二）收保洁费。\n每月二十元。")], [1, 2]),
        ([("", "各乡镇：\n一、划线。\n二、抽签。\n每季度一次。")], [1, 2]),
        ([("一、摊位", "1.划线。\n2.抽签。"), ("二、收费", "1.免摊位费。")], []),
        ([("一、摊位", "1.划线。\n2.抽签。"), ("二、收费", "每月二十元。")], []),
        ([("一、摊位", "2.5米宽。"), ("二、收费", "3.5元。")], []),
    ],
)
def test_measures_are_counted_from_the_first_part_to_the_last(
    printed: list[tuple[str, str]], numbers: list[int]
) -> None:
    assert [measure.number for measure in measures_of(passages(*printed))] == numbers
