import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.accounts.staff import Actor
from api.faq.book import FaqBook
from api.faq.text import tidied
from api.refresh.console import FAQ_FILE
from tests.api.admin.desk import Console, opened
from tests.api.admin.staff import enter, services_of
from tests.api.town import PLAN

LI = Actor("李小明", None)
FAQ = {
    "question": "图书证怎么办？",
    "similar": "办借书证\n怎么办图书证",
    "negatives": "图书馆由谁管",
    "answer": "带身份证到区图书馆。",
    "source": "办事指南",
}
FILED = "问题,相似问,否定问,答案,来源\n停水了找谁,家里没水了,,请拨打供水热线。,\n"


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """Its version holds a plan and a file of questions; the admin who is logged in is called admin."""
    said = {"title": "星河区便民工作分工", "region": "星河区", "year": 2031}
    with opened(tmp_path, ("plan.csv", PLAN, said), ("停水.csv", FILED, {})) as console:
        yield console


def _book(console: Console) -> FaqBook:
    return FaqBook(console.services.engine)


def _by_li(console: Console, question: str, answer: str = "到窗口办理。") -> int:
    return _book(console).add(LI, tidied(question, [], [], answer, ""), {})


def _only_id(console: Console) -> int:
    (entry,) = _book(console).all()
    return entry.id


def _states(page: str) -> dict[str, str]:
    rows = re.findall(
        r'<th scope="row".*?>\s*(?:<a[^>]*>)?([^<]+?)(?:</a>)?\s*<.*?class="badge[^"]*">([^<]+)<', page, re.DOTALL
    )
    return dict(rows)


def test_a_new_entry_is_saved_as_a_draft_that_its_author_cannot_approve(console: Console) -> None:
    page = console.send("/admin/faq", **FAQ)
    assert "等另一位管理员批准" in page
    assert _states(page)["图书证怎么办？"] == "待审核"
    entry_id = _only_id(console)
    page = console.text(f"/admin/faq/{entry_id}")
    assert "要由另一位管理员批准" in page
    assert ">批准</button>" not in page
    page = console.send(f"/admin/faq/{entry_id}/approve", expect=409, seen="1")
    assert "最后是您自己写的" in page
    assert ("faq_added", "图书证怎么办？") in console.audited()


def test_an_entry_goes_from_draft_to_served_and_out_again(console: Console) -> None:
    entry_id = _by_li(console, "图书证怎么办？")
    assert "已批准，下次发布后生效。" in console.send(f"/admin/faq/{entry_id}/approve", seen="1")
    assert _states(console.text("/admin/faq"))["图书证怎么办？"] == "已批准，待发布"
    console.publish()
    assert _states(console.text("/admin/faq"))["图书证怎么办？"] == "已发布"
    console.send(f"/admin/faq/{entry_id}/withdraw", seen="2")
    page = console.text("/admin/faq")
    assert _states(page)["图书证怎么办？"] == "已撤回"
    assert "现在还在用，下次发布后停用" in page
    console.send(f"/admin/faq/{entry_id}/delete", seen="3")
    assert "有 1 条问答已经删除，但现在还在用" in console.text("/admin/faq")
    console.publish()
    assert "图书证怎么办" not in console.text("/admin/faq")


def test_every_part_of_an_entry_is_published_as_it_was_approved(console: Console) -> None:
    said = tidied(
        "图书证怎么办？", ["办借书证", "借书要什么"], ["图书馆由谁管"], "第一步：登记。\n第二步：领证。", "办事指南"
    )
    entry_id = _book(console).add(LI, said, {})
    console.send(f"/admin/faq/{entry_id}/approve", seen="1")
    console.publish()
    serving = console.knowledge.serving
    assert serving
    (faq,) = [faq for faq in serving.index.records.faqs if faq.locator.file == FAQ_FILE]
    assert (faq.questions, faq.negative_questions, faq.answer, faq.source, faq.approved_by) == (
        said.questions,
        said.negatives,
        said.answer,
        "办事指南",
        "admin",
    )


