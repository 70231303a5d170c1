"""The platform's API as it answers, and as it refuses."""

import asyncio
from collections.abc import Iterator
from unittest.mock import create_autospec

import httpx
import pytest

from api.wechat.account import Account, Channel
from api.wechat.book import MessageBook
from api.wechat.client import WechatClient, WechatRefused, WechatUnreachable, WecomClient
from api.wechat.delivery import Delivery
from api.wechat.pages import PageLinks
from tests.wechat_server import Platform


@pytest.fixture
def platform() -> Iterator[Platform]:
    running = Platform("", token="token", appid="wx1", secret="secret")
    yield running
    running.close()


def _client(platform: Platform) -> WechatClient:
    return WechatClient(Account("wechat", "token", "wx1", "secret", None, platform.url, 4.0, ""))


def _calls(platform: Platform, path: str) -> int:
    return sum(called == path for called, _ in platform.calls)


async def test_the_token_is_asked_for_once_however_many_need_it(platform: Platform) -> None:
    platform.followers["o1"].custom_left = 20
    async with _client(platform) as client:
        await asyncio.gather(*(client.send_text("o1", f"第{number}条") for number in range(10)))
    assert _calls(platform, "/cgi-bin/stable_token") == 1
    assert sorted(one.text for one in platform.followers["o1"].shown) == sorted(f"第{number}条" for number in range(10))


async def test_a_token_that_has_run_out_there_is_renewed_once(platform: Platform) -> None:
    platform.followers["o1"].custom_left = 20
    async with _client(platform) as client:
        await client.send_text("o1", "一")
        platform.expire_tokens()
        await client.send_text("o1", "二")
    assert [one.text for one in platform.followers["o1"].shown] == ["一", "二"]
    assert _calls(platform, "/cgi-bin/stable_token") == 2


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_token_that_stays_wrong_is_not_asked_for_without_end(platform: Platform, code: int) -> None:
    platform.refuse["/cgi-bin/message/custom/send"] = code
    async with _client(platform) as client:
        for _ in range(3):
            with pytest.raises(WechatRefused) as caught:
                await client.send_text("o1", "一")
            assert caught.value.code == code
    forced = [body for path, body in platform.calls if path == "/cgi-bin/stable_token" and body["force_refresh"]]
    assert len(forced) == 1  # the platform allows it every 30 seconds
    assert _calls(platform, "/cgi-bin/message/custom/send") == 6


@pytest.mark.parametrize("code", [45015, 45047, 45002, 45009, 48001, 40164])
async def test_other_refusals_are_told_and_not_tried_again(platform: Platform, code: int) -> None:
    platform.refuse["/cgi-bin/message/custom/send"] = code
    async with _client(platform) as client:
        with pytest.raises(WechatRefused) as caught:
            await client.send_text("o1", "一")
    assert caught.value.code == code
    assert _calls(platform, "/cgi-bin/message/custom/send") == 1


async def test_an_address_not_on_the_white_list_is_told_when_the_token_is_asked_for(platform: Platform) -> None:
    platform.refuse["/cgi-bin/stable_token"] = 40164
    async with _client(platform) as client:
        with pytest.raises(WechatRefused, match="40164"):
            await client.send_text("o1", "一")


async def _against(answers: list[httpx.Response | Exception]) -> tuple[int, Exception | None]:
    """How many calls of the message API were made, and what came of it."""
    calls = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal calls
        if request.url.path == "/cgi-bin/stable_token":
            return httpx.Response(200, json={"access_token": "t", "expires_in": 7200})
        calls += 1
        given = answers[min(calls, len(answers)) - 1]
        if isinstance(given, Exception):
            raise given
        return given

    account = Account("wechat", "token", "wx1", "secret", None, "http://platform", 4.0, "")
    async with WechatClient(account, httpx.MockTransport(answer)) as client:
        try:
            await client.send_text("o1", "一")
        except (WechatRefused, WechatUnreachable) as error:
            return calls, error
    return calls, None


