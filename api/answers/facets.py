"""Which side of a task a question asks about: who leads, who is responsible, by when, where, what.

Deterministic, from the wording of the question alone. The order of the tests matters: a question such as
「几月底前由谁公开」 asks for a time *and* a unit; the more specific facet comes first.
"""

import re

from api.answers.clauses import PRINCIPLE
from api.schemas import Facet

# 「请谁来解读」 asks whom a requirement calls in, not which unit is responsible.
_INVITED = re.compile(
    r"(?:(?<![申报提])请(?!问|教|示|假)|邀请?|聘请?|委托|外聘)(?:来|些|上)*谁(?=[\u4e00-\u9fff])"
    r"(?![来去]?(?:负责|牵头|主[抓管办]|[管办抓]|配合|公开|公布|发布|问|咨询|答复|回复|[?？]|$))"
)
_LEAD = re.compile(
    r"牵头|挑大梁|扛大旗|当头|主导|领头|挑头|打头|带头单位|领着|领衔|主抓|主办单位|为首|排头|总负责|第一责任|主要由谁|谁为主"
)
_WHO = re.compile(
    r"谁|哪(?:些|个|几个|几家|一家|家|一个|几)?(?:部门|单位|局|处室|处|科室|机构|办公室|委|中心|企业|街道|园区|分局|两家|家)"
    r"|哪(?:几|两)?家|哪个[来去在都]?(?:管(?!理)|负责|出面|说了算|来?[做办弄抓])|(?:什么|啥)(?:部门|单位|机构)|责任(?:单位|部门|人)|配合单位|归(?:谁|哪)|找谁|头上|身上"
    r"|(?<!任务)分工(?!表|方案|通知|文件|第|[里中上])|主管|负责(?:人)?(?:是|的|吗|呢|$)|(?:单位|部门)(?:有|是)(?:谁|哪)|单位.{0,4}参加|参与.{0,3}单位"
)
_UNIT_ASKED = re.compile(r"负责|(?:配合|参与|协助|协办).{0,4}(?:单位|部门)|责任单位|责任部门")
_WHEN = re.compile(
    r"什么时[候间]|啥时候?|何时|几时|哪[天年月](?!结|级)|几月|几号(?!文)|几点|多久|多长时间|隔多|多长|期限|时限|截止|最晚|最迟|最后期限"
    r"|周期|频率|多少(?:天|日|个?工作日|小时|个?月)|几(?:天|日|个?工作日|小时|个月|年)(?!内)|几(?:天|个工作日|小时)内|(?:每|隔)几"
    r"|之前(?:要|得)|什么日子|公开时间|时间(?:要求|节点|是|安排|怎么)|隔一阵|一次性?还是|按什么周期|定期还是"
)
_WHERE = re.compile(
    r"哪里|哪儿|在哪|去哪|上哪|到哪|从哪|什么地方|啥地方|何处|渠道|途径|入口|哪(?:个|些|几个)?(?:网站|平台|栏目|公众号|系统|媒体|载体)"
    r"|(?:公开|发布|公布|告知|宣传)(?:的)?(?:方式|形式|平台)|(?:什么|啥|哪些|哪种|几种)(?:样的)?(?:方式|形式|办法|手段|花样|法子)"
    r"|怎么(?:公开|发布|公布|告诉|告知|对外|查|看)|如何(?:公开|发布|公布|告知)|通过(?:什么|哪|啥)|靠什么|(?:以|用|采取)?何种(?:方式|形式|途径|渠道)"
    r"|(?:热线|信箱|邮箱|电话|网站|平台|公众号|栏目)(?:啊|吗|么|没有|有没有|可以|能)|有没有(?:什么)?(?:热线|信箱|邮箱|电话|网站|平台|公众号|渠道)"
)
_COUNT = re.compile(
    r"(?<![哪那])(?:几|多少)(?:项|条|个|件|样)?(?:公开)?(?:的)?(?:任务|工作(?!日)|事项)|(?:任务|工作)(?:一共|总共|共)?(?:有)?(?:几|多少)(?:项|条|个|件)"
    r"|(?:任务|工作).{0,8}(?:共|总共|一共|合计|数量)(?:有|列|是)?(?:几|多少)|(?:共|总共|一共|合计).{0,6}(?:几|多少)(?:项|条)"
)
_LIST = re.compile(
    r"(?:[哪那]些|[哪那]几[项个件条样]?|什么|啥)(?:公开|政务公开)?(?:的)?(?:任务|工作|活|事儿|事项|事情|事|职责|差事)"
    r"|(?:任务|工作|活|活儿|事儿|事项|事|职责)(?:都)?(?:有|是)?(?:哪些|哪几|什么|啥)|(?:任务|工作|活儿?|事儿?|事项).{0,6}(?:列|数一数|捋|说说|讲讲|盘点|汇总|过一遍|全部|所有|清单)"
    r"|(?:列|数一数|捋|盘点|汇总|罗列|说说|讲讲|报一下).{0,14}(?:任务|工作|活|事儿|事项|职责)|手上.{0,6}(?:啥|什么|哪些)|[哪那]几?(?:条|项|个|件|样)(?:公开|政务公开)?的?(?:任务|工作)|(?:沾边|有份|挂名)的?(?:公开)?(?:任务|工作)|(?:全部|所有)(?:的)?(?:任务|工作|事项)"
    r"|(?:管|干|做|承担|牵头|负责|参与)(?:的)?(?:都)?(?:有)?(?:些)?(?:哪些|啥|什么)(?:任务|工作|活|事)?$"
)
_DOC_NUMBER = re.compile(r"文号|几号文|多少号|哪(?:个|号)文|第几号|什么字号|几号(?:文件|通知)|字.{0,2}(?:几|多少)号")
_DOC_DATE = re.compile(
    r"(?<!规范性)(?<!政策性)(?<!政策)(?:文件|通知|要点|分解表|分工|方案|办法|意见|函|表)[^,。?]{0,14}"
    r"(?:什么时候|啥时候?|何时|几月|哪天|几号|哪年|哪一年)[^,。?]{0,6}(?:印发|下发|发文|下的?文|出台|出的|发的|印的|落款)"
    r"|(?:什么时候|啥时候?|何时|几月几号|几月|哪天|哪年|哪一年).{0,4}(?:印发|下发|发文|下的?文|出台的?|印的?)"
    r"|(?:印发|发文|成文|落款)(?:日期|时间)|(?:文件|通知|要点|分解表|方案)是(?:哪一?年|什么时候|哪天)的"
)
_BASIS = re.compile(
    r"(?:分解表|分工|要点|通知|方案|意见|任务表|表|文件)(?:是|的)?[^,。?]{0,6}(?:照着?|按照?|根据|依据|转发|参照)"
    r"[^,。?]{0,10}(?:哪|什么|啥|几号|多少号|文件)"
)
_DOC_WORDS = re.compile(r"文件|通知|要点|分解表|分工表?|方案|办法|意见|函|发文|下的?文|印发|下发")
_SHARE = re.compile(r"百分之(?:多少|几)|(?:率|比例|占比|权重|分值)[^,。?]{0,6}(?:多少|几)|多少(?:比例|个百分点)")
_THING = re.compile(r"(?:什么|啥)(?!部门|单位|机构|时候|地方)")
_WHAT = re.compile(
    r"(?:什么|啥|哪些|哪几|哪两|哪三)(?!部门|单位|机构|时候)|怎么(?:做|办|弄|搞|调|改|处理)|咋|如何|要求"
)


