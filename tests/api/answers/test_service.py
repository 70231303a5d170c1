"""Single questions from beginning to end, over the made-up base."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.answers.compose import body
from api.answers.service import LONGEST_QUESTION, AnswerService
from api.errors import InvalidValue, NotReady, QuestionEmpty, QuestionTooLong
from api.schemas import AnswerReply, AnswerRequest
from index.search import Index
from knowledge.model import PlanTask
from tests.api.answers.base import HILL, ISLE, LAKE, TASKS, task
from tests.api.answers.conversation import Conversation
from tests.api.standins import FixedKnowledge

Ask = Callable[..., AnswerReply]


def cited(reply: AnswerReply) -> list[str]:
    return [citation.record_id for citation in reply.citations]


def quotes_the_record(reply: AnswerReply, index: Index) -> bool:
    """Each quote holds the record's text word for word, or as much of it as a long quote shows."""
    texts = [body(index.record(citation.record_id)) for citation in reply.citations]
    return bool(texts) and all(text in c.quote for text, c in zip(texts, reply.citations, strict=True))


# One question


@pytest.mark.parametrize(
    ("question", "record", "said"),
    [
        ("湖滨新区公布停车收费标准由谁牵头", "lake-1", "由新区发展改革局牵头"),
        ("云岭县公布停车收费标准由谁负责", "hill-1", "责任单位是县城管局"),
        ("湖滨新区饮用水水质多久公布一次", "lake-2", "按月公布"),
        ("湖滨新区学区划分在哪里公布", "lake-5", "微信公众号"),
        ("雲嶺縣扶持茶農的政策由誰牽頭", "hill-2", "县农业农村局"),
        ("白鹭洲渡轮班次调整要提前几日公告", "isle-1", "提前三日"),
        ("湖滨新区 2023 年 学区划分 归谁管", "lake-5", "新区教育局"),
    ],
)
def test_a_question_about_a_place_is_answered_from_its_plan(ask: Ask, question: str, record: str, said: str) -> None:
    reply = ask(question)
    assert reply.kind == "answer"
    assert cited(reply) == [record]
    assert said in reply.text


def test_a_matter_that_only_one_place_has_needs_no_place(ask: Ask) -> None:
    reply = ask("渡轮班次由谁负责公布")
    assert (reply.kind, cited(reply), reply.frame.regions) == ("answer", ["isle-1"], [ISLE])


def test_a_matter_of_two_places_is_answered_with_a_choice(ask: Ask) -> None:
    reply = ask("停车收费标准由谁牵头")
    assert reply.kind == "clarify"
    assert {option.label for option in reply.options} == {LAKE, HILL}
    assert sorted(cited(reply)) == ["hill-1", "lake-1"]
    for option, unit in ((LAKE, "新区发展改革局"), (HILL, "县发改局")):
        chosen = next(o.question for o in reply.options if o.label == option)
        assert unit in ask(chosen).text


def test_a_title_of_one_plan_does_not_hide_the_same_matter_of_another(ask_with: Callable[..., Ask]) -> None:
    named = task("isle", "7", "停车收费标准公开", "公布停车收费标准。", responsible=("码头管理处",))
    regions = [option.label for option in ask_with(tasks=(named,))("停车收费标准公开归谁管").options]
    assert set(regions) == {"湖滨新区", "云岭县", "白鹭洲开发区"}
    assert ask_with(tasks=(named,))("观鸟科普归谁管").kind == "answer"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("湖滨新区停车收费标准除了城管局还有谁负责", "除新区城管局外，责任单位是新区交通局，由新区发展改革局牵头。"),
        ("除了财政局，云岭县财政预算由谁牵头", "除县财政局外，文件没有写明其他牵头单位，责任单位是各部门。"),
        ("湖滨新区学区划分除了教育局还有谁负责", "除新区教育局外，文件没有写明其他单位。"),
    ],
)
def test_the_units_left_out_are_not_told(ask: Ask, question: str, said: str) -> None:
    assert ask(question).text.startswith(said)


def test_whom_a_requirement_calls_in_is_told_before_the_unit(ask_with: Callable[..., Ask]) -> None:
    made = task("hill", "9", "评估茶叶品质", "春茶上市前，邀请农科院专家评估茶叶品质。", responsible=("县农业农村局",))
    ask = ask_with(tasks=(made,))
    assert ask("云岭县茶叶品质请谁来评估").text.startswith("春茶上市前，邀请农科院专家评估茶叶品质。")
    text = ask("云岭县茶叶品质由谁来评估").text
    assert text.startswith("春茶上市前，邀请农科院专家评估茶叶品质。由县农业农村局负责。")


