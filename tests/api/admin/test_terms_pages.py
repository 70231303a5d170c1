import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.accounts.staff import Actor
from api.documents.errors import FieldsWrong
from api.terms.book import TermBook
from api.terms.errors import TermChanged
from api.terms.text import TermText, tidied
from tests.api.admin.desk import Console, opened
from tests.api.admin.staff import enter
from tests.api.databases import throwaway_engine

WANG, LI = Actor("王主任", None), Actor("李小明", None)
TERM = {
    "name": "跨省通办",
    "aliases": "异地通办\n跨地区通办",
    "explanation": "在现在住的地方就能办。",
    "source": "办事指南",
}
GLOSSARY = "- name: 一网通办\n  aliases: [网上通办]\n  explanation: 一个网站办成各种事项。\n"
POLICY = (
    "银湾区养犬管理办法\n第一章 总则\n第一条 为规范养犬行为，制定本办法。\n"
    "第二条 本办法所称养犬人，是指饲养犬只的个人和单位。\n第三条 养犬人应当为犬只办理登记。\n"
)


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    with opened(tmp_path, ("名词.yaml", GLOSSARY, {}), ("办法.txt", POLICY, {})) as console:
        yield console


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


def _state(page: str, name: str) -> str:
    found = re.search(rf">{name}</a>.*?class=\"badge[^\"]*\">([^<]+)<", page, re.DOTALL)
    assert found, page
    return found[1]


def test_a_term_is_written_published_changed_and_deleted(console: Console) -> None:
    page = console.send("/admin/terms", **TERM)
    assert "已新增名词“跨省通办”，下次发布后生效。" in page
    assert _state(page, "跨省通办") == "待发布"
    console.publish()
    assert _state(console.text("/admin/terms"), "跨省通办") == "已发布"
    serving = console.knowledge.serving
    assert serving
    (term,) = serving.index.find_terms("异地通办")
    assert (term.name, term.explanation, term.source) == ("跨省通办", TERM["explanation"], "办事指南")
    console.send("/admin/terms/1", seen="1", **{**TERM, "explanation": "哪里都能办。"})
    assert _state(console.text("/admin/terms"), "跨省通办") == "待发布"
    page = console.send("/admin/terms/1/delete", seen="2")
    assert "有 1 个名词已经删除，但现在还在用" in page
    console.publish()
    assert "跨省通办" not in console.text("/admin/terms")
    actions = [action for action, _ in console.audited() if action.startswith("term_")]
    assert actions == ["term_deleted", "term_edited", "term_added"]


def test_terms_of_files_and_documents_are_listed_where_they_come_from(console: Console) -> None:
    page = console.text("/admin/terms?origin=file")
    assert "一网通办" in page
    assert "名词.yaml" in page
    page = console.text("/admin/terms?origin=document")
    assert "养犬人" in page
    assert "银湾区养犬管理办法" in page
    assert "一网通办" not in page
    assert "又叫 网上通办" in console.text("/admin/terms?q=一个 网站")
    assert "没有符合条件的名词" in console.text("/admin/terms?q=没有这样的")


def test_a_name_of_a_file_is_refused_and_one_that_a_document_defines_is_not(console: Console) -> None:
    page = console.send("/admin/terms", expect=422, **{**TERM, "aliases": "“网上通办”"})
    assert "在文件 名词.yaml 里已经有解释" in page
    assert "在现在住的地方就能办。</textarea>" in page
    assert "已新增名词“养犬人”" in console.send("/admin/terms", **{**TERM, "name": "养犬人"})


def test_who_saves_second_sees_what_the_other_wrote(console: Console) -> None:
    console.send("/admin/terms", **TERM)
    TermBook(console.services.engine).save(LI, 1, tidied("跨省通办", [], "李小明的解释。", ""), 1, {})
    page = console.send("/admin/terms/1", expect=409, seen="1", **TERM)
    assert "这个名词刚被李小明改过" in page
    assert "李小明的解释。" in page
    assert 'name="seen" value="2"' in page
    assert "刚被李小明改过" in console.send("/admin/terms/1/delete", expect=409, seen="1")


def test_only_admins_come_here(client: TestClient) -> None:
    token = enter(client, "agent")
    assert client.get("/admin/terms").status_code == 403
    assert client.post("/admin/terms", data={"csrf": token, **TERM}).status_code == 403


@pytest.mark.parametrize(
    ("text", "field", "told"),
    [
        (tidied("", [], "解释", ""), "name", "请填写名词"),
        (tidied("？！", [], "解释", ""), "name", "没有文字"),
        (tidied("名" * 61, [], "解释", ""), "name", "最多 60"),
        (tidied("名", [], " \n", ""), "explanation", "请填写解释"),
        (tidied("名", [], "解" * 2001, ""), "explanation", "最多 2000"),
        (tidied("名", [], "<iframe src=x>", ""), "explanation", "网页标签或脚本"),
        (tidied("名", [f"别名{n}" for n in range(21)], "解释", ""), "aliases", "最多 20 个"),
        (tidied("名", [], "解释", "源" * 201), "source", "最多 200"),
        (tidied("双随机、一公开", [], "解释", ""), "name", "已经是名词“双随机一公开”的名称或别名"),
        (tidied("抽查", ["两随机"], "解释", ""), "aliases", "已经是名词“双随机一公开”的名称或别名"),
    ],
)
def test_what_breaks_a_rule_is_told_with_its_field(engine: Engine, text: TermText, field: str, told: str) -> None:
    book = TermBook(engine)
    book.add(WANG, tidied("双随机一公开", ["两随机"], "随机抽查，及时公开。", ""), {})
    with pytest.raises(FieldsWrong) as wrong:
        book.add(LI, text, {})
    assert told in wrong.value.problems[field]
    assert len(book.all()) == 1


def test_a_term_keeps_its_own_names_when_it_is_changed(engine: Engine) -> None:
    book = TermBook(engine)
    book.add(WANG, tidied("双随机", ["抽查"], "旧的解释。", ""), {})
    (entry,) = book.all()
    book.save(LI, entry.id, tidied("抽查", ["双随机", "抽 查"], "新的解释。", ""), entry.version, {})
    (changed,) = book.all()
    assert (changed.text.names, changed.written_by) == (("抽查", "双随机"), "李小明")
    with pytest.raises(TermChanged, match="刚被李小明改过"):
        book.save(WANG, entry.id, tidied("别的", [], "解释。", ""), entry.version, {})
