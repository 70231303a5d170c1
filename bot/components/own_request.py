"""Urging, rating and applying for disclosure, told from questions about how such things are regulated.

催一下我的诉求 is a wish, 催办制度由谁负责 a question; 我要申请信息公开 is a wish, 依申请公开几天答复 a question.
"""

import re

_URGES = re.compile(
    "催(?!化|芽|生|收|款)|加急|快[点些一](吗|不|吧|啊|点吗)?$|抓紧点?(吗|吧|啊)?$|太慢|(快点|快些|快一?点|赶紧|抓紧|尽快|赶快).{0,6}(处理|办|回|给|解决|派|查|管|结果)"
    "|(怎么|咋|为什么|为啥|到现在).{0,4}(还|也)?(没|不).{0,3}(处理|办|管|理|回|结果|动静|消息|联系|解决|答复|人|来)|没人(处理|管|理|联系|回)"
    "|(处理|办|回复|联系).{0,2}太慢|(这么|咋这么|好)(慢|久)|一直(没|不)|迟迟|拖|天了|月了|周了|星期了|等了|还要.{0,2}等|什么时候才|到底.{0,6}[管办处给]|[管办]不[管办]|超[时期]了"
)
_OF_A_REQUEST = re.compile(
    "我|俺|咱|催|诉求|投诉|举报|登记|反映|工单|单子|那个|处理|办|管|理|回复|联系|答复|结果|动静|消息|慢|久|天了|加急|拖|等|快|抓紧|赶紧|解决|还[没不]|超"
)
_RATES = re.compile(
    "满意|滿意|好评|差评|评价|(打|给|评)[个一]?分|[一二三四五六七八九十零满两\\d]分|[一二三四五两\\d]颗?星|一般|马马虎虎|还行|中规中矩"
)
_APPLIES = re.compile(
    "(申请|申請|提交|递交|提|交|填|办|做|递|写).{0,8}(公开|公開)(?!招|课|赛|竞|选|透明)|(公开|公開).{0,3}(申请|申請|提交|递交|怎么办|咋办|往哪|去哪|在哪|咋个)"
)
_APPLIES_FOR_ONE = re.compile("^[我俺咱]们?(要|想要?|准备|打算)(向.{2,12})?(依法)?申请(依法)?公开.{2}")
_WISHES = re.compile(
    "我|俺|咱|想|要(?!求)|帮|给|麻烦|(?<!申)请|怎么|怎麼|如何|咋|哪|可以|能|这里|^(申请|提交|递交|填写)"
)

_REGULATION = (
    "制度|规定|时限|期限|由谁|归谁|谁(来|管|负责|受理|审|答)|哪(个|些|家|几|一条)(部门|单位|局|科|条|信息)?|依据|标准|考核|什么意思|是什么|什么是"
    "|由.{1,6}(负责|受理|组织|答复|审|办|公布)"
)
_URGING_AS_A_MATTER = re.compile(f"{_REGULATION}|流程|督办|必须|应当|工作日|文件|补贴|工资|审批|公布|公示|公开|批复")
_RATING_AS_A_MATTER = re.compile(
    f"{_REGULATION}|满意(度(?!评价$)|率)|好差评|流程|多少|多久|几天|公布|公示|公开|通报|汇总|组织|复议|怎么(办|算)|能不能|整改|绩效|信用|环境影响|第三方|一般(公共|预算|是|要|需|多|由|企业|纳税|债)"
)
_DISCLOSURE_AS_A_MATTER = re.compile(
    f"{_REGULATION}|几|多少|多久|多长|收费|收钱|要钱|花钱|费用|条件|材料|答复|受理|不予|不给|拒|退|驳|第三方|区别|范围|情形|要求|身份证|流程|属性|延长|怎么处理"
)


def is_no_urging(text: str) -> bool:
    return not (_URGES.search(text) and _OF_A_REQUEST.search(text)) or bool(_URGING_AS_A_MATTER.search(text))


def is_no_rating(text: str) -> bool:
    return not _RATES.search(text) or bool(_RATING_AS_A_MATTER.search(text))


def is_no_application(text: str) -> bool:
    """Doubt goes to the documents: they say what may be asked for, in how many days and at what cost."""
    return not (_APPLIES.search(text) and _WISHES.search(text)) or bool(_DISCLOSURE_AS_A_MATTER.search(text))


def applies_for_one(text: str) -> bool:
    """我要申请公开 with the information wanted behind it, which reads like a question about it."""
    return bool(_APPLIES_FOR_ONE.match(text)) and not is_no_application(text)


def urges(text: str) -> bool:
    return bool(_URGES.search(text))
