"""A rule and its successor in one base: which of the two answers, on which day, and what is said of the other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.examples import example_questions
from api.schemas import AnswerReply
from index.build import build_index
from index.encoder import Encoder
from index.search import Index
from knowledge.codec import write_records
from knowledge.model import Records
from tests.api.answers.base import HILL, LAKE, RECORDS, document, passage, task
from tests.api.answers.conversation import TODAY, Conversation, open_index
from tests.api.answers.two_versions import ARTICLES, NEW, NEW_NUMBER, OLD, OLD_NUMBER, OLD_PASSAGES, with_both

Ask = Callable[..., AnswerReply]
REPEALED = f"已于2023年2月28日废止，由《湖滨新区困难职工租房补助办法》{NEW_NUMBER}代替"


def cited(reply: AnswerReply) -> list[str]:
    return [citation.record_id for citation in reply.citations]


def asking(index: Index, today: date = TODAY) -> Ask:
    return lambda question, **facts: Conversation(index, today=today).say(question, **facts)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return open_index(with_both(), tmp_path_factory.mktemp("both"))


@pytest.fixture
def ask(both: Index) -> Ask:
    return asking(both)


@pytest.fixture
def over(tmp_path: Path) -> Callable[[Records], Ask]:
    return lambda records: asking(open_index(records, tmp_path))


# Which of the two answers


AMOUNTS = (
    ("湖滨新区困难职工租房补助每户每月多少钱", "500元", "300元"),
    ("湖滨新区租房补助申请人的家庭人均月收入应当低于多少", "2600元", "1800元"),
    ("湖滨新区残疾职工的租房补助标准上浮多少", "20%", "10%"),
    ("湖滨新区租房补助期限最长多少个月", "24个月", "12个月"),
    ("湖滨新区骗取租房补助的几年内不再受理申请", "5年", "3年"),
)


@pytest.mark.parametrize(("question", "new", "old"), AMOUNTS)
def test_the_rule_in_force_answers_and_not_the_one_before(ask: Ask, question: str, new: str, old: str) -> None:
    reply = ask(question)
    assert new in reply.text and old not in reply.text
    assert {citation.document_id for citation in reply.citations} == {NEW.id}
    assert "请注意" not in reply.text


@pytest.mark.parametrize(("question", "new", "old"), AMOUNTS)
def test_on_a_day_before_the_rule_of_that_day_answers_without_a_word_of_caution(
    ask: Ask, question: str, new: str, old: str
) -> None:
    for day in ("2018-04-01", "2023-02-28"):
        reply = ask(question, as_of=day)
        assert old in reply.text and new not in reply.text
        assert {(c.document_id, c.status) for c in reply.citations} == {(OLD.id, "有效")}
        assert "请注意" not in reply.text


def test_what_only_the_repealed_rule_has_is_answered_with_a_word_of_caution_first(ask: Ask) -> None:
    reply = ask("湖滨新区职工搬家的搬家费补贴多少钱")
    assert reply.text.startswith(f"请注意：这份文件{REPEALED}，以下内容仅供参考。\n第18条")
    assert cited(reply) == ["subsidy-old-p18"]
    (citation,) = reply.citations
    assert (citation.status, citation.effective_to) == ("废止", date(2023, 2, 28))
    assert citation.superseded_by is not None
    assert (citation.superseded_by.document_id, citation.superseded_by.doc_number) == (NEW.id, NEW_NUMBER)


def test_what_the_new_rule_says_in_other_words_answers_in_the_place_of_the_old(ask: Ask) -> None:
    reply = ask("湖滨新区租房补助由单位工会汇总吗")
    assert reply.text.startswith(
        f"《湖滨新区困难职工租房补助办法》{OLD_NUMBER}{REPEALED}。下面是现行文件的规定：\n第10条"
    )
    assert cited(reply) == ["subsidy-new-p10", "subsidy-old-p10"]
    assert [citation.status for citation in reply.citations] == ["有效", "废止"]


@pytest.mark.parametrize(
    "question",
    [
        f"{OLD_NUMBER}规定租房补助每户每月多少钱",
        f"《湖滨新区困难职工租房补助办法》（{OLD_NUMBER}）里租房补助每户每月多少钱",
        "湖滨新区2018年困难职工租房补助每户每月多少钱",
        "2018年租房补助每户每月多少钱",
    ],
)
def test_a_repealed_rule_asked_for_by_number_or_year_answers_and_the_new_one_is_one_tap_away(
    ask: Ask, question: str
) -> None:
    reply = ask(question)
    assert reply.text.startswith(f"请注意：这份文件{REPEALED}，以下内容仅供参考。\n")
    assert "300元" in reply.text and "500元" not in reply.text
    (option,) = reply.options
    assert option.label == "看现行规定"
    tapped = ask(option.question)
    assert cited(tapped) == ["subsidy-new-p5"] and "请注意" not in tapped.text


def test_the_tap_finds_what_the_new_rule_says_in_other_words(ask: Ask) -> None:
    (option,) = ask(f"{OLD_NUMBER}里租房补助由单位工会汇总吗").options
    assert cited(ask(option.question)) == ["subsidy-new-p10"]


def test_a_title_that_both_bear_means_the_one_in_force(ask: Ask) -> None:
    reply = ask("《湖滨新区困难职工租房补助办法》里每户每月多少钱")
    assert cited(reply) == ["subsidy-new-p5"]


def test_a_follow_up_to_an_answer_from_a_repealed_rule_is_no_less_careful(both: Index) -> None:
    talk = Conversation(both)
    talk.say("湖滨新区职工搬家的搬家费补贴多少钱")
    assert REPEALED in talk.say("原文发我").text


def test_a_rule_to_come_does_not_answer_while_the_old_one_is_in_force(over: Callable[[Records], Ask]) -> None:
    old = replace(OLD, effective_to=date(2024, 12, 31), superseded_by=NEW.id)
    new = replace(NEW, effective_from=date(2025, 1, 1), effective_to=None, published_on=date(2024, 4, 1))
    ask = over(with_both(old=old, new=new))
    assert cited(ask("湖滨新区困难职工租房补助每户每月多少钱")) == ["subsidy-old-p5"]
    assert "请注意" not in ask("湖滨新区困难职工租房补助每户每月多少钱").text
    assert cited(ask("湖滨新区困难职工租房补助每户每月多少钱", as_of="2025-01-01")) == ["subsidy-new-p5"]
    early = ask("湖滨新区新就业的高校毕业生在落户当年可以提前享受几个月补助")
    assert early.text.startswith("请注意：这份文件自2025年1月1日起施行，目前还没有生效，以下内容仅供参考。")


def test_a_rule_lapses_overnight_without_a_refresh(both: Index) -> None:
    question = "湖滨新区困难职工租房补助每户每月多少钱"
    assert "请注意" not in asking(both, date(2028, 2, 29))(question).text
    after = asking(both, date(2028, 3, 1))(question)
    assert after.text.startswith("请注意：这份文件已于2028年2月29日失效，以下内容仅供参考。")
    assert [citation.status for citation in after.citations] == ["失效"]


def test_two_rules_of_one_title_of_which_none_is_marked_are_told_apart_by_their_dates(
    over: Callable[[Records], Ask],
) -> None:
    ask = over(with_both(old=replace(OLD, status="有效", effective_to=None, superseded_by=None)))
    assert cited(ask("湖滨新区困难职工租房补助每户每月多少钱")) == ["subsidy-new-p5"]
    only_old = ask("湖滨新区职工搬家的搬家费补贴多少钱")
    assert only_old.text.startswith(f"请注意：这份文件已有新版（{NEW_NUMBER}，2023年3月1日起施行），以下内容出自旧版")


def test_the_newer_of_two_lapsed_rules_of_one_title_is_what_is_left(both: Index) -> None:
    for question, new, old in AMOUNTS:
        reply = asking(both, date(2030, 1, 1))(question)
        assert new in reply.text and old not in reply.text, question


def test_a_rule_that_is_not_marked_as_repealed_takes_no_confidence_from_the_newer_one(
    over: Callable[[Records], Ask], ask: Ask
) -> None:
    unmarked = over(with_both(old=replace(OLD, status="有效", effective_to=None, superseded_by=None)))
    for question, new, old in AMOUNTS:
        reply = unmarked(question)
        assert new in reply.text and old not in reply.text, question
        assert abs(reply.confidence - ask(question).confidence) < 0.1


def test_a_rule_in_force_on_another_matter_does_not_answer_for_the_repealed_one(over: Callable[[Records], Ask]) -> None:
    """Alone in its search it would seem to: nothing else there is like the question."""
    other = document("heating", "云岭县供暖办法", HILL, year=2022)
    text = passage("heating", 1, "第二章 收费", "供暖费按建筑面积收取，每平方米每月三元，商铺另行规定。")
    ask = over(replace(RECORDS, documents=(*RECORDS.documents, other), passages=(*RECORDS.passages, text)))
    for question in ("云岭县商铺租金补助每平方米每月补助多少钱", "云岭县商铺的租金补助最长补多久"):
        assert cited(ask(question)) == ["rent-p1"], question


def test_an_approved_answer_from_a_repealed_rule_gives_way_to_no_other_repealed_one(
    over: Callable[[Records], Ask],
) -> None:
    faq = replace(RECORDS.faqs[0], id="faq-old", questions=("商铺租金补助每平方米补多少钱",), answer="补八元。",
                  source=OLD_NUMBER)  # fmt: skip
    old = replace(OLD, superseded_by=None)
    ask = over(replace(RECORDS, documents=(*RECORDS.documents, old), faqs=(*RECORDS.faqs, faq)))
    assert cited(ask("商铺租金补助每平方米补多少钱")) == ["faq-old"]


@pytest.mark.parametrize(
    ("superseded_by", "said"),
    [
        ("湖管规〔2023〕30号", "，由湖管规〔2023〕30号代替（现有文件没有收录），以下内容仅供参考。"),
        (None, "，以下内容仅供参考。"),
    ],
)
def test_without_the_successor_the_repealed_rule_is_all_there_is(
    over: Callable[[Records], Ask], superseded_by: str | None, said: str
) -> None:
    old = replace(OLD, superseded_by=superseded_by)
    records = replace(RECORDS, documents=(*RECORDS.documents, old), passages=(*RECORDS.passages, *OLD_PASSAGES))
    reply = over(records)("湖滨新区困难职工租房补助每户每月多少钱")
    assert reply.text.startswith(f"请注意：这份文件已于2023年2月28日废止{said}")
    assert cited(reply) == ["subsidy-old-p5"]


def test_a_weak_match_in_force_does_not_push_a_repealed_exact_one_aside_unsaid(over: Callable[[Records], Ask]) -> None:
    other = document("heating", "云岭县供暖办法", HILL, year=2022)
    text = passage("heating", 1, "第二章 收费", "供暖费按建筑面积收取，每平方米每月三元，商铺另行规定。")
    ask = over(replace(RECORDS, documents=(*RECORDS.documents, other), passages=(*RECORDS.passages, text)))
    reply = ask("云岭县临街商铺经营者申请租金补助每平方米每月补助多少钱")
    assert cited(reply) == ["rent-p1"] and reply.text.startswith("请注意：这份文件已于2022年12月31日废止")
    assert "请注意" not in ask("云岭县供暖费每平方米每月收多少钱").text


# Every other way by which a record reaches an answer


PLAN = document("plan", "白鹭洲开发区2019年便民工作分工", "白鹭洲开发区", year=2019, status="废止",
                effective_to=date(2020, 12, 31))  # fmt: skip
PLAN_TASKS = (
    task("plan", "1", "修缮候船厅", "更换候船厅座椅。", lead=("基建处",)),
    task("plan", "2", "开通夜航", "夜间航班每晚两班。", lead=("基建处",)),
    task("plan", "7", "修缮码头栈桥", "栈桥每年检修一次。", lead=("基建处",)),
)
PLAN_REPEALED = "请注意：这份文件已于2020年12月31日废止，以下内容仅供参考。"


@pytest.fixture
def ask_plan(over: Callable[[Records], Ask]) -> Ask:
    return over(replace(RECORDS, documents=(*RECORDS.documents, PLAN), tasks=(*RECORDS.tasks, *PLAN_TASKS)))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("白鹭洲基建处负责哪些工作", "list"),
        ("白鹭洲基建处牵头的任务有几项", "list"),
        ("白鹭洲2019年的分工有哪些任务", "list"),
        ("白鹭洲第7项任务由谁负责", "answer"),
        ("白鹭洲修缮码头栈桥由谁牵头", "answer"),
        ("白鹭洲2019年修缮码头栈桥由谁牵头", "answer"),
    ],
)
def test_lists_counts_and_numbers_from_a_repealed_plan_say_so(ask_plan: Ask, question: str, kind: str) -> None:
    reply = ask_plan(question)
    assert reply.kind == kind
    assert reply.text.startswith(PLAN_REPEALED)
    assert {citation.status for citation in reply.citations} == {"废止"}
    assert reply.related == []


@pytest.mark.parametrize(
    ("question", "ids"),
    [("白鹭洲的办公室负责哪些工作", ["isle-2", "isle-3"]), ("白鹭洲第1项任务由谁负责", ["isle-1"])],
)
def test_what_a_plan_in_force_has_is_not_mixed_with_a_repealed_one(
    ask_plan: Ask, question: str, ids: list[str]
) -> None:
    reply = ask_plan(question)
    assert cited(reply) == ids and "请注意" not in reply.text


def test_tasks_of_one_title_in_a_repealed_plan_say_so(over: Callable[[Records], Ask]) -> None:
    twins = tuple(replace(made, title="修缮设施") for made in PLAN_TASKS[:2])
    ask = over(replace(RECORDS, documents=(*RECORDS.documents, PLAN), tasks=(*RECORDS.tasks, *twins)))
    reply = ask("白鹭洲修缮设施由谁牵头")
    assert len(reply.citations) == 2 and reply.text.startswith(PLAN_REPEALED)


def test_a_comparison_says_which_of_the_two_is_not_in_force(ask_plan: Ask) -> None:
    reply = ask_plan("湖滨新区公布停车收费标准和白鹭洲修缮码头栈桥分别由谁牵头")
    assert reply.kind == "compare"
    first, _, second = reply.text.partition("白鹭洲开发区：")
    assert "请注意" not in first
    assert second.startswith("请注意，这份文件已于2020年12月31日废止，以下内容仅供参考。\n")


def test_a_region_with_only_a_repealed_plan_is_not_offered_beside_one_in_force(over: Callable[[Records], Ask]) -> None:
    documents = tuple(replace(each, status="废止") if each.region == HILL else each for each in RECORDS.documents)
    reply = over(replace(RECORDS, documents=documents))("停车收费标准由谁牵头")
    assert cited(reply) == ["lake-1"] and reply.options == []
    assert not [question for question in reply.related if HILL in question]


def test_suggestions_are_never_answered_by_a_repealed_plan_alone(over: Callable[[Records], Ask]) -> None:
    documents = tuple(replace(each, status="废止") if each.region == LAKE else each for each in RECORDS.documents)
    ask = over(replace(RECORDS, documents=documents))
    for question in (
        "湖滨新区公布停车收费标准收多少钱",
        "您好呀",
        "湖滨新区2019年停车收费标准由谁牵头",
        "停车收费标准由谁牵头",
    ):
        reply = ask(question)
        offered = [option.question for option in reply.options] + reply.related
        assert not [text for text in offered if LAKE in text], question


def test_the_examples_on_the_page_are_of_documents_in_force(tmp_path: Path) -> None:
    lake, *others = RECORDS.documents
    documents = (replace(lake, effective_to=date(2024, 4, 30)), *others)
    index = open_index(replace(RECORDS, documents=documents), tmp_path)
    assert [text for text in example_questions(index, today=lambda: date(2024, 4, 30)) if LAKE in text]
    assert not [text for text in example_questions(index, today=lambda: date(2024, 5, 1)) if LAKE in text]


def test_a_definition_in_force_is_given_before_a_repealed_one(over: Callable[[Records], Ask]) -> None:
    word = RECORDS.terms[0]
    rule = document("rule", "云岭县来访接待办法", HILL, year=2015, status="废止", effective_to=date(2020, 6, 30))
    old = replace(word, id="term-old", explanation="谁接待谁登记。", document_id="rule")
    alone = replace(old, id="term-alone", name="一次告知制", aliases=())
    ask = over(replace(RECORDS, documents=(*RECORDS.documents, rule), terms=(word, old, alone)))
    assert cited(ask("什么是首问负责制")) == ["term-1"]
    assert ask("什么是一次告知制").text.startswith("请注意：这份文件已于2020年6月30日废止，以下内容仅供参考。")


@pytest.mark.parametrize("source", [f"《湖滨新区困难职工租房补助办法》（{OLD_NUMBER}）", OLD_NUMBER])
def test_an_approved_answer_that_rests_on_a_repealed_rule_gives_way_to_the_one_in_force(
    over: Callable[[Records], Ask], source: str
) -> None:
    faq = replace(
        RECORDS.faqs[0], id="faq-old", questions=("租房补助每户每月发多少元",), answer="每户每月300元。", source=source
    )
    records = with_both()
    ask = over(replace(records, faqs=(*records.faqs, faq)))
    reply = ask("租房补助每户每月发多少元")
    assert "500元" in reply.text and "300元" not in reply.text
    only = replace(OLD, superseded_by=None)
    lone = replace(RECORDS, documents=(*RECORDS.documents, only), faqs=(faq,))
    said = over(lone)("租房补助每户每月发多少元")
    assert said.text.startswith("请注意：这份文件已于2023年2月28日废止，以下内容仅供参考。\n每户每月300元。")
    assert [citation.status for citation in said.citations] == ["废止"]


def test_number_and_date_of_a_repealed_document_come_with_its_state(ask: Ask) -> None:
    text = ask(f"{OLD_NUMBER}是什么时候印发的").text
    assert "落款日期是2018年3月1日" in text and REPEALED in text


# With the real encoder: near-duplicates are as near as they can be


def real_index(records: Records, encoder: Encoder, folder: Path) -> Index:
    write_records(records, folder)
    build_index(records, encoder, folder)
    return Index.load(folder, encoder)


@pytest.fixture(scope="module")
def real(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return asking(real_index(with_both(), encoder, tmp_path_factory.mktemp("both")))


BESIDE_THE_MATTER = (
    ("湖滨新区职工搬家的搬家费补贴多少钱", "subsidy-old-p18", "废止"),
    ("湖滨新区租房补助由单位工会汇总吗", "subsidy-new-p10", "有效"),
    ("湖滨新区租房补助要交无房证明吗", "subsidy-new-p9", "有效"),
    ("凭搬运发票能补多少钱", "subsidy-old-p18", "废止"),
)


@pytest.mark.model
@pytest.mark.parametrize(("question", "record_id", "status"), BESIDE_THE_MATTER)
def test_real_vectors_take_no_other_article_in_force_for_the_one_that_is_gone(
    real: Ask, question: str, record_id: str, status: str
) -> None:
    reply = real(question)
    assert (reply.citations[0].record_id, reply.citations[0].status) == (record_id, status)


@pytest.fixture(scope="module")
def real_alone(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The same without the old rule."""
    both = with_both()
    passages = tuple(each for each in both.passages if each.document_id != OLD.id)
    return asking(real_index(replace(both, passages=passages), encoder, tmp_path_factory.mktemp("alone")))


