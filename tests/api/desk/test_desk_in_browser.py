"""The desk's search in headless Chromium, used with nothing but the keyboard."""

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from api.accounts.staff import COMMAND_LINE
from api.answers.service import AnswerService
from api.app import create_app
from api.services import Services
from api.settings import Settings
from index.search import Index
from tests.api.admin.staff import PASSWORDS
from tests.api.browser import NEEDS_CHROMIUM, keep_picture, log_in, resize
from tests.api.served import listening
from tests.api.standins import FixedKnowledge

pytestmark = NEEDS_CHROMIUM
T = TypeVar("T")

# Replies to a search come late and whatever becomes of the request, as from a proxy that does not pass on an abort.
SLOW_FIRST = """
const real = window.fetch;
let first = true;
window.late = 0;
window.fetch = async (url, options) => {
  if (!String(url).startsWith("desk/search")) return real(url, options);
  const wait = first ? 700 : 0;
  first = false;
  const reply = await real(url, { ...options, signal: undefined });
  await new Promise((resolve) => setTimeout(resolve, wait));
  if (wait) window.late += 1;
  return reply;
};
"""
COUNT_SEARCHES = """
const real = window.fetch;
window.asked = [];
window.fetch = (url, options) => {
  if (String(url).startsWith("desk/search")) window.asked.push(new URL(url, location).searchParams.get("q"));
  return real(url, options);
};
"""
KEEP_FORM = """
window.sent = null;
HTMLFormElement.prototype.submit = function () {
  window.sent = { ...Object.fromEntries(new FormData(this)), action: this.action, method: this.method };
};
"""
KEEP_COPIED = "window.copied = null; navigator.clipboard.writeText = async (text) => { window.copied = text; };"


