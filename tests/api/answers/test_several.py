"""Which messages hold several questions, and what each of them is."""

import time
from datetime import date

import pytest
from hypothesis import given, settings

from api.answers.several import MOST_PARTS, Message, read_message
from api.schemas import Facet
from index.search import Index
from tests.api.answers.test_clauses import MESSAGES

TODAY = date(2024, 5, 1)


def read(index: Index, text: str, *, follows: bool = False) -> Message:
    return read_message(text, index, TODAY, follows=follows)


def heads(message: Message) -> list[str]:
    return [part.head.removesuffix("？") for part in message.parts]


SEVERAL: tuple[tuple[str, list[str]], ...] = (
    # told apart by marks
    ("湖滨新区学区划分谁负责？白鹭洲渡轮班次在哪里公告？", ["湖滨新区学区划分谁负责", "白鹭洲渡轮班次在哪里公告"]),
    ("湖滨新区停车收费谁定。云岭县财政预算什么时候公开", ["湖滨新区停车收费谁定", "云岭县财政预算什么时候公开"]),
    ("湖滨新区学区划分谁负责；渡轮班次归谁管", ["湖滨新区学区划分谁负责", "渡轮班次归谁管"]),
    ("湖滨新区的水质多久公布一次\n云岭县扶持茶农的政策谁牵头",
     ["湖滨新区的水质多久公布一次", "云岭县扶持茶农的政策谁牵头"]),
    ("湖滨新区区长信箱由谁办，云岭县财政预算在哪公开", ["湖滨新区区长信箱由谁办", "云岭县财政预算在哪公开"]),
    ("学区划分谁负责？养老金标准是多少？", ["学区划分谁负责", "养老金标准是多少"]),
    ("湖滨新区停车收费标准谁牵头！白鹭洲的观鸟科普哪个单位负责！",
     ["湖滨新区停车收费标准谁牵头", "白鹭洲的观鸟科普哪个单位负责"]),
    # by connecting words
    ("湖滨新区学区划分谁负责，还有渡轮班次什么时候公布", ["湖滨新区学区划分谁负责", "渡轮班次什么时候公布"]),
    ("云岭县停车收费标准谁牵头？另外，财政预算什么时候公开？", ["云岭县停车收费标准谁牵头", "财政预算什么时候公开"]),
    ("学区划分在哪查，顺便问一下渡轮班次谁公布", ["学区划分在哪查", "渡轮班次谁公布"]),
    ("学区划分在哪查？再问一下，饮用水水质归谁管？", ["学区划分在哪查", "饮用水水质归谁管"]),
    ("帮我查一下学区划分的责任单位，再看看渡轮班次的公开方式", ["学区划分的责任单位", "渡轮班次的公开方式"]),
    ("湖滨新区学区划分谁负责？还有，渡轮班次呢？", ["湖滨新区学区划分谁负责", "渡轮班次呢"]),
    ("湖滨新区学区划分谁负责？另外，饮用水水质", ["湖滨新区学区划分谁负责", "饮用水水质呢"]),
    ("對了，請問學區劃分誰負責？另外渡輪班次誰公佈？", ["学区划分谁负责", "渡轮班次谁公布"]),
    ("湖滨新区学区划分谁负责，文号多少", ["湖滨新区学区划分谁负责", "文号多少"]),
    ("白鹭洲的分工照着省里哪份文件，湖滨新区的任务表文号多少",
     ["白鹭洲的分工照着省里哪份文件", "湖滨新区的任务表文号多少"]),
    # counted
    ("1. 学区划分谁负责 2. 渡轮班次在哪公告", ["学区划分谁负责", "渡轮班次在哪公告"]),
    ("1、学区划分谁负责？2、渡轮班次在哪公告？3、财政预算什么时候公开？",
     ["学区划分谁负责", "渡轮班次在哪公告", "财政预算什么时候公开"]),
    ("①学区划分谁管②渡轮班次谁管", ["学区划分谁管", "渡轮班次谁管"]),
    ("（1）学区划分谁管；（2）渡轮班次谁管", ["学区划分谁管", "渡轮班次谁管"]),
    ("您好，我想问两个问题：第一，学区划分谁负责；第二，财政预算什么时候公开？谢谢",
     ["学区划分谁负责", "财政预算什么时候公开"]),
    ("一是学区划分谁管，二是渡轮班次谁管", ["学区划分谁管", "渡轮班次谁管"]),
    # spoken, without marks
    ("湖滨新区学区划分谁负责云岭县的财政预算什么时候公开", ["湖滨新区学区划分谁负责", "云岭县的财政预算什么时候公开"]),
    ("湖滨新区停车收费归谁管呀云岭县茶农补助政策啥时候公布",
     ["湖滨新区停车收费归谁管", "云岭县茶农补助政策啥时候公布"]),
    ("学区划分由谁负责然后那个渡轮班次在哪公告啊", ["学区划分由谁负责", "渡轮班次在哪公告"]),
    # leaning on the one before
    ("湖滨新区学区划分谁负责？电话是多少？", ["湖滨新区学区划分谁负责", "电话是多少"]),
    ("湖滨新区学区划分谁负责，养老金标准是多少", ["湖滨新区学区划分谁负责", "养老金标准是多少"]),
    ("湖滨新区学区划分谁负责，电话多少", ["湖滨新区学区划分谁负责", "电话多少"]),
    ("首问负责制是什么意思？学区划分谁负责？", ["首问负责制是什么意思", "学区划分谁负责"]),
    ("湖滨新区停车收费标准谁牵头？云岭县的什么时候完成？", ["湖滨新区停车收费标准谁牵头", "云岭县的什么时候完成"]),
    # lists and counts
    ("湖滨新区有多少项任务？云岭县财政局牵头哪些任务？", ["湖滨新区有多少项任务", "云岭县财政局牵头哪些任务"]),
)  # fmt: skip

