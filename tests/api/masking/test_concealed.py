import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.masking.concealed import concealed, pieces, taken_out

CASES = [
    ("路灯不亮，请打13800138000找我", None, ["13800138000"]),
    ("我叫王建国，住在幸福路12号3单元502室，路灯不亮", None, ["王建国"]),
    ("李女士反映：小区停水", None, ["李"]),
    ("联系人：赵敏，邮箱 zhao.min@example.com", None, ["赵敏", "zhao.min@example.com"]),
    ("身份证11010519491231002X，车牌京A12345", None, ["11010519491231002X", "京A12345"]),
    ("欧阳震华说路灯不亮，欧阳震华又打来电话", "欧阳震华", ["欧阳震华", "欧阳震华"]),
]


@pytest.mark.parametrize(("text", "name", "gone"), CASES)
def test_what_is_taken_out_is_marked_in_the_original_and_stands_in_the_draft_no_more(
    text: str, name: str | None, gone: list[str]
) -> None:
    after = concealed(text, name)
    taken = taken_out(text, after)
    assert "".join(piece.text for piece in pieces(text, after)) == text
    for personal in gone:
        assert personal not in after
        assert any(personal in piece for piece in taken)


@pytest.mark.parametrize(
    "text",
    [
        "按湖管办〔2023〕7号文，补贴标准是每月1200元，2026年11月23日前申请。",
        "请拨打12345或到政务大厅办理。",
        "〔手机号〕已经隐去，不再处理。",
        "",
    ],
)
def test_what_holds_nothing_personal_is_left_as_it_is(text: str) -> None:
    assert concealed(text, None) == text
    assert taken_out(text, text) == []


def test_one_letter_is_no_name_to_look_for() -> None:
    assert concealed("王府井路灯不亮", "王") == "王府井路灯不亮"


@given(
    st.text(alphabet="路灯不亮，。找我138001〔手机号〕 a\n", max_size=80),
    st.sampled_from(["", "13800138000", "我叫王建国，"]),
)
def test_the_pieces_are_the_whole_original_whatever_it_holds(text: str, personal: str) -> None:
    before = f"{text}{personal}{text}"
    assert "".join(piece.text for piece in pieces(before, concealed(before, None))) == before
