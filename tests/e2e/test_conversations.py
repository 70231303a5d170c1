"""Whole conversations over real HTTP with the real API, Rasa and action server, on the default corpus."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.stack import REPOSITORY, Stack, models_folder

pytestmark = [pytest.mark.e2e, pytest.mark.rasa]


class Conversation:
    """One citizen; every text goes to the same session."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._session: str | None = None

    def say(self, text: str) -> list[dict[str, Any]]:
        reply: dict[str, Any] = self._stack.chat(text, self._session)
        self._session = reply["session_id"]
        assert reply["degraded"] is False
        assert 1 <= len(reply["messages"]) <= 3
        messages: list[dict[str, Any]] = reply["messages"]
        return messages


@pytest.fixture
def citizen(stack: Stack) -> Conversation:
    return Conversation(stack)


def test_a_question_goes_on_in_another_district_and_with_another_facet(citizen: Conversation) -> None:
    first = citizen.say("泰达出了舆情由谁牵头回应")[0]
    assert "办公室牵头" in first["text"]
    assert first["citations"][0]["region"] == "天津经济技术开发区"
    there = citizen.say("那济南呢")[0]
    assert {cited["region"] for cited in there["citations"]} == {"济南高新区"}
    deadline = citizen.say("时限呢")[0]
    assert "立行立改" in deadline["text"]
    assert deadline["citations"][0]["record_id"] == there["citations"][0]["record_id"]


@pytest.mark.parametrize("choice", ["第二个", "{label}", "{label}的"])
def test_a_question_without_a_place_is_asked_back_and_the_choice_answered(citizen: Conversation, choice: str) -> None:
    asked = citizen.say("政策解读由哪个单位负责")[0]
    assert asked["kind"] == "clarify"
    chosen = asked["options"][1]["label"]
    answer = citizen.say(choice.format(label=chosen))[0]
    assert answer["kind"] == "answer"
    assert answer["citations"][0]["region"] == chosen


def test_traditional_writing_and_a_misspelt_district_are_understood(citizen: Conversation) -> None:
    assert citizen.say("仲愷的教育信息由誰公開")[0]["citations"][0]["region"] == "惠州仲恺高新区"
    assert citizen.say("济南高薪区政务新媒体谁负责")[0]["citations"][0]["region"] == "济南高新区"


def test_what_is_not_in_the_base_is_refused_and_becomes_a_request(stack: Stack, citizen: Conversation) -> None:
    refused = citizen.say("泰达补办身份证要带什么材料")[0]
    assert refused["kind"] == "not_found"
    assert not refused["citations"]
    assert "登记诉求" in [option["label"] for option in refused["options"]]
    citizen.say("登记诉求")
    citizen.say("我想知道补办身份证要带哪些材料")
    citizen.say("不留")
    receipt = citizen.say("确认提交")[-1]["request"]
    with httpx.Client(base_url=stack.url, trust_env=False) as client:
        status = client.get(f"/v1/requests/{receipt['no']}", params={"code": receipt["code"]})
        assert status.status_code == 200
        assert client.get(f"/v1/requests/{receipt['no']}", params={"code": "AAAA2222"}).status_code == 404
    told = citizen.say(f"查一下 {receipt['no']} {receipt['code']}")[0]
    assert status.json()["status_label"] in told["text"]


def test_the_request_form_answers_a_question_and_goes_on(citizen: Conversation) -> None:
    citizen.say("我要反映问题")
    citizen.say("幸福小区门口的井盖坏了两个月没有人修")
    digression = citizen.say("对了 济南高新区会议公开由谁负责")
    assert digression[0]["citations"][0]["region"] == "济南高新区"
    assert digression[-1]["kind"] == "request"
    citizen.say("13800138000")
    assert "井盖" in citizen.say("不用通知")[-1]["text"]
    assert "已取消" in citizen.say("取消登记")[-1]["text"]


@pytest.mark.parametrize(
    ("text", "part"),
    [("着火了快救命", "119"), ("你好", "您好"), ("谢谢你啊", "不客气"), ("今天天气怎么样", "")],
)
def test_a_dialogue_act_is_not_searched_for(citizen: Conversation, text: str, part: str) -> None:
    reply = citizen.say(text)[0]
    assert reply["kind"] in ("smalltalk", "notice")
    assert part in reply["text"]
    assert not reply["citations"]


@pytest.mark.parametrize("text", ["/restart", "<script>alert(1)</script>", "SELECT * FROM request", "asdf qwer"])
def test_nonsense_and_commands_get_no_answer_from_the_documents(citizen: Conversation, text: str) -> None:
    assert not citizen.say(text)[0]["citations"]
    assert citizen.say("兰州新区财政信息公开由谁牵头")[0]["citations"]


def test_a_thumb_down_in_words_is_taken_for_the_last_answer(citizen: Conversation) -> None:
    citizen.say("兰州新区审计公开由谁牵头")
    assert "抱歉" in citizen.say("答错了")[0]["text"]


LEDGER = """序号,重点任务,具体举措,牵头部门,配合单位,完成时间,公开渠道
1,夜间公交信息公开,在站牌和客户端公布夜间公交的线路、首末班时间。,区交通局,区公交公司,2024年3月底前,区政府网站
2,校园午餐信息公开,每学期公布一次午餐供应单位和抽检结果。,区教育局,区市场监管局,每学期一次,学校公示栏
"""


def test_a_running_server_takes_up_a_published_document(stack: Stack, citizen: Conversation, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(LEDGER, encoding="utf-8")
    (tmp_path / "plan.meta.yaml").write_text("title: 云溪区2024年政务公开任务表\nregion: 云溪区\nyear: 2024\n", "utf-8")
    environment = os.environ | {"POLICYDESK_HOME": str(stack.home), "POLICYDESK_MODELS": str(models_folder())}
    command = [sys.executable, "-c", "from api.cli import app; app()", "refresh", str(tmp_path / "plan.csv")]
    with httpx.Client(base_url=stack.url, trust_env=False) as client:
        before = client.get("/readyz").json()["snapshot"]
        try:
            subprocess.run(command, cwd=REPOSITORY, env=environment, check=True, capture_output=True, timeout=120)
            deadline = time.monotonic() + 5
            while client.get("/readyz").json()["snapshot"] == before:
                assert time.monotonic() < deadline, "the published snapshot was not taken up within 5 s"
                time.sleep(0.1)
            answer = citizen.say("云溪区校园午餐信息公开由谁牵头")[0]
            assert "区教育局" in answer["text"]
            assert "每学期一次" in citizen.say("多久公布一次")[0]["text"]
        finally:
            restore = [*command[:3], "activate", before]
            subprocess.run(restore, cwd=REPOSITORY, env=environment, check=True, capture_output=True, timeout=60)
