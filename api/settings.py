"""Every setting of the service, read from the environment once at the start.

A wrong value stops the start: :func:`load_settings` raises :class:`SettingsInvalid` with one Chinese sentence for each
wrong setting that gives its name, the value found and what was expected. Passwords in URLs are never shown.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, Self, get_args

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.service_hours import ServiceHoursWrong, parsed

ENV_PREFIX = "POLICYDESK_"
_PASSWORD_IN_URL = re.compile(r"(?<=://)([^/@\s]*:)([^/\s]+)(?=@)")
_KEY = re.compile(r"[0-9a-fA-F]{64}")
_APPLICATION = ("wecom_token", "wecom_aes_key", "wecom_corpid", "wecom_secret", "wecom_agent")
_DATABASE_SCHEMES = ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")


class SettingsInvalid(ValueError):
    """``problems`` maps the name of each wrong environment variable to one Chinese sentence."""

    code = "settings_invalid"

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("\n".join(problems.values()))
        self.problems = problems


def _setting(default: Any, description: str, expected: str, *, secret: bool = False, **bounds: Any) -> Any:
    """A field whose ``expected`` (Chinese) is what a wrong value is answered with; a ``secret`` one is never shown."""
    return Field(default, description=description, json_schema_extra={"expected": expected, "secret": secret}, **bounds)


class Settings(BaseSettings):
    """Defaults serve one instance on one machine; every field can be set by its environment variable."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_ignore_empty=True, frozen=True, populate_by_name=True, extra="forbid"
    )

    home: Path = _setting(
        Path("var"),
        "Folder of all state: snapshots, models, database, key. Relative to the working directory.",
        "一个文件夹的路径（可以尚不存在，但不能是文件）",
    )
    models: Path | None = _setting(
        None,
        "Folder of built models; several instances may share one. Unset: the folder models under home.",
        "一个文件夹的路径（可以尚不存在，但不能是文件）",
    )
    rasa_venv: Path = _setting(
        Path(".venv-rasa"),
        "Python 3.10 environment that Rasa and the action server run in. Relative to the checkout.",
        "一个装有 rasa 的虚拟环境文件夹的路径",
    )
    host: str = _setting(
        "127.0.0.1",
        "Address the API listens on.",
        "本机的一个 IP 地址或主机名，例如 127.0.0.1 或 0.0.0.0",
        pattern=r"^[A-Za-z0-9.:_-]{1,253}$",
    )
    port: int = _setting(8000, "Port of the API.", "1 到 65535 之间的整数", ge=1, le=65535)
    rasa_port: int = _setting(5005, "Loopback port of the Rasa server.", "1 到 65535 之间的整数", ge=1, le=65535)
    actions_port: int = _setting(
        5055, "Loopback port of the Rasa action server.", "1 到 65535 之间的整数", ge=1, le=65535
    )
    rasa: bool = _setting(
        True, "Chat goes through Rasa; when false the API answers single questions itself.", "true 或 false"
    )
    rasa_timeout: float = _setting(
        9.0,
        "Seconds to wait for Rasa before the API answers directly; longer than Rasa's own 8 s response time-out.",
        "0.1 到 60 之间的秒数",
        ge=0.1,
        le=60,
    )
    encoder: str = _setting(
        "bundled",
        "Sentence encoder: 'bundled', or the name or path of a sentence-transformers model.",
        "bundled，或 sentence-transformers 模型的名称、路径",
        min_length=1,
        max_length=500,
    )
    hotline: str = _setting(
        "12345",
        "Telephone number citizens are pointed to for a person.",
        "3 到 20 位的电话号码（数字、短横线、空格或加号）",
        pattern=r"^\+?[0-9][0-9 -]{2,19}$",
    )
    keep_snapshots: int = _setting(
        5, "Number of knowledge snapshots kept for rollback.", "1 到 1000 之间的整数", ge=1, le=1000
    )
    gate_margin: float = _setting(
        0.02,
        "Share of the golden questions that a new version may answer worse than the one that serves.",
        "0 到 1 之间的小数",
        ge=0,
        le=1,
    )
    watch: str = _setting(
        "",
        "Folders whose new and changed files are published by themselves, separated by ':'. Empty: none.",
        "已有文件夹的路径，多个之间用英文冒号隔开",
    )
    watch_seconds: float = _setting(
        30.0, "Seconds between looks into the watched folders.", "1 到 86400 之间的秒数", ge=1, le=86_400
    )
    refresh_at: str = _setting(
        "",
        "Time of day, Chinese time, at which the watched folders are read anew whatever they look like. Empty: never.",
        "03:30 这样的时刻，可以留空",
        pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$",
    )
    max_upload_mb: int = _setting(
        64, "Largest document taken by upload, in megabytes.", "1 到 64 之间的整数", ge=1, le=64
    )
    snapshot_poll: float = _setting(
        1.0, "Seconds between looks for a newly published snapshot.", "0.05 到 5 之间的秒数", ge=0.05, le=5
    )
    answer_threads: int = _setting(
        2, "Threads that compute answers; more than the cores brings nothing.", "1 到 64 之间的整数", ge=1, le=64
    )
    max_body_bytes: int = _setting(
        65_536,
        "Largest request body taken, in bytes.",
        "1024 到 104857600 之间的整数（字节）",
        ge=1024,
        le=104_857_600,
    )
    requests_per_hour: int = _setting(
        20,
        "Requests one client address may log in an hour.",
        "1 到 100000 之间的整数",
        ge=1,
        le=100_000,
    )
    deadlines: Path | None = _setting(
        None,
        "File with the time limits of requests by place and kind. Unset: the examples that are shipped.",
        "一个已有文件的路径，格式见 docs/requests.md",
    )
    holidays: Path | None = _setting(
        None,
        "File with days off and make-up working days of years whose calendar the service does not know yet.",
        "一个已有文件的路径，格式见 docs/requests.md",
    )
    service_hours: str = _setting(
        "工作日 09:00-17:00",
        "When people answer at the desk, Chinese time: 每天, 工作日 or 全天, with spans as 09:00-12:00,13:30-17:00.",
        "“工作日 09:00-12:00,13:30-17:00”“每天 08:30-20:00”这样的写法，或“全天”",
        max_length=200,
    )
    public_url: str = _setting(
        "",
        "Address of this service as citizens reach it, for links in messages. Empty: no such links.",
        "https://域名 或 https://域名/路径，可以留空",
        pattern=r"^(https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[\w./~-]*)?)?$",
    )
    wechat_token: str = _setting(
        "",
        "Token of the official account's callback, 3 to 32 letters and digits. Empty: no callback at /wechat.",
        "3 到 32 位字母或数字，与公众平台上填写的一致",
        secret=True,
        pattern=r"^([A-Za-z0-9]{3,32})?$",
    )
    wechat_aes_key: str = _setting(
        "",
        "EncodingAESKey of the official account. When set, only encrypted messages are taken (安全模式).",
        "43 位字母或数字，与公众平台上填写的一致",
        secret=True,
        pattern=r"^([A-Za-z0-9]{43})?$",
    )
    wechat_appid: str = _setting(
        "", "AppID of the official account.", "wx 开头的 18 位字母或数字", pattern=r"^(wx[A-Za-z0-9]{16})?$"
    )
    wechat_secret: str = _setting(
        "",
        "AppSecret of the official account. Empty: only replies, no messages of ours.",
        "32 位字母或数字",
        secret=True,
        pattern=r"^([A-Za-z0-9]{32})?$",
    )
    wechat_api_base: str = _setting(
        "https://api.weixin.qq.com",
        "Address of the platform's API.",
        "https://域名",
        pattern=r"^https?://[A-Za-z0-9.:-]+/?$",
    )
    wecom_token: str = _setting(
        "",
        "Token of an application of 企业微信. Empty: no callback at /wecom.",
        "3 到 32 位字母或数字，与管理后台上填写的一致",
        secret=True,
        pattern=r"^([A-Za-z0-9]{3,32})?$",
    )
    wecom_aes_key: str = _setting(
        "",
        "Its EncodingAESKey.",
        "43 位字母或数字，与管理后台上填写的一致",
        secret=True,
        pattern=r"^([A-Za-z0-9]{43})?$",
    )
    wecom_corpid: str = _setting("", "The corpid.", "ww 开头的企业 ID", pattern=r"^(w[wx][A-Za-z0-9]{8,32})?$")
    wecom_secret: str = _setting(
        "", "Secret of the application.", "应用的 Secret", secret=True, pattern=r"^([A-Za-z0-9_-]{20,64})?$"
    )
    wecom_agent: int | None = _setting(None, "AgentId of the application.", "应用的 AgentId，正整数", ge=1)
    wecom_api_base: str = _setting(
        "https://qyapi.weixin.qq.com",
        "Address of the platform's API.",
        "https://域名",
        pattern=r"^https?://[A-Za-z0-9.:-]+/?$",
    )
    wechat_menu: Path | None = _setting(
        None,
        "File with the account's menu and the template of its news. Unset: the shipped one.",
        "一个已有文件的路径，格式见 docs/wechat.md",
    )
    wechat_reply_by: float = _setting(
        4.0,
        "Seconds after which a message is answered with a promise; the platform cuts the connection at 5.",
        "0.1 到 4.8 之间的秒数",
        ge=0.1,
        le=4.8,
    )
    secret_key: SecretStr | None = _setting(
        None,
        "Key that names, contacts and WeChat identities are encrypted with. Unset: the file secret.key under home.",
        "64 位十六进制数，可以用 policydesk keys new 生成",
    )
    old_secret_keys: SecretStr | None = _setting(
        None,
        "Keys used before, separated by commas: what they encrypted is still read.",
        "一个或多个 64 位十六进制数，用英文逗号隔开",
    )
    hash_key: SecretStr | None = _setting(
        None,
        "Key of all hashes (look-up codes, sessions, identities); never changes. Unset: the file hash.key under home.",
        "64 位十六进制数，可以用 policydesk keys new 生成",
    )
    keep_questions_days: int = _setting(
        365,
        "Days that the questions asked are kept, with their ratings.",
        "1 到 36500 之间的整数（天）",
        ge=1,
        le=36_500,
    )
    keep_requests_days: int = _setting(
        1095,
        "Days after its completion that the personal part of a request is kept.",
        "1 到 36500 之间的整数（天）",
        ge=1,
        le=36_500,
    )
    keep_handovers_days: int = _setting(
        180,
        "Days that conversations handed to the desk are kept.",
        "1 到 36500 之间的整数（天）",
        ge=1,
        le=36_500,
    )
    disclosure: str = _setting(
        "",
        "Where applications for disclosure 依申请公开 are taken: website, window and address. Empty: a general text.",
        "一句话，写明依申请公开的官网入口、窗口和地址，最多 500 个字",
        max_length=500,
    )
    sensitive_words: Path | None = _setting(
        None,
        "File with the words that make the chatbot decline a text. Unset: the list that is shipped.",
        "一个已有文件的路径，写法见 api/sensitive/words.yml",
    )
    log_level: Literal["debug", "info", "warning", "error"] = _setting(
        "info", "How much is logged.", "debug、info、warning、error 之一"
    )
    database_url: str | None = _setting(
        None,
        "Database; SQLite in the home folder when unset.",
        "sqlite:///文件路径，或 postgresql://用户:密码@主机:端口/库名",
        validation_alias="DATABASE_URL",
    )

    @field_validator("log_level", mode="before")
    @classmethod
    def _level_in_any_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("home", "models")
    @classmethod
    def _resolve_folder(cls, folder: Path | None) -> Path | None:
        if folder is None:
            return None
        resolved = folder.expanduser().resolve()
        if resolved.exists() and not resolved.is_dir():
            raise PydanticCustomError("not_a_folder", "this is a file")
        return resolved

    @field_validator("deadlines", "holidays", "sensitive_words", "wechat_menu")
    @classmethod
    def _existing_file(cls, file: Path | None) -> Path | None:
        if file is None:
            return None
        resolved = file.expanduser().resolve()
        if not resolved.is_file():
            raise PydanticCustomError("not_a_file", "no such file")
        return resolved

    @field_validator("watch")
    @classmethod
    def _existing_folders(cls, folders: str) -> str:
        if not all(Path(folder).expanduser().is_dir() for folder in folders.split(":") if folder):
            raise PydanticCustomError("not_a_folder", "no such folder")
        return folders

    @field_validator("service_hours")
    @classmethod
    def _readable_hours(cls, hours: str) -> str:
        try:
            parsed(hours)
        except ServiceHoursWrong as error:
            raise PydanticCustomError("not_service_hours", "no service hours") from error
        return hours

    @field_validator("secret_key", "hash_key")
    @classmethod
    def _well_formed_key(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and not _KEY.fullmatch(key.get_secret_value()):
            raise PydanticCustomError("not_a_key", "no key")
        return key

    @field_validator("old_secret_keys")
    @classmethod
    def _well_formed_keys(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys is not None and not all(map(_KEY.fullmatch, _listed(keys))):
            raise PydanticCustomError("not_a_key", "no key")
        return keys

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(_DATABASE_SCHEMES):
            raise PydanticCustomError("unknown_database", "unsupported database URL")
        return url

    @model_validator(mode="after")
    def _ports_differ(self) -> Self:
        if len({self.port, self.rasa_port, self.actions_port}) < 3:
            raise PydanticCustomError("ports_equal", "ports must differ")
        return self

    @model_validator(mode="after")
    def _application_is_whole(self) -> Self:
        given = (self.wecom_token, self.wecom_aes_key, self.wecom_corpid, self.wecom_secret, self.wecom_agent)
        if any(given) and not all(given):
            raise PydanticCustomError("application_incomplete", "all five are needed")
        return self

    @model_validator(mode="after")
    def _account_is_named(self) -> Self:
        if (self.wechat_aes_key or self.wechat_secret) and not (self.wechat_appid and self.wechat_token):
            raise PydanticCustomError("account_incomplete", "token and appid are needed")
        return self

    @property
    def sqlalchemy_url(self) -> str:
        """The database URL with the driver named; ``postgres://`` and ``postgresql://`` mean psycopg 3."""
        if self.database_url is None:
            return f"sqlite:///{self.home / 'policydesk.db'}"
        return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", self.database_url)

    @property
    def watched_folders(self) -> tuple[Path, ...]:
        return tuple(Path(folder).expanduser().resolve() for folder in self.watch.split(":") if folder)

    @property
    def former_secret_keys(self) -> tuple[str, ...]:
        return tuple(_listed(self.old_secret_keys)) if self.old_secret_keys else ()

    @property
    def models_dir(self) -> Path:
        return self.models or self.home / "models"

    @property
    def rasa_url(self) -> str:
        """Rasa is only ever reached over loopback: its webhook has no authentication."""
        return f"http://127.0.0.1:{self.rasa_port}"


def load_settings() -> Settings:
    """Read the environment. Raises SettingsInvalid naming every wrong variable, its value and what was expected."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsInvalid(dict(map(_problem, error.errors()))) from error
    _make_home(settings.home)
    return settings


def _make_home(home: Path) -> None:
    """Whether it can be made is only known by making it: /proc looks writable to root. Raises SettingsInvalid."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        name = _variable("home")
        reason = "没有写入权限" if isinstance(error, PermissionError) else "这个位置不能新建文件夹"
        sentence = f"设置 {name} 的文件夹“{home}”建不出来：{reason}，应为：一个可以写入的文件夹的路径。"
        raise SettingsInvalid({name: sentence}) from error


def setting_names() -> dict[str, str]:
    """Environment variable → field name, in order of declaration."""
    return {_variable(name): name for name in Settings.model_fields}


def _variable(field: str) -> str:
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else ENV_PREFIX + field.upper()


def _problem(error: Any) -> tuple[str, str]:
    if error["type"] == "ports_equal":
        names = "、".join(_variable(name) for name in ("port", "rasa_port", "actions_port"))
        used = "、".join(str(port) for port in _ports(error["input"]))
        return names, f"设置 {names} 的值是 {used}：三个端口必须互不相同。"
    if error["type"] == "application_incomplete":
        names = "、".join(map(_variable, _APPLICATION))
        return names, f"企业微信应用要设置齐五项：{names}。"
    if error["type"] == "account_incomplete":
        names = "、".join(map(_variable, ("wechat_token", "wechat_appid")))
        return names, f"设置了公众号的密钥时，也要设置 {names}。"
    field = _field_named(str(error["loc"][0]))
    extra = Settings.model_fields[field].json_schema_extra
    expected = extra["expected"] if isinstance(extra, dict) else ""
    name = _variable(field)
    if _is_secret(field):
        return name, f"设置 {name} 的值不对（不显示），应为：{expected}。"
    return name, f"设置 {name} 的值“{_shown(error['input'])}”不对，应为：{expected}。"


def _is_secret(field: str) -> bool:
    known = Settings.model_fields[field]
    extra = known.json_schema_extra
    return SecretStr in get_args(known.annotation) or (isinstance(extra, dict) and bool(extra["secret"]))


def _listed(keys: SecretStr) -> list[str]:
    return [key.strip() for key in keys.get_secret_value().split(",") if key.strip()]


def _ports(given: Any) -> Iterable[object]:
    """The three ports as given, or the defaults; ``given`` is what pydantic validated: a mapping or the settings."""
    for name in ("port", "rasa_port", "actions_port"):
        default = Settings.model_fields[name].default
        yield given.get(name, default) if isinstance(given, dict) else getattr(given, name, default)


def _field_named(location: str) -> str:
    return setting_names().get(location, location)


def _shown(value: object) -> str:
    return _PASSWORD_IN_URL.sub(r"\1***", str(value))[:200]
