"""Danger to life and limb, told from a question about how danger is dealt with.

Missing a cry for help is the worst thing this service can do; a number too many costs a citizen nothing.
"""

import re

# Said of oneself these are never a matter of policy, whatever else the sentence names.
_OWN_DESPAIR = re.compile(
    "(我|俺|咱).{0,6}((想|要|打算|准备)(去)?(自杀|自尽|轻生|寻死|跳楼|跳河|跳桥|割腕)|(?<!不)想死(?!角|你|他|她|心)|不想活|活不下去|活着没|割腕|自残)"
)
_OWN_ABUSE = re.compile("(我|俺).{0,8}(打我|家暴)|家暴(我|了)|打我.{0,4}(咋办|怎么办)")
_NOW = re.compile(
    "(着火|起火|失火|爆炸|触电)了|救命|(快|帮我)(报警|叫救护车|打1[12][09])"
    "|有人(晕倒|昏倒|溺水|落水|触电|中毒|跳楼|要跳楼|自杀|抢劫|持刀|拿刀)|(被|遭)(人)?(打劫|抢劫|抢了|绑架|捅|砍)"
    "|(煤气|燃气|天然气|液化气)(泄漏|泄露|漏了)|(出|发生)车祸了|心脏病(发|犯)|不省人事|昏迷不醒|没有?呼吸|大出血|孩子(走)?丢了"
    "|不想活了|活不下去|活着(真|好|也)?(没|沒)有?(意思|意义|劲|啥意思|什么意思)|活够了|(想|要)(自杀|自尽|轻生|寻死|跳楼|跳河|跳桥|割腕)"
    "|割腕|自残|死了算了|^(真|好|很|就)?(的)?想死(了|啊|算了)*[。！!.]*$"
    "|(老公|老婆|丈夫|妻子|前夫|对象|男友|男朋友|女朋友|爸|妈|爹|公公|婆婆|邻居|同事|老板|有人|他|她|他们).{0,5}(打我|掐我|砍我|杀我|打死我)"
    "|(被|遭|遭受|正在|又|在)家暴|家暴(我|了|打|怎么办|咋办|找谁|求助)|^家暴[啊。！!]*$"
    "|(有人|陌生人|小偷|贼|歹徒|坏人|他|他们).{0,4}(闯|翻|撬|溜|摸)(进|入|到|开)?了?(我|俺)?们?(家|屋|房|门|窗)|闯(进|入)了?(我|俺)们?家"
    "|电梯.{0,6}(困人|困住|困了|被困|被关|关住)|困在.{0,4}电梯|(被|关|困)在?电梯里"
    "|(被|遭|遭到|遭遇|让人|给人)(人|电信|网络)?(诈骗|骗)(了|走|钱|光)|^(我)?(被|遭遇|遭到|遇到)(电信|网络)?(诈骗|骗)[了啊]*[。！!]*$|钱被骗"
)
_AS_A_MATTER = re.compile(
    "预案|公开|公布|发布|牵头|负责|责任|时限|文件|政策|规定|通报|信息|演练|培训|宣传|干预|由谁|归谁|谁管|哪个(部门|单位|局)|补偿|救助金|补贴|标准"
)
_WORDS = re.compile(
    "着火|起火|失火|大火|火灾|火了|救火|冒烟|浓烟|爆炸|救(我|人|命|护|救)|快救|晕|昏(迷|倒|过去)|(摔|晕|昏|跌)倒|倒(在|地|下了)|受伤|[砍烧打]伤|流血|出血|血流"
    "|溺|落水|掉.{0,3}[河水井]|跳楼|自杀|轻生|不想活|车祸|撞(了|人|车|到)|[挨被]打|打(人|架|我|起来|劫)|抢(劫|钱|包|东西|了)|打劫|小偷|被偷|偷(钱|东西|车|了)|盗窃|贼"
    "|刀|砍|捅|绑架|煤气|燃气|天然气|触电|漏电|(孩子|小孩|老人|人)(走)?丢|走失|不见了|被困|困(住|在|人)|塌|中毒|毒气|喝.{0,2}农药|报警|心脏|呼吸|危险|杀|著火|救護"
    "|家暴|闯(进|入)|被骗|割腕"
)


def in_danger(text: str) -> bool:
    """Whether the text is certainly a cry for help."""
    if _OWN_DESPAIR.search(text) or _OWN_ABUSE.search(text):
        return True
    return bool(_NOW.search(text)) and not _AS_A_MATTER.search(text)


def is_no_danger(text: str) -> bool:
    """Whether a text taken for a cry for help names no danger, or names it as a matter of policy."""
    return bool(_AS_A_MATTER.search(text) or not _WORDS.search(text))
