"""What tells a dialogue act from a question that merely sounds like one.

A citizen who gets 不客气 for 谢谢，再问下泰达的时限 has lost a question; one who gets a search result for 谢谢 has lost
nothing. So every doubt goes to the question.
"""

import re
from collections.abc import Set

from bot.components.danger import in_danger, is_no_danger
from bot.components.idle_talk import is_idle_talk
from bot.components.own_request import applies_for_one, is_no_application, is_no_rating, is_no_urging, urges

QUESTIONS = frozenset({"ask_policy", "ask_followup", "pick_option"})
_COURTESIES = frozenset({"greet", "goodbye", "thank", "affirm", "deny"})
_ABOUT_THE_TALK = frozenset(
    {"cancel", "start_over", "feedback_good", "feedback_bad", "ask_help", "out_of_scope", "rudeness", "say_again"}
)
_ABOUT_A_REQUEST = {"urge_request": is_no_urging, "rate_request": is_no_rating, "apply_disclosure": is_no_application}
_LONGEST_COURTESY_REST = 7
_LONGEST_CALL = 20
_LONGEST_REPROACH = 16

_MATTER = re.compile(
    "公开|公示|公布|公告|发布|通报|牵头|挑头|负责|责任|时限|期限|截止|工作日|政务|政策|文件|办法|规定|条例|通知|要点|任务|几号文"
    "|清单|解读|预算|决算|审批|许可|补贴|补助|津贴|标准|材料|手续|流程|办理|申请|部门|单位|哪个局|什么局|归谁|由谁|谁管|谁来"
    "|方式|渠道|文号|要求|依据|固体废物|废物[处利回管]|垃圾[分清处费场站焚填]"
)
# 够不够, 退没退, and 抽贷不, 退了没有 at the end; 好不, 行不 ask for consent, 都没有 complains
_YES_OR_NO = r"(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)|(?<![行好对成中以是着])不$|(?<![都也还并])没$|[了过]没有$|否$"
# said of an opinion, a refusal or a failing: 没错没错 asks nothing
_NOT_ASKING = re.compile("[没不]错|没什么|没啥|不怎么样|不咋样|不咋地|什么(鬼|乱七八糟|玩意)|瞎说什么")
_ASKS = re.compile(f"谁|哪|什么|啥|怎么|咋|如何|多少|几|吗|么|呢|是否|多久|多长|多远|多大|多高|{_YES_OR_NO}")
_YES_OR_NO_AT_ITS_END = re.compile(f"[吗么]$|{_YES_OR_NO}")
# 再说一遍好吗 is a wish in the shape of a question
_POLITELY = re.compile("^(?:你|请)?(?:能不能|可不可以|能|可以)(.*?)吗?$|^(.*?)(?:[好行]吗|可以吗|[行好]不[行好])$")
# 不对，我问的是财政局 sets the question right; 换种方式问 names no 公开方式
_CORRECTS = re.compile("我(问的是|说的是|要问的是|是问|指的是|记得)|应该是")
_PHRASING = re.compile("[换用].{0,2}方式(再)?[问说]")
_ABOUT_US = re.compile("你|答|啥用|什么用|回复|说的|说得|玩意|登记|投诉|举报")
_COURTESY_WORDS = re.compile(
    "[你您妳]好吗|你好|您好|妳好|大家好|哈喽|哈啰|哈罗|hello|hi|hey|嗨|嘿|喂|在吗|在么|在不在|在线[吗不]?|在的[吗么不]|在没在|亲爱的|在[没不]$|有人在?(吗|没有?|不|么)|有没有人|亲|打扰(一?下|了)?|请问(一?下)?|(早上|上午|中午|下午|晚上)好|早安|晚安"
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
    "|(^|你的?|有(什么|啥|哪些))(功能|本事|用处)|^(打开|显示|看看)?(使用|操作)?(帮助|说明|指南|手册|方法|方式|用法|教程|菜单|主菜单|help|menu)(中心|说明|菜单|一下|书|me|在哪|有吗)*$|^新手"
    "|^(我)?不会(用|使|使用)(这个|它|啊|呀)?(教教我)?$|^(教(教我|我|一下)?|请教|说说|告诉我)(你)?(怎么|咋|如何)?(用|使|使用)?(你|一下)?$|^(怎么|咋|如何)(用|使用|使|操作|问|提问)(你|您|这个|这|问题)?[啊呀呢]?$"
    "|(这个|这|这儿|在这儿?|在?这里).{0,2}(有(什么|啥)用|(能|可以)(做|干|问|查)(什么|啥|嘛|些什么))|(你|这个?)(是)?(用来)?[干做](什么|啥|嘛)用?的"
    "|不知道(该)?(怎么)?问(什么|啥)?$"
)
_ABOUT_THE_MACHINE = re.compile(
    "[你您妳]|介绍.{0,2}自己|贵姓|机器|機器|真人|活人|人工|客服|自我介绍|对面|自动回|跟我(说话|聊)|和我(说话|聊)|ai|模型"
)
_A_PERSON = re.compile(
    "人工(?!智能|费|成本|繁育|繁殖|养殖|湖|影响|增雨|降雨|授精|流产|林)|客服|真人|活人|话务|坐席|座席|接线"
    "|(找|转|接|联系|跟|和|叫|见|换|让|请).{0,8}(工作人员|领导|负责人|办事员|管事的)|工作人员(在|呢)|有没?有?工作人员|[跟和]机器说"
    "|(找|叫|换|来|让|派|给我|跟|和|是|要)(一?个)?(能.{0,3}的)?人(?![代员口民才力士类群身均])|人呢|有没?有?人(能|在|接)"
    "|(打|接|留|回).{0,3}(个)?电话(?!预约|报名|申报|登记|办)|(你们|你|客服|咨询|服务)的?(电话|热线)|有没?有?(咨询)?(电话|热线)|^(咨询)?电话(号码)?(是)?多少|(电话|热线).{0,4}(问|找)|机器(人|回)"
)
# 接线员态度差，挂我电话 complains of one
_ABOUT_A_PERSON = re.compile(
    "态度(太|很|真|特别|非常)?(差|恶劣|不好|不行)|挂(了|断)?(我|了我)的?电话|骂(我|人)|推诿|踢皮球"
)
_CALLS_FOR = re.compile("[找转换叫]|接(人工|通)")
_OPENING_HOURS = re.compile("几点|[上下]班|周末")
_NOTHING_BUT_A_PERSON = re.compile(
    "转人工|人工客服|活人|真人|找客服|客服在|接人工|坐席|^(我要|我想|给我|帮我|快)?[找叫让见换请](你们?)?的?(领导|负责人)(来|出来)?(跟我(说|讲))?$"
)
_WANTS_TO_LOG = re.compile(
    "(我|俺|咱)们?(要|想|来)?(再)?(投诉|举报|反映|登记|留言|申诉)|帮(我|忙)|给我|记(一)?下|记上|登记(一)?下|请登记|转交|转给|管管|反映上去"
)
_LOGGING_WORD = re.compile(
    "投诉|举报|求助|反映|反应|登记|留言|留个言|建议|意见|诉求|申诉|报修|记|转|提交|管管|告|报上去|往上报|报一?下|交上去|投訴|舉報"
    "|(让|叫|找).{0,6}(回复|答复)|给我(个)?(回复|答复)"
)
_ENQUIRES = re.compile(
    "^(你好|您好|喂|那)?[, ，]?(我|俺)?(就)?(要|想)?(请问|问问|问一?下|要问|想问|想知道|想了解|咨询|想查)"
)
_WHO_OR_WHEN = re.compile(
    "谁|哪(个|些|家|几)|多久|几天|多长|何时|什么时候|啥时|几时|时限|期限|公开|公布|公示|信息由|办法|制度|流程|规定|奖励|电话|热线|渠道|哪里|哪儿|在哪"
)
_REGISTRATION = re.compile(
    "(失业|就业|求职|结婚|离婚|婚姻|收养|出生|户口|车辆|机动车|房屋|房产|不动产|产权|土地|抵押|股权|税务|工商|商事|企业|公司|注册|变更|备案)登记"
)
_MINE = re.compile("我|俺|咱|上次|上回|之前|编号|登记的")
_MY_REQUEST = re.compile(
    "登[记記]|编号|查询码|工单|诉求|訴求|投诉|举报|反映|提交|申请|单子|[进進]度|结果|回复|有人管|报修|(我|提).{0,4}(建议|意见)|(办|处理|查)(得|到|好|完)"
    "|我的?(那[个件])?(事|问题)|(办理|处理)情况$"
)
_IN_GENERAL = re.compile("哪(个|些|家)|谁|多久|几天|时限|规定|流程")
_ASKS_HOW_FAR = re.compile(
    "^(帮?我?(要|想)?)?(查询?|看)?(一?下|查|看)?(办理|处理)(进度|情况|结果)(怎么样|如何)?[了吗]*$"
)
_WRONG_ANSWER = re.compile("答错|答非所问|答得?不对|回答(有误|错误|不对)|(说|讲)错了|牛头不对马嘴|驴唇不对马嘴")
_LOGGING = re.compile(
    "^(那|好)?(我)?(还|再)?(要|想)?再?(帮我)?(登记|反映|提交)(一?个|一?下|一条|一件)?(别的|新的|其他的?)?(诉求|问题|事)?(吧)?$"
)
_WANTS_TO_REPORT = re.compile(
    "^(你好|您好|喂)?[，, 。!！]*[我俺咱]们?(就|现在)?(要|想|来)"
    "(再|实名|匿名)?(投诉|举报|检举|反映|报修|求助(?![学理力残农产教手]))"
    "|^(你好|您好|喂)?[，, 。!！]*(我|要|想)*(匿名|实名)(投诉|举报|反映)(?!信|人|者)"
    "|^(你好|您好|喂)?[，, 。!！]*(紧急|跪求)?求助([，,。:：！!\\s]|一下|$)"
)
# 投诉楼下跳广场舞的吵死人了 complains; 投诉处理办法 does not
_NAMES_THE_KIND = re.compile(
    "^(你好|您好|喂)?[，, 。!！]*(投诉|举报|求助|检举)"
    "(?!了|过|没|不|一直|好久|很久|以?后|半天|[多好几]次|到现在|也|都|的|以来|[一两三几\\d]).{4}"
)
_COMPLAINS = re.compile(
    "吵|乱|脏|臭|坏|堵|漏|欠|骗|偷|占|扰民|没人|没有人|不(管|修|退|理|给|开|让|发|作为|处理|干)|半夜|夜里|天天|每天|一直|有人|死人|[^了]了[。！!]*$|倒(脏|污|垃)|卖假|假货|强行|强制|态度|推诿|赌博|污水"
)
# the desk of the API takes it where a person is there; here nobody is
_LEAVES_A_PERSON = re.compile(
    "^(我|那)?(要|想|先|就|还是)*(结束|退出|取消|关闭|停止|不用|不要|不转|不需要|不找)(转|找)?(人工|坐席|客服)(服务|客服|对话|聊天)?(了|吧)*$"
)
_OTHER_CONTENT = re.compile("^.{0,6}(换|改|修改|更换)(一?个|一?下|成)?(内容|诉求|描述)")
_WHAT_I_JUST_LOGGED = re.compile(
    "(刚才|刚刚|刚|方才|前面|这次).{0,4}(登记|提交|投诉|反映|举报)(?!诉求$|的?时候?).{0,10}(怎么样|咋样|进度|结果|到哪|处理|办|回复|状态|编号|查询码|有消息)"
    "|(查|看).{0,6}(刚才|刚刚|刚|方才|前面|这次).{0,4}(登记|提交|投诉|反映|举报|诉求)"
)
_EARLIER = "(刚才|刚刚|刚|方才|前面|这次|上次|上回|上周|上个月|前几天|前两天|那天|昨天|前天|今早|早上|之前|以前)"
_MADE = "(登记|提交|投诉|反映|举报|报修|求助|报|提|说)"
# 上次报的那个路灯咋样了; 上次报的税怎么退 is about another thing
_OF_MINE = (
    f"{_EARLIER}我?(在这里?|在这儿|给你们?|跟你们?|向你们?|找你们?)?{_MADE}过?了?的"
    "(?!时候|.{0,3}(税|名(?!字)|材料|考试|志愿|职称|贷款|社保|公积金|医保|户口|执照|项目|预算|决算))"
)
_STATE_OF_MINE = re.compile(
    f"{_OF_MINE}.{{0,12}}(多会儿?|啥时|什么时候|几时|何时|多久|还要几天|怎么样|咋样|怎样|如何了|进度|结果|到哪|(处理|办|弄|修|搞|解决|答复|回复|清)(好|完|得|到|了|没|吗|成|理|的)|有(没有)?(人管|消息|动静|下文|回复|答复|结果)|没有?(动静|消息|下文|回音)|[好行]了(没|吗)|呢$)"
)
_OTHERWISE = "(修改|改动|更改|更正|变更|改|补充|加)"
_CHANGES_MINE = re.compile(
    f"{_OTHERWISE}(一?下|一?点|改|动)?我?{_OF_MINE}|^[我俺]?(想|要)?把?我?{_OF_MINE}.{{0,6}}(想|要|能不能|可以|能)?{_OTHERWISE}(一?下|一?点|改)?(吗|吧)?$"
)
_IN_GENERAL_OF_MINE = re.compile("由谁|哪个(部门|单位|局)|规定|时限|牵头|流程")
_KEEPS_IT = re.compile(
    "^(算了|还是|那|先|就|我|别|嗯|好的?|等等|哦)*(不|别|不想|不要|不用)(要|想)?(再)?(给我)?(撤销|撤回|撤诉|撤掉|撤)(了|吧|啊|它)*$"
)
_KEEPS_THE_PHONE = re.compile(
    "^(我|俺|还是|就|那|算了|真的?|可)*(不太?想|不太?愿意?|不要|不能|不太?方便|不敢|不肯|不会|不|别)(再)?(给|留|告诉|填|提供|说|写|报|透露|泄露)"
    "(?!.{0,4}(打|回|接)).{0,6}(电话|手机|号码|联系方式|手机号|邮箱|名字|姓名)(号码?)?(了|吧|啊|的|可以吗|行吗)*$"
)
_DESK = "(你们?|[您咱]们?|这里|这边|人工(客服|服务|坐席)?|客服|坐席|工作人员|服务)"
_DAYS = (
    "(一般|平时|今天|明天|今晚|周[一二三四五六日末天]|周六日|周六周日|礼拜[天日六]|星期[天日六]|双休日?"
    "|节假日|假期|春节|国庆|过年|过节|中午|午休|晚上|夜里|早上|下午)"
)
_HOURS = re.compile(
    f"^(请问|那|喂|你好|您好)*{_DESK}?的?{_DAYS}*(是|都|还|也|到|会|在)*"
    "((几点|什么时候|啥时候?|多会儿?|几点到几点|几点钟)(开始|结束|能|可以|才)?(到几点)?(上班|下班|上下班|开门|关门|在线|有人|在|服务)|(上不上班|上班(吗|么|不|时间)|休息(吗|么|不)|有人上班|在线时间|服务时间|工作时间|作息时间))"
    "(是)?(几点|什么时候|多少|什么|啥时候|到几点|几点到几点)?(呀|啊|呢|吗|了)*$"
)
_OUR_NUMBER = re.compile(
    f"^(请问|那|喂|你好|您好|告诉我|给我|我?想?要?知道)*({_DESK}|咨询|热线|联系|办公室?)的?(咨询|联系|服务|办公|热线|客服|投诉|举报)?(电话|热线|号码|联系方式)(号码?)?(是)?(多少|几号|什么|啥|呢|有吗)?(呀|啊|呢|吗)*$"
    f"|^(请问)?{_DESK}?(有没有|有)(咨询|联系|热线|客服|投诉)?(电话|热线)(吗|号码)?(可以打)?(吗)?$|^(咨询|投诉|联系|客服|服务)?(电话|热线)(号码)?是?(多少|几号)(呀|啊|呢)*$"
)
_HOW_FAR_IS_IT = re.compile(
    "^(我的?|我们的|那个|那件|这个|事情?|现在|刚才的?|诉求|投诉){0,3}(办|处理|进行|走|弄)?(得|的)?到(哪|什么|哪个|哪一)(一?步|里|儿|阶段|程度|环节|地步)?(骤)?(了|啦|呢|呀|啊)*$"
)
_RATHER_ANONYMOUS = re.compile(
    "^(算了|还是|那就?|就|哎)*(我|你们?|就|还是)?(((别|不要|不想)(用|写|留|填)我?的?(真实)?(名字|姓名|名|电话|联系方式)(了|吧)?)|(要|想|就)?匿名(吧|了|好了)?)+$"
)
# at the step of the consent a yes; it asks for no state of a request
_TELL_ME = re.compile(
    "^(那|好的?)?(如果|要是|等)?有了?(答复|结果|回复|消息|进展|处理结果)(的?时候|的话|以?后|了|时)?(请|就|再|记得|一定|麻烦|及时|尽快|[你您]们?|要|直接|发短信|发消息)*"
    "(通知|告诉|告知)(我|一?下|一声)+(就行|就好|吧|啊|谢谢)*$"
)
_RUDE = re.compile(
    "^(你们?|真是|就是|都是|都|是|真|太|好|大|给我|快|这个|这群|个|一[群帮个])*"
    "(滚|滚蛋|滚开|滚远点|滚出去|滚犊子|闭嘴|去死|傻[逼比子瓜]?|蠢货?|蠢死|笨蛋?|笨死|脑残|弱智|智障|神经病|有病|废物|饭桶|骗子|混蛋|王八蛋|狗东西|狗屁|放屁|不要脸|sb|cnm|草泥马|操|妈的)(吧|啊|了|吗|们|一[个群]|你|玩意儿?)*$"
    "|(破|废物|弱智|智障|蠢|傻[逼比])(机器人|客服|系统|软件|助手|东西|玩意)|(你|政府|官).{0,6}(都是|就是|是|全是)(一?群|一?帮|个)?(骗子|废物|饭桶|混蛋|王八蛋)"
    "|^(真)?(你|他)?妈的$|操你妈|^去你的$"
)
_WHAT_WE_ARE = (
    "(机器人|客服|系统|软件|助手|平台|网站|程序|政府|单位|部门|机关|服务(?!费)|态度|回答|答案|回复"
    "|办事(效率)?|水平|效率|领导|热线|东西|玩意儿?|人(?!工))"
)
# 垃圾 is an insult where we or the office are called so; 小河边都是垃圾 is rubbish to be cleared away
_CALLED_RUBBISH = re.compile(
    "^(真是?|太|好|破|死|臭|[你您]们?|这|那|个|些|群|帮|一|是|都是|什么|的|他妈的?)*"
    f"垃圾({_WHAT_WE_ARE}(的|得|呢|吧|啊|了|吗|们|都|也|真|太|没用|滚|不)*.{{0,4}}|(吧|啊|呀|了|吗|的|垃圾)*)$"
    f"|^(([你您]们?|这|那)(的|这|那|个|些|群|帮|破)*{_WHAT_WE_ARE}?|{_WHAT_WE_ARE})的?{_WHAT_WE_ARE}?"
    "(真是?|真的|就是?|全是|是|太|好|最|够|很|简直|一?[群帮堆个]|这么|什么|纯|(?<=[你您们府员导])都是?|他妈的?|tm)+"
    f"垃圾{_WHAT_WE_ARE}?(吧|啊|呀|了|的|吗|透了|透顶|至极|一个|一[群堆])*$"
)
_SWEARING = re.compile(
    "傻|蠢|笨|废物|脑残|弱智|智障|神经病|有病|骗子|混蛋|王八|滚|妈的|操|饭桶|狗屁|放屁|去死|闭嘴|不要脸"
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
_CONTACT = re.compile(
    r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|[幺一][三四五六七八九][零〇幺一二三四五六七八九]{9}"
    r"|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)|[\w.+-]+@[\w-]+\.[\w.]+"
)
_COURTESIES_BY_WORD = (
    ("thank", re.compile("谢|辛苦|受累|劳驾|感激")),
    ("goodbye", re.compile("再见|拜拜|回头见|明天见")),
    ("greet", re.compile("[你您]好|在[吗么]|在不在|有人|(早上|上午|中午|下午|晚上)好|早安|晚安")),
)
_LONGEST_WORDS_AROUND_A_CONTACT = 10
_PUNCTUATION = re.compile(r"[\s,，。.!！?？~、…]")

_CERTAIN_ALONE = (
    ("rudeness", _RUDE),
    ("rudeness", _CALLED_RUBBISH),
    ("say_again", _SAY_AGAIN),
    ("out_of_scope", _SUM),
    ("bot_challenge", _WHICH_MODEL),
)


def certain_act(text: str) -> str | None:
    """The act a text shows whatever the classifier says: danger, a request number, a reproach, a contact."""
    if in_danger(text):
        return "emergency"
    if _REQUEST_NO.search(text):
        return "urge_request" if urges(text) else "request_status"
    bare = _PUNCTUATION.sub("", text)
    if asks_of_ones_own(text) or keeps_it(text):
        return "request_status"
    if _KEEPS_THE_PHONE.match(bare):
        return "deny"
    if asks_for_the_desk(text):
        return "handover"
    if _WHAT_I_JUST_LOGGED.search(text) or _HOW_FAR_IS_IT.match(bare):
        return "request_status"
    if leaves_a_person(text):
        return "handover"
    if _RATHER_ANONYMOUS.match(bare):
        return "deny"
    if _TELL_ME.match(bare):
        return "affirm"
    if applies_for_one(text):
        return "apply_disclosure"
    if _LOGGING.match(text) or (_OTHER_CONTENT.match(text) and not _MATTER.search(text)):
        return "log_request"
    if _WANTS_TO_REPORT.match(text) and not is_question_after_all("log_request", text, frozenset()) and not _asks(text):
        return "log_request"
    if _NAMES_THE_KIND.match(text) and _COMPLAINS.search(text) and not (_asks(text) or _WHO_OR_WHEN.search(text)):
        return "log_request"
    act = next((act for act, words in _CERTAIN_ALONE if words.search(bare)), None)
    if act and len(bare) <= _LONGEST_REPROACH and not _MATTER.search(bare):
        return act
    if is_idle_talk(bare) and not _MATTER.search(bare):
        return "out_of_scope"
    if _WRONG_ANSWER.search(text) and len(text) <= _LONGEST_REPROACH and not _MATTER.search(text):
        return "feedback_bad"
    if _CONTACT.search(text) and len(_CONTACT.sub("", text)) <= _LONGEST_WORDS_AROUND_A_CONTACT:
        return "handover" if _NOTHING_BUT_A_PERSON.search(text) else "inform_contact"
    return None


def asks_of_ones_own(text: str) -> bool:
    """上次报的那个路灯咋样了, 我想改一下刚才提交的内容: about a request made before, and no new one."""
    found = _STATE_OF_MINE.search(text) or _CHANGES_MINE.search(_PUNCTUATION.sub("", text))
    return bool(found) and not _IN_GENERAL_OF_MINE.search(text)


def changes_ones_own(text: str) -> bool:
    return bool(_CHANGES_MINE.search(_PUNCTUATION.sub("", text)))


def keeps_it(text: str) -> bool:
    """算了不撤了, after the question whether to withdraw."""
    return bool(_KEEPS_IT.match(_PUNCTUATION.sub("", text)))


def keeps_the_phone(text: str) -> bool:
    """我不想给你们电话: no call for a person, though it names one."""
    return bool(_KEEPS_THE_PHONE.match(_PUNCTUATION.sub("", text)))


def asks_for_the_desk(text: str) -> bool:
    """你们电话多少, 几点下班: when and where a person is to be had, told without being put into the queue."""
    bare = _PUNCTUATION.sub("", text)
    return bool(_HOURS.match(bare) or _OUR_NUMBER.match(bare))


def leaves_a_person(text: str) -> bool:
    """退出人工: no call for a person, though it names one."""
    return bool(_LEAVES_A_PERSON.match(_PUNCTUATION.sub("", text)))


def mere_courtesy(text: str) -> str | None:
    """The act of a text that is made of courtesies alone: 好的，麻烦您了 asks nothing, whatever it resembles."""
    if _COURTESY_WORDS.sub("", text.lower()):
        return None
    return next((act for act, word in _COURTESIES_BY_WORD if word.search(text)), None)


def is_question_after_all(intent: str, text: str, entities: Set[str]) -> bool:
    """Whether a text taken for the dialogue act ``intent`` asks about a policy; ``entities`` are those found in it."""
    if intent in _COURTESIES:
        text = text.replace("联系方式", "")  # 不留联系方式 refuses; a 方式 of its own is a matter
        return bool(entities) or bool(_MATTER.search(text)) or _leaves_a_question(text)
    if intent == "rudeness" and _speaks_of_rubbish(text):
        return True
    if intent in _ABOUT_THE_TALK:
        text = _PHRASING.sub("", text)
        return bool(entities) or bool(_MATTER.search(text)) or _asks_about_something_else(intent, text)
    if intent == "handover":
        return not _NOTHING_BUT_A_PERSON.search(text) and (
            not _A_PERSON.search(text)
            or bool(_MATTER.search(text) or _OPENING_HOURS.search(text))
            or len(text) > _LONGEST_CALL
            or bool(_ABOUT_A_PERSON.search(text) and not _CALLS_FOR.search(text))
        )
    if intent == "log_request":
        asks = _WHO_OR_WHEN.search(text) or _ENQUIRES.search(text) or _REGISTRATION.search(text)
        return not _LOGGING_WORD.search(text) or (bool(asks) and not _WANTS_TO_LOG.search(text))
    if intent == "inform_contact":
        return not _CONTACT.search(text)
    if intent == "request_status":
        if _ASKS_HOW_FAR.search(_PUNCTUATION.sub("", text)):
            return False
        in_general = _MATTER.search(text) or _IN_GENERAL.search(text)
        return not _MY_REQUEST.search(text) or bool(in_general and not _MINE.search(text))
    if intent in _ABOUT_A_REQUEST:
        return _ABOUT_A_REQUEST[intent](text)
    if intent == "bot_challenge":
        return not _ABOUT_THE_MACHINE.search(text) or (bool(_MATTER.search(text)) and "你" not in text)
    return intent == "emergency" and is_no_danger(text)


def _speaks_of_rubbish(text: str) -> bool:
    """垃圾没人收 and 楼下垃圾 are about rubbish; where we are called so, or sworn at besides, it is abuse."""
    if "垃圾" not in text or _SWEARING.search(text):
        return False
    return not any(_CALLED_RUBBISH.search(clause) for clause in _PUNCTUATION.split(text))


def _asks_about_something_else(intent: str, text: str) -> bool:
    """太难懂的看不明白咋弄 is no opinion of the answer: opinions and commands do not ask, unless about us."""
    bare = _PUNCTUATION.sub("", text)
    if intent == "ask_help":
        return not _ABOUT_THE_SERVICE.search(bare)
    # what is taken for idle talk is looked up before it is turned away (bot/actions/replies.py)
    if _CORRECTS.search(bare):
        return True
    asking = _POLITELY.sub(r"\1\2", _NOT_ASKING.sub("", bare))
    return intent != "out_of_scope" and bool(_ASKS.search(asking)) and not _ABOUT_US.search(bare)


def _asks(text: str) -> bool:
    """我要投诉，该找哪个部门 asks; 我要投诉，怎么还没人修 does not, but the classifier is to judge both."""
    return bool(_ASKS.search(_NOT_ASKING.sub("", text)))


def _leaves_a_question(text: str) -> bool:
    text = _NOT_ASKING.sub("", text)
    rest = _COURTESY_WORDS.sub("", text.lower())
    if rest and _YES_OR_NO_AT_ITS_END.search(_PUNCTUATION.sub("", text)):
        return True
    return len(rest) > _LONGEST_COURTESY_REST or (len(rest) >= 2 and bool(_ASKS.search(rest)))


def leaves_nothing_but_courtesy(text: str) -> bool:
    """好的，不用了 in all its forms; with nothing to say yes or no to, any other text is a question."""
    return not _COURTESY_WORDS.sub("", text.lower())