def test_the_region_and_year_of_the_request_count_like_those_in_the_question(ask: Ask) -> None:
    assert cited(ask("停车收费标准由谁牵头", region=HILL)) == ["hill-1"]
    assert cited(ask("停车收费标准由谁牵头", year=2023)) == ["lake-1"]


@pytest.mark.parametrize("place", ["北京市", "深圳", "浦东新区"])
def test_a_place_that_is_not_served_is_said_to_be_missing(ask: Ask, place: str) -> None:
    reply = ask(f"{place}的停车收费标准由谁牵头")
    assert (reply.kind, reply.citations) == ("not_found", [])
    assert all(served in reply.text for served in (LAKE, HILL, ISLE))
    assert "登记诉求" in [option.question for option in reply.options]


def test_a_year_that_is_not_served_is_said_with_the_year_that_is(ask: Ask) -> None:
    reply = ask("湖滨新区2019年停车收费标准由谁牵头")
    assert (reply.kind, reply.citations) == ("not_found", [])
    assert "2019年" in reply.text and "2023年" in reply.text and LAKE in reply.text


@pytest.mark.parametrize(
    "question", ["湖滨新区和云岭县的停车收费标准由谁牵头", "停车收费标准，湖滨新区跟云岭县分别谁牵头"]
)
def test_two_regions_are_compared_each_with_its_source(ask: Ask, question: str) -> None:
    reply = ask(question)
    assert (reply.kind, cited(reply)) == ("compare", ["lake-1", "hill-1"])
    assert "新区发展改革局" in reply.text and "县发改局" in reply.text
    assert reply.frame.regions == [LAKE, HILL]


def test_a_region_without_the_matter_is_said_to_have_none_in_a_comparison(ask: Ask) -> None:
    reply = ask("湖滨新区和白鹭洲的学区划分由谁负责")
    assert (reply.kind, cited(reply)) == ("compare", ["lake-5"])
    assert f"{ISLE}：现有文件里没有找到" in reply.text


def test_a_year_said_of_one_region_does_not_shut_out_the_other(ask: Ask) -> None:
    assert cited(ask("2023年湖滨新区和云岭县的停车收费标准由谁牵头")) == ["lake-1", "hill-1"]


def test_a_comparison_of_what_neither_has_is_refused(ask: Ask) -> None:
    reply = ask("湖滨新区和云岭县的宇宙飞船由谁发射")
    assert (reply.kind, reply.citations) == ("not_found", [])


# Lists, counts, documents, terms, approved questions


def test_the_tasks_of_a_unit_are_listed_with_what_may_concern_it_besides(ask: Ask) -> None:
    reply = ask("云岭县财政局负责哪些工作")
    assert (reply.kind, cited(reply)) == ("list", ["hill-3"])
    assert "共1项" in reply.text and "公开财政预算" in reply.text
    assert "另有1项写的是“各部门”一类的统称" in reply.text


def test_only_the_tasks_it_leads_where_that_is_asked(ask: Ask) -> None:
    assert cited(ask("白鹭洲的办公室负责哪些工作")) == ["isle-2", "isle-3"]
    assert cited(ask("湖滨新区发展改革局牵头的任务有哪些")) == ["lake-1", "lake-4"]


def test_tasks_are_counted_by_unit_and_by_document(ask: Ask) -> None:
    assert "2项任务" in ask("湖滨新区发展改革局牵头的任务有几项").text
    reply = ask("白鹭洲的分工一共有几项任务")
    assert reply.kind == "list" and "共列出3项任务" in reply.text and reply.citations


def test_the_number_and_the_date_of_a_document(ask: Ask) -> None:
    number, day = ask("白鹭洲的文件文号是多少"), ask("白鹭洲那份文件是什么时候印发的")
    assert "白管发〔2022〕12号" in number.text and cited(number) == ["isle-p2"]
    assert "2022年3月18日" in day.text and cited(day) == ["isle-p2"]


@pytest.mark.parametrize("question", ["什么是首问负责制", "首问负责制是什么意思", "首问负责是啥？", "啥叫“首问负责制”"])
def test_a_term_is_explained_under_each_of_its_names(ask: Ask, question: str) -> None:
    reply = ask(question)
    assert (reply.kind, cited(reply)) == ("answer", ["term-1"])
    assert "第一个接待的人" in reply.text


def test_an_approved_answer_only_where_no_place_is_named_and_no_unit_is_asked(ask: Ask) -> None:
    assert cited(ask("这个机器人能做什么")) == ["faq-1"]
    assert "faq-1" not in cited(ask("白鹭洲这个机器人能做什么"))
    assert "faq-1" not in cited(ask("这个机器人由谁负责"))
    assert "faq-1" not in cited(ask("2022年这个机器人能做什么"))


