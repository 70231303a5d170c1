"""What single messages are taken for, without a model: choices, contacts, the matter of a request, danger."""

import importlib.util
from pathlib import Path

import pytest

from bot.actions import kinds, wording
from bot.actions.choices import resolve_choice, wants_all
from bot.actions.contact import declines_contact, find_contact
from bot.actions.content import declines_to_say, is_addition, sounds_like_a_question, states_a_matter
from bot.actions.emergency import emergency
from bot.actions.own_requests import number_and_code
from bot.actions.person_name import name_given
from bot.actions.places import names_a_place, place_told
from bot.components.acts import certain_act, is_question_after_all, mere_courtesy

OPTIONS = [
    {"label": "北港高新区", "question": "北港高新区政策解读由谁负责"},
    {"label": "南城新区（2019年）", "question": "南城新区2019年政策解读由谁负责"},
    {"label": "登记诉求", "question": "登记诉求"},
]
TAPPED = [
    {"label": "北港", "question": "北港：政策解读由谁负责"},
    {"label": "南城", "question": "南城：政策解读由谁负责"},
]


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("第一个", 0),
        ("选2", 1),
        ("就第二个吧", 1),
        ("2", 1),
        ("三", 2),
        ("北港的", 0),
        ("北港高新区", 0),
        ("我要看南城新区那个", 1),
        ("最后一个", 2),
        ("北港高新区政策解读由谁负责", 0),
        ("登记诉求", 2),
        ("2019年的", 1),
    ],
)
def test_a_choice_is_found_by_label_place_or_part_of_its_name(text: str, chosen: int) -> None:
    assert resolve_choice(text, OPTIONS) == OPTIONS[chosen]


@pytest.mark.parametrize("text", ["第五个", "新区", "那预算公开由谁负责", "时限呢", "", "好的", "9"])
def test_what_names_no_single_option_is_no_choice(text: str) -> None:
    assert resolve_choice(text, OPTIONS) is None


def test_a_tap_is_known_again_though_its_punctuation_was_folded_on_the_way() -> None:
    assert resolve_choice("南城:政策解读由谁负责", TAPPED) == TAPPED[1]


def test_nothing_is_a_choice_when_nothing_was_offered() -> None:
    assert resolve_choice("第一个", []) is None


@pytest.mark.parametrize("text", ["都要", "全部", "都说说", "我都要看", "全都告诉我"])
def test_all_of_them_is_understood(text: str) -> None:
    assert wants_all(text)


@pytest.mark.parametrize("text", ["都有谁", "全部任务有几项", "都公开在哪"])
def test_a_question_with_all_in_it_is_not_a_choice_of_all(text: str) -> None:
    assert not wants_all(text)


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("我电话13912345678", "13912345678"),
        ("139 1234 5678", "13912345678"),
        ("+86 13912345678", "+8613912345678"),
        ("座机 022-66667777", "022-66667777"),
        ("发到 wang.li@example.com 吧", "wang.li@example.com"),
        ("编号20261122-0001", None),
        ("光明路12号", None),
        ("身份证110101199003071234", None),
    ],
)
def test_a_contact_is_found_where_there_is_one(text: str, contact: str | None) -> None:
    assert find_contact(text) == contact


@pytest.mark.parametrize("text", ["不留", "不留了", "不方便", "没有电话", "匿名", "不用了", "不想留电话", "我不留。"])
def test_leaving_no_contact_is_an_answer(text: str) -> None:
    assert declines_contact(text)


@pytest.mark.parametrize("text", ["取消", "取消登记", "算了", "算了不登记了", "不知道谁负责", "为什么要留"])
def test_other_words_are_not_a_refusal_to_leave_a_contact(text: str) -> None:
    assert not declines_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "我要举报河边饭店往河里倒脏水，帮我记一下",
        "路灯坏了三个月没人修",
        "建议在路口加个红绿灯",
        "窗口的人不理人 我要投诉",
    ],
)
def test_a_sentence_with_a_matter_is_a_request_as_it_stands(text: str) -> None:
    assert states_a_matter(text)


@pytest.mark.parametrize(
    "text", ["我要投诉", "帮我登记一下", "登记诉求", "我想反映个情况", "麻烦给我记一下", "不知道", "提个建议"]
)
def test_the_wish_alone_is_not_yet_a_request(text: str) -> None:
    assert not states_a_matter(text)


@pytest.mark.parametrize(
    ("text", "declined"), [("不用了", True), ("没有了", True), ("不知道", False), ("没有热水", False)]
)
def test_declining_to_say_is_not_the_same_as_not_knowing(text: str, declined: bool) -> None:
    assert declines_to_say(text) == declined


