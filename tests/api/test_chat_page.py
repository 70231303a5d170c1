"""The chat page in headless Chromium, as a citizen uses it, against a real server and a stand-in for Rasa."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pytest
from fastapi import FastAPI
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from api.accounts.staff import COMMAND_LINE
from api.app import create_app
from api.requests.ledger import NewRequest
from api.settings import Settings
from tests.api.browser import NEEDS_CHROMIUM, resize
from tests.api.served import listening
from tests.api.standins import CITATION, FixedKnowledge, KeywordAnswerer, RasaStandIn, sample_index

pytestmark = NEEDS_CHROMIUM
RECEIPT = {"no": "20261122-0007", "code": "K7PMQ2WX"}


@dataclass(frozen=True)
class Site:
    url: str
    rasa: RasaStandIn
    app: FastAPI


T = TypeVar("T")


class Page:
    """The page with the few gestures the tests need."""

    def __init__(self, driver: webdriver.Chrome, url: str) -> None:
        self.driver = driver
        self.url = url

    def open(self, path: str = "/") -> None:
        self.driver.get(self.url + path)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        return self.until(lambda: next(iter(self.all(selector)), None))

    def until(self, found: Callable[[], T | None]) -> T:
        return WebDriverWait(self.driver, 10, poll_frequency=0.05).until(lambda _: found() or False)  # type: ignore[return-value]

    def say(self, text: str) -> None:
        self.one("#text").send_keys(text, Keys.ENTER)

    def reply(self, number: int = 1) -> WebElement:
        """The ``number``-th bubble that is not the citizen's own."""
        selector = ".message:not(.message-user)"
        return self.until(lambda: found[number - 1] if len(found := self.all(selector)) >= number else None)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    rasa, knowledge = RasaStandIn(), FixedKnowledge(sample_index())
    settings = Settings(home=tmp_path_factory.mktemp("var"), rasa_port=rasa.port, rasa_timeout=5)
    app = create_app(settings, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))
    with listening(app) as url:
        yield Site(url, rasa, app)
    rasa.close()


@pytest.fixture(params=[390, 1280])
def page(request: pytest.FixtureRequest, driver: webdriver.Chrome, site: Site) -> Page:
    """A fresh conversation in which Rasa is down, so that the stand-in answers come through."""
    site.rasa.status, site.rasa.delay, site.rasa.body = 500, 0.0, []
    resize(driver, request.param)
    page = Page(driver, site.url)
    page.open()
    driver.execute_script("sessionStorage.clear()")
    page.open()
    driver.get_log("browser")
    return page


def test_an_example_is_asked_and_answered_with_its_source_folded(page: Page) -> None:
    page.one(".example").click()
    answer = page.reply()
    assert page.one(".message-user .text").text == "湖滨新区公开财政预算由哪个单位负责？"
    assert "由区财政局负责" in answer.text
    assert not page.one(".source-quote").is_displayed()
    page.one(".sources summary").click()
    assert page.one(".source-quote").is_displayed()
    source = page.one(".source").text
    for part in ("《2023年湖滨新区政务公开任务表》", "湖管办〔2023〕7号", "（一）财政", "第 1 项", "有效"):
        assert part in source
    assert [badge.text for badge in page.all(".badge")] == ["有效", "已废止"]
    page.one(".sources summary").click()
    assert not page.one(".source-quote").is_displayed()


def test_the_degraded_notice_is_shown_once(page: Page) -> None:
    page.say("财政预算谁负责")
    page.reply(2)
    page.say("财政预算什么时候公开")
    page.reply(3)
    assert page.one("#degraded").is_displayed()
    assert len(page.all(".message-notice")) == 1
    assert page.one(".message-notice .form-link").get_attribute("href").endswith("/request-form")


