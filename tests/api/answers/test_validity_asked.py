"""Questions whether a document is still in force, since when it is not, and what took its place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.answers.validity_asked import is_validity_asked
from api.schemas import AnswerReply
from index.search import Index
from tests.api.answers.base import HILL, LAKE, RECORDS, document, passage
from tests.api.answers.conversation import TODAY, Conversation, open_index
from tests.api.answers.two_versions import NEW_NUMBER, OLD_NUMBER, with_both

Ask = Callable[..., AnswerReply]
TITLE = "《湖滨新区困难职工租房补助办法》"
OLD_STATE = f"{TITLE}{OLD_NUMBER}已于2023年2月28日废止，由{TITLE}{NEW_NUMBER}代替。"
NEW_STATE = f"{TITLE}{NEW_NUMBER}目前有效，自2023年3月1日起施行，有效期至2028年2月29日。"
MARKET = document("market", "云岭县夜市摊位管理规定", HILL, year=2021, published_on=date(2021, 5, 6))
TRIAL = document("trial", "云岭县共享单车停放试行办法", HILL, year=2024, effective_from=date(2024, 9, 1))
LAPSED = document("lapsed", "云岭县农机购置补贴细则", HILL, year=2018, effective_to=date(2021, 12, 31))
MORE = (MARKET, TRIAL, LAPSED)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    base = with_both()
    passages = tuple(passage(each.id, 1, "第一条", f"为规范有关工作，制定{each.title}。") for each in MORE)
    records = replace(base, documents=(*base.documents, *MORE), passages=(*base.passages, *passages))
    return open_index(records, tmp_path_factory.mktemp("validity"))


@pytest.fixture
def ask(index: Index) -> Ask:
    return lambda question, **facts: Conversation(index).say(question, **facts)


def cited(reply: AnswerReply) -> list[str]:
    return [citation.record_id for citation in reply.citations]


@pytest.mark.parametrize(
    "question",
    [
        f"{OLD_NUMBER}还有效吗",
        f"请问{OLD_NUMBER}这个文件现在还能用吗？",
        f"湖滨新区的{OLD_NUMBER}是不是已经废止了",
        f"{OLD_NUMBER}什么时候废止的",
        f"{OLD_NUMBER}作废了没有",
        f"{TITLE}（{OLD_NUMBER}）被哪个文件代替了",
        f"代替{OLD_NUMBER}的是哪个文件",
        "湖管规[2018]4号是哪年废止的",
    ],
)
def test_a_repealed_document_is_said_to_be_so_since_when_and_by_what(ask: Ask, question: str) -> None:
    reply = ask(question)
    assert reply.text == f"{OLD_STATE}（{LAKE}）"
    assert (reply.kind, cited(reply)) == ("answer", ["subsidy-old-p21", "subsidy-new-p21"])
    assert [citation.status for citation in reply.citations] == ["废止", "有效"]


@pytest.mark.parametrize(
    "question",
    [
        "湖滨新区困难职工租房补助办法还有效吗",
        "困难职工租房补助办法是不是废止了",
        f"{TITLE}还算数吗",
        "租房补助办法现在还有效吗",
    ],
)
def test_of_two_of_one_name_the_one_in_force_is_told_first(ask: Ask, question: str) -> None:
    reply = ask(question)
    assert reply.text == f"{NEW_STATE}（{LAKE}）\n{OLD_STATE}（{LAKE}）"
    assert cited(reply) == ["subsidy-new-p21", "subsidy-old-p21"]


@pytest.mark.parametrize(
    "question", [f"{NEW_NUMBER}什么时候开始施行", f"{NEW_NUMBER}的有效期到什么时候", f"{NEW_NUMBER}的实施日期"]
)
def test_beginning_and_end_of_one_in_force(ask: Ask, question: str) -> None:
    assert ask(question).text == f"{NEW_STATE}（{LAKE}）"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("云岭县夜市摊位管理规定还有效吗", "《云岭县夜市摊位管理规定》目前有效，没有查到废止或失效的记录。"),
        ("夜市摊位管理规定什么时候施行的",
         "《云岭县夜市摊位管理规定》目前有效，没有查到废止或失效的记录。文件没有写明施行日期，落款日期是2021年5月6日。"),
        ("夜市摊位管理规定的有效期是多久",
         "《云岭县夜市摊位管理规定》目前有效，没有查到废止或失效的记录。文件没有写明有效期。"),
        ("夜市摊位管理规定被什么文件取代了",
         "《云岭县夜市摊位管理规定》目前有效，没有查到废止或失效的记录。没有查到它被代替的记录。"),
        ("共享单车停放试行办法生效了吗", None),
        ("共享单车停放试行办法还有效吗", "《云岭县共享单车停放试行办法》自2024年9月1日起施行，目前还没有生效。"),
        ("农机购置补贴细则过期了吗", "《云岭县农机购置补贴细则》已于2021年12月31日失效。"),
        ("农机购置补贴细则被哪个文件代替了",
         "《云岭县农机购置补贴细则》已于2021年12月31日失效。现有文件没有写明由哪份文件代替。"),
    ],
)  # fmt: skip
def test_what_is_not_printed_is_said_not_to_be(ask: Ask, question: str, text: str | None) -> None:
    reply = ask(question)
    if text is None:
        assert "目前还没有生效" in reply.text
    else:
        assert reply.text == f"{text}（{HILL}）"
    assert reply.citations


def test_the_day_asked_about_counts(ask: Ask) -> None:
    assert ask(f"{OLD_NUMBER}还有效吗", as_of="2020-05-01").text.startswith(
        f"{TITLE}{OLD_NUMBER}在2020年5月1日有效，自2018年4月1日起施行，有效期至2023年2月28日。"
    )


@pytest.mark.parametrize(
    "question", ["这个文件还有效吗", "它废止了吗", "那还有效吗", "这份文件什么时候废止的", "该办法被哪个文件代替了"]
)
def test_the_document_of_the_answer_before_is_meant(index: Index, question: str) -> None:
    talk = Conversation(index)
    talk.say("云岭县商铺租金补助每平方米每月多少钱")
    assert talk.say(question).text.startswith("《云岭县商铺租金补助办法》已于2022年12月31日废止。")


def test_without_an_answer_before_the_document_has_to_be_named(ask: Ask) -> None:
    reply = ask("这个文件还有效吗")
    assert (reply.kind, reply.citations) == ("not_found", [])
    assert "请说出文件的名称或文号" in reply.text


@pytest.mark.parametrize("question", ["《深圳市租房补助办法》还有效吗", "《网约车管理细则》被哪个文件代替了"])
def test_of_a_document_that_is_not_served_nothing_is_said(ask: Ask, question: str) -> None:
    reply = ask(question)
    assert (reply.kind, reply.citations) == ("not_found", [])
    assert "没有收录《" in reply.text and "登记诉求" in [option.question for option in reply.options]


@pytest.mark.parametrize(
    "question",
    [
        "湖滨新区租房补助期限最长多少个月",
        "云岭县商铺租金补助办法规定的租金补助每平方米多少钱",
        "居住证有效期多久",
        "身份证过期了怎么办",
        f"{OLD_NUMBER}规定骗取补助的几年内不再受理",
    ],
)
def test_a_question_about_a_matter_is_not_taken_for_one_about_a_document(ask: Ask, question: str) -> None:
    text = ask(question).text
    assert "目前有效" not in text
    assert not text.startswith("《")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("补助办法还有效吗", True),
        ("哪年失效的", True),
        ("被哪份文件替代了", True),
        ("从什么时候开始执行", True),
        ("有效期几年", True),
        ("停车收费标准由谁牵头", False),
        ("怎么办理居住证", False),
        ("多久公开一次", False),
        ("什么时候完成", False),
    ],
)
def test_the_words_that_ask_for_it(text: str, asked: bool) -> None:
    assert is_validity_asked(text) is asked


def test_a_later_rule_of_the_same_title_is_mentioned(tmp_path: Path) -> None:
    older = replace(MARKET, id="older", effective_from=date(2015, 1, 1), doc_number="云政规〔2015〕2号")
    newer = replace(MARKET, effective_from=date(2021, 6, 1), doc_number="云政规〔2021〕8号")
    passages = tuple(passage(key, 1, "第一条", "为规范夜市，制定本规定。") for key in ("older", "market"))
    records = replace(RECORDS, documents=(*RECORDS.documents, older, newer), passages=passages)
    reply = Conversation(open_index(records, tmp_path), today=TODAY).say("云政规〔2015〕2号还有效吗")
    assert "目前有效，自2015年1月1日起施行。不过已有新版《云岭县夜市摊位管理规定》云政规〔2021〕8号。" in reply.text


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (f"{TITLE}（{OLD_NUMBER}）", OLD_STATE),
        (TITLE, NEW_STATE),
        ("《云岭县首问负责规定》", "现有文件里没有收录《云岭县首问负责规定》，查不到它是否有效。"),
    ],
)
def test_this_document_behind_a_term_is_the_one_it_was_taken_from(source: str, told: str, tmp_path: Path) -> None:
    base = with_both()
    terms = tuple(replace(term, source=source) for term in base.terms)
    talk = Conversation(open_index(replace(base, terms=terms), tmp_path))
    talk.say("什么是首问负责制")
    assert told in talk.say("这个文件还有效吗").text
