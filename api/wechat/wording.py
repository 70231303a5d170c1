"""What a follower reads that is no answer."""

WELCOME = "欢迎！我是政策问答助手，想问什么直接发文字给我，答案都摘自公开文件并注明出处。\n您可以这样问："
ONLY_TEXT = {
    "image": "图片我看不懂，请把想问的事用文字发给我。",
    "voice": "这段语音没能转成文字，请打字发给我，或者用输入法的语音输入。",
    "video": "视频我看不了，请把想问的事用文字发给我。",
    "shortvideo": "视频我看不了，请把想问的事用文字发给我。",
    "location": "收到您的位置了。想问当地的什么政策，请用文字告诉我，例如“这里的权责清单在哪里公开”。",
    "link": "链接我打不开，请把想问的事用文字发给我。",
    "file": "文件我打不开，请把想问的事用文字发给我。",
}
UNKNOWN_KIND = "这种消息我还看不懂，请把想问的事用文字发给我。"
EMPTY = "没有看到文字，请把想问的事用文字发给我。"
TOO_OFTEN = "您发得有点快，请过一分钟再问。"
QUEUED = "现在咨询的人比较多，您的问题正在排队，查好了马上发给您，不用再发一次。"
QUEUE_FULL = "现在咨询的人太多，排队已经满了，您这条没有收下，请过几分钟再发。着急的话请拨打{hotline}。"
HEARD = "（听到的是：“{text}”）\n"
LATER = "这个问题要多查一会儿。请稍等几秒，再点这里看答复：\n{tap}"
LATER_QUEUED = "现在咨询的人比较多，您的问题正在排队。请过一会儿点这里看答复：\n{tap}"
LATER_NO_TAP = "这个问题要多查一会儿，答复会在您发下一条消息时一起给您。"
SEE = "查看答复"
SEE_THAT = "查看“{question}”的答复"
STILL_WORKING = "还在查，请再等几秒点这里：\n{tap}"
GONE = "这条答复已经过期，请把问题再发一次。"
KEPT = "您之前问的有答复了：\n{tap}"
PASSED_ON = "您的话已经转给坐席，请等坐席回复。"
FAILED = "抱歉，这次没能查成，请过一会儿再发一次；着急的话请拨打{hotline}。"
AGENT = "坐席：{text}"
WHOLE = "查看全文"
MORE = "……\n（内容较长，请问得更具体一些）"
CHOOSE = "回复数字选择："
SOURCE = "来源：{source}"
REQUEST_PAGE = "网页 /request-form"
"""How texts meant for every channel name the page on which a request is logged."""
WEB_PAGE = "网页"
