"""Headless Chromium, as the tests of the pages drive it.

With POLICYDESK_TEST_SCREENSHOTS set to a folder, pictures of the pages are kept there to look at.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.api.admin.staff import PASSWORDS

NEEDS_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (shutil.which("chromium") and shutil.which("chromedriver")),
        reason="chromium and chromedriver are not installed (apt-get install chromium chromium-driver)",
    ),
]
PICTURES = os.environ.get("POLICYDESK_TEST_SCREENSHOTS")
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@contextmanager
def chromium(options: webdriver.ChromeOptions | None = None) -> Iterator[webdriver.Chrome]:
    """With a profile of its own, beside whatever ``options`` ask for."""
    options = options or webdriver.ChromeOptions()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.binary_location = shutil.which("chromium") or ""
        driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
        try:
            yield driver
        finally:
            driver.quit()


def resize(driver: webdriver.Chrome, width: int, height: int = 800) -> None:
    """A window narrower than 500 is a telephone's."""
    sizes = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sizes)


def keep_picture(driver: webdriver.Chrome, name: str) -> None:
    if PICTURES:
        driver.save_screenshot(str(Path(PICTURES) / f"{name}.png"))


def log_in(driver: webdriver.Chrome, name: str, password: str) -> None:
    """On the page to log in, which is open; the one it leads to is on its way afterwards."""
    driver.find_element(By.NAME, "name").send_keys(name)
    driver.find_element(By.NAME, "password").send_keys(password, Keys.ENTER)


@dataclass(frozen=True)
class Browser:
    """At one width, on the pages of the site at ``url``."""

    driver: webdriver.Chrome
    url: str
    width: int

    def open(self, path: str) -> None:
        self.driver.get(self.url + path)
        self.keep_picture(path)

    def type(self, name: str, text: str, *keys: str) -> None:
        self.driver.find_element(By.NAME, name).send_keys(text, *keys)

    def click(self, text: str) -> None:
        self.driver.find_element(By.XPATH, f"//*[self::a or self::button][normalize-space()='{text}']").click()

    def shows(self, text: str) -> bool:
        """Once the page that is on its way has come."""
        waiting = WebDriverWait(self.driver, 10, 0.05, ignored_exceptions=[WebDriverException])
        return waiting.until(lambda driver: text in driver.find_element(By.TAG_NAME, "main").text)

    def log_in(self, name: str = "王主任") -> None:
        """To the console, with the password of an admin."""
        self.driver.delete_all_cookies()
        self.driver.get(f"{self.url}/admin/login?next=/admin")
        log_in(self.driver, name, PASSWORDS["admin"])
        assert self.shows("现用的知识版本")

    def keep_picture(self, name: str) -> None:
        """Of the page in its whole length."""
        if PICTURES:
            height = self.driver.execute_script("return document.documentElement.scrollHeight")
            resize(self.driver, self.width, max(800, height))
            keep_picture(self.driver, f"{self.width}{name.replace('/', '-')}")
            resize(self.driver, self.width)