def test_the_approved_text_serves_while_its_change_waits(console: Console) -> None:
    entry_id = _by_li(console, "图书证怎么办？")
    console.send(f"/admin/faq/{entry_id}/approve", seen="1")
    console.send(f"/admin/faq/{entry_id}", seen="2", **FAQ)
    page = console.text(f"/admin/faq/{entry_id}")
    assert "已批准的内容" in page
    assert "到窗口办理。" in page
    console.publish()
    assert _states(console.text("/admin/faq"))["图书证怎么办？"] == "待审核"
    serving = console.knowledge.serving
    assert serving
    assert "到窗口办理。" in {faq.answer for faq in serving.index.records.faqs}
    assert "已放弃修改" in console.send(f"/admin/faq/{entry_id}/drop", seen="3")


def test_entries_of_files_are_listed_with_their_file_and_cannot_be_changed(console: Console) -> None:
    page = console.text("/admin/faq?state=file")
    assert _states(page) == {"停水了找谁": "来自文件"}
    assert "停水.csv" in page
    assert "admin/faq/0" not in page
    page = console.send("/admin/faq", expect=422, **{**FAQ, "similar": "家里没水了？"})
    assert "“家里没水了？”在文件 停水.csv 里已经有答案" in page


def test_what_was_typed_stays_in_the_form_with_what_is_wrong(console: Console) -> None:
    page = console.send("/admin/faq", expect=422, **{**FAQ, "answer": "<script>x</script>", "negatives": "办借书证"})
    assert "答案里有网页标签或脚本" in page
    assert "“办借书证”同时写在问题里" in page
    assert "办借书证\n怎么办图书证</textarea>" in page
    assert "&lt;script&gt;x&lt;/script&gt;</textarea>" in page
    assert _book(console).all() == []


def test_who_saves_second_keeps_what_was_typed_and_sees_what_the_other_wrote(console: Console) -> None:
    entry_id = _by_li(console, "图书证怎么办？")
    _book(console).save(LI, entry_id, tidied("图书证怎么办？", [], [], "在手机上办。", ""), 1, {})
    page = console.send(f"/admin/faq/{entry_id}", expect=409, seen="1", **FAQ)
    assert "这条问答刚被李小明改过" in page
    assert "在手机上办。" in page
    assert "带身份证到区图书馆。</textarea>" in page
    assert 'name="seen" value="2"' in page
    assert "已保存" in console.send(f"/admin/faq/{entry_id}", seen="2", **FAQ)


def test_chosen_ones_and_all_are_approved_but_not_ones_own(console: Console) -> None:
    one, other = _by_li(console, "甲事怎么办？"), _by_li(console, "乙事怎么办？")
    console.send("/admin/faq", **FAQ)
    page = console.send("/admin/faq/approve", chosen=f"{one}:1")
    assert "已批准 1 条" in page
    assert "没有选择问答" in console.send("/admin/faq/approve")
    page = console.text("/admin/faq?state=pending")
    assert f'value="{other}:1"' in page
    made_at = re.search(r'name="made_at" value="([^"]+)"', page)
    assert made_at
    page = console.send("/admin/faq/approve-all", made_at=made_at[1])
    assert "已批准 1 条" in page
    assert "1 条最后是您自己写的" in page
    assert _states(page)["图书证怎么办？"] == "待审核"


@pytest.mark.parametrize("made_at", ["", "昨天", "0001-01-01T00:00:00+14:00"])
def test_a_strange_time_approves_nothing(console: Console, made_at: str) -> None:
    _by_li(console, "甲事怎么办？")
    sent = {"csrf": console.token, "made_at": made_at}
    assert console.client.post("/admin/faq/approve-all", data=sent).status_code == 422
    assert _states(console.text("/admin/faq"))["甲事怎么办？"] == "待审核"


@pytest.mark.parametrize("chosen", ["", "x", "1", "1:x", "99999999999999999999:1", "1:1:1"])
def test_a_strange_choice_approves_nothing(console: Console, chosen: str) -> None:
    _by_li(console, "甲事怎么办？")
    reply = console.client.post("/admin/faq/approve", data={"csrf": console.token, "chosen": chosen})
    assert reply.status_code in (200, 422)
    assert all(entry.is_pending for entry in _book(console).all())


def test_the_list_is_searched_filtered_and_paged(console: Console) -> None:
    for number in range(60):
        _by_li(console, f"第{number}号事项怎么办？", "到服务大厅办理。")
    page = console.text("/admin/faq?state=pending")
    assert "第 1 页，共 2 页" in page
    assert len(_states(page)) == 50
    assert len(_states(console.text("/admin/faq?state=pending&page=2"))) == 10
    page = console.text("/admin/faq?q=57号 事项")
    assert list(_states(page)) == ["第57号事项怎么办？"]
    assert "没有符合条件的问答" in console.text("/admin/faq?q=没有这样的")
    assert "停水了找谁" in console.text("/admin/faq?q=供水热线")


