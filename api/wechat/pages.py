"""Links to the whole of an answer: signed, and good for a few days."""

import hmac
import time
from collections.abc import Callable

from api.secrets import Secrets
from api.wechat.book import KEPT

_SIGNATURE = 32


class PageLinks:
    """``now`` gives Unix seconds."""

    def __init__(self, secrets: Secrets, public_url: str, now: Callable[[], float] = time.time) -> None:
        self._secrets = secrets
        self._public_url = public_url
        self._now = now

    def to(self, ticket: str) -> str:
        """Empty where no public address is set."""
        if not self._public_url:
            return ""
        signed = f"{ticket}.{int(self._now() + KEPT.total_seconds())}"
        return f"{self._public_url}/w/{signed}.{self._signature(signed)}"

    def ticket(self, token: str) -> str | None:
        """None for a link that is not ours or past its time."""
        signed, _, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(signed).encode(), signature.encode()):
            return None
        ticket, _, until = signed.rpartition(".")
        return ticket if until.isdecimal() and int(until) >= self._now() else None

    def _signature(self, signed: str) -> str:
        return self._secrets.hash("wechat-page", signed)[:_SIGNATURE]