def test_tapping_an_option_asks_its_question(page: Page) -> None:
    page.say("领导信箱")
    page.one(".option").click()
    page.reply(3)
    assert [each.text for each in page.all(".message-user .text")] == ["领导信箱", "湖滨新区预算谁负责？"]


def test_a_related_question_is_asked_by_a_tap(page: Page) -> None:
    page.say("财政预算谁负责")
    page.one(".related-question").click()
    page.until(lambda: len(page.all(".message-user")) == 2 or None)
    assert page.all(".message-user .text")[1].text == "湖滨新区公开财政预算在哪里公开？"


def test_a_thumb_is_thanked_commented_and_taken_back(page: Page) -> None:
    page.say("财政预算谁负责")
    page.one(".thumb-down").click()
    assert "我们会改进" in page.one(".thanks").text
    page.one(".comment input").send_keys("单位不对", Keys.ENTER)
    page.until(lambda: not page.all(".comment") or None)
    page.one(".undo").click()
    page.one(".thumb-up").click()
    assert "谢谢您的评价" in page.one(".thanks").text


def test_a_logged_request_shows_its_number_and_code(page: Page, site: Site) -> None:
    site.rasa.status = 200
    site.rasa.body = [{"custom": {"kind": "request", "text": "已登记。", "request": RECEIPT}}]
    page.one("#log-request").click()
    assert page.one(".receipt-no").text == RECEIPT["no"]
    assert page.one(".receipt-code").text == RECEIPT["code"]
    assert site.rasa.received[-1]["message"] == "登记诉求"
    page.one(".copy").click()
    page.until(lambda: page.one(".copy").text != "复制编号和查询码" or None)
    page.one(".receipt a").click()
    assert page.one("#no").get_attribute("value") == RECEIPT["no"]


def test_without_conversations_a_request_is_logged_on_its_own_page(page: Page) -> None:
    page.say("财政预算谁负责")
    page.reply(2)
    page.one("#log-request").click()
    page.one("#content").send_keys("路灯不亮")
    page.one(".primary").click()
    code = page.one(".receipt-code").text
    page.one(".receipt a").click()
    page.one("#code").send_keys(code, Keys.ENTER)
    assert "已受理" in page.one(".result-no").text
    page.one(".bar-link").click()
    assert "由区财政局负责" in page.reply().text


def _press(page: Page, *keys: str) -> None:
    ActionChains(page.driver).send_keys(*keys).perform()


def _fits(page: Page) -> bool:
    width, room = page.driver.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    return bool(width <= room)


def test_a_request_is_logged_completed_and_rated_by_keyboard_on_pages_that_fit(page: Page, site: Site) -> None:
    page.open("/request-form")
    page.one("#content").send_keys("光明路" * 60 + "的路灯不亮")
    _press(page, Keys.TAB, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)  # past 由系统判断 and 咨询
    _press(page, Keys.TAB, "湖滨新区", Keys.TAB, "张女士", Keys.TAB, "13800138000", Keys.TAB, Keys.SPACE)
    assert _fits(page)
    _press(page, Keys.TAB, Keys.ENTER)
    facts = page.one(".receipt-facts").text
    assert "按“求助”办理" in facts and "会通知您" in facts
    no, code = page.one(".receipt-no").text, page.one(".receipt-code").text
    assert _fits(page)
    casework = site.app.state.services.casework
    casework.ask_correction(COMMAND_LINE, no, None, "请写明门牌号")
    page.one(".receipt a").click()
    page.one("#code").send_keys(code, Keys.ENTER)
    page.one("#text").send_keys("三号楼", Keys.TAB, Keys.ENTER)
    assert "补充的内容收到了" in page.one(".done").text
    casework.reply(COMMAND_LINE, no, None, "路灯已经修好。" * 40, "区城管局", close=False)
    page.open(f"/requests?no={no}")
    page.one("#code").send_keys(code, Keys.ENTER)
    levels = page.until(lambda: page.all(".levels button"))
    assert [level.text for level in levels] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    assert all(level.size["height"] >= 44 for level in levels) and _fits(page)
    page.one("#comment").send_keys("很快", Keys.TAB, Keys.TAB, Keys.ENTER)  # past 非常满意
    assert "您的评价\n满意" in page.until(lambda: page.one(".result").text if page.all(".done") else None)
    assert code not in page.driver.current_url
    assert page.driver.get_log("browser") == []


