"""Who may come in, at a time the test sets."""

import pytest

from api.wechat.account import Account
from api.wechat.crypto import MessageCipher, decode_key, signature
from api.wechat.door import WINDOW_S, Door
from api.wechat.errors import MessageUnreadable, SignatureWrong
from tests.api.wechat.conftest import AES_KEY, APPID, TOKEN

NOW = 1_760_000_000
CIPHER = MessageCipher(decode_key(AES_KEY), APPID)
PLAIN = (
    "<xml><ToUserName>gh</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime>"
    "<MsgType>text</MsgType><Content>{text}</Content><MsgId>{id}</MsgId></xml>"
)


def _door(*, with_key: bool) -> Door:
    cipher = CIPHER if with_key else None
    return Door(Account("wechat", TOKEN, APPID, "", cipher, "", 4.0, ""), now=lambda: NOW)


def _sealed(xml: str, at: float = NOW, nonce: str = "7") -> tuple[bytes, dict[str, str]]:
    encrypted, timestamp = CIPHER.encrypt(xml), str(int(at))
    query = {"timestamp": timestamp, "nonce": nonce, "signature": signature(TOKEN, timestamp, nonce)}
    query["msg_signature"] = signature(TOKEN, timestamp, nonce, encrypted)
    return f"<xml><Encrypt>{encrypted}</Encrypt></xml>".encode(), query


@pytest.mark.parametrize("off", [0, WINDOW_S, -WINDOW_S])
def test_a_call_of_our_time_comes_in(off: float) -> None:
    assert _door(with_key=True).let_in(*_sealed(PLAIN.format(text="你好", id=1), NOW + off))["Content"] == "你好"


@pytest.mark.parametrize("with_key", [True, False])
def test_control_characters_are_left_out_of_what_is_signed_and_a_dtd_is_refused_all_the_same(with_key: bool) -> None:
    def let_in(xml: str) -> str:
        body, query = _sealed(xml)
        return _door(with_key=with_key).let_in(body if with_key else xml.encode(), query)["Content"]

    assert let_in(PLAIN.format(text="公\x08开\x00目\ufffe录", id=1)) == "公开目录"
    with pytest.raises(MessageUnreadable):
        let_in('<!DOC\x08TYPE x [<!ENTITY e "y">]>' + PLAIN.format(text="&e;", id=2))


@pytest.mark.parametrize(
    "timestamp", [str(int(NOW - WINDOW_S - 1)), str(int(NOW + WINDOW_S + 1)), "", "-1", "１", "9" * 30]
)
def test_a_call_of_another_time_is_refused(timestamp: str) -> None:
    body, query = _sealed(PLAIN.format(text="你好", id=1))
    query |= {"timestamp": timestamp, "signature": signature(TOKEN, timestamp, "7")}
    with pytest.raises(SignatureWrong):
        _door(with_key=True).let_in(body, query)
    with pytest.raises(SignatureWrong):
        _door(with_key=True).echo(query | {"echostr": "1"})


def test_the_first_delivery_and_three_retries_come_in_and_no_more() -> None:
    door, call = _door(with_key=True), _sealed(PLAIN.format(text="你好", id=1))
    assert len({door.let_in(*call).key for _ in range(4)}) == 1
    with pytest.raises(SignatureWrong):
        door.let_in(*call)


def test_plain_fields_beside_the_encrypted_ones_are_not_looked_at() -> None:
    body, query = _sealed(PLAIN.format(text="真的", id=1))
    both = body.replace(b"<xml>", "<xml><Content>假的</Content><MsgType>text</MsgType>".encode())
    assert _door(with_key=True).let_in(both, query)["Content"] == "真的"


@pytest.mark.parametrize("body", [PLAIN.format(text="你好", id=1), "<xml><Encrypt/></xml>", "<xml/>"])
def test_with_a_key_a_signature_for_a_plain_body_opens_nothing(body: str) -> None:
    """The signature of an empty Encrypt is that of the plain call: still nothing comes in."""
    _, query = _sealed("")
    for given in ("", query["signature"], "0" * 40):
        with pytest.raises((SignatureWrong, MessageUnreadable)):
            _door(with_key=True).let_in(body.encode(), query | {"msg_signature": given})


def test_in_plain_mode_one_signature_carries_one_message() -> None:
    door, (_, query) = _door(with_key=False), _sealed("")
    assert door.let_in(PLAIN.format(text="一", id=1).encode(), query)["Content"] == "一"
    with pytest.raises(SignatureWrong):
        door.let_in(PLAIN.format(text="二", id=2).encode(), query)


def test_xml_nested_without_end_is_refused_or_read_and_breaks_nothing() -> None:
    deep = b"<a>" * 60_000 + b"</a>" * 60_000
    with pytest.raises((SignatureWrong, MessageUnreadable)):
        _door(with_key=True).let_in(b"<xml>" + deep[:200_000], _sealed("")[1])
    with pytest.raises((SignatureWrong, MessageUnreadable)):
        _door(with_key=False).let_in(b"<xml>" + b"<a>" * 30_000 + b"</a>" * 30_000 + b"</xml>", _sealed("")[1])
