"""The cipher against a second implementation, and against every kind of damage."""

import base64
import random
import string
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.wechat.crypto import MessageCipher, decode_key, is_signed, signature
from api.wechat.errors import MessageUnreadable
from api.wechat.incoming import read_message, read_xml

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from wechatpy.crypto import WeChatCrypto
    from wechatpy.exceptions import InvalidSignatureException

LETTERS = "".join(random.Random(7).choices(string.ascii_letters + string.digits, k=43))
APPID = "wx5823bf96d3bd56c7"
TOKEN = "spamtest"
CIPHER = MessageCipher(decode_key(LETTERS), APPID)
THEIRS = WeChatCrypto(TOKEN, LETTERS, APPID)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=700)


# The message of the sample that Tencent hands out with 消息加解密 (WXBizMsgCrypt): made by them, not by us.
SAMPLE_KEY, SAMPLE_APPID = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx2c2769f8efd9abc2"
SAMPLE_SIGNED = ("5d197aaffba7e9b25a30732f161a50dee96bd5fa", "spamtest", "1409735669", "1320562132")
SAMPLE = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B"
    "5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA91"
    "2xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ"
    "4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)


def test_the_sample_message_of_the_platform_is_signed_and_read() -> None:
    assert is_signed(*SAMPLE_SIGNED, SAMPLE)
    message = MessageCipher(decode_key(SAMPLE_KEY), SAMPLE_APPID).decrypt(SAMPLE)
    read = read_message(read_xml(message.encode()))
    assert (read.kind, read.receiver, read["Content"]) == ("text", "gh_10f6c3c3ac5a", "abcdteT")
    assert (read.key, read.created) == (f"id:{read.sender}:6054768590064713728", 1409735668)


@pytest.mark.parametrize("seed", range(10))
def test_a_second_implementation_reads_ours_and_we_read_its_messages(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        text = "".join(chance.choices("政务公开<>&]]>\n\t😀abc019，。", k=chance.randrange(1, 400)))
        nonce, timestamp = str(chance.randrange(10**9)), "1409304348"
        encrypted = CIPHER.encrypt(text)
        signed = signature(TOKEN, timestamp, nonce, encrypted)
        theirs = THEIRS.decrypt_message({"Encrypt": encrypted}, signed, timestamp, nonce)
        assert (theirs.decode() if isinstance(theirs, bytes) else theirs) == text
        from_them = THEIRS.encrypt_message(text, nonce, timestamp)
        inner = from_them.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
        assert CIPHER.decrypt(inner) == text
    with pytest.raises(InvalidSignatureException):
        THEIRS.decrypt_message({"Encrypt": encrypted}, signed[::-1], timestamp, nonce)


@given(text=TEXTS)
def test_what_is_encrypted_is_read_again(text: str) -> None:
    assert CIPHER.decrypt(CIPHER.encrypt(text)) == text


@given(data=st.binary(max_size=300))
def test_whatever_is_no_message_is_refused_in_the_one_way(data: bytes) -> None:
    with pytest.raises(MessageUnreadable):
        CIPHER.decrypt(base64.b64encode(data).decode())


@pytest.mark.parametrize("damaged", ["", "不是base64", "AAAA", "====", "A" * 43])
def test_text_that_is_no_cipher_text_is_refused_in_the_same_way(damaged: str) -> None:
    with pytest.raises(MessageUnreadable) as caught:
        CIPHER.decrypt(damaged)
    assert caught.value.message == MessageUnreadable().message


def test_a_message_for_another_account_is_refused() -> None:
    with pytest.raises(MessageUnreadable):
        CIPHER.decrypt(MessageCipher(decode_key(LETTERS), "wx0000000000000000").encrypt("你好"))


@pytest.mark.parametrize("letters", ["", "短", "a" * 42, "a" * 44, "?" * 43])
def test_a_key_of_the_wrong_form_is_refused(letters: str) -> None:
    with pytest.raises(ValueError):
        decode_key(letters)


def test_a_signature_is_that_of_the_sorted_parts_and_compared_whole() -> None:
    right = signature("token", "1409304348", "xxxxxx")
    assert is_signed(right, "xxxxxx", "token", "1409304348")
    assert not is_signed(right[:-1], "token", "1409304348", "xxxxxx")
    assert not is_signed(right.upper(), "token", "1409304348", "xxxxxx")
    assert not is_signed("签名", "token", "1409304348", "xxxxxx")