# Honest refusals


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("湖滨新区公共停车场停车收费标准收多少钱", "金额"),
        ("湖滨新区城管局在哪条街", "具体地址"),
        ("湖滨新区区长信箱的电话是多少", "电话号码"),
        ("云岭县公开财政预算一共多少亿", "金额"),
    ],
)
def test_a_matter_without_the_fact_asked_for_is_no_answer(ask: Ask, question: str, missing: str) -> None:
    reply = ask(question)
    assert (reply.kind, reply.citations) == ("not_found", [])
    assert f"没有写明{missing}" in reply.text


def test_an_amount_that_stands_there_is_answered(ask: Ask) -> None:
    assert "八元" in ask("云岭县商铺租金补助每平方米多少钱").text


@pytest.mark.parametrize(
    "question",
    [
        "asdkjh qwoie zzz", "<script>alert('x')</script>", "<b>&nbsp;</b>", "' OR 1=1; DROP TABLE tasks; --", "😀😀😀",
        "???", "1234567", "\x00\x07a\x1b", "龘靐齉", "{{7*7}} ${x}",
    ],
)  # fmt: skip
def test_what_is_no_question_finds_nothing_and_is_offered_examples(ask: Ask, question: str) -> None:
    reply = ask(question)
    assert (reply.kind, reply.citations, reply.confidence) == ("not_found", [], 0.0)
    assert reply.options


@pytest.mark.parametrize("question", ["湖滨新区宇宙飞船由谁发射", "宇宙飞船由谁发射", "明天股票会涨吗"])
def test_another_matter_altogether_is_not_found(ask: Ask, question: str) -> None:
    reply = ask(question)
    assert (reply.kind, reply.citations) == ("not_found", [])
    assert "没有找到" in reply.text


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "　"])
def test_an_empty_question_raises(ask: Ask, question: str) -> None:
    with pytest.raises(QuestionEmpty):
        ask(question)


def test_a_question_may_be_long_but_not_too_long(ask: Ask) -> None:
    whole = "湖滨新区公布停车收费标准由谁牵头" * 100
    assert ask(whole[:LONGEST_QUESTION]).kind in {"answer", "compare", "clarify", "not_found"}
    with pytest.raises(QuestionTooLong):
        ask(whole[: LONGEST_QUESTION + 1])


@pytest.mark.parametrize("day", ["去年", "2024-13-01", "2024年1月1日", "20240101x"])
def test_a_day_that_is_none_is_named(ask: Ask, day: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        ask("停车收费标准由谁牵头", as_of=day)
    assert caught.value.field == "as_of"
    assert day in caught.value.message


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2019-12-31", "请注意：这份文件自2020年1月1日起施行，到2019年12月31日还没有生效"),
        ("2020-01-01", ""),
        ("2022-12-31", ""),
        ("2023-01-01", "请注意：这份文件已于2022年12月31日废止，以下内容仅供参考。"),
        (None, "请注意：这份文件已于2022年12月31日废止，以下内容仅供参考。"),
    ],
)
def test_an_answer_from_a_document_not_in_force_on_the_day_says_so_first(ask: Ask, day: str | None, said: str) -> None:
    reply = ask("云岭县商铺租金补助每平方米每月多少钱", as_of=day)
    assert (reply.kind, cited(reply)) == ("answer", ["rent-p1"])
    assert reply.text.startswith(said or "临街商铺的经营者")
    assert "每月补助八元" in reply.text


def test_nothing_is_answered_before_anything_is_served() -> None:
    with pytest.raises(NotReady):
        AnswerService(FixedKnowledge(None)).answer(AnswerRequest(question="停车收费标准由谁牵头"))


@given(text=st.text(min_size=1, max_size=60) | st.text(alphabet="湖滨新区云岭县的和呢谁几任务公开2023年", max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_text_whatever_breaks_the_service(index: Index, text: str) -> None:
    try:
        reply = Conversation(index).say(text)
    except QuestionEmpty:
        assert not text.strip()
        return
    assert reply.text
    assert bool(reply.citations) is (reply.kind != "not_found")


# Every task of the base


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
@pytest.mark.parametrize("ending", ["由谁负责", "由谁牵头", "什么时候完成", "在哪里公开", "有什么要求", ""])
def test_a_task_asked_by_its_title_is_found_and_quoted(ask: Ask, index: Index, task: PlanTask, ending: str) -> None:
    region = index.document(task.document_id).region
    reply = ask(f"{region}{task.title}{ending}")
    assert reply.kind == "answer"
    assert cited(reply) == [task.id]
    assert quotes_the_record(reply, index)
    assert reply.snapshot and reply.answer_id
