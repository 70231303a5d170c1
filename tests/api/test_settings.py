"""A wrong setting stops the start with its name, the value found and what was expected."""

from collections import Counter
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic_settings import BaseSettings

from api.serve.programs import program_environment
from api.settings import Settings, SettingsInvalid, load_settings, setting_names


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)


def test_defaults_serve_one_instance_under_the_working_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert settings.home == tmp_path / "var"
    assert settings.sqlalchemy_url == f"sqlite:///{tmp_path / 'var' / 'policydesk.db'}"
    assert (settings.host, settings.port, settings.rasa_url) == ("127.0.0.1", 8000, "http://127.0.0.1:5005")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("POLICYDESK_PORT", "八千", "1 到 65535 之间的整数"),
        ("POLICYDESK_PORT", "70000", "1 到 65535 之间的整数"),
        ("POLICYDESK_RASA", "也许", "true 或 false"),
        ("POLICYDESK_RASA_TIMEOUT", "-1", "秒数"),
        ("POLICYDESK_HOST", "http://x/", "主机名"),
        ("POLICYDESK_HOTLINE", "打电话", "电话号码"),
        ("POLICYDESK_KEEP_SNAPSHOTS", "0", "1 到 1000 之间的整数"),
        ("POLICYDESK_LOG_LEVEL", "loud", "debug、info、warning、error 之一"),
        ("DATABASE_URL", "mysql://root@db/x", "postgresql://"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    sentence = caught.value.problems[name]
    assert name in sentence
    assert f"“{value}”" in sentence
    assert expected in sentence


def test_every_wrong_setting_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYDESK_PORT", "x")
    monkeypatch.setenv("DATABASE_URL", "x")
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    assert set(caught.value.problems) == {"POLICYDESK_PORT", "DATABASE_URL"}


def test_two_services_cannot_share_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYDESK_PORT", "5055")
    with pytest.raises(SettingsInvalid, match=r"POLICYDESK_ACTIONS_PORT .*5055、5005、5055.*互不相同"):
        load_settings()


def test_a_file_cannot_be_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("POLICYDESK_HOME", str(tmp_path / "file"))
    with pytest.raises(SettingsInvalid, match="不能是文件"):
        load_settings()


def test_a_home_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYDESK_HOME", "/proc/nowhere")
    with pytest.raises(SettingsInvalid, match=r"POLICYDESK_HOME.*/proc/nowhere.*建不出来"):
        load_settings()


def test_an_empty_setting_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYDESK_HOTLINE", "")
    assert program_environment(load_settings())["POLICYDESK_HOTLINE"] == "12345"


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://clerk:s3cret@db/x")
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    assert "s3cret" not in str(caught.value)
    assert "mysql://clerk:***@db/x" in str(caught.value)


def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYDESK_PORT", "")
    assert load_settings().port == 8000


@pytest.mark.parametrize("url", ["postgres://a:b@h/d", "postgresql://a:b@h/d", "postgresql+psycopg://a:b@h/d"])
def test_every_way_to_write_a_postgresql_url_uses_psycopg(url: str, tmp_path: Path) -> None:
    assert Settings(home=tmp_path, database_url=url).sqlalchemy_url == "postgresql+psycopg://a:b@h/d"


def test_every_setting_says_what_it_is_and_what_it_expects() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert isinstance(field.json_schema_extra, dict), name
        assert field.json_schema_extra["expected"], name


@pytest.mark.parametrize(
    ("name", "value", "missing"),
    [
        ("POLICYDESK_WECOM_TOKEN", "abc", "POLICYDESK_WECOM_AGENT"),
        ("POLICYDESK_WECHAT_SECRET", "a" * 32, "POLICYDESK_WECHAT_APPID"),
    ],
)
def test_half_an_account_is_told_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, missing: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid, match=missing):
        load_settings()


def test_no_subject_replaces_a_setting_or_a_check_of_another() -> None:
    class Plain(BaseModel):
        field: int = 0

    names = Counter(
        name
        for subject in Settings.__bases__
        if subject is not BaseSettings
        for name in subject.model_fields.keys() | (vars(subject).keys() - vars(Plain).keys())
    )
    assert {"home", "_ports_differ", "rasa_url"} <= names.keys()
    assert [name for name, times in names.items() if times > 1] == []
