"""Talk that no document answers is recognised whatever the classifier says, and questions that resemble it are not."""

import asyncio

import pytest
from rasa_sdk.executor import CollectingDispatcher
from trackers import tracker

from bot.actions import ActionSmallTalk, wording
from bot.components.acts import certain_act


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
