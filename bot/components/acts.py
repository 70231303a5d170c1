"""What tells a dialogue act from a question that merely sounds like one.

A citizen who gets 不客气 for 谢谢，再问下泰达的时限 has lost a question; one who gets a search result for 谢谢 has lost
nothing. So every doubt goes to the question.
"""

import re
from collections.abc import Set

from bot.components.danger import in_danger, is_no_danger
from bot.components.idle_talk import is_idle_talk

QUESTIONS = frozenset({"ask_policy", "ask_followup", "pick_option"})
_COURTESIES = frozenset({"greet", "goodbye", "thank", "affirm", "deny"})
_ABOUT_THE_TALK = frozenset(
    {"cancel", "start_over", "feedback_good", "feedback_bad", "ask_help", "out_of_scope", "rudeness", "say_again"}
)
_LONGEST_COURTESY_REST = 7
_LONGEST_CALL = 20
_LONGEST_REPROACH = 16

_MATTER = re.compile(
    "公开|公示|公布|公告|发布|通报|牵头|挑头|负责|责任|时限|期限|截止|工作日|政务|政策|文件|办法|规定|条例|通知|要点|任务|几号文"
    "|清单|解读|预算|决算|审批|许可|补贴|补助|津贴|标准|材料|手续|流程|办理|申请|部门|单位|哪个局|什么局|归谁|由谁|谁管|谁来"
    "|方式|渠道|文号|要求|依据"
)
# 够不够, 退没退, and 抽贷不, 退了没有 at the end; 好不, 行不 ask for consent, 都没有 complains
_YES_OR_NO = r"(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)|(?<![行好对成中以是着])不$|(?<![都也还并])没$|[了过]没有$|否$"
_ASKS = re.compile(f"谁|哪|什么|啥|怎么|咋|如何|多少|几|吗|么|呢|是否|多久|多长|多远|多大|多高|{_YES_OR_NO}")
_YES_OR_NO_AT_ITS_END = re.compile(f"[吗么]$|{_YES_OR_NO}")
_ABOUT_US = re.compile("你|答|啥用|什么用|回复|说的|说得|玩意|登记|投诉|举报")
_COURTESY_WORDS = re.compile(
    "你好|您好|妳好|大家好|哈喽|哈罗|hello|hi|hey|嗨|嘿|喂|在吗|在么|在不在|有人吗|有人没|打扰(一下|了)?|请问|(早上|上午|中午|下午|晚上)好|早安|晚安"
    "|谢谢|多谢|感谢|谢了|谢啦|辛苦|麻烦|受累|劳驾|帮助|解答|回复|再见|拜拜|bye|没事了|没别的(问题)?了?|先这样|下次|回头"
    "|好的|好吧|好|可以|行|是的|对|嗯|恩|哦|噢|ok|知道|明白|懂|了解|清楚|收到|晓得|没问题|确认|提交|确定|需要|要"
    "|不用|不要|不必|不需要|不是|不对|没有|不|没|还|你|您|我|们|老师|同志|机器人|小助手|太|非常|十分|真|很|那|就|这样|这么|先|再|都|了|啦|啊|呀|吧|哈|的|地"
    r"|[\W_]"
)
_ABOUT_THE_SERVICE = re.compile(
    "(你们?|您|这里|这儿|^我)(都|还|也)*(能|会|可以|可|懂|知道|晓得|有|是)(帮我?|给我|帮人|向你)?(忙|些|点|做|干|问|查|回答|说|答|管|办|处理)*(你)?(点|些)?"
    "(什么|啥|哪些|哪方面|干嘛|干吗)|^(请问|那|那你|都|在?这里|在?这儿|这个|这)*(能|可以|可|有)(帮我?|帮人|向你)?(做|干|问|查|回答|答|管)?(你)?(点|些)?(什么|啥|哪些)(功能|问题|事)?(可以问的?|能问的?)?$"
    "|^(请问|那|教教?我|我?不(知道|会|晓得))?(该)?(你们?|您)?(的)?(这|那)?(个|东西|玩意儿?|系统|软件|程序|机器人|助手|页面|网页|小程序|里|儿)*(该|要)?"
    "(怎么|咋|咋个|如何)(用|使|使用|操作|提问|问)(你|的)?(呀|啊|呢|吗|嘛)?$|(怎么|咋|如何)(用|使|问|使用)(你|您)|^我?(这个)?不会用$"
    "|(^|你的?|有(什么|啥|哪些))(功能|本事|用处)|^(使用)?(帮助|说明|指南|手册|方法|菜单|主菜单|help|menu)$"
)
_ABOUT_THE_MACHINE = re.compile(
    "[你您妳]|机器|機器|真人|活人|人工|客服|自我介绍|对面|自动回|跟我(说话|聊)|和我(说话|聊)|ai|模型"
)
_A_PERSON = re.compile(
    "人工(?!智能|费|成本|繁育|繁殖|养殖|湖|影响|增雨|降雨|授精|流产|林)|客服|真人|活人|话务|坐席|座席|接线"
    "|(找|转|接|联系|跟|和|叫|见|换|让|请).{0,8}(工作人员|领导|负责人|办事员|管事的)"
    "|(找|叫|换|来|让|派|给我|跟|和|是|要)(一?个)?(能.{0,3}的)?人(?![代员口民才力士类群身均])|人呢|有没?有?人(能|在|接)"
    "|(打|接|留).{0,3}(个)?电话(?!预约|报名|申报|登记|办)|(你们|你|客服|咨询|服务)的?(电话|热线)|有没?有?(咨询)?(电话|热线)|(电话|热线).{0,4}(问|找)|机器(人|回)"
)
_NOTHING_BUT_A_PERSON = re.compile("转人工|人工客服|活人|真人|找客服|客服在|接人工|坐席")
_WANTS_TO_LOG = re.compile(
    "(我|俺|咱)们?(要|想|来)?(再)?(投诉|举报|反映|登记|留言|申诉)|帮(我|忙)|给我|记(一)?下|记上|登记(一)?下|请登记|转交|转给|管管|反映上去"
)
_LOGGING_WORD = re.compile(
    "投诉|举报|反映|反应|登记|留言|留个言|建议|意见|诉求|申诉|报修|记|转|提交|管管|告|报上去|往上报|投訴|舉報"
)
_ENQUIRES = re.compile(
    "^(你好|您好|喂|那)?[, ，]?(我|俺)?(就)?(要|想)?(请问|问问|问一?下|要问|想问|想知道|想了解|咨询|想查)"
)
_WHO_OR_WHEN = re.compile(
    "谁|哪(个|些|家|几)|多久|几天|多长|何时|什么时候|啥时|几时|时限|期限|公开|公布|公示|信息由|办法|制度|流程|规定|奖励|电话|热线|渠道|哪里|哪儿|在哪"
)
_MINE = re.compile("我|俺|咱|上次|上回|之前|编号|登记的")
_MY_REQUEST = re.compile("登记|编号|工单|诉求|投诉|举报|反映|提交|申请|单子|进度|结果|回复|有人管")
_WRONG_ANSWER = re.compile("答错|答非所问|答得?不对|回答(有误|错误|不对)|(说|讲)错了|牛头不对马嘴|驴唇不对马嘴")
_LOGGING = re.compile(
    "^(那|好)?(我)?(还|再)?(要|想)?再?(帮我)?(登记|反映|提交)(一?个|一?下|一条|一件)?(别的|新的|其他的?)?(诉求|问题|事)?(吧)?$"
)
_OTHER_CONTENT = re.compile("^.{0,6}(换|改|修改|更换)(一?个|一?下|成)?(内容|诉求|描述)")
_WHAT_I_JUST_LOGGED = re.compile(
    "(刚才|刚刚|刚|方才|前面|这次).{0,4}(登记|提交|投诉|反映|举报)(?!诉求$).{0,10}(怎么样|咋样|进度|结果|到哪|处理|办|回复|状态|编号|查询码|有消息)"
    "|(查|看).{0,6}(刚才|刚刚|刚|方才|前面|这次).{0,4}(登记|提交|投诉|反映|举报|诉求)"
)
_RUDE = re.compile(
    "^(你|你们)?(给我|快)?(滚|滚蛋|滚开|滚远点|闭嘴|去死|傻[逼比子]?|蠢货|脑残|废物|饭桶|骗子|王八蛋)(吧|啊|了)*$"
    "|(垃圾|破|废物|智障|蠢|傻[逼比])(机器人|客服|系统|助手|东西)|(你|政府|官).{0,6}(都是|就是|是|全是)(一?群|一?帮|个)?(骗子|废物|饭桶|混蛋|垃圾|王八蛋)"
    "|^(真)?(你|他)?妈的$|操你妈|^去你的$"
)
_SAY_AGAIN = re.compile(
    "^(请|你|麻烦|能不能|能|可以)*(给我)?(再)?(说|讲|重复|来)(一?遍|一?次)(吗|吧|呢)?$|^(请|你|能不能|能|可以)*(说|讲)(点)?人话(吗|吧|行吗|好吗)?$"
    "|^(请|你|能不能|能|可以|麻烦)*(再)?(说|讲|答|回答)?(的|得)?(再)?(详细|具体|仔细)(一)?(点|些)(说|讲)?(吗|吧)?$"
)
_SUM = re.compile(
    r"^[\d.一二三四五六七八九十百]+([+＋\-×x*÷/]|加|减|乘以?|除以?)[\d.一二三四五六七八九十百]+(等于|=|是)(几|多少)?[?？]?$"
)
_WHICH_MODEL = re.compile(
    "^(请问)?(你|你们)?(们)?(用的?|是|基于|采用)(的)?(是)?(什么|哪个|哪家|啥|哪种)(的)?(大|语言|ai)*模型(啊|呀|呢)?$"
)
_REQUEST_NO = re.compile(r"(?<!\d)\d{8}-\d{3,6}(?!\d)")
_CONTACT = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)|[\w.+-]+@[\w-]+\.[\w.]+")
_COURTESIES_BY_WORD = (
    ("thank", re.compile("谢|辛苦|受累|劳驾|感激")),
    ("goodbye", re.compile("再见|拜拜|回头见|明天见")),
    ("greet", re.compile("[你您]好|(早上|上午|中午|下午|晚上)好|早安|晚安")),
)
_LONGEST_WORDS_AROUND_A_CONTACT = 10
_PUNCTUATION = re.compile(r"[\s,，。.!！?？~、…]")

