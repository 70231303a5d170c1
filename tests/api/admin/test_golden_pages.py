import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.documents.errors import FieldsWrong
from api.evaluation.judging import Heard
from api.evaluation.questions import GoldQuestion
from api.golden.book import GoldenBook
from api.golden.errors import GoldenChanged
from api.golden.run import try_all, worth_asking_for
from api.golden.text import Typed, check, gold_of, typed_of, with_ticks
from api.refresh.console import golden_questions
from api.refresh.gate import shipped_questions
from tests.api.admin.desk import Console, opened
from tests.api.admin.staff import enter
from tests.api.databases import throwaway_engine
from tests.api.town import PLAN

WANG, LI = Actor("王主任", None), Actor("李小明", None)
TITLE = "星河区便民工作分工"
ASKED = {
    "question": "星河区公开停车收费由谁牵头？",
    "kind": "who",
    "must": "区发展改革局 / 发改局",
    "must_not": "区文化局",
    "document": TITLE,
}


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    with opened(tmp_path, ("plan.csv", PLAN, {"title": TITLE})) as console:
        yield console


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


def _entry_ids(console: Console) -> list[int]:
    return [entry.id for entry in GoldenBook(console.services.engine).all()]


def test_a_question_is_written_tried_changed_and_deleted(console: Console) -> None:
    assert "已新增黄金题" in console.send("/admin/golden", **ASKED)
    page = console.text("/admin/golden")
    assert "有：区发展改革局 / 发改局" in page
    assert "没有：区文化局" in page
    (entry_id,) = _entry_ids(console)
    page = console.text(f"/admin/golden/try/控制台{entry_id}")
    assert ">答对<" in page
    assert "由区发展改革局牵头" in page
    console.send(f"/admin/golden/{entry_id}", seen="1", **{**ASKED, "must": "区文化局", "must_not": ""})
    page = console.text(f"/admin/golden/try/控制台{entry_id}")
    assert ">没答对<" in page
    assert "缺少：区文化局" in page
    assert "已删除黄金题" in console.send(f"/admin/golden/{entry_id}/delete", seen="2")
    assert _entry_ids(console) == []
    actions = [action for action, _ in console.audited() if action.startswith("golden_")]
    assert actions == ["golden_deleted", "golden_edited", "golden_added"]


def test_all_are_run_with_the_reason_of_each_failure(console: Console) -> None:
    console.send("/admin/golden", **ASKED)
    console.send("/admin/golden", **{**ASKED, "question": "星河区开放图书馆夜场什么时候完成？", "must": "2030年"})
    console.send("/admin/golden", **{**ASKED, "question": "别的文件说什么？", "document": "没有的文件"})
    page = console.text("/admin/golden/run")
    assert "道没答对" in page
    failed, _, rest = page.partition("<h2>答对的（")
    assert "缺少：2030年" in failed
    assert ASKED["question"] not in failed
    assert ASKED["question"] in rest
    skipped = page[page.index("不检查的") :]
    assert "别的文件说什么？" in skipped
    assert "现用版本没有这份文件，不检查" in console.text("/admin/golden")


def test_shipped_questions_are_listed_and_can_only_be_tried(console: Console) -> None:
    page = console.text("/admin/golden")
    shipped = shipped_questions()
    assert f"随程序提供的（{len(shipped)} 道）" in page
    assert all(f"admin/golden/try/{gold.id}" in page for gold in shipped)
    assert shipped[0].question in console.text(f"/admin/golden/try/{shipped[0].id}")
    assert "没有这道黄金题" in console.text("/admin/golden/try/没有", expect=404)


def test_a_question_is_made_of_what_is_ticked_in_todays_answer(console: Console) -> None:
    page = console.text("/admin/golden/new?q=星河区公开停车收费由谁牵头？")
    assert "由区发展改革局牵头" in page
    ticks = re.findall(r'name="tick" value="([^"]+)"', page)
    assert ticks[:2] == ["区发展改革局", "区城市管理局"]
    assert '<option value="who" selected>' in page
    assert f'name="document" type="text" value="{TITLE}"' in page
    typed = {"question": ASKED["question"], "kind": "who"}
    page = console.send("/admin/golden", do="take", tick="区发展改革局", **typed)
    assert "区发展改革局</textarea>" in page
    assert ">答对<" in page
    assert 'value="区发展改革局"' not in page
    assert _entry_ids(console) == []
    console.send("/admin/golden", do="save", tick="区发展改革局", **typed)
    (entry,) = GoldenBook(console.services.engine).all()
    assert entry.gold.must == (("区发展改革局",),)


def test_a_question_of_several_turns_leans_on_them(console: Console) -> None:
    asked = {**ASKED, "question": "由谁牵头？", "context": "星河区公开停车收费什么时候完成？", "kind": "followup"}
    page = console.send("/admin/golden", do="try", **asked)
    assert ">答对<" in page


def test_a_question_that_has_to_be_refused_fails_when_it_is_answered(console: Console) -> None:
    page = console.send("/admin/golden", do="try", **{**ASKED, "kind": "unanswerable", "must_not": ""})
    assert "应当拒答，却答了" in page


def test_trying_an_empty_question_tells_so(console: Console) -> None:
    assert "没有看到问题" in console.send("/admin/golden", expect=422, do="try", question="？？")
    assert "没有看到问题" in console.send("/admin/golden", expect=422, do="try", question="谁管？", context="……")