def test_sending_waits_for_the_reply(page: Page, site: Site) -> None:
    site.rasa.delay = 0.8
    page.say("财政预算谁负责")
    assert page.one("#typing").is_displayed()
    page.one("#text").send_keys("第二个问题", Keys.ENTER)
    assert not page.one("#send").is_enabled()
    assert len(page.all(".message-user")) == 1
    page.reply()
    assert page.one("#text").get_attribute("value") == "第二个问题"
    assert page.one("#send").is_enabled()


def test_a_failure_is_told_in_plain_words_and_retry_keeps_the_text(page: Page) -> None:
    page.say("系统故障")
    error = page.one(".message-error")
    assert "系统内部出错" in error.text
    page.one(".retry").click()
    page.until(lambda: page.all(".retry") or None)
    assert [each.text for each in page.all(".message-user .text")] == ["系统故障"]


def test_without_a_network_the_text_is_kept_for_another_try(page: Page) -> None:
    page.driver.execute_script("window.realFetch = window.fetch; window.fetch = () => Promise.reject(new TypeError())")
    page.say("财政预算谁负责")
    assert "网络" in page.one(".message-error").text
    page.driver.execute_script("window.fetch = window.realFetch")
    page.one(".retry").click()
    assert "由区财政局负责" in page.reply().text
    assert not page.all(".message-error")


def _replied(page: Page, site: Site) -> str:
    """The number of a request that was logged and replied to in the conversation of the page."""
    page.say("财政预算谁负责")
    page.reply(2)
    session = page.driver.execute_script("return JSON.parse(sessionStorage.getItem('policydesk.chat')).session")
    services = site.app.state.services
    no: str = services.ledger.log(NewRequest("路灯不亮", consent=True, session_id=session)).no
    services.casework.reply(COMMAND_LINE, no, None, "路灯已经修好。", "区城管局", close=True)
    return no


def _waiting(site: Site, no: str) -> bool:
    return bool(site.app.state.services.notices.waiting(no=no))


def _shown(page: Page, no: str) -> int:
    return sum(no in notice.text for notice in page.all(".message-notice"))


def test_a_reply_to_a_request_is_shown_though_the_response_with_it_was_lost(page: Page, site: Site) -> None:
    no = _replied(page, site)
    page.driver.execute_script(
        "window.realFetch = window.fetch;"
        "window.fetch = async (...asked) => { await window.realFetch(...asked); throw new TypeError(); }"
    )
    page.say("财政预算什么时候公开")
    page.one(".retry")
    assert (_shown(page, no), _waiting(site, no)) == (0, True)
    page.driver.execute_script("window.fetch = window.realFetch")
    page.one(".retry").click()
    page.until(lambda: not _waiting(site, no))
    assert _shown(page, no) == 1


def test_a_reply_to_a_request_is_shown_once_though_it_is_handed_out_twice(page: Page, site: Site) -> None:
    no = _replied(page, site)
    page.driver.execute_script(  # the look sets out before the turn that overtakes it, so to say
        "window.realFetch = window.fetch; window.again = 0;"
        "window.fetch = async (url, how) => {"
        "  if (!url.includes('handovers')) return realFetch(url, how);"
        "  const reply = await (await realFetch(url.replace(/seen_notice=\\d+/, 'seen_notice=0'), how)).json();"
        "  window.again += reply.notices.length;"
        "  return { ok: true, json: async () => reply };"
        "}"
    )
    page.say("财政预算什么时候公开")
    page.until(lambda: page.driver.execute_script("return window.again") or None)
    page.until(lambda: len(page.all(".message-answer")) == 2 or None)
    assert (_shown(page, no), _waiting(site, no)) == (1, True)
    page.open()
    page.until(lambda: not _waiting(site, no))
    assert _shown(page, no) == 1


