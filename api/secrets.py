"""The keys of an installation and what is done with them: encrypt names and contacts, hash codes and identities.

Two masters, because they live differently:

encryption keys
    ``POLICYDESK_SECRET_KEY``, else ``<home>/secret.key`` (mode 0600, made on the first start when the variable is
    unset). Can be changed at any time: keys used before stand in ``POLICYDESK_OLD_SECRET_KEYS`` (a file that is still
    there counts as one) and still decrypt; ``policydesk keys rotate`` encrypts everything anew, and then they can go.
hash key
    ``POLICYDESK_HASH_KEY``, else ``<home>/hash.key``. It never changes. What was hashed (look-up codes, openids,
    telephone numbers) is not known in plain, so nothing could be hashed anew; with another key every code given out
    would be worthless. An installation from before there was a hash key takes its secret.key for one, so that its
    hashes stay good.

Losing the encryption keys loses the contacts, losing the hash key the look-up codes: both belong in every backup.
"""

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from api.errors import SecretKeyInvalid
from api.settings import Settings

_KEY_BYTES = 32
_SECRET_FILE, _HASH_FILE = "secret.key", "hash.key"


class Secrets:
    """Each purpose gets its own key, derived from a master, so that no hash helps against the encryption."""

    def __init__(self, keys: Sequence[bytes], hash_key: bytes) -> None:
        """``keys`` encrypt and decrypt: the newest first, which alone encrypts."""
        ciphers = [Fernet(base64.urlsafe_b64encode(_derived(key, "contact"))) for key in keys]
        self._newest, self._any = ciphers[0], MultiFernet(ciphers)
        self._hash_key = hash_key

    @classmethod
    def of(cls, settings: Settings) -> "Secrets":
        """Keys from the settings, else from the home folder, where they are made on the first start.
        Raises SecretKeyInvalid for a file that is no key."""
        home = settings.home
        home.mkdir(parents=True, exist_ok=True)
        hash_key = bytes.fromhex(settings.hash_key.get_secret_value()) if settings.hash_key else _hash_key(home)
        former = [bytes.fromhex(key) for key in settings.former_secret_keys]
        if settings.secret_key is None:
            return cls([_key_in(home / _SECRET_FILE), *former], hash_key)
        left = [_read_key(home / _SECRET_FILE)] if (home / _SECRET_FILE).exists() else []
        return cls([bytes.fromhex(settings.secret_key.get_secret_value()), *former, *left], hash_key)

    def encrypt(self, text: str) -> bytes:
        return self._newest.encrypt(text.encode())

    def decrypt(self, token: bytes) -> str:
        """Raises InvalidToken where none of the keys made ``token``."""
        return self._any.decrypt(token).decode()

    def readable(self, token: bytes | None) -> str | None:
        """None where nothing was kept, and where none of the keys made ``token``."""
        try:
            return self.decrypt(token) if token else None
        except InvalidToken:
            return None

    def renewed(self, token: bytes) -> bytes | None:
        """``token`` under the newest key, None where it is already. Raises InvalidToken where no key fits."""
        try:
            self._newest.decrypt(token)
        except InvalidToken:
            return self._any.rotate(token)
        return None

    def hash(self, purpose: str, text: str) -> str:
        """64 hexadecimal digits, the same for the same text; useless for guessing without the key."""
        return hmac.new(_derived(self._hash_key, purpose), text.encode(), hashlib.sha256).hexdigest()


def new_key() -> str:
    return secrets.token_hex(_KEY_BYTES)


def _derived(key: bytes, purpose: str) -> bytes:
    return hmac.new(key, f"policydesk:{purpose}".encode(), hashlib.sha256).digest()


def _hash_key(home: Path) -> bytes:
    former = home / _SECRET_FILE
    made = _read_key(former).hex() if former.exists() and not (home / _HASH_FILE).exists() else None
    return _key_in(home / _HASH_FILE, made)


def _key_in(path: Path, made: str | None = None) -> bytes:
    """The key in the file, which is made first where there is none."""
    if not path.exists():
        _write_key(path, made or new_key())
    return _read_key(path)


def _write_key(path: Path, key: str) -> None:
    """Written aside and linked into place: of two first starts at once both get the key of one, and a start that dies
    halfway leaves none rather than half of one."""
    descriptor, draft = tempfile.mkstemp(prefix=".secret-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()


def _read_key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except (ValueError, OSError) as error:
        raise SecretKeyInvalid(f"密钥文件 {path} 无法读取或内容损坏，请从备份恢复。") from error
    if len(key) != _KEY_BYTES:
        raise SecretKeyInvalid(f"密钥文件 {path} 长度不对，请从备份恢复。")
    return key