def test_who_saves_second_keeps_what_was_typed(console: Console) -> None:
    console.send("/admin/golden", **ASKED)
    (entry_id,) = _entry_ids(console)
    other = gold_of(Typed("星河区公开停车收费由谁牵头？", "who", "", "发改局"))
    GoldenBook(console.services.engine).save(LI, entry_id, other, 1)
    page = console.send(f"/admin/golden/{entry_id}", expect=409, seen="1", **ASKED)
    assert "这道题刚被李小明改过" in page
    assert "区发展改革局 / 发改局</textarea>" in page
    assert 'name="seen" value="2"' in page


def test_what_is_tried_meanwhile_does_not_hide_that_another_saved(console: Console) -> None:
    console.send("/admin/golden", **ASKED)
    (entry_id,) = _entry_ids(console)
    GoldenBook(console.services.engine).save(LI, entry_id, gold_of(Typed("谁管停车？", "who", "", "发改局")), 1)
    page = console.send(f"/admin/golden/{entry_id}", seen="1", do="try", **ASKED)
    assert 'name="seen" value="1"' in page


def test_a_version_that_answers_worse_than_a_question_of_the_console_asks_is_not_published(console: Console) -> None:
    console.send("/admin/golden", **{**ASKED, "document": ""})
    with Session(console.services.engine) as session:
        console.jobs.golden = golden_questions(session)
    console.upload(("plan.csv", PLAN.replace("区发展改革局", "区交通局").encode()))
    uploads = console.services.documents.uploads
    uploads.inbox.say(uploads.find("plan.csv"), {"title": TITLE, "region": "星河区", "year": "2032"})
    page = console.publish()
    assert "没有发布" in page
    assert "缺少：区发展改革局" in page
    assert "由区交通局牵头" not in console.text("/admin/golden/try/控制台1")


def test_only_admins_come_here(client: TestClient) -> None:
    token = enter(client, "agent")
    for path in ("/admin/golden", "/admin/golden/new", "/admin/golden/run"):
        assert client.get(path).status_code == 403
    assert client.post("/admin/golden", data={"csrf": token, **ASKED}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        (Typed("", "who", "", "局"), "question", "没有看到问题"),
        (Typed("问" * 501, "who", "", "局"), "question", "最多 500 个字"),
        (Typed("谁管？", "猜", "", "局"), "kind", "请从列表里选择题型"),
        (Typed("谁管？", "who", "", " \n / "), "must", "请至少写一行"),
        (Typed("谁管？", "who", "", "区财政局\n水务局", "水 务局"), "must", "“水务局”同时写在必须有和不能有里"),
        (Typed("谁管？", "who", "", "长" * 101), "must", "一项最多 100 个字"),
        (Typed("谁管？", "who", "", "局", "\n".join(map(str, range(21)))), "must_not", "写了 21 项，最多 20 项"),
        (Typed("谁管？", "who", "一\n二\n三\n四\n五\n六", "局"), "context", "最多 5 句"),
        (Typed("谁管？", "who", "", "局", "", "题" * 201), "document", "最多 200 个字"),
    ],
)
def test_what_breaks_a_rule_is_told_with_its_field(typed: Typed, field: str, told: str) -> None:
    with pytest.raises(FieldsWrong) as wrong:
        check(gold_of(typed))
    assert told in wrong.value.problems[field]


def test_a_question_to_be_refused_needs_nothing_in_its_answer() -> None:
    check(gold_of(Typed("养老金发多少？", "unanswerable")))


def test_lines_are_groups_and_slashes_between_blanks_part_alternatives() -> None:
    gold = gold_of(
        Typed(" 谁 管？ ", "who", "第一句\n\n第二句", "区财政局 / 财政局\r\n党委/政府办 ／ 两办\n", "", "《办法》")
    )
    assert gold.must == (("区财政局", "财政局"), ("党委/政府办", "两办"))
    assert (gold.context, gold.question, gold.document) == (("第一句", "第二句"), "谁 管？", "办法")
    assert gold_of(typed_of(gold)) == gold


def test_ticks_become_groups_unless_they_are_there_already() -> None:
    typed = with_ticks(Typed("谁管？", "who", "", "区财政局 / 财政局\n"), ["财政局", "2031年6月底", "2031年6月底"])
    assert typed.must == "区财政局 / 财政局\n2031年6月底"


def test_the_book_keeps_questions_as_the_gate_reads_them(engine: Engine) -> None:
    book = GoldenBook(engine)
    gold = gold_of(Typed("谁管？", "who", "前一句", "甲 / 乙\n丙", "丁", "办法"))
    book.add(WANG, gold)
    (entry,) = book.all()
    with Session(engine) as session:
        assert golden_questions(session) == (entry.gold,)
    with pytest.raises(FieldsWrong) as wrong:
        book.add(LI, gold_of(Typed("谁 管？", "what", "前一句", "戊", "", "《办法》")))
    assert "已经有一道同样的题" in wrong.value.problems["question"]
    book.save(LI, entry.id, gold, entry.version)
    with pytest.raises(GoldenChanged, match="刚被李小明改过"):
        book.delete(WANG, entry.id, entry.version)


def test_figures_and_clauses_of_an_answer_are_offered_but_not_its_source_line(console: Console) -> None:
    serving = console.knowledge.serving
    assert serving
    heard = Heard(
        "answer", "每户补助500元，5个工作日内到账。逾期不再受理\n（星河区 · 《2031年办法》，第10项）", (), 1.0
    )
    offered = worth_asking_for(serving.index, heard)
    assert offered == ["500元", "5个工作日", "逾期不再受理"]
    (tried,) = try_all(serving, [GoldQuestion("1", "who", ASKED["question"], must=(("区发展改革局",),))])
    assert tried.passed
