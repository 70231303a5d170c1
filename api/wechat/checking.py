"""What is right and wrong with the account's settings, found by trying them."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import httpx

from api.rule_file import RuleFileInvalid
from api.settings import Settings
from api.wechat.account import Account, official_account
from api.wechat.client import WechatClient, WechatRefused, WechatUnreachable
from api.wechat.crypto import MessageCipher, signature
from api.wechat.menu_file import read_menu

_TIMEOUT_S = 5.0
_ECHO = "4815162342"
_EVENT = (
    "<xml><ToUserName>check</ToUserName><FromUserName>check</FromUserName><CreateTime>{now}</CreateTime>"
    "<MsgType>event</MsgType><Event>policydesk_check</Event></xml>"
)
_ADVICE = {
    40013: "AppID 不对，请核对 POLICYDESK_WECHAT_APPID。",
    40125: "AppSecret 不对或已重置，请核对 POLICYDESK_WECHAT_SECRET。",
    40001: "AppSecret 不对，请核对 POLICYDESK_WECHAT_SECRET。",
    40164: "本机的出口 IP 不在白名单里：到公众平台“设置与开发”里添加，约 5 分钟后生效。",
    40243: "AppSecret 被冻结，请到公众平台解冻。",
    45009: "今天的接口调用次数用完了，明天恢复。",
    48001: "这个账号没有接口权限：订阅号和服务号要认证以后才能用菜单和客服消息。",
    50002: "账号被限制使用，请到公众平台查看通知。",
}


@dataclass(frozen=True, slots=True)
class Finding:
    is_good: bool
    text: str


async def findings(settings: Settings, menu: Path | None, local_url: str) -> AsyncIterator[Finding]:
    """One after the other, as they are found; the later ones need the earlier ones."""
    account = official_account(settings)
    if account is None:
        yield Finding(False, "没有设置 POLICYDESK_WECHAT_TOKEN：/wechat 不接收消息。")
        return
    yield Finding(True, "已设置 Token。")
    yield (
        Finding(True, "安全模式：只收加密的消息。")
        if account.cipher
        else Finding(False, "没有设置 POLICYDESK_WECHAT_AES_KEY：明文模式下签名不保护内容，正式使用请改用安全模式。")
    )
    yield await _callback(account, f"{local_url}/wechat", "本机的服务")
    if account.cipher:
        yield await _encrypted(account, account.cipher, f"{local_url}/wechat")
    if not account.public_url:
        yield Finding(False, "没有设置 POLICYDESK_PUBLIC_URL：长的回答不带“查看全文”的链接。")
    elif not account.public_url.startswith("https://"):
        yield Finding(False, f"POLICYDESK_PUBLIC_URL 是 {account.public_url}：微信里打开会提示不安全，请用 https。")
    else:
        yield await _callback(account, f"{account.public_url}/wechat", "对外的地址")
    try:
        read_menu(menu)
        yield Finding(True, "菜单文件正确。")
    except RuleFileInvalid as error:
        yield Finding(False, error.message)
    async for finding in _api(account):
        yield finding


async def _callback(account: Account, url: str, where: str) -> Finding:
    """The same call as the platform makes when the address is entered there."""
    timestamp, nonce = str(int(time.time())), "check"
    signed = signature(account.token, timestamp, nonce)
    query = {"signature": signed, "timestamp": timestamp, "nonce": nonce, "echostr": _ECHO}
    try:
        async with _client(url) as client:
            reply = await client.get(url, params=query)
    except httpx.HTTPError as error:
        why = f"连不上（{type(error).__name__}）：服务没有启动，或者地址、端口、防火墙不对。"
        return Finding(False, f"{where} {url} {why}")
    if reply.status_code == httpx.codes.NOT_FOUND:
        return Finding(False, f"{where} {url} 没有接收消息的地址：服务启动时没有设置 POLICYDESK_WECHAT_TOKEN。")
    if reply.status_code == httpx.codes.OK and reply.text == _ECHO:
        return Finding(True, f"{where} {url} 能通过公众平台的校验。")
    why = f"没有通过校验（HTTP {reply.status_code}）：正在运行的服务用的 Token 可能与这里不同。"
    return Finding(False, f"{where} {url} {why}")


async def _encrypted(account: Account, cipher: MessageCipher, url: str) -> Finding:
    """An event that nothing comes of, as the platform would send it."""
    timestamp, nonce, encrypted = (
        str(int(time.time())),
        token_hex(8),
        cipher.encrypt(_EVENT.format(now=int(time.time()))),
    )
    signed = signature(account.token, timestamp, nonce, encrypted)
    query = {"timestamp": timestamp, "nonce": nonce, "encrypt_type": "aes", "msg_signature": signed}
    try:
        async with _client(url) as client:
            reply = await client.post(url, params=query, content=f"<xml><Encrypt>{encrypted}</Encrypt></xml>")
    except httpx.HTTPError as error:
        return Finding(False, f"试发加密消息时连不上本机的服务（{type(error).__name__}）。")
    if reply.status_code == httpx.codes.OK:
        return Finding(True, "本机的服务能解开加密的消息。")
    why = "正在运行的服务用的 EncodingAESKey 或 AppID 与这里不同，改过设置后要重新启动服务。"
    return Finding(False, f"本机的服务解不开加密的消息（HTTP {reply.status_code}）：{why}")


def _client(url: str) -> httpx.AsyncClient:
    """This machine is not looked for through a proxy."""
    return httpx.AsyncClient(timeout=_TIMEOUT_S, trust_env="://127.0.0.1" not in url)


async def _api(account: Account) -> AsyncIterator[Finding]:
    if not account.secret:
        yield Finding(False, "没有设置 POLICYDESK_WECHAT_SECRET：不能发客服消息、通知和菜单，超时的回答用链接取。")
        return
    async with WechatClient(account) as client:
        try:
            await client.token()
        except WechatRefused as error:
            yield Finding(False, f"取不到 access_token（错误码 {error.code}）：{advice(error.code)}")
            return
        except WechatUnreachable:
            yield Finding(False, f"连不上 {account.api_base}：请检查本机能否访问外网、DNS 是否正常。")
            return
        yield Finding(True, "AppID 和 AppSecret 正确，能取到 access_token。")
        yield await _custom_messages(client)


async def _custom_messages(client: WechatClient) -> Finding:
    """Nobody has this openid: an account with the right is told so, one without it hears of the right first."""
    try:
        await client.show_typing("policydesk-check")
    except WechatRefused as error:
        if error.code in (48001, 40164, 45009):
            return Finding(False, f"不能发客服消息（错误码 {error.code}）：{advice(error.code)}超时的回答用链接取。")
    except WechatUnreachable:
        return Finding(False, "试客服消息接口时连不上公众平台，请稍后再查一次。")
    return Finding(True, "客服消息接口没有被拒绝。")


def advice(code: int) -> str:
    return _ADVICE.get(code, "请查公众平台的错误码说明。")
