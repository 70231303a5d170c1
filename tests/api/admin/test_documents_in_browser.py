"""Documents, uploads and refreshes in headless Chromium, with and without script, at a desk and on a telephone."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from api.accounts.staff import COMMAND_LINE
from api.app import create_app
from api.evaluation.questions import GoldQuestion
from api.knowledge_base import KnowledgeBase
from api.refresh.report import RefreshReport
from api.services import Services
from api.settings import Settings
from tests.api.admin.desk import JobsHere
from tests.api.admin.staff import PASSWORDS
from tests.api.browser import NEEDS_CHROMIUM, Browser, chromium, resize
from tests.api.served import listening
from tests.api.town import HEADER, Town
from tests.fake_encoder import FakeEncoder

pytestmark = NEEDS_CHROMIUM
RULES = (
    "银湾区停车管理办法\n银湾政发〔2032〕3号\n第一章 总则\n第一条 为了规范停车秩序，制定本办法。\n"
    "第二条 区城市管理局负责停车管理工作，区公安分局协助。\n第三条 本办法自2032年7月1日起施行，有效期5年。\n"
)
LONG = HEADER + "".join(
    f"{n},公开事项{n},每季度在政府网站公布第{n}项工作的进展。,区第{n % 9}局,各街道,2031年{n % 12 + 1}月底前,政府网站\n"
    for n in range(1, 901)
)


@dataclass(frozen=True)
class Site:
    url: str
    town: Town
    services: Services
    jobs: JobsHere
    files: Path

    def wait_until_served(self) -> None:
        looked: KnowledgeBase = self.services.knowledge  # type: ignore[assignment]
        looked.look()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("town")
    town = Town(folder)
    town.refresh(
        town.write("plan.csv", region="星河区"),
        town.write("停车办法.txt", RULES),
        town.write(
            "long.csv", LONG, title="星河区政务公开长清单", region="星河区", year=2030, number="星政办〔2030〕1号"
        ),
    )
    files = tmp_path_factory.mktemp("files")
    write_files(files)
    with KnowledgeBase(town.store, FakeEncoder(), poll_seconds=1) as knowledge:
        app = create_app(Settings(home=town.store.home, rasa=False), knowledge=knowledge)
        with listening(app) as url:
            services: Services = app.state.services
            jobs = JobsHere(services, town)
            app.state.services = replace(services, jobs=jobs)
            services.accounts.add(COMMAND_LINE, "王主任", "admin", PASSWORDS["admin"])
            yield Site(url, town, services, jobs, files)


def write_files(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "任务"
    sheet.append(["银湾区2032年政务公开任务分解表"])
    sheet.merge_cells("A1:F1")
    sheet.append(["序号", "任务名称", "工作要求", "牵头单位", "责任单位", "完成时限"])
    sheet.append([1, "公开预算", "公布部门预算和决算。", "区财政局", "各部门", "2032年6月底前"])
    sheet.append([2, "公开河长名单", "公布各级河长的姓名和电话。", "区水务局", "各街道", "2032年9月底前"])
    book.save(folder / "银湾区任务表.xlsx")
    (folder / "通告.txt").write_text(
        "银湾区关于夜间施工的通告\n银湾通〔2032〕8号\n一、夜间不得施工。确需施工的，先公告。\n", "utf-8"
    )
    (folder / "假表格.xlsx").write_bytes(b"MZ\x90\x00" + b"\x00" * 500)
    (folder / "空的.txt").write_bytes(b"")


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no-script"])
def driver(request: pytest.FixtureRequest) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not request.param:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    with chromium(options) as driver:
        driver.get("data:text/html,<noscript>off</noscript><p>page")
        assert ("off" in driver.find_element(By.TAG_NAME, "body").text) is not request.param
        yield driver


@pytest.fixture(params=[390, 1280])
def browser(request: pytest.FixtureRequest, driver: webdriver.Chrome, site: Site) -> Browser:
    resize(driver, request.param)
    browser = Browser(driver, site.url, request.param)
    driver.get(f"{site.url}/admin")
    if driver.find_elements(By.NAME, "password"):  # once is enough, and too often is refused
        browser.log_in()
    return browser


def test_every_page_fits_its_width_names_its_controls_and_logs_no_error(browser: Browser, site: Site) -> None:
    plan = _id(site, "星河区便民工作分工")
    long = _id(site, "星河区政务公开长清单")
    pages = ["/admin/documents", f"/admin/documents/{plan}", f"/admin/documents/{plan}/original"]
    pages += [f"/admin/documents/{plan}/remove", f"/admin/documents/{long}/original?page=2", "/admin/inbox"]
    pages += ["/admin/refresh"]
    browser.driver.get_log("browser")
    for path in pages:
        browser.open(path)
        widths = browser.driver.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], path
        assert browser.driver.get_log("browser") == [], path
        for control in browser.driver.find_elements(
            By.CSS_SELECTOR, "main :is(a, button, input:not([type=hidden]), select)"
        ):
            assert control.accessible_name, (path, control.get_attribute("outerHTML"))


def test_files_are_uploaded_looked_at_and_published(browser: Browser, site: Site) -> None:
    for waiting in site.services.documents.uploads.inbox.files():
        site.services.documents.uploads.inbox.discard(waiting)
    browser.open("/admin/inbox")
    names = ["银湾区任务表.xlsx", "通告.txt", "假表格.xlsx", "空的.txt"]
    browser.driver.find_element(By.NAME, "file").send_keys("\n".join(str(site.files / name) for name in names))
    browser.driver.find_element(By.CSS_SELECTOR, "#upload button").click()
    assert browser.shows("不是 .xlsx 文件")
    assert browser.shows("文件是空的")
    browser.keep_picture("-uploaded")
    assert [path.name for path in site.services.documents.uploads.inbox.files()] == ["通告.txt", "银湾区任务表.xlsx"]
    browser.open("/admin/inbox")
    browser.click("银湾区任务表.xlsx")
    assert browser.shows("文件信息")
    browser.keep_picture("-item")
    browser.click("原文对照")
    assert browser.shows("公开河长名单")
    browser.click("任务!C4")
    browser.keep_picture("-item-original")
    target = browser.driver.find_element(By.CSS_SELECTOR, "td:target, tr:target, li:target")
    assert target.is_displayed()
    browser.open("/admin/refresh")
    browser.click("查看差异")
    assert browser.shows("用时")
    browser.keep_picture("-looked")
    if browser.driver.find_elements(By.XPATH, "//main//button[.='发布']"):
        browser.driver.find_element(By.XPATH, "//main//button[.='发布']").click()
        assert browser.shows("已发布")
    site.wait_until_served()
    browser.open("/admin/documents")
    assert browser.shows("银湾区关于夜间施工的通告")
    browser.keep_picture("-published")


def test_a_document_is_edited_the_edit_shown_and_taken_back(browser: Browser, site: Site) -> None:
    browser.open(f"/admin/documents/{_id(site, '银湾区停车管理办法')}")
    for option in browser.driver.find_elements(By.CSS_SELECTOR, "#f-status option"):
        if option.text == "废止":
            option.click()
    browser.type("superseded_by", "银湾区停车管理条例")
    browser.click("保存修改")
    assert browser.shows("待发布：标记废止")
    browser.keep_picture("-edited")
    browser.open("/admin/documents")
    assert browser.shows("待发布：标记废止")
    browser.keep_picture("-list-pending")
    browser.open("/admin/refresh")
    assert browser.shows("撤回修改")
    browser.keep_picture("-waiting")
    browser.click("撤回修改")
    assert browser.shows("已撤回")
    browser.open(f"/admin/documents/{_id(site, '银湾区停车管理办法')}")
    browser.driver.find_element(By.NAME, "year").clear()
    browser.type("year", "三零年")
    browser.click("保存修改")
    assert browser.shows("年份应为 1900 到 2200 之间的四位数字")
    browser.keep_picture("-wrong")


def test_a_refresh_that_answers_worse_is_refused_and_can_be_forced(browser: Browser, site: Site) -> None:
    title = f"临时文件{time.monotonic_ns()}"
    site.town.refresh(site.town.write("extra.txt", f"{title}\n区图书馆负责借阅工作。图书馆每周一闭馆。\n"))
    site.wait_until_served()
    site.jobs.golden = (
        GoldQuestion(
            id="1",
            kind="answer",
            question="银湾区停车管理工作由谁协助？",
            context=(),
            must=(("公安分局",),),
            must_not=(),
            document=None,
        ),
    )
    entry = site.services.documents.shelves.current().entries[_id(site, "银湾区停车管理办法")]
    admin = COMMAND_LINE
    site.services.documents.changes.remove(admin, entry, "")
    try:
        browser.open("/admin/refresh")
        browser.click("发布")
        assert browser.shows("未通过检查，没有发布")
        browser.keep_picture("-refused")
        browser.click("仍然发布")
        assert browser.shows("会答得不如现在")
        browser.keep_picture("-force")
        browser.click("仍然发布")
        assert browser.shows("按要求仍然发布")
        browser.keep_picture("-forced")
    finally:
        site.jobs.golden = ()
        site.town.refresh(site.town.documents / "停车办法.txt")
        site.wait_until_served()


def test_a_running_refresh_is_followed_live_survives_reloading_and_ends_in_the_report(
    browser: Browser, site: Site
) -> None:
    from api.refresh.journal import Order

    journal = site.jobs.journal
    refresh_id = journal.open(Order(by="王主任", dry_run=True, from_console=True))
    journal.begin(refresh_id)
    journal.tell(refresh_id, "读取文件", 3, 10)
    browser.open(f"/admin/refresh/{refresh_id}")
    assert browser.shows("读取文件 3 / 10")
    journal.tell(refresh_id, "建立索引", 40, 80)
    assert browser.shows("建立索引 40 / 80")
    browser.keep_picture("-running")
    browser.driver.refresh()
    assert browser.shows("建立索引 40 / 80")
    journal.finish(refresh_id, RefreshReport("dry_run", None, "这是试运行，没有产生新版本"))
    assert browser.shows("这是试运行")


def _id(site: Site, title: str) -> str:
    entries = site.services.documents.shelves.current().entries.values()
    return next(entry.document.id for entry in entries if entry.document.title == title)