@pytest.mark.parametrize(
    ("text", "question"), [("预算什么时候公开", True), ("楼道堆满杂物", False), ("有人管吗", True)]
)
def test_questions_are_told_from_complaints(text: str, question: bool) -> None:
    assert sounds_like_a_question(text) == question


@pytest.mark.parametrize(("text", "added"), [("再补充一下 是晚上", True), ("还有 他们没戴口罩", True), ("提交", False)])
def test_additions_are_recognised(text: str, added: bool) -> None:
    assert is_addition(text) == added


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("查进度 20261122-0001 abcd2345", ("20261122-0001", "ABCD2345")),
        ("登记编号20261122-0001查询码x3f7k2m9", ("20261122-0001", "X3F7K2M9")),
        ("20261122-0001", ("20261122-0001", None)),
        ("我的登记怎么样了", (None, None)),
    ],
)
def test_number_and_code_are_read_in_one_message(text: str, found: tuple[str | None, str | None]) -> None:
    assert number_and_code(text) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [("我家着火了", "119"), ("有人晕倒了", "120"), ("我被抢了", "110"), ("出车祸了", "122"), ("煤气泄漏了", "119")],
)
def test_the_number_for_the_danger_comes_first(text: str, number: str) -> None:
    assert emergency(text).startswith(f"情况紧急，请马上拨打{number}")


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
        "不想活了",
        "我不想活了，你们的政策把我害惨了",
    ],
)
def test_despair_is_met_with_comfort_and_the_lines_that_help(text: str) -> None:
    assert certain_act(text) == "emergency"
    assert emergency(text).startswith("您现在一定很难受")
    assert all(number in emergency(text) for number in ("12356", "120", "110"))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("我老公打我", ("110", "12338")),
        ("我老公打我怎么办，哪个部门管", ("110", "12338")),
        ("家暴", ("110", "12338")),
        ("我被家暴了", ("110", "12338")),
        ("有人闯进我家", ("110",)),
        ("小偷翻进我家了", ("110",)),
        ("电梯困人了", ("119",)),
        ("我困在电梯里了", ("119",)),
        ("被诈骗了", ("110",)),
        ("我被骗了三万块", ("110",)),
        ("有人要跳楼", ("110", "120", "12356")),
    ],
)
def test_violence_and_traps_are_danger(text: str, numbers: tuple[str, ...]) -> None:
    assert certain_act(text) == "emergency"
    told = emergency(text)
    assert all(number in told for number in numbers)
    assert told.startswith(f"情况紧急，请马上拨打{numbers[0]}")


@pytest.mark.parametrize(
    "text",
    [
        "孩子误服农药", "孩子吃错药了怎么办", "吃错药了", "老人把药吃错了", "孩子误吞纽扣电池", "孩子把硬币吞下去了",
        "喝了洗洁精", "娃喝了一口洗洁精怎么办", "我爸喝了半瓶农药", "煤气中毒", "我家煤气中毒了怎么办", "食物中毒了",
        "误食毒蘑菇", "安眠药吃多了", "吃了一整瓶安眠药", "孩子被糖噎住了", "鱼刺卡在喉咙了",
    ],
)  # fmt: skip
def test_who_swallowed_or_breathed_in_poison_needs_the_ambulance_first(text: str) -> None:
    assert certain_act(text) == "emergency"
    assert emergency(text).startswith("情况紧急，请马上拨打120")