_CERTAIN_ALONE = (
    ("rudeness", _RUDE),
    ("say_again", _SAY_AGAIN),
    ("out_of_scope", _SUM),
    ("bot_challenge", _WHICH_MODEL),
)


def certain_act(text: str) -> str | None:
    """The act a text shows whatever the classifier says: danger, a request number, a reproach, a contact."""
    if in_danger(text):
        return "emergency"
    if _REQUEST_NO.search(text):
        return "request_status"
    if _WHAT_I_JUST_LOGGED.search(text):
        return "request_status"
    if _LOGGING.match(text) or (_OTHER_CONTENT.match(text) and not _MATTER.search(text)):
        return "log_request"
    bare = _PUNCTUATION.sub("", text)
    act = next((act for act, words in _CERTAIN_ALONE if words.search(bare)), None)
    if act and len(bare) <= _LONGEST_REPROACH and not _MATTER.search(bare):
        return act
    if is_idle_talk(bare) and not _MATTER.search(bare):
        return "out_of_scope"
    if _WRONG_ANSWER.search(text) and len(text) <= _LONGEST_REPROACH and not _MATTER.search(text):
        return "feedback_bad"
    if _CONTACT.search(text) and len(_CONTACT.sub("", text)) <= _LONGEST_WORDS_AROUND_A_CONTACT:
        return "inform_contact"
    return None


