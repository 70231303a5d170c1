"""Talk that no document answers is recognised whatever the classifier says, and questions that resemble it are not."""

import asyncio

import pytest
from rasa_sdk.executor import CollectingDispatcher
from trackers import tracker

from bot.actions import ActionSmallTalk, wording
from bot.components.acts import certain_act, is_question_after_all


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("滚", "rudeness"),
        ("你给我滚！", "rudeness"),
        ("垃圾机器人", "rudeness"),
        ("你们政府都是骗子", "rudeness"),
        ("说人话", "say_again"),
        ("能不能说人话", "say_again"),
        ("再说一遍", "say_again"),
        ("请再说一次吧", "say_again"),
        ("详细点", "say_again"),
        ("说得详细一点", "say_again"),
        ("1+1等于几", "out_of_scope"),
        ("三乘以五等于多少？", "out_of_scope"),
        ("今天天气怎么样", "out_of_scope"),
        ("明儿会下雨不", "out_of_scope"),
        ("外面冷不冷？", "out_of_scope"),
        ("今天股市怎么样", "out_of_scope"),
        ("讲个好笑的笑话", "out_of_scope"),
        ("红烧肉怎么做", "out_of_scope"),
        ("今晚吃点啥好", "out_of_scope"),
        ("给我唱首歌呗", "out_of_scope"),
        ("现在几点了", "out_of_scope"),
        ("帮我写首诗", "out_of_scope"),
        ("陪我聊聊天", "out_of_scope"),
        ("你用的什么大模型", "bot_challenge"),
        ("你是什么大模型", "bot_challenge"),
        ("到哪步了", "request_status"),
        ("我电话13600002222，转人工", "handover"),
        ("138 0013 8000", "inform_contact"),
        ("王秀英 电话幺三八零零幺三八零零零", "inform_contact"),
        ("我那个办到哪一步了啊", "request_status"),
        ("算了别用我名字，匿名", "deny"),
        ("我要举报邻居打老婆 现在正在打", "emergency"),
        ("楼下有人正在打孩子", "emergency"),
        ("我要匿名举报食品厂用地沟油", "log_request"),
    ],
)
def test_talk_is_certain(text: str, act: str) -> None:
    assert certain_act(text) == act


@pytest.mark.parametrize(
    "text",
    [
        "垃圾分类由谁负责",
        "我妈的医保怎么报",
        "垃圾系统建设由谁牵头",
        "滚动公开的要求",
        "打击骗子的工作由谁负责",
        "2018-2019",
        "1=1; drop table",
        "大模型产业政策",
        "雨天高速限速多少",
        "讲好中国故事",
        "股票质押融资怎么支持",
        "彩票什么时候恢复销售",
        "学校做饭的人要体检吗",
        "食堂吃饭隔多远",
        "体温多少度不能进站",
        "元宵节放几天假",
        "详细规划在哪里公布",
        "再生水利用",
        "具体任务有哪些",
        "一遍办成的事项有哪些",
    ],
)
def test_a_question_that_resembles_talk_is_not(text: str) -> None:
    assert certain_act(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "你们真垃圾", "垃圾系统", "什么垃圾玩意", "这是什么垃圾玩意", "你个垃圾机器人", "你就是个垃圾", "你们都是垃圾",
        "垃圾政府", "政府都是垃圾", "一群垃圾", "太垃圾了", "服务太垃圾了", "你们服务态度真垃圾", "垃圾",
    ],
)  # fmt: skip
def test_who_calls_us_rubbish_is_rude(text: str) -> None:
    assert certain_act(text) == "rudeness"


@pytest.mark.parametrize(
    "text",
    [
        "垃圾没人收", "小河边垃圾没人清", "楼下垃圾", "政府门口都是垃圾", "你们小区都是垃圾", "到处都是垃圾",
        "这里都是垃圾",
        "这条路上全是垃圾", "智能垃圾系统坏了", "垃圾堆成山了", "垃圾车太吵", "垃圾服务费太高", "垃圾人工分拣",
    ],
)  # fmt: skip
def test_rubbish_to_be_cleared_away_is_no_abuse(text: str) -> None:
    assert certain_act(text) != "rudeness"
    assert is_question_after_all("rudeness", text, set())