def is_basis_asked(text: str) -> bool:
    """Whether the question is which document this one was made by."""
    return bool(_BASIS.search(text))


def is_document_number_asked(text: str) -> bool:
    return bool(_DOC_NUMBER.search(text))


def is_document_date_asked(text: str) -> bool:
    return bool(_DOC_DATE.search(text)) and bool(_DOC_WORDS.search(text))


def is_list_asked(text: str) -> bool:
    return bool(_LIST.search(text))


def is_count_asked(text: str) -> bool:
    return bool(_COUNT.search(text))


def detect_facet(text: str) -> Facet:
    """The facet of a normalised question; ``any`` when its wording asks for none in particular."""
    text = _INVITED.sub("请什么人", PRINCIPLE.sub("", text))
    if is_basis_asked(text) or is_document_number_asked(text) or is_document_date_asked(text):
        return "document"
    who = _asks_who(text)
    share = _SHARE.search(text)
    if share and not who and not _WHEN.search(text, share.end()):
        return "requirement"
    if _LEAD.search(text) and not _WHEN.search(text):
        return "lead"
    if _WHEN.search(text) and not who:
        return "deadline"
    if who:
        return "responsible"
    if _WHERE.search(text):
        return "channel"
    if _UNIT_ASKED.search(text) and not _WHAT.search(text):
        return "responsible"
    if _WHAT.search(text):
        return "requirement"
    return "any"


def _asks_who(text: str) -> bool:
    """The last question word is the one asked: 「哪个单位要是办砸了，有什么后果」 asks for the consequence."""
    units = [match.start() for match in _WHO.finditer(text)]
    things = [match.start() for match in _THING.finditer(text)]
    return bool(units) and (not things or things[-1] < units[-1])