def test_a_table_is_looked_at_before_it_is_taken_in(console: Console) -> None:
    content = (
        "问题,相似问,否定问,答案,来源\n护照在哪里办,办护照,,到出入境大厅。,\n没有答案,,,,\n停水了找谁,,,打电话。,\n"
    )
    reply = console.client.post(
        f"/admin/faq/import?csrf={console.token}", files={"file": ("便民.csv", content.encode("gb18030"))}
    )
    assert "导入“便民.csv”" in reply.text
    assert "这一行没有答案" in reply.text
    assert "与文件 停水.csv 里的问答重复" in reply.text
    assert _book(console).all() == []
    token = re.search(r"import/([0-9a-f]{32})\"", reply.text)
    assert token
    page = console.send(f"/admin/faq/import/{token[1]}")
    assert "新增 1 条，修改 0 条" in page
    assert _states(page)["护照在哪里办"] == "待审核"
    assert "这次导入已经收下" in console.send(f"/admin/faq/import/{token[1]}", expect=404)


def test_a_large_table_is_taken_and_exported(console: Console) -> None:
    rows = "".join(f"第{n}号事项怎么办,去哪里办第{n}号事项,,请到服务大厅{n}号窗口办理。,\n" for n in range(5000))
    content = ("问题,相似问,否定问,答案,来源\n" + rows).encode()
    assert len(content) > 64 * 1024
    reply = console.client.post(f"/admin/faq/import?csrf={console.token}", files={"file": ("大表.csv", content)})
    assert reply.status_code == 200, reply.text
    token = re.search(r"import/([0-9a-f]{32})\"", reply.text)
    assert token
    assert "新增 5000 条" in console.send(f"/admin/faq/import/{token[1]}")
    exported = console.client.get("/admin/faq/export.csv?state=pending")
    assert exported.text.count("号窗口办理") == 5000
    assert "attachment" in exported.headers["content-disposition"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "序号,姓名\n1,无\n", "没有找到问答表"),
        ("a.txt", "问题", "不能从这种文件导入"),
        ("", "", "没有收到文件"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(
    console: Console, name: str, content: str, told: str
) -> None:
    files = {"file": (name, content.encode())} if name else None
    reply = console.client.post(
        f"/admin/faq/import?csrf={console.token}", files=files, data={} if files else {"x": "1"}
    )
    assert reply.status_code == 422
    assert told in reply.text


def test_an_import_needs_the_token_of_the_session(console: Console) -> None:
    reply = console.client.post("/admin/faq/import", files={"file": ("a.csv", FILED.encode())})
    assert reply.status_code == 403
    assert "没有执行" in reply.text


def test_an_export_holds_what_is_looked_for(console: Console) -> None:
    _by_li(console, "甲事怎么办？")
    _by_li(console, "乙事怎么办？")
    text = console.client.get("/admin/faq/export.csv?q=甲事").content.decode("utf-8-sig")
    assert "甲事怎么办？" in text
    assert "乙事" not in text
    everything = console.client.get("/admin/faq/export.csv").content.decode("utf-8-sig")
    assert "乙事" in everything
    assert "停水" not in everything
    assert "停水" in console.client.get("/admin/faq/export.csv?state=file").content.decode("utf-8-sig")
    assert console.client.get("/admin/faq/export.xlsx").content.startswith(b"PK")
    assert console.client.get("/admin/faq/export.pdf").status_code == 422


def test_only_admins_come_here(client: TestClient) -> None:
    token = enter(client, "agent")
    for path in ("/admin/faq", "/admin/faq/new", "/admin/faq/import", "/admin/faq/export.csv"):
        assert client.get(path).status_code == 403, path
    for path in (
        "/admin/faq",
        "/admin/faq/approve-all",
        f"/admin/faq/import?csrf={token}",
        "/admin/faq/import/" + "0" * 32,
    ):
        assert client.post(path, data={"csrf": token, **FAQ}).status_code == 403, path
    assert FaqBook(services_of(client).engine).all() == []
