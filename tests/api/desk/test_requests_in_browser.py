"""The requests of the desk in headless Chromium, worked through with nothing but the keyboard."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from api.accounts.staff import COMMAND_LINE, Actor
from api.app import create_app
from api.requests.ledger import NewRequest
from api.requests.reply_templates import TemplateBook
from api.services import Services
from api.settings import Settings
from tests.api.admin.staff import PASSWORDS
from tests.api.browser import NEEDS_CHROMIUM, keep_picture, log_in, resize
from tests.api.served import listening
from tests.api.standins import FixedKnowledge, KeywordAnswerer, sample_index

pytestmark = NEEDS_CHROMIUM
T = TypeVar("T")
ZHANG = Actor("张坐席", None)


class Desk:
    def __init__(self, driver: webdriver.Chrome, url: str, services: Services) -> None:
        self.driver = driver
        self.url = url
        self.services = services

    def open(self, path: str) -> None:
        self.driver.get(self.url + path)
        self.run("document.activeElement.blur()")

    def press(self, *keys: str) -> None:
        """To wherever the cursor is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def send(self) -> None:
        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def focused(self) -> str:
        return str(self.run("const at = document.activeElement; return at.id || at.textContent.trim()"))

    def value(self, selector: str) -> str:
        return str(self.run(f"return document.querySelector({selector!r}).value"))

    def until(self, found: Callable[[], T]) -> T:
        waiting = WebDriverWait(self.driver, 10, 0.05, ignored_exceptions=[WebDriverException])
        return waiting.until(lambda _: found())

    def shows(self, text: str) -> bool:
        return self.until(lambda: text in self.driver.find_element(By.TAG_NAME, "main").text)

    def log(self, **facts: Any) -> str:
        return self.services.ledger.log(NewRequest("小区门口的路灯不亮，请修理。", **facts)).no

    def keep_picture(self, name: str) -> None:
        keep_picture(self.driver, f"requests-{self.run('return innerWidth')}-{name}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Services]]:
    knowledge = FixedKnowledge(sample_index())
    settings = Settings(home=tmp_path_factory.mktemp("var"), rasa=False)
    app = create_app(settings, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))
    with listening(app) as url:
        services: Services = app.state.services
        for name in ("李小明", ZHANG.name):
            services.accounts.add(COMMAND_LINE, name, "agent", PASSWORDS["agent"])
        TemplateBook(services.engine).add(ZHANG, "已转办", "您好，编号{编号}已转{单位}办理。")
        yield url, services


@pytest.fixture(scope="module")
def logged_in(driver: webdriver.Chrome, site: tuple[str, Services]) -> webdriver.Chrome:
    driver.get(f"{site[0]}/admin/login")
    log_in(driver, "李小明", PASSWORDS["agent"])
    WebDriverWait(driver, 10, 0.05).until(lambda _: driver.current_url.endswith("/desk"))
    return driver


@pytest.fixture(params=[1280, 1920])
def desk(request: pytest.FixtureRequest, logged_in: webdriver.Chrome, site: tuple[str, Services]) -> Desk:
    resize(logged_in, request.param, 900)
    return Desk(logged_in, *site)