def test_who_comes_back_to_the_page_sees_the_reply_to_a_request_once(page: Page, site: Site) -> None:
    no = _replied(page, site)
    for _ in range(2):
        page.open()
        page.until(lambda: not _waiting(site, no))
        assert _shown(page, no) == 1
    assert page.driver.get_log("browser") == []


def test_a_refused_question_goes_back_into_the_field(page: Page) -> None:
    # A character without width, which nobody sees and nothing can be asked with.
    fill = "arguments[0].value = '\\u200b'; arguments[0].dispatchEvent(new Event('input'))"
    page.driver.execute_script(fill, page.one("#text"))
    page.one("#send").click()
    assert "用文字" in page.one(".message-error").text
    assert not page.all(".retry")
    assert page.one("#text").get_attribute("value") == "\u200b"


def test_the_counter_warns_and_too_long_a_text_is_not_sent(page: Page) -> None:
    fill = "arguments[0].value = '长'.repeat(arguments[1]); arguments[0].dispatchEvent(new Event('input'))"
    page.driver.execute_script(fill, page.one("#text"), 450)
    assert page.one("#counter").text == "450/500"
    page.driver.execute_script(fill, page.one("#text"), 501)
    assert "超出 1 字" in page.one("#counter").text
    assert not page.one("#send").is_enabled()


def test_enter_belongs_to_the_input_method_while_it_composes(page: Page) -> None:
    page.one("#text").send_keys("财政预算")
    press = "arguments[0].dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: arguments[1]}))"
    page.driver.execute_script(press, page.one("#text"), True)
    assert not page.all(".message-user")
    page.driver.execute_script(press, page.one("#text"), False)
    page.reply()


def test_a_reload_keeps_the_conversation_and_a_new_one_starts_empty(page: Page) -> None:
    page.say("财政预算谁负责")
    page.reply(2)
    page.open()
    assert "由区财政局负责" in page.reply().text
    page.one("#new-chat").click()
    assert not page.all(".message")


def test_html_in_a_message_is_only_text(page: Page, site: Site) -> None:
    site.rasa.status = 200
    markup = "<img src=x onerror=alert(1)><b>粗</b>"
    site.rasa.body = [{"custom": {"kind": "answer", "text": markup, "options": [{"label": markup, "question": "x"}]}}]
    page.say(markup)
    assert markup in page.reply().text
    assert not page.all("#messages img, #messages b")


def test_the_page_fits_its_width_and_logs_no_error(page: Page) -> None:
    page.say("财政预算谁负责")
    page.reply(2)
    page.one(".sources summary").click()
    widths = page.driver.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]
    assert page.driver.get_log("browser") == []


def test_a_long_conversation_scrolls_under_a_header_that_stays(page: Page) -> None:
    for number in range(1, 5):
        page.say(f"财政预算谁负责{number}")
        page.until(lambda wanted=number: len(page.all(".message-answer")) == wanted or None)
    place = page.driver.execute_script(
        "const box = (id) => document.querySelector(id).getBoundingClientRect();"
        "const last = box('.message:last-child').bottom;"
        "return [box('.bar').top, box('.composer').bottom - innerHeight, last - box('main').bottom]"
    )
    assert place[0] == 0
    assert place[1] == 0
    assert place[2] <= 0


def test_messages_are_announced_and_controls_are_named(page: Page) -> None:
    log = page.one("#messages")
    assert (log.get_attribute("role"), log.get_attribute("aria-live")) == ("log", "polite")
    page.say("财政预算谁负责")
    page.reply()
    for control in page.all("button, textarea, summary, a"):
        if control.is_displayed():
            assert control.accessible_name, control.get_attribute("outerHTML")


