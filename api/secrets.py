"""The one secret of an installation and what is done with it: encrypt contacts, hash codes and session ids.

The key lies in ``<home>/secret.key`` (mode 0600). Losing it loses the contacts; it belongs in every backup.
"""

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet

from api.errors import SecretKeyInvalid

_KEY_BYTES = 32


class Secrets:
    """Each purpose gets its own key, derived from the master key, so that no hash helps against the encryption."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = Fernet(base64.urlsafe_b64encode(self._derive("contact")))

    @classmethod
    def in_home(cls, home: Path) -> "Secrets":
        """Read the key, or make one on the first start. Raises SecretKeyInvalid for a file that is no key."""
        path = home / "secret.key"
        home.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_key(path)
        return cls(_read_key(path))

    def encrypt(self, text: str) -> bytes:
        return self._cipher.encrypt(text.encode())

    def decrypt(self, token: bytes) -> str:
        return self._cipher.decrypt(token).decode()

    def hash(self, purpose: str, text: str) -> str:
        """64 hexadecimal digits, the same for the same text; useless for guessing without the key."""
        return hmac.new(self._derive(purpose), text.encode(), hashlib.sha256).hexdigest()

    def _derive(self, purpose: str) -> bytes:
        return hmac.new(self._key, f"policydesk:{purpose}".encode(), hashlib.sha256).digest()


def _make_key(path: Path) -> None:
    """Written aside and linked into place: of two first starts at once both get the key of one, and a start that dies
    halfway leaves none rather than half of one."""
    descriptor, draft = tempfile.mkstemp(prefix=".secret-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(_KEY_BYTES))
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
