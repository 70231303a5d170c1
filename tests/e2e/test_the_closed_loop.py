"""A question without an answer goes all the way round: request, reply, rating, question and answer; and the next
citizen is answered. Three people in headless Chromium against the real three processes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.api.browser import NEEDS_CHROMIUM, PICTURES, chromium, keep_picture, resize
from tests.e2e.clerk import PASSWORD, add_account
from tests.e2e.stack import Stack

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.rasa,
    *NEEDS_CHROMIUM,
]

QUESTION = "泰达图书馆周末几点关门"
REPLY = "泰达图书馆周六、周日17时30分闭馆，法定节假日见馆内通知。"
UNIT = "区文化馆"
WAIT_S = 20
PUBLISH_S = 120
TELL_S = 120


@dataclass(frozen=True)
class Window:
    """One tab of the browser, at the width its user has."""

    driver: webdriver.Chrome
    url: str
    handle: str
    width: int
    name: str

    def here(self) -> webdriver.Chrome:
        self.driver.switch_to.window(self.handle)
        resize(self.driver, self.width)
        return self.driver

    def open(self, path: str) -> None:
        self.here().get(f"{self.url}/{path}")

    def find(self, xpath: str) -> WebElement:
        driver = self.here()
        waiting = WebDriverWait(driver, WAIT_S, 0.1, ignored_exceptions=[WebDriverException])
        found: WebElement = waiting.until(lambda _: _shown(driver.find_elements(By.XPATH, xpath)), f"no {xpath}")
        return found

    def click(self, text: str) -> None:
        """The last button or link of that name: in a chat the older ones are above it."""
        self.find(f"(//*[self::a or self::button or self::summary][normalize-space()='{text}'])[last()]").click()

    def type(self, name: str, text: str, *keys: str) -> None:
        field = self.find(f"//*[@name='{name}' and not(@type='hidden')]")
        field.clear()
        field.send_keys(text, *keys)

    def say(self, text: str) -> None:
        self.find("//textarea[@id='text']").send_keys(text, Keys.ENTER)

    def shows(self, text: str, seconds: float = WAIT_S) -> bool:
        """Raises TimeoutException with the address of the page and what stands on it."""
        driver = self.here()
        waiting = WebDriverWait(driver, seconds, 0.1, ignored_exceptions=[WebDriverException])
        try:
            return bool(waiting.until(lambda _: text in driver.find_element(By.TAG_NAME, "body").text))
        except TimeoutException:
            page = driver.find_element(By.TAG_NAME, "body").text
            raise TimeoutException(f"“{text}” is not on {driver.current_url}, but:\n{page}") from None

    def text_of(self, css: str) -> str:
        return self.here().find_elements(By.CSS_SELECTOR, css)[-1].text

    def log_in(self, name: str, page: str) -> None:
        self.here().delete_all_cookies()
        self.open(page)
        self.type("name", name)
        self.type("password", PASSWORD, Keys.ENTER)

    def keep_picture(self, name: str) -> None:
        """Fails where the page is wider than the window, picture or not."""
        driver = self.here()
        assert not driver.execute_script("return document.documentElement.scrollWidth > innerWidth"), name
        if PICTURES:
            height = driver.execute_script("return document.documentElement.scrollHeight")
            resize(driver, self.width, max(800, height))
            keep_picture(driver, f"loop-{self.width}-{self.name}-{name}")


def _shown(found: list[WebElement]) -> WebElement | None:
    return next((element for element in found if element.is_displayed() and element.is_enabled()), None)


@pytest.fixture
def driver() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with chromium(options) as driver:
        yield driver


def window(driver: webdriver.Chrome, stack: Stack, width: int, name: str) -> Window:
    driver.switch_to.new_window("tab")
    return Window(driver, stack.url, driver.current_window_handle, width, name)


def test_an_unanswered_question_becomes_an_answer_for_the_next_citizen(
    closed_desk: Stack, driver: webdriver.Chrome
) -> None:
    for name, role in (("林坐席", "agent"), ("王主任", "admin")):
        add_account(closed_desk, name, role)
    citizen = window(driver, closed_desk, 390, "citizen")
    staff = window(driver, closed_desk, 1280, "staff")
    no, code = ask_in_vain_and_log(citizen)
    transfer_and_reply(staff, no)
    see_the_reply_and_rate(citizen)
    see_it_on_the_status_page(window(driver, closed_desk, 390, "status"), no, code)
    draft_a_question_and_answer(staff, no)
    approve_and_publish(staff, no)
    be_answered(window(driver, closed_desk, 390, "next"))
    hear_that_it_is_known_now(citizen)
    errors = [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
    assert not errors


def ask_in_vain_and_log(citizen: Window) -> tuple[str, str]:
    citizen.open("")
    citizen.keep_picture("1-welcome")
    citizen.say(QUESTION)
    assert citizen.shows("没有找到")
    citizen.keep_picture("2-not-found")
    citizen.find("//*[@id='messages']//button[normalize-space()='登记诉求']").click()
    citizen.click("匿名")
    citizen.click("有答复通知我")
    assert citizen.shows("在这个对话里告诉您")
    citizen.keep_picture("3-summary")
    citizen.click("确认提交")
    assert citizen.shows("登记编号")
    citizen.keep_picture("4-receipt")
    return citizen.text_of(".receipt-no"), citizen.text_of(".receipt-code")


def transfer_and_reply(agent: Window, no: str) -> None:
    agent.log_in("林坐席", "desk")
    assert agent.shows("热线坐席台")
    agent.keep_picture("1-desk")
    agent.click("诉求")
    assert agent.shows(no)
    agent.keep_picture("2-queue")
    agent.click(no)
    assert agent.shows(QUESTION)
    agent.keep_picture("3-request")
    agent.find("//*[@id='act-transfer']//summary").click()
    agent.find("//*[@id='transfer-unit']").send_keys(UNIT)
    agent.find("//*[@id='act-transfer']//button[@type='submit']").click()
    assert agent.shows(f"已转办给{UNIT}")
    agent.keep_picture("4-transferred")
    agent.find("//*[@id='reply-text']").send_keys(REPLY)
    agent.find("//*[@id='act-reply']//button[@value='1']").click()
    assert agent.shows("已答复并办结")
    agent.keep_picture("5-replied")


def see_the_reply_and_rate(citizen: Window) -> None:
    citizen.say("你好")
    assert citizen.shows(REPLY)
    citizen.keep_picture("5-notice")
    citizen.click("满意")
    assert citizen.shows("您的评价“满意”已经记下")
    citizen.keep_picture("6-rated")


def see_it_on_the_status_page(visitor: Window, no: str, code: str) -> None:
    visitor.open("requests")
    visitor.type("no", no)
    visitor.type("code", code, Keys.ENTER)
    assert visitor.shows(REPLY)
    assert visitor.shows("已评价")
    visitor.keep_picture("1-found")


def draft_a_question_and_answer(agent: Window, no: str) -> None:
    agent.open(f"desk/requests/{no}")
    assert agent.shows("满意")
    agent.click("起草问答")
    assert agent.find("//*[@name='question']").get_attribute("value") == QUESTION
    agent.keep_picture("6-faq-draft")
    agent.click("保存，等管理员批准")
    assert agent.shows("等管理员批准")


def approve_and_publish(admin: Window, no: str) -> None:
    admin.log_in("王主任", "admin")
    assert admin.shows("概览")
    admin.keep_picture("7-admin")
    admin.open("admin/questions")
    admin.keep_picture("8-unanswered")
    admin.open("admin/faq?state=pending")
    admin.keep_picture("9-faq-list")
    admin.click(QUESTION)
    assert admin.shows(no)
    admin.keep_picture("10-faq-entry")
    admin.click("批准")
    assert admin.shows("已批准")
    admin.open("admin/refresh")
    admin.keep_picture("11-refresh")
    admin.click("发布")
    assert admin.shows("已发布", PUBLISH_S)
    admin.keep_picture("12-published")
    admin.open("admin/dashboard")
    admin.keep_picture("13-dashboard")


def be_answered(citizen: Window) -> None:
    citizen.open("")
    citizen.say(QUESTION)
    assert citizen.shows(REPLY)
    citizen.keep_picture("1-answered")


def hear_that_it_is_known_now(citizen: Window) -> None:
    """Without asking: whoever comes back to the page is told; the service looks every minute whom to tell."""
    coming_back = WebDriverWait(citizen.here(), TELL_S, 3, ignored_exceptions=[WebDriverException])
    assert coming_back.until(lambda _: _told_at_once(citizen))
    citizen.keep_picture("7-known-now")


def _told_at_once(citizen: Window) -> bool:
    citizen.open("")
    try:
        return citizen.shows("可以直接问到答案了", 2)
    except TimeoutException:
        return False
