"""What kind of fact a question wants, and whether a text holds one.

A question for an amount is not answered by a sentence without an amount, however alike the words are: 「一年财政收入
有多少亿」 against 「按月公开财政收支情况」. The kinds below are those where a plan or notice talks *about* a matter
without giving the fact, so that likeness alone would mislead.
"""

import re
from dataclasses import dataclass

_NUMBER = r"[\d一二三四五六七八九十百千万两零〇.]+"


@dataclass(frozen=True, slots=True)
class FactKind:
    """``asked`` recognises the question, ``held`` a text that can answer it; ``name`` completes 「没有写明…」."""

    name: str
    asked: re.Pattern[str]
    held: re.Pattern[str]


FACT_KINDS = (
    FactKind(
        "具体地址",
        re.compile(
            r"(?:哪|什么)(?:一)?(?:条)?(?:路|街|楼|栋|层|号楼|位置|地段)|地址|在什么地方(?:办公|上班)|(?:几|哪一?)楼|怎么(?:走|坐车|去(?=$|[?？。呢啊]))|(?:单位|局|中心|大厅|办公室|管委会|医院|学校)(?:在|位于)(?:哪|什么地方)|附近有"
        ),
        re.compile(rf"(?:路|街|大道|巷|道){_NUMBER}号|地址[:为]|{_NUMBER}号楼|位于.{{2,20}}(?:路|街|大道)"),
    ),
    FactKind(
        "电话号码",
        re.compile(
            r"(?:电话|热线|手机|联系方式|传真)的?(?:号码?)?(?:是|给|为)?(?:多少|几号|啥|什么|发我|给我)|打(?:什么|哪个|多少)(?:电话|号)|联系电话|座机|(?<!的)(?<!问)(?:电话|联系方式|传真|邮箱)(?:呢|啊|吗)?[?？。]*$"
        ),
        re.compile(r"\d{3,4}-\d{7,8}|1\d{10}|(?<!\d)\d{7,8}(?!\d)|12345|(?<!\d)1\d{4}(?!\d)|(?:电话|热线).{0,6}\d{5,}"),
    ),
    FactKind(
        "金额",
        re.compile(
            r"多少(?:个)?(?:钱|元|块|亿|万)|(?:投资|金额|规模|预算|资金|额度).{0,3}多大|几(?:个)?(?:亿|万|块钱)|多贵|收(?:不收)?费吗|要(?:不要)?钱"
            r"|(?:费用|收费|收入|支出|预算|工资|经费|罚款|金额|价格|债务|投资|资金|奖金|总额)(?:一共|总共|总额)?(?:是|有|为|要|达|给|发|拨)?了?多少"
            r"|(?:欠|花|拨|投|收|借|罚)了?多少(?!家|个|项|条|次|人)"
        ),
        re.compile(rf"{_NUMBER}(?:多|余)?(?:亿|万|千|百)?元|免费|不收取|免收"),
    ),
    FactKind(
        "具体标准",
        re.compile(
            r"(?:补贴|补助|额度|待遇|标准|比例|税率|费率)(?:是|有|为|达|给|发|拨)?了?(?:多少|几)|(?:补|奖|发|给|涨|加|降|减|调)了?多少(?!家|个|项|条|次|人)"
        ),
        re.compile(rf"{_NUMBER}(?:多|余)?(?:亿|万|千|百)?元|{_NUMBER}(?:%|倍|个百分点)|免费|免收|百分之"),
    ),
    FactKind(
        "人员姓名",
        re.compile(
            r"^(?!.*(?:牵头|负责|责任|配合|主管|主办|承办|领头|单位|部门))[\u4e00-\u9fff]{2,4}是谁[?？]*$"
            r"|(?:局长|主任|书记|领导|负责人|处长|科长|市长|区长|院长|校长|发言人|联系人)"
            r"(?:是谁|是?哪位|是?哪一?个|叫(?:什么|啥)|姓(?:什么|啥)|的?名字|的?姓名|哪位)"
            r"|叫什么名字|谁是.{0,12}(?:局长|主任|书记|处长|科长|区长|市长)"
        ),
        re.compile(
            r"(?:局长|主任|书记|处长|科长|区长|市长|组长|联系人)[:：]?[\u4e00-\u9fff]{2,3}(?:[,，、;；。）)]|$)"
        ),
    ),
    FactKind(
        "办公时间",
        re.compile(
            r"几点(?:上班|下班|开门|关门|到几点)?|(?:周末|周六|周日|星期[六日天]|节假日|中午).{0,6}(?:上班|开门|办公|办理|营业|开放)|上班时间|办公时间|营业时间|工作时间"
        ),
        re.compile(r"[上下]午|\d{1,2}[:：]\d{2}|\d{1,2}[时点]|周[一二三四五六日末]|星期|节假日"),
    ),
    FactKind(
        "办理材料和手续",
        re.compile(
            r"(?:带|要|交|准备|提供|需要)(?:些|齐)?(?:什么|哪些|啥)(?:材料|证件|手续|资料|证明|东西)|(?:什么|哪些|啥)(?:材料|证件|手续)|(?:怎么|如何|咋|上哪|去哪|到哪|在哪).{0,6}(?:办理|申领|申办|领取|补办|换领|报名|预约|过户|落户|缴费|交费|开证明)"
            r"|(?:几天|多久|多长时间|多少天).{0,6}(?:办好|办完|办下来|拿到|下来|到手|办成|领到)|(?:办|换|补|领)(?:个|张|一个|一张)?[\u4e00-\u9fff]{0,8}(?:证|执照|卡|护照|户口|社保|低保).{0,14}(?:哪|几天|多久|材料|窗口|怎么|咋)"
        ),
        re.compile(
            r"(?:提交|提供|携带|备齐|准备|所需|申请).{0,10}(?:材料|证件|身份证|证明)|身份证|户口簿|办理(?:地点|流程|条件)"
        ),
    ),
    FactKind(
        "具体数量",
        re.compile(
            r"(?:人口|面积|企业|学校|医院|人数|户数|床位|公里|总量|产值|gdp|增长率|增速|达标率)(?:一共|总共)?(?:有|是|达)?(?:了)?(?:多少|几)|多少(?:人|户|家|所|辆|套|吨|平|公里|张床)"
        ),
        re.compile(rf"{_NUMBER}(?:万|余|多)?(?:人|户|家|所|辆|套|吨|平方|公里|张|次|件|起|通|场|份|%|个百分点)"),
    ),
)


def wanted_fact(text: str) -> FactKind | None:
    """The kind of fact a normalised question cannot do without; None when a sentence of the matter itself will do."""
    return next((kind for kind in FACT_KINDS if kind.asked.search(text)), None)
