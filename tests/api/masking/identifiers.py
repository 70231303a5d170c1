"""Made-up personal data with right check digits, in the ways people write them. All comes from one seeded generator."""

import random
from collections.abc import Callable
from typing import NamedTuple

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_REGIONS = ("110101", "120104", "310115", "370102", "370112", "440305", "441303", "500103", "620102", "650102")
_FULL_WIDTH = str.maketrans("0123456789Xx-", "０１２３４５６７８９Ｘｘ－")
_NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")
_SPOKEN = str.maketrans("0123456789", "〇幺二三四五六七八九")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任"
_GIVEN = ("伟", "芳", "建国", "秀英", "丽娟", "志强", "海燕", "雨桐", "子轩", "晓明", "国栋", "玉兰")
_PLACES = ("济南市历下区", "天津市滨海新区", "惠州市惠城区", "兰州市城关区", "上海市浦东新区", "山东省济南市章丘区", "")
_ROADS = ("经十路", "中山大街", "人民西路", "和平里胡同", "解放大道", "科创三路")
_ESTATES = ("阳光花园", "金色家园小区", "滨河新村", "仁恒公寓", "和谐苑", "新城雅苑", "紫薇山庄")
_VILLAGES = ("张家村", "前王屯村", "柳树村", "大李家村")


class Identifier(NamedTuple):
    """``text`` as it is typed; ``secret`` is the part that must be gone; ``named`` what stands before it."""

    kind: str
    text: str
    secret: str
    named: tuple[str, ...] = ("",)


def identifiers(seed: int, of_each: int) -> list[Identifier]:
    rng = random.Random(seed)
    return [make(rng) for make in MAKERS for _ in range(of_each)]


def id_card(region: str, birthday: str, serial: str) -> str:
    digits = region + birthday + serial
    return digits + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True)) % 11]


def bank_card(rng: random.Random) -> str:
    begins = rng.choice(("621700", "622202", "622848", "623052", "955880", "436742", "528048", "625955", "356889"))
    body = begins + _digits(rng, rng.choice((16, 18, 19)) - 7)
    doubled = (int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(reversed(body)))
    return body + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def _id_18(rng: random.Random) -> Identifier:
    number = id_card(rng.choice(_REGIONS), _birthday(rng), _digits(rng, 3))
    written = rng.choice(
        (
            number,
            number,
            number.lower(),
            f"{number[:6]} {number[6:14]} {number[14:]}",
            number.translate(_FULL_WIDTH),
            f"{number[:6]}-{number[6:14]}-{number[14:]}",
            f"{number[:6]} {number[6:10]} {number[10:14]} {number[14:]}",
        )
    )
    return Identifier("身份证", written, written)


def _id_15(rng: random.Random) -> Identifier:
    number = rng.choice([one for one in _REGIONS if one[:2] != "50"]) + _birthday(rng)[2:] + _digits(rng, 3)
    written = rng.choice((number, number, f"{number[:6]} {number[6:12]} {number[12:]}", number.translate(_FULL_WIDTH)))
    return Identifier("老身份证", written, written)


def _mobile(rng: random.Random) -> Identifier:
    number = f"1{rng.choice('3456789')}{_digits(rng, 9)}"
    a, b, c = number[:3], number[3:7], number[7:]
    written = rng.choice(
        (
            number,
            number,
            f"{a} {b} {c}",
            f"{a}-{b}-{c}",
            f"{a}—{b}—{c}",
            f"{a}.{b}.{c}",
            f"+86 {number}",
            f"86-{number}",
            f"(+86){number}",
            number.translate(_FULL_WIDTH),
            number.translate(_NUMERALS),
            number.translate(_SPOKEN),
            f"{number[:4]} {number[4:7]} {c}",
            " ".join(number),
            f"{a}，{b}，{c}",
            f"{a}\u3000{b}\u3000{c}",
            f"{a}·{b}·{c}",
            f"{a.translate(_NUMERALS)} {b.translate(_NUMERALS)} {c.translate(_NUMERALS)}",
            f"{a}-{b}{c}",
            f"0{number}",
        )
    )
    return Identifier("手机", written, written)


def _landline(rng: random.Random) -> Identifier:
    area, length = rng.choice((("010", 8), ("022", 8), ("0531", 8), ("0755", 8), ("0931", 7), ("0752", 7)))
    local = rng.choice("2345678") + _digits(rng, length - 1)
    written = rng.choice(
        (
            f"{area}-{local}",
            f"{area}{local}",
            f"({area}){local}",
            f"（{area}）{local}",
            f"{area} {local}",
            f"{area}—{local}",
            f"{area}-{local[:-4]}-{local[-4:]}",
            f"{area}-{local}-{_digits(rng, 3)}",
            f"{area}-{local}转{_digits(rng, 4)}",
            f"{area}－{local}".translate(_FULL_WIDTH),
            f"+86 {area[1:]} {local}",
        )
    )
    return Identifier("座机", written, written)


