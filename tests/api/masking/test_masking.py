"""Personal data goes, everything a clerk needs to understand the matter stays."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.masking import first_contact, is_bank_card, is_id_card, mask, mask_for_publication
from tests.api.masking.identifiers import id_card

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
        ("联系人张三13800138000", "联系人张三〔手机号〕"),
        ("周二139 1234 5678再打", "周二〔手机号〕再打"),
        ("13800138000三楼李四13900139000", "〔手机号〕三楼李四〔手机号〕"),
        (f"身份证张三{CARD}", "身份证张三〔身份证号〕"),
        ("幺3800138000", "〔手机号〕"),
        ("一三八00138000", "〔手机号〕"),
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
        ("电话一三八零零一三八〇〇〇", "电话〔手机号〕"),
        ("打幺三八 零零幺三 八零零零", "打〔手机号〕"),
        ("138。0013。8000，随时打", "〔手机号〕，随时打"),
        ("13800138000/0531-88881234", "〔手机号〕/〔固定电话〕"),
        ("13800138000、13900139000都行", "〔手机号〕、〔手机号〕都行"),
        ("tel:13800138000wx同号", "tel:〔手机号〕wx同号"),
        ("家里电话88881234", "家里电话〔固定电话〕"),
        ("0771—2818453转801找我", "〔固定电话〕找我"),
        (f"号码{CARD}13800", f"号码{CARD}13800"),
        ("身份证号写错了：110101199003074611", "身份证号写错了：110101199003074611"),
        ("身份证号：110101199003074611", "身份证号：〔身份证号〕"),
        ("银行卡号 6222020200112233440", "银行卡号 〔银行卡号〕"),
        ("车牌鲁A·12345、京AD12345、粤B1234挂", "车牌〔车牌号〕、〔车牌号〕、〔车牌号〕"),
        ("QQ：768691990，微信号zhang_san8", "QQ：〔QQ号〕，微信号〔微信号〕"),
        ("护照E12345678", "护照〔证件号〕"),
        ("微信：zhangsan", "微信：〔微信号〕"),
        ("父母住槐荫区张庄路100号", "父母住槐荫区〔住址〕"),
        ("3号楼1单元301户", "〔门牌号〕"),
        ("本人叫张三，本人的名字叫李四", "本人叫〔姓名〕，本人的名字叫〔姓名〕"),
        ("女儿叫王子涵，上三年级", "女儿叫〔姓名〕，上三年级"),
        ("住在派出所旁边3号楼2单元501", "住在〔住址〕"),
        ("家住济南市历下区经十路88号", "家住济南市历下区〔住址〕"),
        ("反映阳光花园3号楼2单元501室漏水", "反映〔住址〕漏水"),
        ("历下区经十路88号阳光花园3号楼五楼东户", "历下区〔住址〕"),
        ("世纪大道100弄12号601室", "〔住址〕"),
        ("章丘区张家村3组15号没通自来水", "章丘区〔住址〕没通自来水"),
        ("姓名：张建国，事项：低保", "姓名：〔姓名〕，事项：低保"),
        ("我叫欧阳娜娜，想问", "我叫〔姓名〕，想问"),
        ("本人曾志强，住在3栋", "本人〔姓名〕，住在〔住址〕"),
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
        "日期20190230",
        "第13800138000000号",
        "6222020200112233440",
        "共5号楼2层",
        "邮箱格式是 名字@单位",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("张先生反映李桂芳女士占道", "〔姓名〕先生反映〔姓名〕女士占道"),
        ("联系人：王秀英，13800138000", "联系人：〔姓名〕，〔手机号〕"),
        ("我是张伟，反映噪声", "我是〔姓名〕，反映噪声"),
        ("经办人：李主任", "经办人：〔姓名〕主任"),
        ("张某与李某某的纠纷", "张某与李某某的纠纷"),
        ("语文老师和高中老师的职称", "语文老师和高中老师的职称"),
        ("可以先生产再走程序", "可以先生产再走程序"),
        ("我是高中毕业，联系人：暂无", "我是高中毕业，联系人：暂无"),
    ],
)
def test_names_are_masked_more_widely_for_publication(text: str, published: str) -> None:
    assert mask_for_publication(text) == published
    assert mask_for_publication(published) == published


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


PIECES = (
    "我叫",
    "张三",
    "本人",
    "姓名：",
    "13800138000",
    "0531-88881234",
    CARD,
    "4111111111111111",
    "a@b.cn",
    "鲁A12345",
    "住在",
)
MORE_PIECES = (
    "中山路88号",
    "3号楼",
    "2单元",
    "501室",
    "5",
    "村",
    "组",
    "QQ",
    "微信号",
    "电话",
    "〔手机号〕",
    "，",
    " ",
    "-",
    "身份证号",
)


@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES + MORE_PIECES), max_size=12).map("".join))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)
    assert mask_for_publication(mask_for_publication(text)) == mask_for_publication(text)


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "12-", "3号楼2单元", "一", "我叫", "住在中山路", "a@", "京A", "A座", " ", "村3组"]
)
def test_a_long_text_is_masked_in_work_that_grows_with_its_length(piece: str) -> None:
    """Never ends where the work grows faster; there is nothing to assert but that it comes back."""
    text = (piece * 20_000)[:20_000]
    assert mask(mask(text)) == mask(text)


@given(st.integers(3, 9), st.integers(0, 999_999_999), st.sampled_from("人王〇一二三四五六七八九十幺壹肆"))
def test_no_mobile_number_survives(second: int, rest: int, beside: str) -> None:
    number = f"1{second}{rest:09d}"
    assert number not in mask(f"请回电{beside}{number}{beside}谢谢")


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
