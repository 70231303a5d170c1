"""What the dialogue says in its own voice. Short, plain, the useful thing first."""

import os

HOTLINE = os.environ.get("POLICYDESK_HOTLINE", "12345")
# the same default as api/settings
_SERVICE_HOURS = os.environ.get("POLICYDESK_SERVICE_HOURS", "").strip() or "工作日 09:00-17:00"
_WHERE_TO_APPLY = os.environ.get("POLICYDESK_DISCLOSURE", "").strip() or (
    "掌握这份信息的机关。可以到它的政府信息公开工作机构当面递交、邮寄，或者用它官网的“依申请公开”栏目。"
)

GREETING = "您好！政务公开和政策方面的事可以直接问我，比如哪个单位负责、什么时候完成、在哪里公开。"
THANKS = "不客气，有问题随时问。"
GOODBYE = "再见，祝您顺利！"
WHO_I_AM = (
    "我是政策问答助手，是机器人。答案都摘自公开的政策文件，并注明出处；文件里没有的，可以帮您登记，由工作人员答复。"
)
WHAT_I_DO = (
    "您可以这样问：\n· 某项工作由谁牵头、谁负责\n· 什么时候完成、在哪里公开\n· 某个词是什么意思\n"
    "文件里查不到的，我帮您登记；登记过的，问一句“我的诉求到哪了”就能查进度，也可以催办、评价。"
)
STAY_CALM = "抱歉让您不满意了。您把要问的事告诉我，我尽力查；想找工作人员可以回“转人工”。"
NOTHING_TO_REPEAT = "我还没有回答过您的问题，请先说说您想问什么。"
PLAINLY = "抱歉，文件里的话不太好懂。您可以只问一点，比如谁负责、什么时候完成、在哪里公开；也可以回“转人工”。"
IN_DETAIL = "答案是从文件里摘的，点开下面的出处能看到原文。您还想知道哪一点？比如谁负责、什么时候完成、在哪里公开。"
REPHRASE_BUTTON = "换个问法"
START_OVER = "好的，我们重新来。您想问什么？"
REPHRASE = "好的，请换个说法再问一次，带上地区和具体事项更容易查到。"
OUT_OF_SCOPE = "这个我帮不上忙。政务公开和政策方面的问题，您尽管问。"
NOT_IN_THE_DOCUMENTS = "这个我查不到。要是想办的事，我可以帮您登记，由工作人员答复。"
NO_HANDOVER = f"暂时转不了人工，请拨打{HOTLINE}热线；也可以在这里登记，由工作人员答复您。"
HANDED_OVER = "正在为您转接工作人员，请稍等。"
THE_DESK = f"人工服务时间：{_SERVICE_HOURS}。电话请拨打{HOTLINE}热线；要在这里找工作人员，回“转人工”。"
NOBODY_CONNECTED = "现在没有接通人工。需要工作人员的话，回“转人工”。"
DESK_CLOSED = f"现在不是人工服务时间。您可以登记下来，由工作人员答复；着急的话请拨打{HOTLINE}热线。"
# 《政府信息公开条例》第二十九条、第三十三条; the same text as api/requests/disclosure.py
DISCLOSURE = (
    "申请公开政府信息要用书面形式，在这里发消息不算正式申请。\n"
    f"到哪里申请：{_WHERE_TO_APPLY}\n"
    "申请书写明三样：您的姓名、身份证明和联系方式；所要信息的名称、文号或者便于查找的描述；要纸质的还是电子的。\n"
    "一般20个工作日内答复；需要延长的会告诉您，最多再延长20个工作日。\n"
    "（《政府信息公开条例》第二十九条、第三十三条）\n"
    "只是想了解情况的话，可以登记一条咨询，由工作人员答复。"
)
ACKNOWLEDGED = "好的。还想了解什么，直接问我就行。"
NEVER_MIND = "好的，没关系。有别的问题随时问我。"
NOTHING_TO_CANCEL = "好的，现在没有正在办的登记。有问题可以直接问我。"
THE_REST = "还有没列出的，点一下就能看。"
CHOOSE = "您想看哪一个？点一下就行。"
UNMATCHED = "抱歉，这句我没听明白，请换个说法再问一次。"
UNAVAILABLE = f"抱歉，查询服务暂时没有响应，请稍后再试；着急的话请拨打{HOTLINE}热线。"

NO_ANSWER_TO_RATE = "谢谢您的意见。您可以先提一个问题，看看答得好不好。"
RATED_GOOD = "谢谢，能帮上忙就好。"
RATED_BAD = "抱歉没答好，您的意见已经记下。可以换个问法再试，也可以登记下来，由工作人员答复。"