def _bank(rng: random.Random) -> Identifier:
    number = bank_card(rng)
    quartets = [number[at : at + 4] for at in range(0, len(number), 4)]
    written = rng.choice(
        (
            number,
            number,
            " ".join(quartets),
            "-".join(quartets),
            number.translate(_FULL_WIDTH),
            f"{number[:6]} {number[6:]}",
        )
    )
    return Identifier("银行卡", written, written)


def _email(rng: random.Random) -> Identifier:
    local = rng.choice(("zhang.san", "li_si88", "wang-wu", "13800138000", "h2o+gov", "Q768691990"))
    domain = rng.choice(("example.com", "qq.com", "mail.example.com.cn", "163.com"))
    written = rng.choice(
        (f"{local}@{domain}", f"{local}＠{domain}", f"{local} @ {domain}", f"{local}@{domain}".upper())
    )
    return Identifier("邮箱", written, written)


def _plate(rng: random.Random) -> Identifier:
    head = rng.choice("京津沪渝冀鲁粤甘苏浙川") + rng.choice("ABCDEFGH")
    tail = rng.choice(
        (_digits(rng, 5), f"{rng.choice('ABCD')}{_digits(rng, 4)}", f"{_digits(rng, 3)}{rng.choice('KLM')}8")
    )
    energy = rng.choice((f"D{_digits(rng, 5)}", f"F{rng.choice('AB8')}{_digits(rng, 4)}", f"{_digits(rng, 5)}D"))
    marked = f"{_digits(rng, 4)}{rng.choice('学警挂')}"
    written = rng.choice(
        (
            head + tail,
            f"{head}·{tail}",
            f"{head} {tail}",
            (head + tail).lower(),
            head + energy,
            f"{head}-{energy}",
            head + marked,
            f"{head}·{marked}",
            f"WJ{head[0]}{_digits(rng, 4)}X",
            f"{head}•{tail}",
        )
    )
    return Identifier("车牌", written, written)


def _address(rng: random.Random) -> Identifier:
    building, entry, room = rng.randint(1, 30), rng.randint(1, 4), f"{rng.randint(1, 18)}0{rng.randint(1, 4)}"
    estate, road, number = rng.choice(_ESTATES), rng.choice(_ROADS), rng.randint(1, 300)
    home = rng.choice(
        (
            f"{road}{number}号{estate}{building}号楼{entry}单元{room}室",
            f"{estate}{building}栋{entry}单元{room}",
            f"{estate}{building}幢{room}室",
            f"{estate}{building}-{entry}-{room}",
            f"{road}{number}弄{building}号{room}室",
            f"{road}{number}号{building}号楼{room}",
            f"{road}{number}号{room}室",
            f"{estate}{rng.choice('ABC')}座{room}",
            f"{estate}{building}#{entry}单元{room}",
            f"{estate}{building}号楼{entry}单元",
            f"{estate}三号楼二单元五零一室",
            f"{rng.choice(_VILLAGES)}{entry}组{building}号",
            f"{rng.choice(_VILLAGES)}{number}号",
        )
    )
    home = rng.choice((home, home, home.translate(_FULL_WIDTH)))
    return Identifier("住址", rng.choice(_PLACES) + home, home)


def _home(rng: random.Random) -> Identifier:
    home = f"{rng.choice(_ROADS)}{rng.randint(1, 300)}号"
    return Identifier(
        "家", rng.choice(_PLACES) + home, home, ("家住", "我住在", "家庭住址：", "现住", "我家在", "收货地址是")
    )


def _travel_document(rng: random.Random) -> Identifier:
    written = rng.choice(("E", "G", "EA", "EJ")) + _digits(rng, 8)
    written = written if len(written) == 9 else written[:9]
    permit = f"C{_digits(rng, 8)}"
    text, named = rng.choice(((written, ("护照", "护照号：", "护照号码是")), (permit, ("港澳通行证号", "通行证："))))
    return Identifier("证件", text, text, named)


def _account(rng: random.Random) -> Identifier:
    qq, wechat = rng.choice("123456789") + _digits(rng, 8), f"{rng.choice(('zhang', 'wx', 'abc_'))}{_digits(rng, 6)}"
    text, named = rng.choice(((qq, ("QQ", "qq号：", "加我QQ ")), (wechat, ("微信号", "微信：", "加我微信 ", "VX："))))
    return Identifier("账号", text, text, named)


def _name(rng: random.Random) -> Identifier:
    name = rng.choice(_SURNAMES) + rng.choice(_GIVEN)
    return Identifier("姓名", name, name, ("姓名：", "我叫", "本人", "申请人：", "我的名字叫"))


def _birthday(rng: random.Random) -> str:
    return f"{rng.randint(1935, 1998)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


MAKERS: tuple[Callable[[random.Random], Identifier], ...] = (
    _id_18, _id_15, _mobile, _landline, _bank, _email, _plate, _address, _home, _travel_document, _account, _name,
)  # fmt: skip
