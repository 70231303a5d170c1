"""Who may come in: calls that are signed, of our time, not seen before, and encrypted where a key is set."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from api.wechat.account import Account
from api.wechat.crypto import is_signed
from api.wechat.errors import SignatureWrong
from api.wechat.incoming import Incoming, read_message, read_xml, without_control_characters

WINDOW_S = 600.0
"""How far the time of a call may be off. The platform prescribes none; its retries come within 15 seconds."""
_REMEMBERED = 50_000
_LONGEST_ECHO = 200
_DELIVERIES = 4
"""The first and its retries carry one signature: so often the same call is taken, for the same message only."""


class Door:
    """``now`` gives Unix seconds."""

    def __init__(self, account: Account, now: Callable[[], float] = time.time) -> None:
        self._account = account
        self._now = now
        self._seen: OrderedDict[str, tuple[str, int]] = OrderedDict()
        self._lock = Lock()

    def echo(self, query: dict[str, str]) -> str:
        """What the platform wants back when the address is entered there: an official account its ``echostr`` as it is
        in every mode, an application its ``echostr`` decrypted. Raises SignatureWrong and MessageUnreadable."""
        given = query.get("echostr", "")
        if self._account.channel == "wechat" or self._account.cipher is None:
            self._require_signed(query, query.get("signature", ""))
            return given[:_LONGEST_ECHO]
        self._require_signed(query, query.get("msg_signature", ""), given)
        return self._account.cipher.decrypt(given)

    def let_in(self, body: bytes, query: dict[str, str]) -> Incoming:
        """Raises SignatureWrong and MessageUnreadable."""
        if self._account.cipher is None:
            given = query.get("signature", "")
            self._require_signed(query, given)
            message = body
        else:
            # Plain fields, as compatible mode sends beside the encrypted ones, are signed by nobody: not looked at.
            given, encrypted = query.get("msg_signature", ""), read_xml(body).get("Encrypt", "")
            self._require_signed(query, given, encrypted)
            message = self._account.cipher.decrypt(encrypted).encode()
        read = read_message(read_xml(without_control_characters(message)))
        self._require_first_or_retry(f"{query.get('timestamp')}:{query.get('nonce')}:{given}", read.key)
        return read

    def _require_signed(self, query: dict[str, str], given: str, *more: str) -> None:
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        self._require_recent(timestamp)
        if not is_signed(given, self._account.token, timestamp, nonce, *more):
            raise SignatureWrong

    def _require_recent(self, timestamp: str) -> None:
        is_number = timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12
        if not is_number or abs(self._now() - int(timestamp)) > WINDOW_S:
            raise SignatureWrong

    def _require_first_or_retry(self, call: str, key: str) -> None:
        """In plain mode the signature does not cover the body: without this, one call overheard could carry any. A
        process of its own remembers; a message that gets past another one is still answered once only, by its key."""
        with self._lock:
            known, times = self._seen.get(call, (key, 0))
            if known != key or times >= _DELIVERIES:
                raise SignatureWrong
            self._seen[call] = (key, times + 1)
            self._seen.move_to_end(call)
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
