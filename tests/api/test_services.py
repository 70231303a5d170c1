"""The parts of the service: opened one after the other, and closed whatever happens."""

import asyncio
import threading
from pathlib import Path

import pytest

from api.metrics import Metrics
from api.rule_file import RuleFileInvalid
from api.services import open_services
from api.settings import Settings
from tests.api.standins import FixedKnowledge, KeywordAnswerer


async def test_a_part_that_cannot_open_leaves_nothing_running(tmp_path: Path, knowledge: FixedKnowledge) -> None:
    menu = tmp_path / "menu.yml"
    menu.write_text("menu: []", "utf-8")  # refused by the part that opens last
    settings = Settings(home=tmp_path / "var", watch=str(tmp_path), wechat_token="token", wechat_menu=menu)
    with pytest.raises(RuleFileInvalid):
        async with open_services(settings, knowledge, KeywordAnswerer(knowledge), Metrics()):
            pytest.fail("opened")
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert "answer-log" not in {thread.name for thread in threading.enumerate()}