ASK_CONTENT = "请说说具体是什么事：在什么地方、什么时间、什么情况。"
ASK_CONTENT_AGAIN = "好的，请重新说一遍是什么事。原来写的是：“{content}”"
ADOPTED = (
    "好的，就登记刚才的问题：“{content}”。要登记的是别的事，直接发给我就行。\n怎么称呼您，电话多少？不想留就回“匿名”。"
)
CONTENT_ADDED = "好的，加进内容里了：“{content}”\n怎么称呼您，电话多少？不想留就回“匿名”。"
ADDED_AND_WHERE = "好的，加进内容里了。这是在哪里？说区县、街道或小区都行；说不准就回“跳过”。"
CONTENT_CHANGED = "好的，内容改成：“{content}”\n怎么称呼您，电话多少？不想留就回“匿名”。"
ONLY_A_CONTACT = "联系方式记下了。再说说具体是什么事：在什么地方、什么情况。"
ANONYMOUS_AND_WHAT = "好的，匿名登记。请说说具体是什么事：在什么地方、什么情况。"
ANONYMOUS_AND_KIND = "好的，匿名登记。算哪一类？"
ANONYMOUS_AND_WHERE = "好的，匿名登记。这是在哪里？说区县、街道或小区都行；说不准就回“跳过”。"
NO_CONTACT_AND_WHAT = "好的，不留联系方式。请说说具体是什么事：在什么地方、什么情况。"
NO_CONTACT_AND_KIND = "好的，不留联系方式。算哪一类？"
NO_CONTACT_AND_WHERE = "好的，不留联系方式。这是在哪里？说区县、街道或小区都行；说不准就回“跳过”。"
FIRST_STEP = "这已经是第一步了。请说说具体是什么事：在什么地方、什么时间、什么情况。"
CONTENT_TOO_SHORT = "内容有点少，工作人员看不明白。请再说具体一点。"
ASK_KIND = "算哪一类？"
KIND_UNCLEAR = "请从咨询、求助、建议、投诉、举报里选一个。"
ASK_REGION = "好的，记下了：“{content}”\n这是在哪里？说区县、街道或小区都行；说不准就回“跳过”。"
ASK_REGION_AGAIN = "好的，这是在哪里？说区县、街道或小区都行；说不准就回“跳过”。"
REGION_UNCLEAR = "没看明白是哪里，请再说一下地名；说不准就回“跳过”。"
CONTACT_KEPT_AND_WHERE = "联系方式记下了。这是在哪里？说区县、街道或小区都行；说不准就回“跳过”。"
ASK_CONTACT = "好的，记下了：“{content}”\n怎么称呼您，电话多少？不想留就回“匿名”。"
ASK_CONTACT_AGAIN = "好的。怎么称呼您，电话多少？不想留就回“匿名”。"
ASK_PHONE = "好的，{name}。电话或邮箱留一个吧，方便工作人员联系您；不想留就回“不留”。"
PHONE_WRONG = "这个号码好像不对：手机号是11位，座机要带区号。请再发一次；不想留就回“匿名”。"
ONLY_PHONE_OR_MAIL = "联系方式只能留用数字写的电话号码或者邮箱，微信、QQ暂时留不了。请发电话或邮箱；不想留就回“匿名”。"
CONTACT_UNCLEAR = "没认出电话或邮箱，请再发一次；不想留就回“匿名”。"
WHAT_A_CONTACT_IS_FOR = "称呼和电话只给办理的工作人员看，方便核实和答复，不会公开；不留也能登记。"
WHEN_ANSWERED = "提交以后，我会告诉您哪天前答复。"
ASK_CONSENT = "有答复时，要通知您吗？"
CONSENT_UNCLEAR = "有答复时要不要通知您？回“要”或者“不用”就行。"
RESUME_CONTENT = "刚才的登记还没写内容，请接着说说是什么事；不登记了就回“取消”。"
RESUME_KIND = "刚才的登记还没完：算哪一类？"
RESUME_REGION = "刚才的登记还没完：事情在哪里？说不准就回“跳过”。"
RESUME_CONTACT = "刚才的登记还没完：怎么称呼您，电话多少？不想留就回“匿名”。"
RESUME_CONSENT = "刚才的登记还没完：有答复时要通知您吗？"
RESUME_CONFIRMATION = "刚才的登记还没提交，内容没变。现在提交吗？"
CONFIRM = "请核对一下，没问题就提交："
NOT_YET_SUBMITTED = "好的，先不提交。要改哪一项？点一下，或者直接说。"
CONFIRMATION_UNCLEAR = "没问题的话回“提交”，要改就回“修改内容”，不办了回“取消”。"
ANOTHER_MATTER = "这一条还没提交。要写进这一条，前面加上“还有”再发一遍；是另一件事的话，先回“提交”或“取消”，再登记。"
ANONYMOUS = "匿名"
NO_CONTACT_LEFT = "不留"
WILL_BE_TOLD = "通知您"
WILL_BE_TOLD_HERE = "在这个对话里告诉您"
WILL_NOT_BE_TOLD = "不通知"
SUBMITTED = "登记好了{until}。\n编号：{no}\n查询码：{code}\n请保存好，凭编号和查询码随时能查进度。"
UNTIL = "，{day}前答复"
TOLD_WHEN_ANSWERED = "有答复会通知您。"
TOLD_HERE_WHEN_ANSWERED = "有答复时，您再来这个对话，我就告诉您。"
NO_WAY_TO_REACH_YOU = "您没有留联系方式，工作人员没法主动联系您，请记得来查。"
NOT_SUBMITTED = "抱歉，暂时没登记上，您写的内容还在，可以过一会儿再提交。着急的话请拨打{hotline}热线。"
REFUSED = "抱歉，没能登记：{reason}"
CANCELLED = "好的，已取消登记，内容没有保存。"
CANCELLED_GOODBYE = "好的，登记已取消。再见，祝您顺利！"
CONTACT_FOR_WHAT = "这像是联系方式，请先不要随意发出来。需要工作人员联系您的话，我可以帮您登记。"

