"""Signatures and encryption of the message callback, as Tencent's 消息加解密说明 describes them.

``signature = sha1(sorted and joined)``; AES-256-CBC with the first 16 bytes of the key as IV and PKCS#7 padding to 32
bytes; the plain text is 16 random bytes, the length of the message (4 bytes, big-endian), the message, the appid. CBC
protects nothing by itself: the signature over the cipher text does, so it is checked before anything is decrypted.
"""

import base64
import binascii
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from api.wechat.errors import MessageUnreadable

_BLOCK = 32  # of the padding; the cipher's own block is 16
_CIPHER_BLOCK = 16
_RANDOM = 16
_KEY_LETTERS = 43


def signature(*parts: str) -> str:
    """Of token, timestamp and nonce for the call itself; with the cipher text as fourth part for an encrypted body."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def is_signed(given: str, *parts: str) -> bool:
    return hmac.compare_digest(signature(*parts).encode(), given.encode())


def decode_key(letters: str) -> bytes:
    """The 43 letters of an EncodingAESKey as 32 bytes. Raises ValueError."""
    if len(letters) != _KEY_LETTERS:
        raise ValueError(f"{len(letters)} letters instead of {_KEY_LETTERS}")
    return base64.b64decode(letters + "=", validate=True)


class MessageCipher:
    """``appid`` closes every message: one meant for another account is not taken."""

    def __init__(self, key: bytes, appid: str) -> None:
        self._key = key
        self._appid = appid.encode()

    def encrypt(self, message: str) -> str:
        body = message.encode()
        plain = os.urandom(_RANDOM) + struct.pack(">I", len(body)) + body + self._appid
        missing = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()).decode()

    def decrypt(self, encrypted: str) -> str:
        """Raises MessageUnreadable, whatever the fault."""
        try:
            return self._message(self._plain(encrypted)).decode()
        except (ValueError, binascii.Error, struct.error, UnicodeDecodeError) as error:
            raise MessageUnreadable from error

    def _plain(self, encrypted: str) -> bytes:
        cipher_text = base64.b64decode(encrypted, validate=True)
        if not cipher_text or len(cipher_text) % _CIPHER_BLOCK:
            raise ValueError("length")
        decryptor = self._cipher().decryptor()
        return decryptor.update(cipher_text) + decryptor.finalize()

    def _message(self, padded: bytes) -> bytes:
        missing = padded[-1]
        if not 1 <= missing <= _BLOCK or padded[-missing:] != bytes([missing]) * missing:
            raise ValueError("padding")
        plain = padded[_RANDOM:-missing]
        (length,) = struct.unpack_from(">I", plain)
        message, appid = plain[4 : 4 + length], plain[4 + length :]
        if len(message) != length or not hmac.compare_digest(appid, self._appid):
            raise ValueError("length or appid")
        return message

    def _cipher(self) -> "Cipher[modes.CBC]":
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:_CIPHER_BLOCK]))
