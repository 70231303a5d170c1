"""The console in headless Chromium at the width of a desk and of a telephone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from api.accounts.staff import COMMAND_LINE
from api.app import create_app
from api.evaluation.kept import Evaluations
from api.services import Services
from api.settings import Settings
from tests.api.admin.kept import damage, publish_two
from tests.api.admin.staff import PASSWORDS
from tests.api.browser import NEEDS_CHROMIUM, Browser, resize
from tests.api.evaluation.made_up import keep_some
from tests.api.served import listening
from tests.api.standins import FixedKnowledge, KeywordAnswerer, sample_index

pytestmark = NEEDS_CHROMIUM


@dataclass(frozen=True)
class Site:
    url: str
    services: Services
    older: str
    newer: str
    evaluation: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    knowledge = FixedKnowledge(sample_index())
    app = create_app(
        Settings(home=tmp_path_factory.mktemp("var"), rasa=False),
        knowledge=knowledge,
        answerer=KeywordAnswerer(knowledge),
    )
    with listening(app) as url:
        services: Services = app.state.services
        oldest, _ = publish_two(services.store)
        older, newer = publish_two(services.store)
        damage(services.store, oldest)
        kept = keep_some(Evaluations(services.settings.home), [oldest, services.store.ids()[-2], older, newer])
        assert knowledge.serving is not None
        knowledge.serving = replace(knowledge.serving, snapshot_id=newer)
        for name, role in (("王主任", "admin"), ("李小明", "agent"), ("阿依古丽·买买提", "agent")):
            services.accounts.add(COMMAND_LINE, name, role, PASSWORDS["admin"])
        services.accounts.disable(COMMAND_LINE, "阿依古丽·买买提")
        yield Site(url, services, older, newer, kept[-1])


@pytest.fixture(params=[390, 1280])
def browser(request: pytest.FixtureRequest, driver: webdriver.Chrome, site: Site) -> Browser:
    resize(driver, request.param)
    return Browser(driver, site.url, request.param)


def test_every_page_fits_its_width_names_its_controls_and_logs_no_error(browser: Browser, site: Site) -> None:
    browser.driver.get(browser.url)
    browser.driver.delete_all_cookies()
    browser.open("/admin/login")
    browser.log_in()
    browser.driver.get_log("browser")
    pages = ["/admin", "/admin/versions", f"/admin/versions/{site.older}/activate", "/admin/accounts"]
    pages += ["/admin/accounts/李小明/password", "/admin/account", "/admin/audit"]
    pages += ["/admin/evaluations", f"/admin/evaluations/{site.evaluation}"]
    for path in pages:
        browser.open(path)
        widths = browser.driver.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], path
        assert browser.driver.get_log("browser") == [], path
        for control in browser.driver.find_elements(By.CSS_SELECTOR, "a, button, input:not([type=hidden]), select"):
            assert control.accessible_name, (path, control.get_attribute("outerHTML"))


def test_a_version_is_switched_with_two_clicks_and_back(browser: Browser, site: Site) -> None:
    browser.log_in()
    for wanted in (site.older, site.newer):
        browser.click("版本")
        assert browser.shows("切换到这一版")
        browser.driver.find_element(By.CSS_SELECTOR, f"a[href*='{wanted}/activate']").click()
        assert browser.shows("切换到这一版？")
        browser.click("切换到这一版")
        assert browser.shows(f"已切换到知识版本 {wanted}。")
        assert site.services.store.current() == wanted
        browser.keep_picture("-switched")


def test_a_point_of_the_trend_leads_to_what_failed_and_on_to_the_version(browser: Browser, site: Site) -> None:
    browser.log_in()
    browser.click("评测")
    assert browser.shows("各版本的评测结果") or browser.shows("每次发布新版本前")
    charts = browser.driver.find_elements(By.CSS_SELECTOR, ".chart")
    assert len(charts) == 5
    browser.driver.find_elements(By.CSS_SELECTOR, ".chart svg a")[-1].click()
    assert browser.shows("的评测")
    assert browser.shows("没答对的")
    browser.keep_picture("-evaluation")
    browser.driver.find_element(By.CSS_SELECTOR, "main a[href*='/versions#']").click()
    assert browser.shows("保存的知识版本") or browser.shows("可以随时切换")


def test_an_account_is_added_used_and_taken_out_of_service(browser: Browser, site: Site) -> None:
    name = f"新来的{browser.width}"
    browser.log_in()
    browser.open("/admin/accounts")
    browser.type("name", name)
    browser.type("password", PASSWORDS["admin"])
    browser.click("新增")
    assert browser.shows(f"已新增坐席账户“{name}”。")
    browser.click("退出")
    assert browser.shows("工作人员登录")
    browser.log_in(name)
    browser.open("/admin/accounts")
    assert browser.shows("没有这项权限")
    browser.keep_picture("-forbidden")
    site.services.accounts.disable(COMMAND_LINE, name)
    browser.driver.get(f"{site.url}/admin")
    assert browser.shows("工作人员登录")


def test_a_wrong_password_is_told_and_going_back_after_logging_out_shows_nothing(browser: Browser) -> None:
    browser.driver.delete_all_cookies()
    browser.open("/admin/audit")
    browser.type("name", "王主任")
    browser.type("password", "猜的密码1234", Keys.ENTER)
    assert browser.shows("账户或密码不对")
    browser.keep_picture("-wrong-password")
    browser.type("password", PASSWORDS["admin"], Keys.ENTER)
    assert browser.shows("谁在什么时候做了什么")
    browser.click("退出")
    assert browser.shows("工作人员登录")
    browser.driver.back()
    assert browser.shows("工作人员登录")