def test_several_questions_are_answered_under_headings_with_their_own_sources(page: Page, site: Site) -> None:
    parts = [
        {"head": "一、预算由谁公开？", "question": "预算由谁公开", "kind": "answer", "confidence": 0.9, "cited": [0],
         "text": "由区财政局负责。\n（湖滨新区 · 预算）"},
        {"head": "二、养老金标准是多少？", "question": "养老金标准是多少", "kind": "not_found", "text": "没有找到。",
         "confidence": 0.0, "cited": []},
    ]  # fmt: skip
    told = "\n".join(f"{part['head']}\n{part['text']}" for part in parts)
    site.rasa.status = 200
    site.rasa.body = [
        {
            "custom": {
                "kind": "answer",
                "text": f"{told}\n第二个问题要不要帮您登记，由工作人员答复？",
                "parts": parts,
                "citations": [CITATION.model_dump(mode="json")],
                "options": [{"label": "登记诉求", "question": "登记诉求"}],
            }
        }
    ]
    page.say("预算由谁公开？养老金标准是多少？")
    page.reply()
    assert [head.text for head in page.all(".part-head")] == ["一、预算由谁公开？", "二、养老金标准是多少？"]
    first, second = page.all(".part")
    assert first.find_elements(By.CSS_SELECTOR, ".sources") and not second.find_elements(By.CSS_SELECTOR, ".sources")
    assert page.all(".bubble > .text")[-1].text == "第二个问题要不要帮您登记，由工作人员答复？"
    assert [option.text for option in page.all(".option")] == ["登记诉求"]
    assert page.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_a_link_to_the_whole_table_is_tapped_open(page: Page, site: Site) -> None:
    link = {"label": "查看全部3项的表格", "url": "tasks?region=湖滨新区"}
    site.rasa.status = 200
    site.rasa.body = [{"custom": {"kind": "list", "text": "共3项：", "link": link}}]
    page.say("湖滨新区任务有哪些")
    page.one(".page-link").click()
    assert page.one(".total").text == "共 3 项"
    assert page.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_a_comparison_is_shown_side_by_side_in_place_of_its_paragraphs(page: Page, site: Site) -> None:
    rows = [
        {"name": "牵头单位", "cells": ["区财政局", "县财政局", "没有找到"]},
        {"name": "要求", "cells": ["公开。" * 30] * 3},
    ]
    blocks = [f"【{name}】公开预算\n牵头单位：财政局\n（{name} · 文件）" for name in ("湖滨新区", "云岭县")]
    text = "\n".join([*blocks, "不同的是：牵头单位。"])
    table = {"columns": ["湖滨新区", "云岭县", "白鹭洲"], "rows": rows}
    site.rasa.status = 200
    site.rasa.body = [{"custom": {"kind": "compare", "text": text, "table": table}}]
    page.say("比较一下")
    assert [head.text for head in page.reply().find_elements(By.CSS_SELECTOR, "thead th")] == [
        "",
        "湖滨新区",
        "云岭县",
        "白鹭洲",
    ]
    assert [line.text for line in page.all(".message-compare .text")] == ["不同的是：牵头单位。"]
    assert page.one(".silent").text == "没有找到"
    assert page.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_where_one_field_was_asked_the_table_opens_on_a_tap(page: Page, site: Site) -> None:
    table = {"columns": ["湖滨新区", "云岭县"], "rows": [{"name": "牵头单位", "cells": ["区财政局", "县财政局"]}]}
    site.rasa.status = 200
    site.rasa.body = [{"custom": {"kind": "compare", "text": "湖滨新区：由区财政局牵头。", "table": table}}]
    page.say("比较一下")
    assert not page.one(".side-by-side").is_displayed()
    page.one(".sources summary").click()
    assert page.one(".side-by-side").is_displayed()
