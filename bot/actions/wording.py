"""What the dialogue says in its own voice. Short, plain, the useful thing first."""

import os

HOTLINE = os.environ.get("POLICYDESK_HOTLINE", "12345")

GREETING = "您好！政务公开和政策方面的事可以直接问我，比如哪个单位负责、什么时候完成、在哪里公开。"
THANKS = "不客气，有问题随时问。"
GOODBYE = "再见，祝您顺利！"
WHO_I_AM = (
    "我是政策问答助手，是机器人。答案都摘自公开的政策文件，并注明出处；文件里没有的，可以帮您登记，由工作人员答复。"
)
WHAT_I_DO = (
    "您可以这样问：\n· 某项工作由谁牵头、谁负责\n· 什么时候完成、在哪里公开\n· 某个词是什么意思\n"
    "文件里查不到的，我帮您登记；登记过的，把编号和查询码发来就能查进度。"
)
STAY_CALM = "抱歉让您不满意了。您把要问的事告诉我，我尽力查；想找工作人员可以回“转人工”。"
NOTHING_TO_REPEAT = "我还没有回答过您的问题，请先说说您想问什么。"
PLAINLY = "抱歉，文件里的话不太好懂。您可以只问一点，比如谁负责、什么时候完成、在哪里公开；也可以回“转人工”。"
IN_DETAIL = "答案是从文件里摘的，点开下面的出处能看到原文。您还想知道哪一点？比如谁负责、什么时候完成、在哪里公开。"
REPHRASE_BUTTON = "换个问法"
START_OVER = "好的，我们重新来。您想问什么？"
REPHRASE = "好的，请换个说法再问一次，带上地区和具体事项更容易查到。"
OUT_OF_SCOPE = "这个我帮不上忙。政务公开和政策方面的问题，您尽管问。"
HANDOVER = f"要找工作人员，可以拨打{HOTLINE}热线；也可以在这里登记，由工作人员联系您。"
ACKNOWLEDGED = "好的。还想了解什么，直接问我就行。"
NEVER_MIND = "好的，没关系。有别的问题随时问我。"
NOTHING_TO_CANCEL = "好的，现在没有正在办的登记。有问题可以直接问我。"
CHOOSE = "您想看哪一个？点一下就行。"
UNMATCHED = "抱歉，这句我没听明白，请换个说法再问一次。"
UNAVAILABLE = f"抱歉，查询服务暂时没有响应，请稍后再试；着急的话请拨打{HOTLINE}热线。"

NO_ANSWER_TO_RATE = "谢谢您的意见。您可以先提一个问题，看看答得好不好。"
RATED_GOOD = "谢谢，能帮上忙就好。"
RATED_BAD = "抱歉没答好，您的意见已经记下。可以换个问法再试，也可以登记下来，由工作人员答复。"

ASK_CONTENT = "请说说具体是什么事：在什么地方、什么时间、什么情况。"
ADOPTED = (
    "好的，就登记刚才的问题：“{content}”。要登记的是别的事，直接发给我就行。\n"
    "留个电话或邮箱，方便工作人员联系您；不想留就回“不留”。"
)
CONTENT_CHANGED = "好的，内容改成：“{content}”\n留个电话或邮箱，方便工作人员联系您；不想留就回“不留”。"
ONLY_A_CONTACT = "联系方式记下了。再说说具体是什么事：在什么地方、什么情况。"
ONLY_PHONE_OR_MAIL = "联系方式只能留用数字写的电话号码或者邮箱，微信、QQ暂时留不了。请发电话或邮箱；不想留就回“不留”。"
CONTENT_TOO_SHORT = "内容有点少，工作人员看不明白。请再说具体一点。"
ASK_CONTACT = "好的，记下了：“{content}”\n留个电话或邮箱，方便工作人员联系您；不想留就回“不留”。"
RESUME_CONTENT = "刚才的登记还没写内容，请接着说说是什么事；不登记了就回“取消”。"
RESUME_CONTACT = "刚才的登记还没完：留个电话或邮箱吧；不想留就回“不留”。"
RESUME_CONFIRMATION = "刚才的登记还没提交，内容没变。现在提交吗？"
CONTACT_UNCLEAR = "没认出电话或邮箱，请再发一次；不想留就回“不留”。"
ASK_CONFIRMATION = "请核对一下：\n内容：{content}\n联系方式：{contact}\n现在提交吗？"
NOT_YET_SUBMITTED = "好的，先不提交。要改内容、改联系方式，还是取消？"
CONFIRMATION_UNCLEAR = "没问题的话回“提交”，要改就回“修改内容”，不办了回“取消”。"
NO_CONTACT_LEFT = "不留"
SUBMITTED = "登记好了。\n编号：{no}\n查询码：{code}\n请保存好。以后把编号和查询码一起发给我，就能查进度。"
NO_WAY_TO_REACH_YOU = "\n您没有留联系方式，工作人员没法主动联系您，请记得来查。"
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
