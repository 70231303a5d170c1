"""Articles, chapters and parts looked up by their number."""

from collections.abc import Callable

import pytest

from api.schemas import AnswerReply
from knowledge.model import Records
from tests.api.answers.base import HILL, document, passage
from tests.api.answers.conversation import Conversation, open_index
from tests.api.answers.two_versions import NEW_NUMBER, OLD_NUMBER, with_both

Ask = Callable[[str], AnswerReply]
TITLE = "《湖滨新区困难职工租房补助办法》"
FARE = document("fare", "云岭县公交票价通知", HILL, year=2022)
LONG = "。".join(f"公交线路{at}的票价由运营单位按照里程核定并向乘客公示" for at in range(40))


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Conversation]:
    both = with_both()
    records = Records(
        documents=(*both.documents, FARE),
        tasks=both.tasks,
        passages=(
            *both.passages,
            passage("fare", 1, "一、票价", "普通车一元。"),
            passage("fare", 2, "二、优惠", "（一）老人免费。\n（二）学生半价。"),
            passage("fare", 3, "三、其他", LONG),
        ),
        terms=both.terms,
        faqs=both.faqs,
    )
    index = open_index(records, tmp_path_factory.mktemp("articles"))
    return lambda: Conversation(index)


@pytest.mark.parametrize(
    ("question", "article", "record"),
    [
        (f"{TITLE}第八条", "第8条 月租金低于补助标准的", "subsidy-new-p8"),
        (f"{TITLE}第八条规定了什么", "第8条 月租金低于补助标准的", "subsidy-new-p8"),
        ("困难职工租房补助办法第8条的内容", "第8条 月租金低于补助标准的", "subsidy-new-p8"),
        (f"{NEW_NUMBER}第五条是怎么规定的", "每户每月500元", "subsidy-new-p5"),
        (f"{OLD_NUMBER}第五条", "每户每月300元", "subsidy-old-p5"),
        ("湖管规二〇二三年第九号文第十条", "第10条 申请人可以在政务服务网", "subsidy-new-p10"),
        ("湖滨新区第八条规定了什么", "第8条 月租金低于补助标准的", "subsidy-new-p8"),
    ],
)
def test_the_article_of_the_document_meant_is_told_whole(
    talk: Callable[[], Conversation], question: str, article: str, record: str
) -> None:
    reply = talk().say(question)
    assert (reply.kind, reply.confidence) == ("answer", 1.0)
    assert article in reply.text
    assert [cited.record_id for cited in reply.citations] == [record]


def test_an_article_that_there_is_not_is_said_not_to_be(talk: Callable[[], Conversation]) -> None:
    reply = talk().say(f"{TITLE}第五十条")
    assert reply.kind == "not_found"
    assert "没有第五十条" in reply.text
    assert "条" in reply.text.split("没有第五十条", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("《夜间停车条例》第八条", "没有收录《夜间停车条例》，查不到第八条"),
        (f"{TITLE}第八章讲什么", "一共5章，没有第八章"),
        ("云岭县公交票价通知第六部分", "一共3个部分，没有第六部分"),
    ],
)
def test_what_is_not_there_is_refused_by_name(talk: Callable[[], Conversation], question: str, said: str) -> None:
    reply = talk().say(question)
    assert reply.kind == "not_found"
    assert said in reply.text


def test_a_chapter_is_told_by_its_articles(talk: Callable[[], Conversation]) -> None:
    reply = talk().say(f"{TITLE}第三章讲什么")
    assert reply.text.startswith("第三章 申请和审核，共5条（第九条至第十三条）：")
    assert "第12条 审核通过的名单" in reply.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("云岭县公交票价通知第二部分第（二）项", "（二）学生半价。"),
        ("云岭县公交票价通知第二部分第一项是什么", "（一）老人免费。"),
        ("云岭县公交票价通知第一条", "普通车一元。"),
        ("云岭县公交票价通知第三部分", "全文请看原文件"),
    ],
)
def test_parts_and_their_items_are_found(talk: Callable[[], Conversation], question: str, told: str) -> None:
    reply = talk().say(question)
    assert reply.kind == "answer"
    assert told in reply.text


def test_the_next_article_is_of_the_document_spoken_of(talk: Callable[[], Conversation]) -> None:
    conversation = talk()
    conversation.say(f"{NEW_NUMBER}第八条")
    reply = conversation.say("那第九条呢")
    assert [cited.record_id for cited in reply.citations] == ["subsidy-new-p9"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("湖滨新区任务表第一部分讲了啥", "一、加强主动公开，共4项任务："),
        ("湖滨新区的要点第二大块里头有些啥", "二、回应社会关切，共1项任务："),
        ("2023年湖滨新区的方案第2部分“回应社会关切”的内容", "二、回应社会关切，共1项任务："),
        ("湖滨新区任务表第5条是什么", "公布小学和初中的学区范围"),
        ("湖滨新区2023年政务公开任务表第二部分", "二、回应社会关切，共1项任务："),
    ],
)
def test_the_loose_name_of_a_plan_means_the_plan_of_the_place(
    talk: Callable[[], Conversation], question: str, told: str
) -> None:
    reply = talk().say(question)
    assert reply.kind == "answer"
    assert reply.text.startswith(told)


@pytest.mark.parametrize("question", ["依据第八条应当向哪个部门申请停车补助", "湖滨新区第3项任务由谁负责"])
def test_a_question_about_a_matter_is_not_a_look_up(talk: Callable[[], Conversation], question: str) -> None:
    assert "第8条 月租金" not in talk().say(question).text