@pytest.mark.parametrize(
    "text",
    [
        "误服农药的急救培训由谁负责", "如何防止儿童误服药物", "预防煤气中毒的宣传由谁牵头", "一氧化碳中毒怎么预防",
        "食物中毒事件如何上报", "农药残留标准", "吃到农药超标的菜，我要投诉", "你吃错药了吧", "你们是不是吃错药了",
        "电脑中毒了", "酒精能喝吗", "吃药能报销吗", "服务误工补贴", "系统错误服务不可用", "耽误吃饭", "吃了84块钱",
        "加油站的汽油掺水", "味道不错吃了还想吃",
    ],
)  # fmt: skip
def test_poison_as_a_matter_is_no_cry_for_help(text: str) -> None:
    assert certain_act(text) != "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "反诈宣传由谁负责",
        "家暴告诫书由哪个部门出具",
        "自杀干预工作由谁负责",
        "电梯困人应急预案由谁公开",
        "防诈骗的宣传材料在哪里公布",
        "防止老年人被骗的培训由谁牵头",
        "我们想死角清理得更干净",
        "反家暴工作要点",
        "低空飞行活动审批",
        "我们小区的保安打人",
    ],
)
def test_danger_as_a_matter_of_policy_is_not_certain(text: str) -> None:
    assert certain_act(text) is None


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("楼下着火了怎么办", "emergency"),
        ("有人溺水快来", "emergency"),
        ("着火了由谁发布信息", None),
        ("应急预案由谁公开", None),
        ("20261122-0001", "request_status"),
        ("我手机13912345678", "inform_contact"),
        ("我家楼上漏水没人管 打13912345678找我", None),
        ("政府信息公开电话", None),
    ],
)
def test_some_acts_are_certain_whatever_the_classifier_says(text: str, act: str | None) -> None:
    assert certain_act(text) == act


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("thank", "谢谢，再问下时限"),
        ("greet", "你好，养老金怎么领"),
        ("affirm", "好的那牵头的是谁"),
        ("deny", "不是这个，我问的是公开渠道"),
        ("feedback_bad", "没用的证明由谁负责清理"),
        ("cancel", "取消的审批事项有哪些"),
        ("handover", "人工智能产业政策是哪个部门解读"),
        ("log_request", "投诉举报信息由谁公开"),
        ("log_request", "我要问公共资源交易"),
        ("emergency", "应急预案由谁公开"),
        ("request_status", "网上办事在哪查"),
        ("out_of_scope", "天气预警由谁发布"),
        ("request_status", "举报的办理流程是怎样的"),
        ("bot_challenge", "依据是什么"),
        ("emergency", "门口的灯坏了"),
        ("feedback_bad", "太难懂的看不明白咋弄"),
        ("ask_help", "公积金账户怎么用来买房子"),
        ("cancel", "停车位取消后怎么补"),
        ("cancel", "班车取消没"),
        ("feedback_bad", "洪水退了没有"),
        ("feedback_good", "鸡蛋够不够卖"),
        ("ask_help", "体温枪怎么用"),
        ("ask_help", "公筷咋用"),
        ("ask_help", "测温枪不会用"),
        ("ask_help", "志愿者可以做什么"),
        ("handover", "能打电话预约吗"),
        ("handover", "怎么找人代办"),
        ("ask_help", "银行会不会催款"),
        ("ask_help", "企业能享受什么帮助"),
        ("handover", "个人募捐犯法吗"),
        ("handover", "外地人能进吗"),
        ("handover", "人工智能企业"),
        ("deny", "要交钱不"),
        ("deny", "收费不"),
        ("affirm", "要钱吗"),
        ("bot_challenge", "新闻发言人是谁定的"),
    ],
)
def test_a_policy_question_is_not_swallowed_by_a_dialogue_act(intent: str, text: str) -> None:
    assert is_question_after_all(intent, text, set())


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("thank", "好的谢谢你啊"),
        ("greet", "喂 你好 在吗"),
        ("affirm", "嗯嗯好的"),
        ("handover", "给我转人工，我要问政策"),
        ("log_request", "我要投诉物业"),
        ("log_request", "我要举报，哪里可以登记一下"),
        ("request_status", "我的登记有结果了吗"),
        ("emergency", "有人打架动刀了"),
        ("bot_challenge", "你是哪位"),
        ("bot_challenge", "跟我说话的是真人不"),
        ("ask_help", "你能做什么"),
        ("ask_help", "我能问什么"),
        ("ask_help", "这个怎么用"),
        ("ask_help", "你们这东西咋用啊"),
        ("ask_help", "有什么功能"),
        ("ask_help", "该怎么问你"),
        ("handover", "找个人跟我说"),
        ("handover", "叫你们工作人员来"),
        ("handover", "你们电话多少"),
        ("handover", "有坐席吗"),
        ("deny", "不用了，没有了"),
        ("deny", "还没有"),
        ("affirm", "好不好"),
        ("feedback_bad", "一点都没有"),
    ],
)
def test_a_dialogue_act_stays_one(intent: str, text: str) -> None:
    assert not is_question_after_all(intent, text, set())


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("嗯嗯 懂了，你辛苦了", "thank"),
        ("好的，谢谢您啊", "thank"),
        ("那就先这样，再见", "goodbye"),
        ("喂，您好", "greet"),
        ("谢谢，那时限呢", None),
        ("好的", None),
        ("你好厉害", None),
    ],
)
def test_a_text_of_courtesies_alone_is_one(text: str, act: str | None) -> None:
    assert mere_courtesy(text) == act


def test_a_courtesy_that_names_a_unit_is_a_question() -> None:
    assert is_question_after_all("thank", "好的财政局", {"unit"})


@pytest.mark.parametrize(
    "text", ["有人乱倒垃圾没人管", "工地半夜打桩", "厂里晚上偷排污水", "楼道里烟味大", "天天打电话没人接"]
)
def test_an_everyday_complaint_is_no_danger(text: str) -> None:
    assert is_question_after_all("emergency", text, set())


@pytest.mark.parametrize("text", ["你个傻子答错了", "回答不对啊", "答非所问"])
def test_a_reproach_is_certain(text: str) -> None:
    assert certain_act(text) == "feedback_bad"