def mere_courtesy(text: str) -> str | None:
    """The act of a text that is made of courtesies alone: 好的，麻烦您了 asks nothing, whatever it resembles."""
    if _COURTESY_WORDS.sub("", text.lower()):
        return None
    return next((act for act, word in _COURTESIES_BY_WORD if word.search(text)), None)


def is_question_after_all(intent: str, text: str, entities: Set[str]) -> bool:
    """Whether a text taken for the dialogue act ``intent`` asks about a policy; ``entities`` are those found in it."""
    if intent in _COURTESIES:
        return bool(entities) or bool(_MATTER.search(text)) or _leaves_a_question(text)
    if intent in _ABOUT_THE_TALK:
        return bool(entities) or bool(_MATTER.search(text)) or _asks_about_something_else(intent, text)
    if intent == "handover":
        return not _NOTHING_BUT_A_PERSON.search(text) and (
            not _A_PERSON.search(text) or bool(_MATTER.search(text)) or len(text) > _LONGEST_CALL
        )
    if intent == "log_request":
        return not _LOGGING_WORD.search(text) or (
            bool(_WHO_OR_WHEN.search(text) or _ENQUIRES.search(text)) and not _WANTS_TO_LOG.search(text)
        )
    if intent == "inform_contact":
        return not _CONTACT.search(text)
    if intent == "request_status":
        return not _MY_REQUEST.search(text) or bool(_MATTER.search(text) and not _MINE.search(text))
    if intent == "bot_challenge":
        return not _ABOUT_THE_MACHINE.search(text) or (bool(_MATTER.search(text)) and "你" not in text)
    return intent == "emergency" and is_no_danger(text)


def _asks_about_something_else(intent: str, text: str) -> bool:
    """太难懂的看不明白咋弄 is no opinion of the answer: opinions and commands do not ask, unless about us."""
    bare = _PUNCTUATION.sub("", text)
    if intent == "ask_help":
        return not _ABOUT_THE_SERVICE.search(bare)
    # what is taken for idle talk is looked up before it is turned away (bot/actions/replies.py)
    return intent != "out_of_scope" and bool(_ASKS.search(bare)) and not _ABOUT_US.search(bare)


def _leaves_a_question(text: str) -> bool:
    rest = _COURTESY_WORDS.sub("", text.lower())
    if rest and _YES_OR_NO_AT_ITS_END.search(_PUNCTUATION.sub("", text)):
        return True
    return len(rest) > _LONGEST_COURTESY_REST or (len(rest) >= 2 and bool(_ASKS.search(rest)))


def leaves_nothing_but_courtesy(text: str) -> bool:
    """好的，不用了 in all its forms; with nothing to say yes or no to, any other text is a question."""
    return not _COURTESY_WORDS.sub("", text.lower())
