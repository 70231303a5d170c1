"""argon2 hashes of passwords. The parameters are RFC 9106's for machines short of memory (64 MiB a hash)."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.profiles import RFC_9106_LOW_MEMORY

from api.accounts.names import LONGEST_PASSWORD, tidy_password

_AT_ONCE = 2
"""Hashes computed side by side in this process: 40 log-ins at once would take 2.5 GiB otherwise."""
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


class Passwords:
    """Slow on purpose; never called on the event loop."""

    def __init__(self, hasher: PasswordHasher = _HASHER) -> None:
        self._hasher = hasher
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._nobodys: str | None = None

    def hash(self, password: str) -> str:
        with self._turns:
            return self._hasher.hash(tidy_password(password))

    def matches(self, password: str, kept: str | None) -> bool:
        """With ``kept`` None, for an account that does not exist, the same work is done for nothing."""
        against = kept if kept is not None else self._hash_of_nobody()
        with self._turns:
            try:
                self._hasher.verify(against, tidy_password(password)[:LONGEST_PASSWORD])
            except (Argon2Error, InvalidHashError):
                return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether ``kept`` was made with other parameters than are used now."""
        return self._hasher.check_needs_rehash(kept)

    def _hash_of_nobody(self) -> str:
        if self._nobodys is None:
            self._nobodys = self.hash("nobody's password")
        return self._nobodys