def test_a_wrong_answer_as_a_matter_of_policy_is_a_question() -> None:
    assert certain_act("窗口答错了由哪个部门负责") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张三 13800138000", "张三"),
        ("李女士", "李女士"),
        ("我姓王", "姓王"),
        ("我叫张小明，手机13800138000", "张小明"),
        ("老王 138 0013 8000", "老王"),
        ("欧阳女士13912345678", "欧阳女士"),
        ("电话13800138000 陈先生", "陈先生"),
        ("张三，13800138000，谢谢", "张三"),
        ("联系人：刘师傅", "刘师傅"),
        *[
            (text, None)
            for text in (
                "13800138000", "好的", "马上", "匿名", "可以", "方便", "安全", "我是业主", "都行", "为什么要留电话",
            )
        ],
    ],
)  # fmt: skip
def test_a_name_is_read_beside_a_phone_or_alone(text: str, name: str | None) -> None:
    assert name_given(text) == name


@pytest.mark.parametrize("text", ["光明路的路灯坏了", "幸福小区停水", "大王村自来水发黄", "3号楼漏水", "人民大道堵车"])
def test_a_spot_that_can_be_found_is_a_place(text: str) -> None:
    assert names_a_place(text)


@pytest.mark.parametrize(
    "text",
    [
        "路灯坏了",
        "我们小区停水",
        "小区门口太吵",
        "马路上乱停车",
        "公路边都是垃圾",
        "楼下烧烤摊",
        "俺们村口的桥断了",
        "我们农村的路不平",
    ],
)
def test_somewhere_is_no_place(text: str) -> None:
    assert not names_a_place(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [("就在光明路", "光明路"), ("在泰达。", "泰达"), ("幸福小区3号楼", "幸福小区3号楼"), ("？", None)],
)
def test_the_place_is_what_is_left_of_the_answer(text: str, place: str | None) -> None:
    assert place_told(text) == place


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (
            "help",
            [
                "楼道灯坏了，能不能派人来修一下", "能不能派人来修一下", "垃圾成堆，希望尽快清运",
                "下水道堵了，希望尽快疏通",
                "路灯坏了三个月怎么还没人修", "光明路井盖没了，麻烦尽快处理", "水管爆了，可以派人来看看吗",
                "小区停水三天了，希望尽快恢复",
            ],
        ),
        (
            "consultation",
            [
                "养老金在哪领", "办居住证在哪交材料", "这个事谁负责", "路灯坏了归谁管", "小区停车谁负责",
                "老年卡去哪办",
                "能不能用公积金交房租", "请问低保怎么申请办理",
            ],
        ),
        (
            "suggestion",
            ["希望政府多建公园", "路灯坏了，建议换成太阳能的", "希望增加公交班次", "能不能增加班车"],
        ),
        ("complaint", ["垃圾没人管，希望尽快清运", "楼下烧烤太吵"]),
        ("report", ["工地偷排污水，谁负责"]),
    ],
)  # fmt: skip
def test_a_fault_to_be_mended_is_told_from_a_question_and_a_suggestion(kind: str, texts: list[str]) -> None:
    assert [kinds.likely_kind(text) for text in texts] == [kind] * len(texts)


def test_the_bot_and_the_api_take_a_text_for_the_same_kind(root: Path) -> None:
    """They share no code; the citizen confirms what the API would have entered."""
    spec = importlib.util.spec_from_file_location("kinds_of_the_api", root / "api" / "requests" / "kinds.py")
    assert spec and spec.loader
    api_kinds = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(api_kinds)
    assert api_kinds.KIND_LABELS == kinds.LABELS
    assert [(kind, words.pattern) for kind, words in api_kinds._WORDS] == [
        (kind, words.pattern) for kind, words in kinds._WORDS
    ]
    for name in ("_FAULT", "_TO_BE_DONE", "_SEND_SOMEONE", "_SUGGESTS", "_ASKS_WHERE_TO_TURN"):
        assert getattr(api_kinds, name).pattern == getattr(kinds, name).pattern
    for text in (
        "路灯坏了，能不能派人来修", "小区垃圾成堆，希望尽快清运", "路灯坏了归谁管", "路灯坏了，建议换新的",
        "办居住证在哪交材料", "工地偷排污水，谁负责", "垃圾没人管，在哪投诉", "希望在哪里都能办", "光明路的井盖丢了",
    ):  # fmt: skip
        assert api_kinds.likely_kind(text) == kinds.likely_kind(text)


def test_the_bot_and_the_api_say_the_same_of_disclosure(root: Path) -> None:
    source = (root / "api" / "requests" / "disclosure.py").read_text("utf-8")
    for line in wording.DISCLOSURE.split("\n")[2:-1]:
        assert line in source
