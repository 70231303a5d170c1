"""What is said without Rasa to texts that ask no question. Few patterns, for the dialogue layer does this better.

Danger comes first: it must be met whatever else is down. The bot has patterns of its own, since it shares no code.
"""

import re

from api.answers.refusal import LOG_REQUEST
from api.requests.disclosure import guidance, wants_to_apply
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
_POISONED = re.compile(
    "(?<![错耽延])误(服(?!务)|食|吞|喝|饮)|(喝|吃|吞|服)(下|进|到)?了?(一?[口瓶点])?(农药|百草枯|敌敌畏|老鼠药|安眠药|洗洁精|消毒液|洁厕灵|纽扣电池)"
    "(?!超标|残留)|^(?!你).{0,8}吃错了?药(?!了?[吧啦])|药吃(错|多)了|(?<!电脑)(?<!手机)中毒(了|怎么办|[。!]?$)|噎住了"
)
_POISON_AS_A_MATTER = re.compile("防|避免|知识|上报|投诉|举报|赔|流程|事件")
_AS_A_MATTER = re.compile(
    "预案|公开|公布|发布|牵头|负责|责任|政策|文件|规定|信息|宣传|演练|干预|由谁|归谁|谁管|哪个(部门|单位)"
)
_OWN = re.compile("^我")
_LOGGING = re.compile(
    "^(我|那)?(就|还)?(要|想|来)?(再)?(帮我|请帮我|给我)?(登记|投诉|举报|反映|留言|提交)(一?个|一?下|一条)?(诉求|问题|情况|意见)?(吧)?[。!]*$"
)
_OWN_REQUEST = re.compile(
    "^(帮我|请|我要|我想)?(查|看|催|催办|评价|问)(一?下)?(我的?|刚才的?|上次的?)?(登记|诉求|投诉|举报|工单|进度|办理进度|处理进度|办理情况)+(的(进度|结果|情况))?[吧。!]*$"
    "|^我的?(登记|诉求|投诉|举报|工单)(的(进度|结果))?(怎么样|到哪(里|儿|一步)?|办(得|到)?(怎么样|哪了|好)|有结果|有消息)(了)?(没有?|吗|呢)?[?。!]*$"
    "|^(催办|催一下|查进度)$"
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
_RUDE = re.compile(
    "^([你您]们?)?(给我|快)?(滚|滚蛋|滚开|滚远点|闭嘴|去死|傻[逼比子]?|蠢货|脑残|废物|饭桶|骗子|王八蛋)(吧|啊|了)*[。!]*$"
    "|(破|废物|智障|蠢|傻[逼比])(机器人|客服|系统|助手|东西)[。!]*$|([你您]|政府|官).{0,6}(都是|就是|是|全是)(一?群|一?帮|个)?(骗子|废物|饭桶|混蛋|王八蛋)"
    "|^([你您]们?|什么|真|太)*垃圾(机器人|客服|系统|助手|东西|玩意儿?)?[。!]*$|^[你您]们?(就是|都是|真|太)+垃圾[。!]*$"
    "|^(真)?[你他]?妈的[。!]*$|操你妈|^去你的[。!]*$"
)
_WHO = re.compile(
    "^([你您](到底)?(是|叫)(谁|什么(名字)?|啥(名字?)?|哪位|机器人|真人|人|ai|人工智能)|[你您](用的)?是?(什么|哪个|啥)大?模型|介绍一下[你您]自己)(吗|呀|啊|呢)?[?。!]*$"
)
_WHAT_FOR = re.compile(
    "^([你您](都)?(能|会|可以)(帮我)?(做|干|问)?点?(什么|啥)|(我)?(能|可以)问(你)?(什么|啥|哪些问题)|(这个|这东西|你)?(怎么|咋)用(你)?|帮助|help|菜单|使用说明|有(什么|啥)功能)(呀|啊|呢)?[?。!]*$"
)
_DAY = "(今天|明天|后天|今晚|现在|外面|周末)"
_IDLE = re.compile(
    f"{_DAY}(的|会不会|会|要)*(天气|气温|下雨|下雪|[冷热]不[冷热]).{{0,4}}$|^.{{0,4}}天气(怎么样|咋样|如何|好[吗不]|预报)[啊呀呢?]*$"
    "|(股票|股市|大盘|[a港美]股).{0,4}(涨|跌|怎么样|咋样|行情|走势|推荐)|(讲|说|来)(一?[个段条]|点)?(好玩|好笑|冷)?的?(笑话|段子|故事|相声)"
    "|(红烧|清蒸|糖醋|宫保|麻辣|水煮|番茄炒|西红柿炒|麻婆)[\u4e00-\u9fff]{1,3}(怎么|咋|的?做法)"
    "|(今天|今晚|明天|中午|晚上|早上|早饭|午饭|晚饭).{0,2}吃点?(什么|啥)[好呢啊呀?]*$|(唱|放|来)(一?首|个|支).{0,3}歌"
    "|(写|作|来)(一?[首个篇])(诗|情诗|情书|作文|小说)|推荐.{0,4}(电影|电视剧|歌曲?|小说|游戏)|(双色球|大乐透|彩票)(会|该)?(开|买)(什么|几|啥)"
    "|^(现在|今天)?是?(几点|星期几|周几|几号)(钟)?[了啊呀呢?]*$|陪我.{0,4}(聊|唠|玩)|^我?(好|真|太)无聊|^我?(爱|喜欢)[你您][。!]*$"
    "|^[\\d.一二三四五六七八九十百]+([+\\-×x*÷/]|加|减|乘以?|除以?)[\\d.一二三四五六七八九十百]+(等于|=|是)(几|多少)?[?]?$"
)
_LONGEST_TALK = 18
_CALM = "抱歉让您不满意了。您把要问的事告诉我，我尽力查；想找工作人员，请拨打{hotline}热线。"
_TALK = (
    (_RUDE, _CALM),
    (_WHO, "我是政策问答助手，是机器人。答案都摘自公开的政策文件，并注明出处。"),
    (_WHAT_FOR, "您可以这样问：某项工作由谁牵头、什么时候完成、在哪里公开，或者某个词是什么意思。"),
    (_IDLE, "这个我帮不上忙。政务公开和政策方面的问题，您尽管问。"),
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
_AMBULANCE = "情况紧急，请马上拨打急救电话120，把误服的东西或包装留给医生看！这里是机器，没法替您呼救。"
_REQUEST_PAGE = "登记诉求请打开网页 /request-form 填写，填好后会给您编号和查询码；也可以拨打{hotline}热线。"
_STATUS_PAGE = "查进度、催办、评价请打开网页 /requests，填登记时得到的编号和查询码；也可以拨打{hotline}热线。"
_NO_PERSON = "这里暂时转不了人工，请拨打{hotline}热线；也可以打开网页 /request-form 登记，由工作人员答复。"


def said_without_rasa(text: str, hotline: str, disclosure: str = "") -> ChatMessage | None:
    """The whole reply to a text that is no question; None for all else, which is looked up. ``text`` is normalised,
    ``disclosure`` is where applications for disclosure are taken."""
    said = squash(text)
    danger = danger_met(said)
    if danger:
        return ChatMessage(kind="notice", text=danger)
    if said == LOG_REQUEST.question or _LOGGING.match(said):
        return ChatMessage(kind="notice", text=_REQUEST_PAGE.format(hotline=hotline))
    if wants_to_apply(said):
        return ChatMessage(kind="notice", text=guidance(disclosure))
    if _OWN_REQUEST.match(said):
        return ChatMessage(kind="notice", text=_STATUS_PAGE.format(hotline=hotline))
    if asks_for_person(said):
        return ChatMessage(kind="notice", text=_NO_PERSON.format(hotline=hotline))
    courtesy = next((reply for words, reply in _COURTESIES if words.match(said)), None)
    reply = courtesy or _talk(said, hotline)
    if reply is None:
        return None
    return ChatMessage(kind="declined" if reply == _CALM.format(hotline=hotline) else "smalltalk", text=reply)


def _talk(said: str, hotline: str) -> str | None:
    """Swearing, questions about the machine, weather and jokes: no document is about them."""
    if len(said) > _LONGEST_TALK or _AS_A_MATTER.search(said):
        return None
    return next((reply.format(hotline=hotline) for words, reply in _TALK if words.search(said)), None)


def asks_for_person(said: str) -> bool:
    """``said`` is normalised and without blanks, here and below."""
    return bool(_PERSON.match(said))


def danger_met(said: str) -> str | None:
    """The numbers to call, where somebody is in danger."""
    if _AS_A_MATTER.search(said) and not (_OWN.match(said) and _DESPAIR.search(said)):
        return None
    if _DESPAIR.search(said) and "有人" not in said:
        return _COMFORT
    if _POISONED.search(said) and not _POISON_AS_A_MATTER.search(said):
        return _AMBULANCE
    return _HELP if _DANGER.search(said) else None
