"""The public ledger on a telephone and a desk's screen, and the way there for staff."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from api.accounts.staff import COMMAND_LINE, Actor
from api.app import create_app
from api.publication.book import PublicationBook, Texts
from api.requests.ledger import NewRequest
from api.services import Services
from api.settings import Settings
from tests.api.admin.staff import PASSWORDS
from tests.api.browser import NEEDS_CHROMIUM, Browser, resize
from tests.api.served import listening
from tests.api.standins import FixedKnowledge, KeywordAnswerer, sample_index

pytestmark = NEEDS_CHROMIUM
STAFF = Actor("王主任", None)
LONG = "小区门口的路灯从上周起就不亮了，晚上出门很不方便，老人孩子走路都担心摔跤，希望尽快派人来修理。" * 3
REPLY = "经现场核查，该处路灯因线路老化停电，已于11月25日更换电缆并恢复照明。\n今后遇到路灯故障，请拨打12345反映。"


@dataclass(frozen=True)
class Site:
    url: str
    services: Services
    waiting: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    knowledge = FixedKnowledge(sample_index())
    settings = Settings(home=tmp_path_factory.mktemp("var"), rasa=False)
    app = create_app(settings, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))
    with listening(app) as url:
        services: Services = app.state.services
        services.accounts.add(COMMAND_LINE, "王主任", "admin", PASSWORDS["admin"])
        for number in range(23):
            unit = "湖滨新区城市管理和综合行政执法局" if number % 3 else "水务局"
            no = _closed(services, unit, rating=5 - number % 3 if number % 2 else None)
            book = PublicationBook(services.engine, services.secrets)
            book.prepare(STAFF, no)
            book.publish(STAFF, no, book.checked(no).version, Texts(LONG, REPLY, unit), checked=True)
        services.ledger.log(NewRequest("还没有单位的", kind="help"))
        waiting = _closed(services, "水务局", content="我是王建国，住在幸福路12号3单元502室，水管漏水，电话13800138000")
        yield Site(url, services, waiting)


def _closed(services: Services, unit: str, *, rating: int | None = None, content: str = "路灯不亮") -> str:
    logged = services.ledger.log(NewRequest(content, kind="help"))
    services.casework.reply(STAFF, logged.no, None, "张先生，已经修好。", unit, close=True)
    if rating:
        services.ledger.rate(logged.no, logged.code, rating)
    return logged.no


@pytest.fixture(params=[390, 1280])
def browser(request: pytest.FixtureRequest, driver: webdriver.Chrome, site: Site) -> Browser:
    resize(driver, request.param)
    return Browser(driver, site.url, request.param)


def _fill(browser: Browser, name: str, text: str) -> None:
    browser.driver.find_element(By.NAME, name).clear()
    browser.type(name, text)


def _fits(browser: Browser, page: str) -> None:
    widths = browser.driver.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1], page
    assert browser.driver.get_log("browser") == [], page
    for control in browser.driver.find_elements(By.CSS_SELECTOR, "a, button, input:not([type=hidden]), select"):
        if control.is_displayed():
            assert control.accessible_name, (page, control.get_attribute("outerHTML"))


def test_citizens_find_read_and_page_through_what_is_published(browser: Browser) -> None:
    browser.driver.get(f"{browser.url}/public/requests")
    browser.driver.get_log("browser")
    browser.open("/public/requests")
    _fits(browser, "/public/requests")
    assert browser.shows("共 23 件，第 1 页，共 2 页")
    assert browser.shows("办理情况")
    browser.click("下一页")
    assert browser.shows("第 2 页")
    browser.driver.find_element(By.TAG_NAME, "summary").click()
    browser.driver.find_element(By.NAME, "q").send_keys("没有这回事", Keys.ENTER)
    assert browser.shows("没有符合条件的诉求。")
    browser.keep_picture("-nothing-found")
    browser.click("看全部")
    browser.driver.find_element(By.CSS_SELECTOR, ".published h2 a").click()
    assert browser.shows("受理日期")
    _fits(browser, "one")
    browser.keep_picture("-one")
    browser.open("/")
    _fits(browser, "/")
    browser.open("/requests")
    _fits(browser, "/requests")


def test_staff_check_a_draft_beside_its_original_and_publish_it(browser: Browser, site: Site) -> None:
    browser.log_in()
    browser.driver.get_log("browser")
    browser.open("/desk/publications")
    _fits(browser, "/desk/publications")
    browser.open("/desk/publications?show=published")
    _fits(browser, "published")
    browser.driver.get(f"{browser.url}/desk/publications?show=candidates")
    if browser.driver.find_elements(By.XPATH, "//button[normalize-space()='拟稿']"):
        browser.click("拟稿")
    else:  # the other width has taken it
        browser.driver.get(f"{browser.url}/desk/publications/{site.waiting}")
    assert browser.shows("的公开稿")
    _fits(browser, "draft")
    browser.keep_picture("-draft")
    if browser.width == 390:
        assert browser.driver.find_element(By.TAG_NAME, "mark").text == "王建国"
        return
    _fill(browser, "reply", "请打13800138000")
    browser.driver.find_element(By.NAME, "checked").click()
    browser.driver.find_element(By.CSS_SELECTOR, "button[value=publish]").click()
    assert browser.shows("像是个人信息")
    browser.keep_picture("-refused")
    _fill(browser, "reply", "已经修好。")
    browser.driver.find_element(By.NAME, "checked").click()
    browser.driver.find_element(By.CSS_SELECTOR, "button[value=publish]").click()
    assert browser.shows("已公开。")
    browser.keep_picture("-published")


def test_other_pages_of_privacy_and_learning_fit(browser: Browser, site: Site) -> None:
    browser.log_in()
    browser.driver.get_log("browser")
    browser.open("/admin/privacy")
    _fits(browser, "/admin/privacy")
    _fill(browser, "value", "13800138000")
    browser.click("查找")
    assert browser.shows("查到的信息")
    browser.keep_picture("-privacy-found")
    browser.open(f"/desk/requests/{site.waiting}/faq")
    _fits(browser, "faq")
    browser.open(f"/desk/requests/{site.waiting}")
    _fits(browser, "request")