class Desk:
    def __init__(self, driver: webdriver.Chrome, url: str) -> None:
        self.driver = driver
        self.url = url

    def open(self) -> None:
        self.driver.get(f"{self.url}/desk")
        self.until(lambda: self.focused() == "q")

    def log_in(self) -> None:
        self.driver.get(f"{self.url}/admin/login")
        self.driver.delete_all_cookies()
        self.driver.get(f"{self.url}/admin/login")
        log_in(self.driver, "李小明", PASSWORDS["agent"])
        self.until(lambda: self.driver.current_url.endswith("/desk"))

    def press(self, *keys: str) -> None:
        """To wherever the cursor is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def ask(self, text: str) -> None:
        self.press(text)
        self.until(lambda: self.options() and not self.all("#results[aria-busy]"))

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        return self.run(f"return [...document.querySelectorAll({selector!r})].map((node) => node.textContent)")

    def text(self, selector: str) -> str:
        return " ".join(self.texts(selector))

    def options(self) -> list[str]:
        return self.texts("#results [role=option]")

    def selected(self) -> int:
        marks = self.run("return [...document.querySelectorAll('[role=option]')].map((node) => node.ariaSelected)")
        return marks.index("true") if "true" in marks else -1

    def focused(self) -> str:
        return str(self.run("return document.activeElement.id"))

    def box(self) -> str:
        return str(self.run("return document.getElementById('q').value"))

    def until(self, found: Callable[[], T]) -> T:
        return WebDriverWait(self.driver, 10, poll_frequency=0.02).until(lambda _: found())

    def keep_picture(self, name: str) -> None:
        keep_picture(self.driver, f"desk-{name}")


@pytest.fixture(scope="module")
def site(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    knowledge = FixedKnowledge(index)
    settings = Settings(home=tmp_path_factory.mktemp("var"), rasa=False)
    app = create_app(settings, knowledge=knowledge, answerer=AnswerService(knowledge))
    with listening(app) as url:
        services: Services = app.state.services
        services.accounts.add(COMMAND_LINE, "李小明", "agent", PASSWORDS["agent"])
        yield url


@pytest.fixture(scope="module")
def logged_in(driver: webdriver.Chrome, site: str) -> Desk:
    desk = Desk(driver, site)
    desk.log_in()
    return desk


@pytest.fixture
def desk(logged_in: Desk) -> Desk:
    resize(logged_in.driver, 1280)
    logged_in.open()
    logged_in.driver.get_log("browser")
    return logged_in


def test_a_call_is_answered_without_the_mouse(desk: Desk) -> None:
    desk.ask("停车收费标准")
    assert desk.selected() == 0
    assert desk.texts("#results mark")
    desk.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP)
    assert desk.selected() == 1
    assert desk.run("return document.getElementById('q').getAttribute('aria-activedescendant')") == "result-1"
    assert desk.focused() == "q"
    chosen = desk.options()[1]
    desk.press(Keys.ENTER)
    desk.until(lambda: desk.focused() == "record")
    assert desk.text(".script-line").startswith("您好，根据《")
    assert desk.texts("#place .here .neighbour-title")[0].split(" ")[-1] in chosen
    assert desk.texts("#record mark")
    desk.press(Keys.ESCAPE)
    assert (desk.focused(), desk.box()) == ("q", "停车收费标准")
    desk.press(Keys.ESCAPE)
    assert desk.box() == ""
    desk.until(lambda: not desk.options())
    assert desk.text("#record") == ""


def test_the_place_is_scrolled_to_within_its_document(desk: Desk) -> None:
    desk.ask("巡查人员检查第4号设施")
    desk.press(Keys.ENTER)
    desk.until(lambda: desk.all("#place .here"))
    seen = desk.run(
        "const pane = document.getElementById('place').getBoundingClientRect();"
        "const here = document.querySelector('#place .here').getBoundingClientRect();"
        "return [pane.top <= here.top, here.bottom <= pane.bottom, document.getElementById('place').scrollTop > 0]"
    )
    assert seen == [True, True, True]
    assert "第二章" in desk.texts(".place-heading")


def test_enter_pressed_before_the_results_are_there_opens_what_was_typed_not_what_was_on_screen(desk: Desk) -> None:
    desk.ask("公开财政预算")
    desk.run("document.getElementById('q').select()")
    desk.press("渡轮班次", Keys.ENTER)
    desk.until(lambda: desk.all("#record .script"))
    assert "渡轮班次" in desk.text("#record .script")


def test_a_late_reply_never_replaces_a_newer_one(desk: Desk) -> None:
    desk.run(SLOW_FIRST)
    desk.press("公开财政预算")
    time.sleep(0.15)  # its search is on the way
    desk.run("document.getElementById('q').select()")
    desk.ask("渡轮班次")
    shown = desk.options()
    assert "渡轮" in shown[0]
    desk.until(lambda: desk.run("return window.late") == 1)
    time.sleep(0.1)
    assert desk.options() == shown


def test_nothing_is_searched_while_an_input_method_composes(desk: Desk) -> None:
    desk.run(COUNT_SEARCHES)
    for spelt in ("t", "ting", "ting'che"):
        facts = {"text": spelt, "selectionStart": len(spelt), "selectionEnd": len(spelt)}
        desk.driver.execute_cdp_cmd("Input.imeSetComposition", facts)
        time.sleep(0.1)
    assert desk.run("return window.asked") == []
    desk.driver.execute_cdp_cmd("Input.insertText", {"text": "停车"})
    desk.until(desk.options)
    assert set(desk.run("return window.asked")) == {"停车"}


def test_enter_and_escape_that_an_input_method_takes_do_nothing_here(desk: Desk) -> None:
    desk.ask("停车收费标准")
    for key, code in (("Escape", 229), ("Enter", 229)):
        desk.run(
            f"document.getElementById('q').dispatchEvent(new KeyboardEvent('keydown', "
            f"{{key: '{key}', keyCode: {code}, isComposing: true, bubbles: true}}))"
        )
    time.sleep(0.1)
    assert desk.box() == "停车收费标准"
    assert not desk.all("#record .script")


def test_quick_typing_searches_for_what_it_came_to(desk: Desk) -> None:
    desk.run(COUNT_SEARCHES)
    field = "document.getElementById('q')"
    for text in ("停车", "停车收", "停车收费"):
        desk.run(f"{field}.value = '{text}'; {field}.dispatchEvent(new Event('input', {{bubbles: true}}))")
    desk.until(desk.options)
    assert desk.run("return window.asked")[-1] == "停车收费"


def test_chips_are_switched_by_keys_keep_the_cursor_and_tell_the_counts(desk: Desk) -> None:
    desk.ask("停车收费标准")
    before = len(desk.options())
    chips = desk.texts(".chip")
    desk.press(Keys.TAB)
    assert desk.run("return document.activeElement.className") == "chip"
    desk.press(Keys.ARROW_RIGHT)
    key = desk.run("return document.activeElement.dataset.key")
    label = desk.run("return document.activeElement.querySelector('.chip-value').textContent")
    told = int(desk.run("return document.activeElement.querySelector('.chip-count').textContent"))
    desk.press(Keys.SPACE)
    desk.until(lambda: len(desk.options()) != before)
    assert desk.run("return document.activeElement.dataset.key") == key
    assert desk.run("return document.activeElement.getAttribute('aria-pressed')") == "true"
    assert all(label in facts or "全国" in facts for facts in desk.texts(".group-facts"))
    assert len(desk.options()) >= told
    desk.press(Keys.SPACE)
    desk.until(lambda: desk.texts(".chip") == chips)
    desk.press(Keys.ESCAPE)
    assert (desk.focused(), desk.box()) == ("q", "停车收费标准")


def test_repealed_documents_are_marked(desk: Desk) -> None:
    desk.ask("停车管理办法收费每小时5元")
    group = desk.until(lambda: desk.all(".out-of-force"))[0]
    assert "已废止" in group.text
    assert "由《湖滨新区停车场管理规定》湖管规〔2024〕1号代替" in group.text


def test_the_answer_stands_on_top_with_its_source_and_leads_there(desk: Desk) -> None:
    desk.ask("湖滨新区停车收费标准由谁负责")
    desk.until(lambda: "answer-answer" in desk.run("return document.getElementById('answer').className"))
    assert "新区发展改革局" in desk.text(".answer-text")
    assert "湖管办〔2023〕7号" in desk.text(".answer-source")
    desk.all(".answer button")[0].send_keys(Keys.ENTER)
    desk.until(lambda: "第1项 公布停车收费标准" in desk.text("#place .here .neighbour-title"))


def test_an_honest_no_is_told_where_nothing_is_found(desk: Desk) -> None:
    desk.press("量子纠缠望远镜")
    desk.until(lambda: "answer-not_found" in desk.run("return document.getElementById('answer').className"))
    assert "没有把握的答案" in desk.text("#answer")
    assert "没有查到" in desk.text("#told")
    assert desk.options() == []


@pytest.mark.parametrize("leave_box", [False, True])
def test_one_key_opens_a_request_with_question_region_and_unit(desk: Desk, leave_box: bool) -> None:
    desk.run(KEEP_FORM)
    desk.ask("云岭县停车收费标准由谁负责")
    if leave_box:
        desk.press(Keys.ENTER)
        desk.until(lambda: desk.focused() == "record")
    desk.press("n" if leave_box else Keys.F2)
    sent = desk.until(lambda: desk.run("return window.sent"))
    assert sent == {
        "csrf": sent["csrf"],
        "question": "云岭县停车收费标准由谁负责",
        "region": "云岭县",
        "unit": "县发改局",
        "action": f"{desk.url}/desk/requests/new",
        "method": "post",
    }
    assert len(sent["csrf"]) == 64
    assert desk.driver.current_url == f"{desk.url}/desk"


def test_what_was_opened_for_another_question_proposes_nothing(desk: Desk) -> None:
    desk.run(KEEP_FORM)
    desk.ask("云岭县停车收费标准由谁负责")
    desk.press(Keys.ENTER)
    desk.until(lambda: desk.focused() == "record")
    desk.press(Keys.ESCAPE, "量子纠缠望远镜")
    desk.until(lambda: not desk.options())
    desk.press(Keys.F2)
    sent = desk.until(lambda: desk.run("return window.sent"))
    assert (sent["question"], sent["region"], sent["unit"]) == ("量子纠缠望远镜", "", "")


def test_script_and_passage_are_copied_by_a_key(desk: Desk) -> None:
    desk.run(KEEP_COPIED)
    desk.ask("湖滨新区停车收费标准")
    desk.press(Keys.ENTER)
    desk.until(lambda: desk.focused() == "record")
    desk.press("c")
    assert desk.until(lambda: desk.run("return window.copied")).startswith("您好，根据《")
    assert "已复制" in desk.until(lambda: desk.text(".copy-script"))
    desk.press("p")
    desk.until(lambda: "湖管办〔2023〕7号" in desk.run("return window.copied"))


def test_where_there_is_no_clipboard_the_old_command_copies(desk: Desk) -> None:
    desk.run("navigator.clipboard.writeText = () => Promise.reject(new Error()); window.copied = '';")
    desk.run("document.addEventListener('copy', () => { window.copied = document.activeElement.value; })")
    desk.ask("湖滨新区停车收费标准")
    desk.press(Keys.ENTER)
    desk.until(lambda: desk.focused() == "record")
    desk.press("c")
    desk.until(lambda: desk.run("return window.copied").startswith("您好，根据《"))
    assert desk.focused() == "record"


def test_the_keys_are_explained_on_demand(desk: Desk) -> None:
    assert "↑" in desk.text("#keys")
    desk.press(Keys.F1)
    desk.until(lambda: desk.run("return document.getElementById('help').open"))
    assert "F2" in desk.text("#help dt")
    desk.press(Keys.ESCAPE)
    desk.until(lambda: not desk.run("return document.getElementById('help').open"))
    assert desk.focused() == "q"
    desk.press("?")
    assert desk.box() == "?"


def test_a_session_that_has_ended_is_told_with_the_way_to_log_in(desk: Desk) -> None:
    cookies = desk.driver.get_cookies()
    desk.driver.delete_all_cookies()
    desk.press("停车收费")
    desk.until(lambda: desk.all("#told a[href*='admin/login?next=/desk']"))
    for cookie in cookies:
        desk.driver.add_cookie(cookie)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800), (1920, 1080)])
def test_it_fits_its_width_names_its_controls_and_logs_no_error(desk: Desk, width: int, height: int) -> None:
    resize(desk.driver, width, height)
    desk.open()
    desk.driver.get_log("browser")
    desk.ask("停车收费标准")
    desk.press(Keys.ENTER)
    desk.until(lambda: desk.all("#place .here") and desk.all("#answer p"))
    desk.keep_picture(str(width))
    widths = desk.run("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]
    for control in desk.all("a, button, input:not([type=hidden])"):
        if control.is_displayed():
            assert control.accessible_name, control.get_attribute("outerHTML")
    assert [entry for entry in desk.driver.get_log("browser") if entry["level"] != "INFO"] == []