@pytest.mark.parametrize(
    "text",
    [
        "我要求助", "求助", "求助！", "我要求助，老家房子漏水", "求助，老家房子漏水", "投诉楼下跳广场舞的吵死人了",
        "举报邻居天天半夜打麻将", "投诉物业不作为", "投诉菜市场占道经营", "匿名举报",
    ],
)  # fmt: skip
def test_who_names_the_kind_and_complains_makes_a_request(text: str) -> None:
    assert certain_act(text) == "log_request"


@pytest.mark.parametrize(
    "text",
    [
        "我要求助学金发放标准公开", "求助热线是多少", "求助渠道有哪些", "投诉处理办法", "投诉举报信息由谁公开",
        "举报奖励标准",
        "投诉不予受理的情形", "举报不实怎么办", "救助标准", "投诉了怎么还没人管", "投诉了好久没人处理",
        "匿名举报怎么受理", "匿名举报制度",
    ],
)  # fmt: skip
def test_a_question_about_kinds_of_request_makes_none(text: str) -> None:
    assert certain_act(text) != "log_request"


@pytest.mark.parametrize(
    "text",
    [
        "我刚才登记的那个多会儿能弄好", "我想改一下刚才提交的内容", "上次报的那个路灯咋样了",
        "之前反映的漏水有消息了吗", "前几天投诉的那家饭店处理了没",
        "我想把刚才登记的内容改一下", "上周报修的水管啥时候能修好", "修改一下我上次提交的诉求",
    ],
)  # fmt: skip
def test_what_is_asked_of_a_request_made_before_is_its_state(text: str) -> None:
    assert certain_act(text) == "request_status"


@pytest.mark.parametrize(
    "text",
    [
        "上次报的税怎么退", "之前提交的材料怎么修改", "上次反映的问题由谁负责处理", "我刚才登记的时候系统卡了怎么办",
        "上次报的名怎么取消",
        "路灯坏了啥时候能修好", "我要反映上次停电的事", "修改登记内容由谁审核",
    ],
)  # fmt: skip
def test_what_is_asked_of_other_things_sent_is_not(text: str) -> None:
    assert certain_act(text) != "request_status"


@pytest.mark.parametrize("text", ["我不想给你们电话", "不想留手机号", "我不方便告诉你们号码", "我不太想告诉你我的号码"])
def test_keeping_ones_phone_to_oneself_calls_nobody(text: str) -> None:
    assert certain_act(text) == "deny"


@pytest.mark.parametrize("text", ["物业不给我打电话", "你们不给我回电话", "不想给你们打电话", "窗口不告诉我电话打给谁"])
def test_a_call_that_is_not_made_is_no_refusal(text: str) -> None:
    assert certain_act(text) != "deny"


def answered(dispatcher: CollectingDispatcher, text: str, intent: str, last_text: str | None = None) -> str:
    slots = {"last_text": last_text} if last_text else {}
    asyncio.run(ActionSmallTalk().run(dispatcher, tracker(text, intent, slots), {}))
    return str(dispatcher.messages[0]["custom"]["text"])


@pytest.mark.parametrize(
    ("text", "said"),
    [("再说一遍", "由财政局负责。"), ("详细点", wording.IN_DETAIL), ("说人话", wording.PLAINLY)],
)
def test_the_last_answer_can_be_heard_again(dispatcher: CollectingDispatcher, text: str, said: str) -> None:
    assert answered(dispatcher, text, "say_again", "由财政局负责。") == said


def test_without_an_answer_there_is_nothing_to_say_again(dispatcher: CollectingDispatcher) -> None:
    assert answered(dispatcher, "再说一遍", "say_again") == wording.NOTHING_TO_REPEAT


def test_rudeness_is_met_calmly(dispatcher: CollectingDispatcher) -> None:
    assert answered(dispatcher, "滚", "rudeness") == wording.STAY_CALM
