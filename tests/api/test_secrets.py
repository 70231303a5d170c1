from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.errors import SecretKeyInvalid
from api.secrets import Secrets


def test_the_key_is_made_once_and_readable_by_the_owner_alone(tmp_path: Path) -> None:
    first = Secrets.in_home(tmp_path / "new")
    path = tmp_path / "new" / "secret.key"
    assert path.stat().st_mode & 0o777 == 0o600
    again = Secrets.in_home(tmp_path / "new")
    assert again.decrypt(first.encrypt("13800138000")) == "13800138000"
    assert again.hash("session", "x") == first.hash("session", "x")


def test_first_starts_at_once_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(Secrets.in_home, [tmp_path] * 16))
    assert len({one.hash("session", "x") for one in made}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_hash_depends_on_its_purpose_and_on_the_key(tmp_path: Path) -> None:
    one, other = Secrets.in_home(tmp_path / "one"), Secrets.in_home(tmp_path / "other")
    assert len({one.hash("session", "x"), one.hash("request-code", "x"), other.hash("session", "x")}) == 3


@pytest.mark.parametrize("content", ["", "nonsense", "ab" * 31, "中文"])
def test_a_damaged_key_stops_the_start_and_is_not_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret.key").write_text(content, "utf-8")
    with pytest.raises(SecretKeyInvalid, match="备份"):
        Secrets.in_home(tmp_path)
    assert (tmp_path / "secret.key").read_text("utf-8") == content
