"""Citizen and agent talk: two windows of headless Chromium against one server."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from api.accounts.staff import COMMAND_LINE
from api.app import create_app
from api.services import Services
from api.settings import Settings
from tests.api.admin.staff import PASSWORDS
from tests.api.browser import NEEDS_CHROMIUM, keep_picture, log_in, resize
from tests.api.served import listening
from tests.api.standins import FixedKnowledge, KeywordAnswerer, sample_index

pytestmark = NEEDS_CHROMIUM


@dataclass(frozen=True)
class Window:
    """One tab of the browser, at the width its user has."""

    driver: webdriver.Chrome
    handle: str
    width: int

    def here(self) -> webdriver.Chrome:
        self.driver.switch_to.window(self.handle)
        resize(self.driver, self.width)
        return self.driver

    def open(self, url: str) -> None:
        self.here().get(url)

    def keys(self, *keys: str) -> None:
        self.here().switch_to.active_element.send_keys(*keys)

    def click(self, text: str) -> None:
        self.here().find_element(By.XPATH, f"//button[normalize-space()='{text}']").click()

    def shows(self, text: str, within: str = "body") -> bool:
        driver = self.here()
        waiting = WebDriverWait(driver, 15, 0.1, ignored_exceptions=[WebDriverException])
        return waiting.until(lambda _: text in driver.find_element(By.CSS_SELECTOR, within).text)

    def focused(self) -> str:
        return str(self.here().switch_to.active_element.get_attribute("id"))

    def overflows(self) -> bool:
        return bool(self.here().execute_script("return document.documentElement.scrollWidth > innerWidth"))

    def keep_picture(self, name: str) -> None:
        keep_picture(self.here(), f"handover-{self.width}-{name}")


@dataclass(frozen=True)
class Site:
    url: str
    services: Services


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    knowledge = FixedKnowledge(sample_index())
    settings = Settings(home=tmp_path_factory.mktemp("var"), rasa=False, service_hours="全天")
    app = create_app(settings, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))
    with listening(app) as url:
        services: Services = app.state.services
        services.accounts.add(COMMAND_LINE, "王坐席", "agent", PASSWORDS["agent"])
        yield Site(url, services)


@pytest.fixture(params=[(390, 1280), (1280, 1920)])
def windows(request: pytest.FixtureRequest, driver: webdriver.Chrome, site: Site) -> tuple[Window, Window]:
    """The citizen's and the agent's, who is logged in. Each is a tab with a conversation of its own."""
    citizen, agent = (_window(driver, width) for width in request.param)
    agent.open(f"{site.url}/admin/login?next=/desk/handovers")
    if "admin/login" in agent.here().current_url:
        log_in(agent.here(), "王坐席", PASSWORDS["agent"])
    agent.open(f"{site.url}/desk/handovers")
    assert agent.shows("现在没有人在等")
    driver.get_log("browser")
    return citizen, agent


def _window(driver: webdriver.Chrome, width: int) -> Window:
    driver.switch_to.new_window("tab")
    return Window(driver, driver.current_window_handle, width)


def _say(citizen: Window, text: str) -> None:
    citizen.here().find_element(By.ID, "text").send_keys(text, Keys.ENTER)


def test_citizen_and_agent_talk_and_the_agent_needs_no_mouse(windows: tuple[Window, Window], site: Site) -> None:
    citizen, agent = windows
    citizen.open(site.url)
    _say(citizen, "信箱没人回")
    assert citizen.shows("您想问哪个地区")
    site.services.log.flush()
    citizen.click("转人工")
    assert citizen.shows("正在等待人工，您排在第一位", "#handover")
    citizen.keep_picture("1-waiting")

    assert agent.shows("信箱没人回", '[data-group="waiting"]')
    assert agent.here().title.startswith("(1) ")
    agent.keys("n")
    assert agent.shows("信箱没人回", "#lines")
    agent.keep_picture("2-before")
    agent.keys(Keys.ENTER)
    assert agent.shows("坐席已接入", "#lines")
    assert agent.focused() == "text"

    assert citizen.shows("坐席已接入", "#handover")
    agent.keys("您好，请问是哪个区的信箱？", Keys.ENTER)
    assert agent.shows("请问是哪个区的信箱", "#lines")
    assert citizen.shows("您好，请问是哪个区的信箱？", ".message-agent")
    assert citizen.shows("人工", ".message-agent .person-tag")
    assert "王坐席" not in citizen.here().find_element(By.TAG_NAME, "body").text

    citizen.here().refresh()
    assert citizen.shows("坐席已接入", "#handover")
    assert citizen.here().page_source.count("请问是哪个区的信箱") == 1
    _say(citizen, "湖滨新区的，电话13800138000")
    assert agent.shows("湖滨新区的，电话〔手机号〕", ".line-citizen:last-of-type")
    agent.keep_picture("3-talking")
    citizen.keep_picture("3-talking")
    assert not agent.overflows()
    assert not citizen.overflows()

    citizen.click("结束人工")
    assert citizen.shows("已退出人工服务")
    assert not citizen.here().find_element(By.ID, "handover").is_displayed()
    assert agent.shows("对话已结束", "#state")
    assert [entry for entry in agent.driver.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_what_the_agent_wrote_last_is_seen_after_the_end(windows: tuple[Window, Window], site: Site) -> None:
    citizen, agent = windows
    citizen.open(site.url)
    citizen.click("转人工")
    assert agent.shows("刚到", '[data-group="waiting"]')
    agent.keys("n")
    assert agent.shows("接入", ".take")
    agent.keys(Keys.ENTER)
    assert agent.shows("坐席已接入", "#lines")
    agent.keys("已经处理好了", Keys.ENTER)
    assert agent.shows("已经处理好了", "#lines")
    agent.click("结束对话")
    assert agent.shows("我刚结束的")
    assert citizen.shows("坐席已结束本次人工服务")
    assert citizen.shows("已经处理好了", ".message-agent")
    assert not citizen.here().find_element(By.ID, "handover").is_displayed()
    _say(citizen, "财政预算谁负责")
    assert citizen.shows("由区财政局负责")