@pytest.mark.parametrize(
    ("answers", "calls", "fails"),
    [
        ([httpx.Response(200, json={"errcode": -1}), httpx.Response(200, json={"errcode": 0})], 2, False),
        ([httpx.Response(200, json={"errcode": -1})], 3, True),
        ([httpx.Response(502), httpx.Response(200, json={"errcode": 0})], 2, False),
        ([httpx.ConnectError("no way there"), httpx.Response(200, json={"errcode": 0})], 2, False),
        ([httpx.ReadTimeout("it may have arrived")], 1, True),
        ([httpx.Response(200, text="<html>")], 1, True),
        ([httpx.Response(200, json=[0])], 1, True),
        ([httpx.Response(200, json={"errcode": "none"})], 1, True),
    ],
)
async def test_a_message_is_sent_again_only_where_it_cannot_have_arrived(
    monkeypatch: pytest.MonkeyPatch, answers: list[httpx.Response | Exception], calls: int, fails: bool
) -> None:
    monkeypatch.setattr("api.wechat.client._PAUSE_S", 0.0)
    made, error = await _against(answers)
    assert (made, isinstance(error, WechatUnreachable)) == (calls, fails)


@pytest.mark.parametrize("channel", ["wechat", "wecom"])
@pytest.mark.parametrize(
    "answer",
    [
        "<html>",
        "[]",
        "null",
        '"ok"',
        "{}",
        '{"expires_in": 7200}',
        '{"access_token": null}',
        '{"access_token": "t", "expires_in": "soon"}',
        '{"errcode": "none"}',
        '{"errcode": [1]}',
    ],
)
async def test_an_answer_that_is_no_token_is_as_good_as_none(channel: Channel, answer: str) -> None:
    account = Account(channel, "token", "wx1", "secret", None, "http://platform", 4.0, "")
    kind = WecomClient if channel == "wecom" else WechatClient
    async with kind(account, httpx.MockTransport(lambda _: httpx.Response(200, text=answer))) as client:
        with pytest.raises(WechatUnreachable):
            await client.token()


@pytest.mark.parametrize(
    ("code", "opens"), [(0, True), (45080, True), (45081, True), (48001, False), (45011, False), (-1, False)]
)
async def test_messages_are_promised_once_the_api_has_taken_something_and_anew_after_a_closure(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, code: int, opens: bool
) -> None:
    monkeypatch.setattr("api.wechat.client._PAUSE_S", 0.0)
    now, typing = 1000.0, "/cgi-bin/message/custom/typing"

    async def tried_out() -> str:
        tried = _calls(platform, typing)
        delivery.try_out("o1")
        for _ in range(50):
            await asyncio.sleep(0.01)
            if _calls(platform, typing) > tried and delivery.way_for_late() == "custom":
                break
        return delivery.way_for_late()

    async with _client(platform) as client:
        delivery = Delivery(create_autospec(MessageBook), client, create_autospec(PageLinks), clock=lambda: now)
        assert delivery.way_for_late() == "link"
        platform.refuse[typing] = code
        assert (await tried_out() == "custom") == opens
        platform.refuse["/cgi-bin/message/custom/send"] = 45011
        assert await delivery.send("identity", "o1", lambda _most: "一") == "closed"
        now += 60
        assert delivery.way_for_late() == "link"
        platform.refuse.clear()
        assert (await tried_out() == "custom") == (code != 48001)


async def test_menu_template_and_notice_reach_the_platform(platform: Platform) -> None:
    async with _client(platform) as client:
        await client.create_menu({"button": [{"type": "click", "name": "问", "key": "问"}]})
        await client.send_template("o1", "T1", {"thing1": "有答复了"}, "https://example.com/")
        await client.send_notice("o1", "T2", {"thing1": "要补充"}, "https://example.com/")
    assert platform.menu == {"button": [{"type": "click", "name": "问", "key": "问"}]}
    assert ["有答复了" in one.text or "要补充" in one.text for one in platform.followers["o1"].shown] == [True, True]
