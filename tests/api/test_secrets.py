"""Keys: made once, rotated without loss, never shown."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken

from api.errors import SecretKeyInvalid
from api.secrets import Secrets, new_key
from api.settings import Settings, SettingsInvalid, load_settings

OLDEST, OLD, NEW, HASHES = (digit * 64 for digit in "1234")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Secrets]:
    def open_with(**variables: str) -> Secrets:
        for name in ("SECRET_KEY", "OLD_SECRET_KEYS", "HASH_KEY"):
            monkeypatch.delenv(f"POLICYDESK_{name}", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(f"POLICYDESK_{name}", value)
        return Secrets.of(Settings(home=tmp_path))

    return open_with


def test_the_keys_are_made_once_and_readable_by_the_owner_alone(tmp_path: Path) -> None:
    first = Secrets.of(Settings(home=tmp_path / "new"))
    for file in ("secret.key", "hash.key"):
        assert (tmp_path / "new" / file).stat().st_mode & 0o777 == 0o600
    again = Secrets.of(Settings(home=tmp_path / "new"))
    assert again.decrypt(first.encrypt("13800138000")) == "13800138000"
    assert again.hash("session", "x") == first.hash("session", "x")
    assert (tmp_path / "new" / "secret.key").read_text() != (tmp_path / "new" / "hash.key").read_text()


def test_first_starts_at_once_share_the_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(Secrets.of, [Settings(home=tmp_path)] * 16))
    assert len({one.hash("session", "x") for one in made}) == 1
    assert {one.decrypt(made[0].encrypt("x")) for one in made} == {"x"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hash.key", "secret.key"]


def test_a_hash_depends_on_its_purpose_and_on_the_key(tmp_path: Path) -> None:
    one, other = Secrets.of(Settings(home=tmp_path / "one")), Secrets.of(Settings(home=tmp_path / "other"))
    assert len({one.hash("session", "x"), one.hash("request-code", "x"), other.hash("session", "x")}) == 3


@pytest.mark.parametrize("content", ["", "nonsense", "ab" * 31, "中文"])
@pytest.mark.parametrize("file", ["secret.key", "hash.key"])
def test_a_damaged_key_stops_the_start_and_is_not_replaced(tmp_path: Path, file: str, content: str) -> None:
    (tmp_path / file).write_text(content, "utf-8")
    with pytest.raises(SecretKeyInvalid, match="备份"):
        Secrets.of(Settings(home=tmp_path))
    assert (tmp_path / file).read_text("utf-8") == content


def test_an_installation_with_one_key_keeps_its_hashes(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text(OLD)
    before = Secrets([bytes.fromhex(OLD)], bytes.fromhex(OLD))
    now = Secrets.of(Settings(home=tmp_path))
    assert now.hash("request-code", "7KX9M2PQ") == before.hash("request-code", "7KX9M2PQ")
    assert now.decrypt(before.encrypt("13800138000")) == "13800138000"


def test_with_keys_in_the_environment_no_file_is_made(opened: Callable[..., Secrets], tmp_path: Path) -> None:
    secrets = opened(SECRET_KEY=NEW, HASH_KEY=HASHES)
    assert list(tmp_path.iterdir()) == []
    assert secrets.decrypt(secrets.encrypt("x")) == "x"
    assert secrets.hash("a", "x") == Secrets([bytes.fromhex(OLD)], bytes.fromhex(HASHES)).hash("a", "x")


def test_what_an_old_key_encrypted_is_read_and_renewed(opened: Callable[..., Secrets]) -> None:
    token = opened(SECRET_KEY=OLD).encrypt("13800138000")
    rotated = opened(SECRET_KEY=NEW, OLD_SECRET_KEYS=f"{OLD}, {OLDEST}")
    assert rotated.decrypt(token) == "13800138000"
    renewed = rotated.renewed(token)
    assert renewed is not None
    assert rotated.renewed(renewed) is None
    alone = opened(SECRET_KEY=NEW)
    assert alone.decrypt(renewed) == "13800138000"
    with pytest.raises(InvalidToken):
        alone.decrypt(token)
    with pytest.raises(InvalidToken):
        alone.renewed(token)


def test_the_file_counts_as_an_old_key_once_the_variable_is_set(opened: Callable[..., Secrets]) -> None:
    token = opened().encrypt("13800138000")
    assert opened(SECRET_KEY=NEW).decrypt(token) == "13800138000"


def test_hashes_outlive_every_rotation(opened: Callable[..., Secrets]) -> None:
    code = opened().hash("request-code", "7KX9M2PQ")
    assert opened(SECRET_KEY=NEW).hash("request-code", "7KX9M2PQ") == code
    assert opened(SECRET_KEY=OLDEST, OLD_SECRET_KEYS=NEW).hash("request-code", "7KX9M2PQ") == code


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POLICYDESK_SECRET_KEY", "0123456789abcdef" * 3),
        ("POLICYDESK_HASH_KEY", "geheim" * 12),
        ("POLICYDESK_OLD_SECRET_KEYS", f"{'5' * 64},5678"),
    ],
)
def test_a_wrong_key_stops_the_start_without_being_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.setenv("POLICYDESK_HOME", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    assert name in str(caught.value)
    assert "64 位十六进制数" in str(caught.value)
    assert not any(part in str(caught.value) for part in (value, value[:12], value[-4:]))


def test_settings_do_not_show_a_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = new_key()
    for name in ("SECRET_KEY", "OLD_SECRET_KEYS", "HASH_KEY"):
        monkeypatch.setenv(f"POLICYDESK_{name}", key)
    assert key not in repr(Settings(home=tmp_path))