@pytest.mark.model
@pytest.mark.parametrize(("question", "new", "old"), AMOUNTS)
def test_real_vectors_answer_from_the_rule_of_the_day(real: Ask, question: str, new: str, old: str) -> None:
    now, before = real(question), real(question, as_of="2022-01-01")
    assert new in now.text and old not in now.text
    assert old in before.text and new not in before.text


@pytest.mark.model
@pytest.mark.parametrize(("question", "new", "old"), AMOUNTS)
def test_the_repealed_rule_beside_it_takes_no_confidence_from_the_one_in_force(
    real: Ask, real_alone: Ask, question: str, new: str, old: str
) -> None:
    assert abs(real(question).confidence - real_alone(question).confidence) < 0.1


RENEWED = [at for at, (chapter, old, new) in enumerate(ARTICLES) if old and new and chapter != "第五章 附则"]


@pytest.mark.model
@pytest.mark.parametrize("at", RENEWED)
def test_an_article_of_the_old_rule_asked_word_for_word_is_answered_from_the_new_one(real: Ask, at: int) -> None:
    """Nothing is nearer to such a question than the repealed article itself."""
    reply = real(f"湖滨新区，{(ARTICLES[at][1] or '').rstrip('。')}")
    assert reply.kind in ("answer", "clarify")
    assert (reply.citations[0].document_id, reply.citations[0].status) == (NEW.id, "有效")
