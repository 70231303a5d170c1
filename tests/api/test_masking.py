"""Personal data goes, everything a clerk needs to understand the matter stays."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.masking import first_contact, is_bank_card, is_id_card, mask

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_card(region: str, birthday: str, serial: str) -> str:
    digits = region + birthday + serial
    return digits + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11]


CARD = id_card("110101", "19900307", "461")
CARD_X = next(card for n in range(100, 200) if (card := id_card("440305", "20010228", str(n)))[-1] == "X")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"身份证{CARD}。", "身份证〔身份证号〕。"),
        (f"{CARD_X}", "〔身份证号〕"),
        (f"{CARD_X.lower()}是我", "〔身份证号〕是我"),
        (f"{CARD[:6]} {CARD[6:14]} {CARD[14:]}", "〔身份证号〕"),
        ("老证110101900307461", "老证〔身份证号〕"),
        ("电话13800138000，谢谢", "电话〔手机号〕，谢谢"),
        ("电话138 0013 8000", "电话〔手机号〕"),
        ("电话138-0013-8000", "电话〔手机号〕"),
        ("１３８００１３８０００？ＡＢ①", "〔手机号〕？ＡＢ①"),
        ("+86 13800138000", "〔手机号〕"),
        ("(86)13800138000", "〔手机号〕"),
        ("座机0755-23456789转", "座机〔固定电话〕转"),
        ("(010)62345678-801", "〔固定电话〕"),
        ("卡号4111111111111111", "卡号〔银行卡号〕"),
        ("卡号4111 1111 1111 1111", "卡号〔银行卡号〕"),
        ("写信给zhang.san@example.com.cn。", "写信给〔邮箱〕。"),
        ("住在3栋2单元501室", "住在〔门牌号〕"),
        ("手机13800138000邮箱a@b.cn", "手机〔手机号〕邮箱〔邮箱〕"),
    ],
)
def test_personal_numbers_are_replaced(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "济管办〔2019〕15号第3项",
        "2019年10月31日前完成",
        "请拨打12345或110",
        "预算12800000000元",
        "编号20261122-0007",
        "身份证110101199003074611",
        "日期20190230",
        "第13800138000000号",
        "6222020200112233440",
        "共5号楼2层",
        "邮箱格式是 名字@单位",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert mask(text) == text


@given(
    st.sampled_from(["110101", "440305", "370102"]),
    st.dates(min_value=date(1930, 1, 1), max_value=date(2025, 1, 1)),
    st.integers(0, 999),
    st.text(alphabet="我的身份证是，。 请问", max_size=10),
)
def test_every_valid_identity_number_is_found(region: str, birthday: date, serial: int, around: str) -> None:
    card = id_card(region, f"{birthday:%Y%m%d}", f"{serial:03d}")
    assert is_id_card(card)
    assert card not in mask(f"{around}{card}{around}")


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.integers(3, 9), st.integers(0, 999_999_999))
def test_no_mobile_number_survives(second: int, rest: int) -> None:
    number = f"1{second}{rest:09d}"
    assert number not in mask(f"请回电{number}谢谢")


def test_a_wrong_check_digit_is_no_identity_number() -> None:
    wrong = CARD[:-1] + ("0" if CARD[-1] != "0" else "1")
    assert not is_id_card(wrong)


@pytest.mark.parametrize(
    ("number", "valid"), [("4111111111111111", True), ("4111111111111112", False), ("0" * 16, False)]
)
def test_a_bank_card_passes_the_luhn_check(number: str, valid: bool) -> None:
    assert is_bank_card(number) is valid


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("路灯坏了，请打13800138000或0755-23456789", "13800138000"),
        ("回信到 a.b@example.com", "a.b@example.com"),
        ("没有留电话", None),
    ],
)
def test_the_first_contact_in_a_text_is_found(text: str, contact: str | None) -> None:
    assert first_contact(text) == contact