ONE: tuple[str, ...] = (
    "湖滨新区学区划分由谁负责？",
    "你好，请问湖滨新区学区划分由谁负责？谢谢！",
    "喂你好我想问一下学区划分是谁负责的啊麻烦你了",
    "湖滨新区和云岭县的停车收费标准分别由谁牵头？",
    "停车收费标准，湖滨新区谁牵头，云岭县挑头的又是哪家？",
    "湖滨新区停车收费标准谁牵头？云岭县呢？",
    "《学校谁来办？怎么办？》这份通知是谁印发的？",
    "“谁来管？怎么管？”专栏在哪里看",
    "按照谁起草、谁解读的原则由哪个单位落实",
    "哪个单位要是把舆情处理砸了、报告晚了，会有什么后果？",
    "停车收费、学区划分、渡轮班次这些信息都由谁公布？",
    "停车收费，还有学区划分这块的信息，由哪几家公布",
    "除了县财政局，还有谁负责财政预算公开？",
    "学区划分有没有截止日期啊还是说要一直做下去的",
    "学区划分谁负责？是教育局吗？",
    "学区划分谁负责？急！在线等！",
    "停车收费的通知几月几号下的文",
    "白鹭洲的分工照着省里哪份文件，文号多少",
    "湖滨新区的任务表依据什么文件，文号是什么",
    "补助从几号到几号能申请",
    "换驾驶证要去哪个窗口、带什么材料",
    "老听人说什么三个逐一三个优先，到底是哪几个啊",
    "招了一批新人，啥样的企业能拿补助、拿多少呀",
    "债券借了多少、还了多少，该哪个局出来说？",
    "什么样的建议才要公开办理结果",
    "没什么别的事，学区划分谁负责",
    "第1项任务由谁负责",
    "2023年1.5万元的补助由谁发放",
    "学区划分",
    "？？？",
)

SIDES: tuple[tuple[str, tuple[Facet, ...]], ...] = (
    ("学区划分谁牵头、什么时候完成、在哪公布", ("lead", "deadline", "channel")),
    ("学区划分谁牵头什么时候完成在哪公布", ("lead", "deadline", "channel")),
    ("学区划分由谁负责？什么时候完成？", ("responsible", "deadline")),
    ("您好，学区划分由哪个单位公布，在哪里能看到？", ("responsible", "channel")),
    ("学区划分什么时候由谁公布", ("deadline", "responsible")),
    ("谁负责学区划分什么时候完成", ("responsible", "deadline")),
    ("学区划分的牵头单位、责任单位和完成时限分别是什么", ("lead", "responsible", "deadline")),
    ("学区划分的责任单位和公开方式", ("responsible", "channel")),
    ("学区划分有什么要求？谁负责？", ("requirement", "responsible")),
    ("学区划分：1. 谁负责 2. 什么时候完成", ("responsible", "deadline")),
    ("湖滨新区和云岭县的停车收费标准谁牵头、什么时候完成", ("lead", "deadline")),
    ("顺便问一下，学区划分谁负责？时限呢？", ("responsible", "deadline")),
)


