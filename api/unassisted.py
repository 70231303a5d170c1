"""What is said without Rasa to texts that ask no question. Few patterns, for the dialogue layer does this better.

Danger comes first: it must be met whatever else is down. The bot has patterns of its own, since it shares no code.
"""

import re

from api.answers.refusal import LOG_REQUEST
from api.schemas import ChatMessage
from knowledge.text import squash

_DESPAIR = re.compile(
    "不想活|活不下去|活着(真|好|也)?没有?(意思|意义)|(想|要)(自杀|轻生|寻死|跳楼|跳河|割腕)|割腕|^我?(真的?|好|就)?想死(了|啊)*[。!.]*$"
)
_DANGER = re.compile(
    "(着火|起火|失火|爆炸|触电)了|救命|有人.{0,2}(晕倒|昏倒|溺水|落水|触电|中毒|自杀|跳楼|抢劫|持刀|拿刀)"
    "|(被|遭)(打劫|抢劫|抢了|绑架|砍|诈骗了|骗了)|被(电信)?诈骗|(煤气|燃气|天然气)(泄漏|泄露|漏了)|(出|发生)车祸了"
    "|(老公|老婆|丈夫|妻子|男友|男朋友|爸|妈|有人|他|她).{0,3}(打我|砍我|杀我)|(被|遭|遭受)家暴|家暴(我|了)|^家暴[!。]*$"
    "|有人.{0,3}(闯|撬|翻)(进|开)?.{0,3}(家|门|屋)|电梯.{0,4}(困人|困住|被困)|困在.{0,3}电梯"
)
_AS_A_MATTER = re.compile(
    "预案|公开|公布|发布|牵头|负责|责任|政策|文件|规定|信息|宣传|演练|干预|由谁|归谁|谁管|哪个(部门|单位)"
)
_OWN = re.compile("^我")
_LOGGING = re.compile(
    "^(我|那)?(就|还)?(要|想|来)?(再)?(帮我|请帮我|给我)?(登记|投诉|举报|反映|留言|提交)(一?个|一?下|一条)?(诉求|问题|情况|意见)?(吧)?[。!]*$"
)
_COURTESIES = (
    (
        re.compile("^([你您]好|嗨|喂|在吗|hello|hi|(早上|上午|中午|下午|晚上)好)+[啊呀吗,。!~]*$"),
        "您好！想问什么，直接发给我就行。",
    ),
    (
        re.compile("^(好的?|嗯|行|知道了|明白了)?,?(多谢|谢谢|感谢|谢了|谢啦|辛苦了)[你您啊呀了啦,。!~]*$"),
        "不客气，有问题随时问。",
    ),
    (re.compile("^(再见|拜拜|bye)[啦了,。!~]*$"), "再见，祝您顺利！"),
)
_PERSON = re.compile("^(我要|帮我|请|给我)?(转接?人工|人工(客服|服务)?|找人工|真人|客服)(客服|服务)?[吧。!]*$")

_COMFORT = (
    "您现在一定很难受，谢谢您愿意说出来，您不必一个人扛着。\n"
    "请马上拨打全国统一心理援助热线12356，有人愿意听您说；已经受伤或有危险，请立即拨打120或110，也请让家人、朋友陪在身边。"
)
_HELP = (
    "情况紧急，请马上拨打电话求助：报警110，火警和被困119，急救120，交通事故122。\n"
    "遇到家庭暴力，还可以拨打妇女维权热线12338。这里是机器，没法替您报警。"
)
_REQUEST_PAGE = "登记诉求请打开网页 /request-form 填写，填好后会给您编号和查询码；也可以拨打{hotline}热线。"
_NO_PERSON = "这里暂时转不了人工，请拨打{hotline}热线；也可以打开网页 /request-form 登记，由工作人员答复。"


def said_without_rasa(text: str, hotline: str) -> ChatMessage | None:
    """The whole reply to a text that is no question; None for all else, which is looked up. ``text`` is normalised."""
    said = squash(text)
    danger = _danger(said)
    if danger:
        return ChatMessage(kind="notice", text=danger)
    if said == LOG_REQUEST.question or _LOGGING.match(said):
        return ChatMessage(kind="notice", text=_REQUEST_PAGE.format(hotline=hotline))
    if _PERSON.match(said):
        return ChatMessage(kind="notice", text=_NO_PERSON.format(hotline=hotline))
    courtesy = next((reply for words, reply in _COURTESIES if words.match(said)), None)
    return ChatMessage(kind="smalltalk", text=courtesy) if courtesy else None


def _danger(said: str) -> str | None:
    if _AS_A_MATTER.search(said) and not (_OWN.match(said) and _DESPAIR.search(said)):
        return None
    if _DESPAIR.search(said) and "有人" not in said:
        return _COMFORT
    return _HELP if _DANGER.search(said) else None
