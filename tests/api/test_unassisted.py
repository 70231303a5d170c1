"""What is said while no conversation takes place: danger, courtesies, the way to the form."""

import pytest

from api.unassisted import said_without_rasa
from knowledge.text import normalise


def _said(text: str) -> str | None:
    message = said_without_rasa(normalise(text), "12345")
    return message.text if message else None


@pytest.mark.parametrize(
    "text",
    [
        "我想自杀",
        "我要自杀",
        "我要跳楼",
        "活不下去了",
        "活着没意思",
        "我割腕了",
        "想死",
        "我不想活了",
        "我不想活了，政策害人",
    ],
)
def test_despair_is_met_with_comfort(text: str) -> None:
    assert all(number in str(_said(text)) for number in ("12356", "120", "110"))


@pytest.mark.parametrize(
    "text",
    [
        "我老公打我", "家暴", "我被家暴了", "有人闯进我家", "电梯困人了", "被诈骗了", "我被骗了三万",
        "着火了", "有人晕倒了", "有人要跳楼", "救命", "煤气泄漏了", "我家廚房起火了",
    ],
)  # fmt: skip
def test_danger_is_met_with_the_numbers(text: str) -> None:
    assert all(number in str(_said(text)) for number in ("110", "119", "120", "12338"))


@pytest.mark.parametrize(
    "text", ["孩子误服农药", "孩子吃错药了怎么办", "吃错药了", "他喝了一口洗洁精", "老人噎住了", "一家人中毒了"]
)
def test_who_swallowed_poison_is_told_to_call_the_ambulance(text: str) -> None:
    assert "120" in str(_said(text)) and "110" not in str(_said(text))


@pytest.mark.parametrize(
    "text", ["你吃错药了吧", "怎么防止误食", "电脑中毒了", "食物中毒事件怎么上报", "垃圾没人收", "小河边垃圾没人清"]
)
def test_what_is_neither_danger_nor_abuse_is_looked_up(text: str) -> None:
    assert _said(text) is None


@pytest.mark.parametrize("text", ["你们真垃圾", "垃圾系统", "什么垃圾玩意"])
def test_rubbish_is_abuse_only_of_us(text: str) -> None:
    assert "抱歉" in str(_said(text))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("你好", "您好"), ("您好！", "您好"), ("谢谢", "不客气"), ("好的，谢谢您", "不客气"), ("再见", "再见"),
        ("转人工", "12345"), ("我要人工客服", "12345"), ("登記訴求", "/request-form"), ("我要投诉", "/request-form"),
        ("登记", "/request-form"), ("帮我登记一下", "/request-form"),
    ],
)  # fmt: skip
def test_what_asks_nothing_gets_a_short_sentence(text: str, part: str) -> None:
    assert part in str(_said(text))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("滚", "抱歉"), ("你给我滚！", "抱歉"), ("垃圾机器人", "抱歉"), ("你们政府都是骗子", "抱歉"), ("傻逼", "抱歉"),
        ("你是谁", "机器人"), ("你是什么大模型", "机器人"), ("你用的什么大模型", "机器人"),
        ("你能做什么？", "由谁牵头"), ("怎么用", "由谁牵头"), ("今天天气怎么样", "帮不上忙"), ("讲个笑话", "帮不上忙"),
        ("红烧肉怎么做", "帮不上忙"),
        ("今天股市怎么样", "帮不上忙"), ("1+1等于几？", "帮不上忙"), ("现在几点了", "帮不上忙"),
        ("陪我聊聊", "帮不上忙"),
    ],
)  # fmt: skip
def test_talk_that_no_document_is_about_is_not_looked_up(text: str, part: str) -> None:
    assert part in str(_said(text))


@pytest.mark.parametrize(
    "text",
    [
        "垃圾分类由谁负责", "生活垃圾", "打击骗子的工作", "公筷怎么用", "天气预警由谁发布", "下雪天高速还收费吗",
        "讲好中国故事", "股票质押融资怎么支持", "蔬菜够不够吃", "银行会不会抽贷", "彩票什么时候恢复销售", "要钱不",
        "食堂吃饭隔多远", "学校做饭的人要体检吗", "大模型产业政策", "2018-2019",
    ],
)  # fmt: skip
def test_a_matter_that_resembles_talk_is_looked_up(text: str) -> None:
    assert _said(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "应急预案由谁公开", "反诈宣传由谁负责", "自杀干预工作由谁负责", "电梯困人应急演练归谁管",
        "投诉举报信息由谁公开",
        "你好，预算由谁公开", "谢谢，那时限呢", "人工智能产业政策", "不动产登记在哪个窗口办", "客服中心建设由谁牵头",
        "我被骗了的信息由谁公布",
    ],
)  # fmt: skip
def test_a_question_is_left_to_be_answered(text: str) -> None:
    assert _said(text) is None


@pytest.mark.parametrize("text", ["我要申请信息公开", "我想申请公开政府信息", "我要提交信息公开申请", "依申请公开"])
def test_a_wish_for_disclosure_is_met_with_the_official_way(text: str) -> None:
    said = str(_said(text))
    assert "书面" in said and "20个工作日" in said and "政府信息公开工作机构" in said
    own = said_without_rasa(normalise(text), "12345", "市政务服务中心3号窗口。")
    assert own and "到哪里申请：市政务服务中心3号窗口。\n" in own.text


@pytest.mark.parametrize(
    "text", ["依申请公开多久答复", "信息公开申请由谁受理", "怎么申请公开政府信息", "申请公开的材料有哪些"]
)
def test_a_question_about_disclosure_is_looked_up(text: str) -> None:
    assert _said(text) is None


@pytest.mark.parametrize(
    "text", ["查一下我的诉求", "我的诉求到哪了", "查进度", "催办", "催一下我的投诉", "我的投诉有结果了吗"]
)
def test_who_asks_for_their_request_is_shown_its_page(text: str) -> None:
    assert "/requests" in str(_said(text))


@pytest.mark.parametrize("text", ["投诉的办理时限", "查一下投诉由谁负责", "诉求办理情况由谁公开"])
def test_a_question_about_requests_is_looked_up(text: str) -> None:
    assert _said(text) is None
