"""The list of documents and the page of one: what is shown, what can be changed, and that nothing is live before a
refresh."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.admin.desk import Console, opened
from tests.api.admin.staff import PASSWORDS, add_account, log_in
from tests.api.town import PLAN

RULES = (
    "银湾区停车管理办法\n银湾政发〔2022〕3号\n第一条 为了规范停车秩序，制定本办法。\n"
    "第二条 区城市管理局负责停车管理工作。\n第三条 本办法自2022年7月1日起施行，有效期5年。\n"
)
TITLE, NUMBER = "银湾区停车管理办法", "银湾政发〔2022〕3号"


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    with opened(tmp_path, ("plan.csv", PLAN, {"region": "星河区"}), ("停车.txt", RULES, {})) as console:
        yield console


def rows(page: str) -> list[str]:
    return re.findall(r'admin/documents/\w+">([^<]+)</a>\s*<span class="hint">', page)


def filled(console: Console, of: str = TITLE, **typed: str) -> dict[str, str]:
    """The form of a document as it stands, with what is typed."""
    page = console.text(f"/admin/documents/{console.id_of(of)}")
    form = page.split("facts-form", 1)[1].split("</form>", 1)[0]
    values = dict(re.findall(r'name="(\w+)" (?:type="\w+" )?value="([^"]*)"', form))
    chosen = re.search(r"<option selected>([^<]+)", form)
    del values["csrf"]
    return values | {"status": chosen[1] if chosen else ""} | typed


def save(console: Console, of: str = TITLE, *, expect: int = 200, **typed: str) -> str:
    form = filled(console, of, **typed)
    return console.send(f"/admin/documents/{console.id_of(of)}", expect, **form)


# --- the list -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["星河区便民工作分工", TITLE]),
        ("?q=停车管理", [TITLE]),
        ("?q=銀灣政發[2022]3號", [TITLE]),
        ("?q=plan.csv", ["星河区便民工作分工"]),
        ("?region=星河区", ["星河区便民工作分工"]),
        ("?year=2022", [TITLE]),
        ("?year=", ["星河区便民工作分工", TITLE]),
        ("?state=有效&q=停车", [TITLE]),
        ("?state=废止", []),
        ("?order=year", ["星河区便民工作分工", TITLE]),
        ("?order=title", ["星河区便民工作分工", TITLE]),
        ("?page=99", ["星河区便民工作分工", TITLE]),
    ],
)
def test_documents_are_found_by_words_region_year_and_state(console: Console, query: str, found: list[str]) -> None:
    page = console.text(f"/admin/documents{query}")
    assert rows(page) == found
    assert f"共 {len(found)} 份" in page


def test_a_row_tells_number_file_state_and_counts(console: Console) -> None:
    page = console.text("/admin/documents?q=停车")
    for told in (NUMBER, "停车.txt", "自 2022-07-01，至 2027-06-30", "银湾区"):
        assert told in page


def test_rejected_parts_are_counted_and_lead_to_their_reasons(tmp_path: Path) -> None:
    odd = PLAN + ",,,,,,\n4,,,,,,\n"
    with opened(tmp_path, ("plan.csv", odd, {"region": "星河区"})) as console:
        shelf = console.services.documents.shelves.current()
        (entry,) = shelf.entries.values()
        if not (entry.source and entry.source.rejected):
            pytest.fail("the reader takes every row of this plan; choose another that it does not")
        page = console.text("/admin/documents")
        assert "/original#refused" in page
        original = console.text(f"/admin/documents/{entry.document.id}/original")
        assert entry.source.rejected[0].reason in original


def test_a_list_of_many_is_paged(tmp_path: Path) -> None:
    many = [(f"{n}.txt", f"云岭县{n}号通告\n第一条 第{n}号道路封闭施工。\n", {}) for n in range(60)]
    with opened(tmp_path, *many) as console:
        first, second = (rows(console.text(f"/admin/documents?q=通告&page={page}")) for page in (1, 2))
        assert len(first) == 50
        assert len(second) == 10
        assert not set(first) & set(second)
        assert "q=%E9%80%9A%E5%91%8A&amp;" in console.text("/admin/documents?q=通告")


def test_without_a_version_the_page_says_what_to_do(tmp_path: Path) -> None:
    with opened(tmp_path) as console:
        assert "还没有知识版本在服务" in console.text("/admin/documents")


def test_an_agent_reads_documents_but_finds_no_form(console: Console) -> None:
    plan = console.id_of(TITLE)
    add_account(console.client, "agent")
    console.client.cookies.clear()
    log_in(console.client, "agent", PASSWORDS["agent"])
    assert rows(console.text("/admin/documents")) == ["星河区便民工作分工", TITLE]
    page = console.text(f"/admin/documents/{plan}")
    assert "保存修改" not in page
    assert "从知识库移除" not in page
    console.text(f"/admin/documents/{plan}/original")
    console.text(f"/admin/documents/{plan}/remove", 403)


def test_a_document_that_is_not_there_is_said_to_be_gone(console: Console) -> None:
    assert "document_not_found" in console.text("/admin/documents/000000000000", 404)
    assert "document_not_found" in console.text("/admin/documents/000000000000/original", 404)


# --- editing --------------------------------------------------------------------------------------------------------


def test_an_edit_waits_is_marked_and_is_live_after_the_refresh(console: Console) -> None:
    page = save(console, status="废止", superseded_by="银湾区停车条例")
    assert "待发布：标记废止；改取代它的文件" in page
    assert "待发布：标记废止" in console.text("/admin/documents")
    assert rows(console.text("/admin/documents?state=废止")) == []
    console.publish()
    assert rows(console.text("/admin/documents?state=废止")) == []  # its last day is yet to come
    page = console.text(f"/admin/documents/{console.id_of(TITLE)}")
    assert "待发布" not in page
    assert "控制台填写" in page
    assert "文件写的是：有效" in page


def test_values_of_the_text_the_side_file_and_the_console_are_told_apart(console: Console) -> None:
    save(console, issuer="银湾区人民政府")
    page = console.text(f"/admin/documents/{console.id_of(TITLE)}")
    assert re.search(r"发文机关 <span class=\"origin origin-console\">", page)
    assert re.search(r"标题 <span class=\"origin origin-text\">", page)
    page = console.text(f"/admin/documents/{console.id_of('星河区便民工作分工')}")
    assert re.search(r"标题 <span class=\"origin origin-side\">", page)


def test_only_what_differs_from_the_file_is_kept(console: Console) -> None:
    save(console, issuer="银湾区人民政府", title=f" {TITLE} ")
    (pending,) = console.services.documents.changes.all().values()
    assert pending.said == {"issuer": "银湾区人民政府"}
    assert pending.by == "admin"


def test_saving_nothing_new_leaves_nothing_waiting(console: Console) -> None:
    save(console)
    assert console.services.documents.changes.all() == {}


def test_what_the_file_says_can_be_brought_back_after_publishing(console: Console) -> None:
    save(console, title="银湾区停车管理规定", issuer="银湾区人民政府")
    console.publish()
    new = console.id_of("银湾区停车管理规定")
    page = console.text(f"/admin/documents/{new}")
    assert f"文件写的是：{TITLE}" in page
    page = console.send(f"/admin/documents/{new}/restore")
    assert "待发布：还原为文件所写" in page
    assert f'value="{TITLE}"' in page
    console.publish()
    assert console.id_of(TITLE)


def test_a_field_can_be_emptied_and_one_alone_brought_back(console: Console) -> None:
    save(console, doc_number="", effective_to="", issuer="银湾区人民政府")
    console.publish()
    page = console.text(f"/admin/documents/{console.id_of(TITLE)}")
    assert f"文件写的是：{NUMBER}" in page
    save(console, doc_number=NUMBER)
    (pending,) = console.services.documents.changes.all().values()
    assert pending.said == {"effective_to": "", "issuer": "银湾区人民政府"}


def test_a_waiting_edit_can_be_taken_back(console: Console) -> None:
    save(console, status="失效")
    document = console.id_of(TITLE)
    assert "已撤回" in console.send(f"/admin/documents/{document}/take-back", what="edits")
    assert console.services.documents.changes.all() == {}
    assert "没有可以撤回的改动" in console.send(f"/admin/documents/{document}/take-back", what="edits")


def test_of_two_admins_the_later_is_told_that_the_earlier_changed_it(console: Console) -> None:
    seen = filled(console, status="失效")
    save(console, status="废止")
    page = console.send(f"/admin/documents/{console.id_of(TITLE)}", 409, **seen)
    assert "刚被别人改过" in page
    (pending,) = console.services.documents.changes.all().values()
    assert pending.said == {"status": "废止"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", " ", "标题不能是空的"),
        ("region", "", "地区不能是空的"),
        ("year", "二〇二二", "年份应为 1900 到 2200 之间的四位数字"),
        ("year", "22", "年份应为 1900 到 2200 之间的四位数字"),
        ("published_on", "2022-02-30", "日期应写成 2019-07-05 这样"),
        ("effective_to", "2021-01-01", "有效期不能在施行日期之前结束"),
        ("status", "有点效", "状态应为有效、废止、失效之一"),
        ("issuer", "银" * 301, "发文机关最多 300 个字"),
        ("superseded_by", TITLE, "一份文件不能被它自己取代"),
        ("superseded_by", NUMBER, "一份文件不能被它自己取代"),
    ],
)
def test_an_impossible_value_is_told_beside_its_field(console: Console, field: str, value: str, said: str) -> None:
    page = save(console, expect=422, **{field: value})
    assert re.search(rf'id="p-{field}">{said}', page)
    assert console.services.documents.changes.all() == {}


def test_what_was_typed_is_not_lost_when_one_value_is_wrong(console: Console) -> None:
    page = save(console, expect=422, year="很久以前", issuer="银湾区人民政府")
    assert 'value="银湾区人民政府"' in page
    assert 'value="很久以前"' in page


@pytest.mark.parametrize(
    "typed",
    ["星河区便民工作分工", "《星河区便民工作分工》", "星政办[2031]5号", "星河区便民工作分工（星政办〔2031〕5号）"],
)
def test_a_successor_is_found_by_title_or_number_and_shown_by_name(console: Console, typed: str) -> None:
    page = save(console, superseded_by=typed)
    (pending,) = console.services.documents.changes.all().values()
    assert pending.said == {"superseded_by": "星河区便民工作分工|星政办〔2031〕5号"}
    assert 'value="星河区便民工作分工（星政办〔2031〕5号）"' in page
    assert save(console, issuer="某局")
    (pending,) = console.services.documents.changes.all().values()
    assert pending.said["superseded_by"] == "星河区便民工作分工|星政办〔2031〕5号"
    page = console.publish()
    assert "<ins>星河区便民工作分工</ins>" in page
    assert console.id_of("星河区便民工作分工") in console.text("/admin/documents?q=停车")


def test_a_document_that_another_repeals_is_shown_as_such_beside_what_it_says_itself(console: Console) -> None:
    later = (
        "银湾区停车管理条例\n银湾政发〔2024〕9号\n第一条 区城市管理局负责停车管理工作。\n"
        "第二条 本条例自2024年1月1日起施行。《银湾区停车管理办法》（银湾政发〔2022〕3号）同时废止。\n"
    )
    console.town.refresh(console.town.write("条例.txt", later))
    console.knowledge.look()
    assert rows(console.text("/admin/documents?state=废止")) == [TITLE]
    page = console.text(f"/admin/documents/{console.id_of(TITLE)}")
    assert "被银湾区停车管理条例（银湾政发〔2024〕9号）取代" in page
    assert "另一份文件写明废止了它" in page
    assert "<option selected>有效</option>" in page
    save(console)
    assert console.services.documents.changes.all() == {}


# --- removing -------------------------------------------------------------------------------------------------------


def test_a_removal_is_confirmed_waits_can_be_taken_back_and_is_carried_out(console: Console) -> None:
    document = console.id_of(TITLE)
    assert "从知识库移除这份文件" in console.text(f"/admin/documents/{document}/remove")
    assert "待发布：移除" in console.send(f"/admin/documents/{document}/remove")
    assert "待发布：移除" in console.text("/admin/documents")
    console.send(f"/admin/documents/{document}/take-back", what="removal")
    assert console.services.documents.changes.all() == {}
    console.send(f"/admin/documents/{document}/remove")
    console.publish()
    assert rows(console.text("/admin/documents")) == ["星河区便民工作分工"]
    assert console.services.documents.changes.all() == {}


def test_taking_back_a_removal_leaves_the_edit(console: Console) -> None:
    save(console, status="失效")
    document = console.id_of(TITLE)
    (pending,) = console.services.documents.changes.all().values()
    console.send(f"/admin/documents/{document}/remove", stamp=pending.stamp)
    console.send(f"/admin/documents/{document}/take-back", what="removal")
    (pending,) = console.services.documents.changes.all().values()
    assert (pending.removed, pending.said) == (False, {"status": "失效"})


def test_a_shipped_document_cannot_be_removed(tmp_path: Path) -> None:
    with opened(tmp_path) as console:
        console.town.write_corpus()
        console.publish()
        document = console.id_of("示范区工作分工")
        assert "从知识库移除" not in console.text(f"/admin/documents/{document}")
        assert "document_fixed" in console.send(f"/admin/documents/{document}/remove", 409)


def test_every_change_is_in_the_audit_log_by_name(console: Console) -> None:
    document = console.id_of(TITLE)
    save(console, status="废止")
    console.send(f"/admin/documents/{document}/take-back", what="edits")
    console.send(f"/admin/documents/{document}/remove")
    done = [each for each in console.audited() if each[1] == TITLE]
    assert done == [("document_removed", TITLE), ("document_change_dropped", TITLE), ("document_edited", TITLE)]
    assert "修改文件信息" in console.text("/admin/audit")