def test_every_page_fits_its_width_names_its_controls_and_logs_no_error(desk: Desk) -> None:
    no = desk.log(contact="13800138000", name="王小明", region="湖滨新区")
    desk.driver.get_log("browser")
    for path in ("", "?queue=calls", "/new", f"/{no}"):
        desk.open(f"/desk/requests{path}")
        widths = desk.run("return [document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], path
        assert desk.driver.get_log("browser") == [], path
        shown = "a, button, input:not([type=hidden]), select, textarea"
        for control in desk.driver.find_elements(By.CSS_SELECTOR, shown):
            if control.is_displayed():
                assert control.accessible_name, (path, control.get_attribute("outerHTML"))
        desk.keep_picture(path.replace("/", "").replace("?", "") or "list")


def test_a_request_is_opened_transferred_and_answered_without_a_mouse(desk: Desk) -> None:
    no = desk.log(region="湖滨新区")
    desk.open(f"/desk/requests?q={no}")
    desk.press("j")
    assert desk.focused() == no
    desk.press("j", "k", Keys.ENTER)
    assert desk.shows("办理记录")
    desk.press("t")
    assert desk.focused() == "transfer-unit"
    desk.press("区城管局")
    desk.send()
    assert desk.shows("已转办给区城管局。")
    desk.press("n")
    desk.press("答应明天去看，不是 r 也不是 t")
    assert desk.focused() == "note-text"
    desk.send()
    assert desk.shows("不是 r 也不是 t")
    desk.press("m")
    desk.press(Keys.ENTER)
    desk.until(lambda: desk.focused() == "reply-text")
    assert desk.value("#reply-text") == f"您好，编号{no}已转区城管局办理。"
    desk.press("请等候。")
    desk.keep_picture("reply")
    desk.send()
    assert desk.shows("已答复并办结。")
    assert desk.services.casework is not None
    assert "请等候。" in desk.driver.find_element(By.TAG_NAME, "main").text


def test_what_two_agents_do_at_once_is_told_and_the_text_is_kept(desk: Desk) -> None:
    no = desk.log()
    desk.open(f"/desk/requests/{no}")
    desk.press("r")
    desk.press("打了很久的答复")
    desk.services.casework.transfer(ZHANG, no, None, "区财政局")
    desk.driver.find_element(By.ID, "reply-unit").send_keys("区城管局")
    desk.send()
    assert desk.shows("刚刚被张坐席改过")
    assert desk.shows("您打开页面之后的改动")
    assert desk.value("#reply-text") == "打了很久的答复"
    desk.keep_picture("conflict")
    desk.press("r")
    desk.send()
    assert desk.shows("已答复并办结。")


def test_the_contact_is_shown_in_place_and_only_on_demand(desk: Desk) -> None:
    no = desk.log(contact="13800138000", name="王小明")
    desk.open(f"/desk/requests/{no}")
    assert desk.shows("138****8000")
    desk.press("i", Keys.ENTER)
    assert desk.shows("13800138000")
    assert desk.shows("王小明")
    assert desk.driver.current_url.endswith(no)
    assert desk.services.audit.page()[0].action == "contact_shown"


def test_a_call_is_logged_while_units_and_earlier_requests_appear(desk: Desk) -> None:
    earlier = desk.log(contact="13900139000")
    desk.open("/desk/requests")
    desk.press(Keys.F2)
    assert desk.shows("登记诉求")
    desk.until(lambda: desk.focused() == "f-content")
    desk.press("请公开区里的财政预算")
    assert desk.shows("由它牵头")
    desk.press(Keys.ESCAPE, "p")
    desk.press("139 0013 9000")
    assert desk.shows(earlier)
    desk.press(Keys.ESCAPE, "u", Keys.ARROW_DOWN)
    desk.keep_picture("typed")
    desk.send()
    assert desk.shows("请念给来电人听")
    assert desk.shows("已转办")
    desk.keep_picture("logged")
    desk.press(Keys.ENTER)
    assert desk.shows("办理记录")


def test_a_number_typed_into_the_search_goes_by_post(desk: Desk) -> None:
    no = desk.log(contact="13700137000")
    desk.open("/desk/requests")
    desk.press("/")
    desk.press("137 0013 7000", Keys.ENTER)
    assert desk.shows("这个号码登记过的诉求")
    assert desk.shows(no)
    assert "7000" not in desk.driver.current_url


def test_the_keys_are_told_by_a_question_mark(desk: Desk) -> None:
    desk.open(f"/desk/requests/{desk.log()}")
    desk.press("?")
    assert desk.shows("键盘操作")
    assert desk.run("return document.querySelector('#keys-help').open")
    desk.press("r")
    assert desk.run("return document.querySelector('#keys-help').open")
    desk.press(Keys.ESCAPE)
    assert not desk.run("return document.querySelector('#keys-help').open")
