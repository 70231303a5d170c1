import pytest

from api.desk.excerpt import excerpt
from api.desk.marking import marked_words
from index.search import Index


@pytest.mark.parametrize(
    ("asked", "text", "words"),
    [
        ("停车收费", "公布公共停车场的收费标准", ["停车", "收费"]),
        ("申请公租房", "做好依申请公开", ["申请"]),
        ("稳岗返还", "失业保险稳岗返还比例", ["稳岗", "返还"]),
        ("的财政预算", "财政预算的公开", ["财政预算", "财政", "预算"]),
        ("oa系统", "OA系统和oa", ["OA", "系统"]),
        ("渡轮", "公开财政预算", []),
        ("？", "公开", []),
    ],
)
def test_whole_words_are_marked_as_the_text_writes_them(index: Index, asked: str, text: str, words: list[str]) -> None:
    found = marked_words(index, asked, text)
    assert set(found) >= set(words)
    assert all(word in text for word in found)
    assert bool(found) == bool(words)


def test_no_part_of_a_longer_word_is_marked(index: Index) -> None:
    assert "申请公" not in marked_words(index, "申请公租房", "做好依申请公开")


LONG = "本办法所称公共停车场，是指向社会开放的停车场所。" * 3 + "收费标准由新区发展改革局公布，每季度更新一次。" * 3


def test_an_excerpt_holds_the_first_word_near_its_beginning() -> None:
    shown = excerpt(LONG, ["收费标准"])
    assert shown.startswith("…")
    assert shown.index("收费标准") <= 26
    assert len(shown) <= 98


@pytest.mark.parametrize(("text", "words"), [("公开预算。", ["预算"]), ("公开\n预算。", []), (LONG, [])])
def test_a_text_without_a_place_is_shown_from_its_beginning(text: str, words: list[str]) -> None:
    shown = excerpt(text, words)
    assert shown.rstrip("…")[:2] == text[:2]
    assert "\n" not in shown


def test_the_last_words_of_a_text_are_shown_with_what_stands_before_them() -> None:
    shown = excerpt(LONG + "咨询电话见公告栏。", ["公告栏"])
    assert shown.endswith("公告栏。")
    assert len(shown) > 90
