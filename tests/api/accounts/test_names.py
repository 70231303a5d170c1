import pytest

from api.accounts.names import check_name, check_password
from api.errors import InvalidValue


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张建国", "张建国"),
        ("Zhang.Wei", "zhang.wei"),
        ("ｗａｎｇ０１", "wang01"),
        (" 李-小_明 ", "李-小_明"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("甲乙", "甲乙"),
    ],
)
def test_an_account_has_one_spelling(typed: str, kept: str) -> None:
    assert check_name(typed) == kept


@pytest.mark.parametrize(
    "name", ["", "王", "王 五", "a/b", "<b>王五</b>", "（命令行）", "王五\x00", "王\n五", "长" * 31]
)
def test_a_name_that_would_confuse_is_refused(name: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        check_name(name)
    assert caught.value.field == "name"


@pytest.mark.parametrize("password", ["一二三四五六七八九十", "correct horse", " " * 10, "aaaaaaaaaaaa", "密" * 128])
def test_length_is_all_that_is_asked_of_a_password(password: str) -> None:
    assert check_password(password, "zhang.wei") == password


def test_a_password_is_the_same_whichever_input_method_typed_it() -> None:
    assert check_password("Ａbcdefghi１", "zhang") == check_password("Abcdefghi1", "zhang")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "至少 10 个字符"),
        ("一二三四五六七八九", "至少 10 个字符"),
        ("密" * 129, "最多 128 个字符"),
        ("zhang.jianguo", "不能和账户名称相同"),
        ("ZHANG.Jianguo ", "不能和账户名称相同"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, said: str) -> None:
    with pytest.raises(InvalidValue, match=said) as caught:
        check_password(password, "zhang.jianguo")
    assert password not in caught.value.message or not password