ASK_NUMBER = "请把登记编号和查询码一起发给我，例如：20250101-0001 ABCD2345。"
ASK_CODE = "编号{no}收到了，请再发一下登记时给您的查询码。"
STATUS = "编号{no}：{label}。"
CODE_WRONG = "查询码不对，请核对：应当是登记{no}时给您的8位字母和数字。核对好了直接发给我。"
STATUS_UNKNOWN = "没有查到，编号或查询码不对，请核对。可以直接把对的查询码发给我。"
YOUR_REQUESTS = "您在这里登记过{count}条，想看哪一条？"
WHICH_ONE = {
    "remind": "您想催哪一条？",
    "rate": "您想评价哪一条？",
    "correct": "您要补充哪一条？",
    "withdraw": "您要撤销哪一条？",
}
CANNOT = {
    "remind": "这条现在不用催。",
    "rate": "这条还没有答复，等有了答复再请您评价。",
    "correct": "这条已经交给工作人员了，现在改不了，也加不了内容。有新的情况，可以再登记一条，写上这条的编号。",
    "withdraw": "这条已经不能撤销了。",
}
ASK_RATING = "编号{no}，这次办得怎么样？点一下就行。"
RATE_IT = "这次办得怎么样？"
RATED_REQUEST = "谢谢，您的评价“{level}”已经记下。"
RATED_REQUEST_BAD = "您的评价“{level}”已经记下，抱歉没办好，工作人员会核实。问题还在的话，可以再登记一条。"
ALREADY_RATED = "编号{no}已经评价过了：{level}。"
REMINDED = "已经替您催办编号{no}。{until}"
REMINDED_UNTIL = "按规定{day}前答复。"
SURE_TO_WITHDRAW = "确定撤销编号{no}吗？撤销以后不再办理，也不能恢复。"
NOT_WITHDRAWN = "好的，没有撤销，照常办理。"
HOW_TO_HAVE_IT_DONE_AGAIN = (
    "办完的诉求，我这里不能直接重新办理。您可以再登记一条，写上原来的编号；"
    "也可以把编号发给我查进度，或者回“转人工”请工作人员处理。"
)
WITHDRAWN = "编号{no}已经撤销。"
NOT_DONE = "抱歉，没有办成：{reason}"
ASK_CORRECTION = "编号{no}需要补充{wanted}\n请把内容发给我；不补充了就回“取消”。"
RESUME_CORRECTION = "刚才的补充还没写，请接着发；不补充了就回“取消”。"
CORRECTION_UNCLEAR = "没看明白要补充什么，请说具体一点；不补充了就回“取消”。"
CORRECTED = "补充的内容收到了，编号{no}接着办理{until}。"
CORRECT_BY_PREFIX = "请先办完手上的登记；要马上补充的话，发“补充：”加上内容就行。"
CORRECTION_DROPPED = "好的，先不补充。"
