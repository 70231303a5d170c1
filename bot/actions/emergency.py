"""What is said to someone in danger: the number that helps, first."""

import re

# The first that fits is named first: who breathed in gas needs the ambulance before the fire brigade.
_NUMBERS = (
    (
        re.compile(
            "中毒|农药|百草枯|敌敌畏|老鼠药|安眠药|[误错](服|食|吞|喝|吃|饮)|吃错|药(吃|服|喝)|[服吃]药|洗洁精|洗衣液|洗涤|消毒[液水]|漂白|清洁剂|洁厕"
            "|(喝|吃|吞|咽)(下|进|掉|错)?了|吞|噎|喉咙|嗓子|气管"
        ),
        "120",
    ),
    (re.compile("火|烟|爆炸|煤气|燃气|天然气|液化气|被困|困(人|住|在|了)|关在|塌"), "119"),
    (
        re.compile(
            "抢|劫|偷|盗|贼|刀|砍|捅|打我|被打|打(人|老婆|媳妇|孩子|小孩|老人|女人)|打架|掐|杀我|家暴|闯|撬|翻进|绑架|跟踪|走丢|丢了|不见了|报警|骗|跳楼"
        ),
        "110",
    ),
    (re.compile("车祸|撞车"), "122"),
    (
        re.compile(
            "晕|昏|心脏|呼吸|流血|出血|受伤|摔|溺水|落水|触电|中毒|农药|自杀|跳楼|割腕|自残|轻生|不想活|救护车|救命|急救"
        ),
        "120",
    ),
)
_DESPAIR = re.compile("自杀|自尽|轻生|寻死|跳楼|跳河|跳桥|割腕|自残|想死|死了算了|不想活|活不下去|活着|活够了")
_SOMEONE_ELSE = re.compile("有人|别人|邻居|路人|同学|朋友|孩子|儿子|女儿|老公|老婆|爸|妈|[他她]")
_AT_HOME = re.compile("家暴|(老公|老婆|丈夫|妻子|前夫|对象|男友|男朋友|女朋友|爸|妈|爹|公公|婆婆).{0,5}(打|掐|砍|杀)我")

_COMFORT = (
    "您现在一定很难受，谢谢您愿意说出来，您不必一个人扛着。\n"
    "请马上拨打全国统一心理援助热线12356，有人愿意听您说；已经受伤或有危险，请立即拨打120或110，也请让家人、朋友陪在身边。"
)
_FOR_SOMEONE_IN_DESPAIR = "\n想找人疏导，可以拨打全国统一心理援助热线12356。"
_AGAINST_ABUSE = "\n请先到安全的地方。遇到家庭暴力，还可以拨打妇女维权热线12338。"
_ALWAYS = "\n报警110，火警119，急救120。我是机器人，没法替您报警。"


def emergency(text: str) -> str:
    """Comfort for one's own despair; else the number for this danger first, then the three everyone should know."""
    despair = bool(_DESPAIR.search(text))
    if despair and not _SOMEONE_ELSE.search(text):
        return _COMFORT
    fitting = dict.fromkeys(number for danger, number in _NUMBERS if danger.search(text))
    first = f"情况紧急，请马上拨打{'、'.join(fitting)}！" if fitting else "情况紧急，请马上打电话求助！"
    more = (_FOR_SOMEONE_IN_DESPAIR if despair else "") + (_AGAINST_ABUSE if _AT_HOME.search(text) else "")
    return first + more + _ALWAYS
