"""Questions how to get something done for oneself (办事): 社保卡丢了怎么补, 疫苗去哪打, 报名时间.

No plan answers them. A plan lists the work of offices, and speaks of every matter in passing: asked how a claim is
reimbursed it would say that information on health insurance is to be published, sure of itself because the words agree.
Other documents may well tell the way, and are searched as for any question.
"""

import re

from api.answers.evidence import EVENT, PAYMENT, WHEN

_HOW = "(?:怎么|怎样|如何|咋个?|啷个|哪能)"
_WHERE = "(?:[去到上在往]哪(?:里|儿|个?(?:窗口|地方|医院|社区医院|银行|学校))?|(?:什么|啥)(?:地方|窗口))"
_GETTING = (
    "(?:申请|申领|申办|办理|补办|补领|挂失|报销|领取?|提取|取(?:出来|钱|款)|转(?:移|学|出|入|户)|迁|落户|上户口|注销|过户"
    "|报名|报考|预约|挂号|缴费?|交(?:社保|医保|[水电气税罚]?费|钱|税|罚款)|充值|开户|开通|开(?:具|证明|发票|介绍信)|备案"
    "|年检|年审|签注|续签|换(?:证|领)|考(?:证|取)|打(?:疫苗|针)|接种|献血|体检|看病|就医|入学|上学|退(?:税|费|款|钱)|参保"
    "|续保|停保|贷款|仲裁|收养|领养|结婚|离婚|买|租|加装|安装)"
)
_DONE_AT = "(?:办(?!公|事)|补|领|开|打|交|买|租|换|考|取|签|修|做|学)"
_PAPER = (
    "(?:证(?!监)|证明|疫苗本|执照|护照|户口本?|驾照|签证|许可证?|卡|社保|医保|低保|公积金|保险|补[贴助]|津贴|救助|发票|养老金"
    "|失业金)"
)

_ASKED = re.compile(
    "|".join(
        (
            f"{_HOW}[^,。?]{{0,6}}{_GETTING}",
            f"{_GETTING}[^,。?]{{0,2}}{_HOW}(?:办|弄|搞)",
            f"{_GETTING}[^,。?]{{0,8}}{_WHERE}",
            f"{_WHERE}[^,。?]{{0,4}}(?:{_GETTING}|{_DONE_AT})",
            f"{_DONE_AT}[^,。?]{{0,6}}{_WHERE}\\W*$",
            f"{_GETTING}[^,。?]{{0,4}}(?:流程|手续|条件|材料|步骤|资格)",
            "(?:需要?|要|有)(?:些|啥|什么|哪些)[^,。?]{0,2}(?:条件|手续|材料|证件)",
            f"{_PAPER}[^,。?]{{0,4}}(?:丢|掉|遗失|过期|坏|没|不见)了",
            f"{_PAPER}[^,。?]{{0,3}}(?:{_HOW}|{_WHERE})(?:能|可以|去|来)?(?:办|弄|开|补|领|拿|取|交|缴|换|转|退|买|续|查|用)",
            f"{_PAPER}[^,。?]{{0,6}}能(?:不能)?[^,。?]{{0,3}}(?:取|领|退|用|转|补)[^,。?]{{0,3}}吗?",
            f"{_PAPER}[^,。?]{{0,3}}(?:办|换|补|领)[^,。?]{{0,4}}(?:多久|几天|多长时间|多少天)",
            f"{_PAPER}[^,。?]{{0,4}}[要用](?:不[要用])?(?:办|补|换)",
            f"能(?:不能)?[^,。?]{{0,3}}{_GETTING}[^,。?]{{0,4}}[吗不没?]",
            "(?:开放|开馆|闭馆|营业|上班|门诊|办公|接待)时间",
            f"{EVENT}的?(?:时间|日期|{WHEN})|{WHEN}[^,。?]{{0,2}}{EVENT}",
            f"{PAYMENT}(?:一般|都|每个?月|是)?{WHEN}(?:能|可以)?(?:发|到|打|领)",
        )
    )
)
# What plans do tell: what offices publish, where opinions go, and who does it.
_OF_OFFICES = re.compile(
    "公开|公布|发布|公示|解读|信息|意见|建议|提案|投诉|举报|反映|留言|热线|信箱|网站|公众号|微博|指南|清单|谁|部门|单位|牵头|负责"
    "|任务|要点|分解表|事项|文件|优化|推进|完善|规范"
)

_DEED = re.compile(
    "申请|申[领办]|办理|[补代]办|补领|报[销名考]|提[取交]|领取|预约|挂号|缴费|注销|过户|备案|查[询看]|登记|收费|费用|[交要收]钱|[答回]复|回答|联系"
    "|不服|不?满意|结果|进度|处理|投诉|流程|手续|条件|材料|[我你您他她]们?|想要?|请|帮|[能会要]|可以|一[个份张项件次下]|几天|多久"
)


def asks_for_an_errand(text: str) -> bool:
    """Whether a normalised question asks how, where or when a citizen gets something for oneself."""
    return bool(_ASKED.search(text)) and not _OF_OFFICES.search(text)


def things_named(text: str) -> str:
    """The text less the words for what is done with a thing: 低保 of 低保怎么申请. Empty where nothing else is said."""
    return _DEED.sub(" ", text)
