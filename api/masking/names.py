"""Names of people, where the words around tell that one follows.

A name is one of the surnames of surnames.txt with one or two characters more, or a name with 纳·, and ends where the
word does. Nobody is looked for in running text: 高兴 and 方便 begin with surnames too.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from api.masking.found import NAME, Found

_ENDS = (
    r"(?=$|[^\u4e00-\u9fff]|[男女住是系想要在的]|身份证|电话|手机|联系|号码|现住|家住|现在|今年|来自|户籍|性别|年龄"
    "|反映|投诉|举报|咨询|申请|车牌|微信)"
)
_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤康易乔赖文施洪季葛牛樊殷邢庞"
)
"""For places where a word may stand as well as a name; the rare surnames are mostly words (公 车 党 农 单)."""
_NO_SURNAME_HERE = re.compile("于[今昨去前本上近每年此日月当早晚周深]|曾[多任在向经因被去于是有患获做参就与和先]")
_NAME_ITSELF = re.compile(
    "(?:姓名|名字)(?: ?: ?|是| ?叫| {1,3})|本人(?!的?名|叫)(?:姓名)?(?: ?: ?)?"
    "|(?:我|本人|[他她]|孩子|儿子|女儿|父亲|母亲|[爸妈]|丈夫|妻子|老公|老婆|爷爷|奶奶)的?(?:名|名字|大名)?叫做? ?"
    "|(?:申请人|投诉人|举报人|反映人|诉求人|求助人|户主|业主|收件人|收货人|当事人|租户|患者|学生|乘客) ?: ?"
)
_PUBLISHED_LABEL = re.compile("(?:联系人|负责人|经办人|承办人|法人代表|法定代表人|签名|署名|此致) ?: ?|我是")
_HONORIFIC = (
    "先生|女士|小姐|太太|大爷|大妈|大娘|大叔|大姐|大哥|阿姨|师傅|老师|医生|同志|同学|老人|主任|科长|局长|处长|书记|经理"
    "|警官|律师"
)
_HONOURED = re.compile(rf"(?<!语)(?P<name>[{_COMMON}][\u4e00-\u9fff]{{0,2}}?)(?:{_HONORIFIC})")
_LONG_NAME = r"[\u4e00-\u9fff]{2,7}·[\u4e00-\u9fff]{2,7}(?:·[\u4e00-\u9fff]{2,7})?"


def find_introduced_names(folded: str) -> Iterator[Found]:
    yield from _after(_NAME_ITSELF, folded)


def find_published_names(folded: str) -> list[Found]:
    """Also after 联系人： and 我是, and with an honorific; 张某 and 老王 say nothing of who it is."""
    found: list[Found] = []
    for name in sorted([*_after(_PUBLISHED_LABEL, folded), *_honoured(folded)]):
        if not found or name.start >= found[-1].end:
            found.append(name)
    return found


def _after(label: re.Pattern[str], folded: str) -> Iterator[Found]:
    for introduced in label.finditer(folded):
        name = _name().match(folded, introduced.end())
        if name and _is_name(name[0], bare=introduced[0].endswith("本人")):
            yield Found(*name.span(), NAME)


def _honoured(folded: str) -> Iterator[Found]:
    for found in _HONOURED.finditer(folded):
        if found["name"][:2] not in _not_names():
            yield Found(*found.span("name"), NAME)


def _is_name(name: str, bare: bool) -> bool:
    """``bare``: straight after 本人, where all kinds of words follow."""
    if name[:2] in _not_names() or name[1:2] in ("某", "先", "女") or name[1:] == "子":
        return False
    return not bare or (name[0] in _COMMON and not _NO_SURNAME_HERE.match(name))


@cache
def _not_names() -> frozenset[str]:
    """Words of two characters that begin like a name."""
    return frozenset(_listed("not_names.txt"))


@cache
def _surnames() -> str:
    return "|".join(sorted(set(_listed("surnames.txt")), key=lambda surname: (-len(surname), surname)))


def _listed(file: str) -> list[str]:
    return resources.files("api.masking").joinpath(file).read_text("utf-8").split()


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"(?:{_LONG_NAME}|(?:{_surnames()})(?:[\u4e00-\u9fff]{{1,2}}?| {{1,2}}[\u4e00-\u9fff]){_ENDS})")