def test_the_tables_are_long_enough() -> None:
    assert len(SEVERAL) + len(ONE) + len(SIDES) >= 60


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_questions_are_told_apart(index: Index, text: str, expected: list[str]) -> None:
    assert heads(read(index, text)) == expected


@pytest.mark.parametrize("text", ONE)
def test_one_question_stays_one(index: Index, text: str) -> None:
    message = read(index, text)
    assert len(message.parts) == 1
    assert message.parts[0].facets == ()


@pytest.mark.parametrize(("text", "facets"), SIDES)
def test_several_sides_of_one_matter_are_one_question(index: Index, text: str, facets: tuple[Facet, ...]) -> None:
    message = read(index, text)
    assert len(message.parts) == 1
    assert message.parts[0].facets == facets


@pytest.mark.parametrize(
    ("text", "question", "whole"),
    [
        ("我是湖滨新区的，家里孩子要上学。请问学区划分在哪公布？", "湖滨新区学区划分在哪公布?", True),
        ("学区划分在哪公布？我家住湖滨新区。", "湖滨新区学区划分在哪公布?", True),
        ("我是2023年搬到湖滨新区的。学区划分谁负责？", "2023年湖滨新区学区划分谁负责?", True),
        ("我家孩子今年要上学。请问学区划分在哪公布？", "学区划分在哪公布?", True),
        ("我住在浦东新区。学区划分谁负责？", "浦东新区学区划分谁负责?", True),
        ("我家孩子要上小学。去哪报名？", "我家孩子要上小学。去哪报名?", False),
        ("我看了《云岭县商铺租金补助办法》。每平方米补助多少钱？",
         "我看了《云岭县商铺租金补助办法》。每平方米补助多少钱?", False),
    ],
)  # fmt: skip
def test_a_sentence_that_sets_the_scene_is_no_question(index: Index, text: str, question: str, whole: bool) -> None:
    [part] = read(index, text).parts
    assert part.question == question
    assert bool(part.whole) == whole


def test_the_scene_holds_for_the_first_question_behind_it(index: Index) -> None:
    parts = read(index, "我是云岭县的。停车收费标准谁牵头？渡轮班次在哪公告？").parts
    assert [part.question for part in parts] == ["云岭县停车收费标准谁牵头?", "渡轮班次在哪公告?"]


def test_a_question_that_leans_on_the_turn_before_stands_first(index: Index) -> None:
    text = "那时限呢？白鹭洲渡轮班次谁公布？"
    assert heads(read(index, text, follows=True)) == ["时限呢", "白鹭洲渡轮班次谁公布"]


def test_questions_beyond_the_fourth_are_left(index: Index) -> None:
    matters = ("学区划分", "停车收费标准", "饮用水水质", "渡轮班次", "财政预算", "权责清单")
    message = read(index, "".join(f"{matter}谁负责？" for matter in matters))
    assert len(message.parts) == MOST_PARTS
    assert [left.rstrip("?") for left in message.left] == ["财政预算谁负责", "权责清单谁负责"]


def test_a_single_question_is_asked_as_it_was_typed(index: Index) -> None:
    text = "湖滨新区学区划分，由谁负责？"
    assert read(index, text).parts[0].question == text


@given(MESSAGES)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_as_one_to_four_questions(index: Index, text: str) -> None:
    message = read(index, text)
    assert 1 <= len(message.parts) <= MOST_PARTS
    assert len(message.parts) == MOST_PARTS or not message.left
    assert all(len(part.facets) != 1 for part in message.parts)


@pytest.mark.parametrize(
    "text", ["急" * 499 + "谁", "谁负责" * 160, "谢谢" * 250, "的是" * 249 + "谁", "还有" * 250, "第一" * 250]
)
def test_a_repetitive_text_is_read_in_a_moment(index: Index, text: str) -> None:
    started = time.process_time()
    read(index, text)
    assert time.process_time() - started < 5
