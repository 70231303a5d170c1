"""From the environment to settings, or to one Chinese sentence for each that is wrong."""

import re
from pathlib import Path
from typing import get_args

from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails

from api.settings.combined import Settings, setting_names, variable_of

_PASSWORD_IN_URL = re.compile(r"(?<=://)([^/@\s]*:)([^/\s]+)(?=@)")


class SettingsInvalid(ValueError):
    """``problems`` maps the name of each wrong environment variable to one Chinese sentence."""

    code = "settings_invalid"

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("\n".join(problems.values()))
        self.problems = problems


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
        name = variable_of("home")
        reason = "没有写入权限" if isinstance(error, PermissionError) else "这个位置不能新建文件夹"
        sentence = f"设置 {name} 的文件夹“{home}”建不出来：{reason}，应为：一个可以写入的文件夹的路径。"
        raise SettingsInvalid({name: sentence}) from error


def _problem(error: ErrorDetails) -> tuple[str, str]:
    if error["type"] == "at_odds":
        return error["ctx"]["names"], error["ctx"]["sentence"]
    field = _field_named(str(error["loc"][0]))
    extra = Settings.model_fields[field].json_schema_extra
    expected = extra["expected"] if isinstance(extra, dict) else ""
    name = variable_of(field)
    if _is_secret(field):
        return name, f"设置 {name} 的值不对（不显示），应为：{expected}。"
    return name, f"设置 {name} 的值“{_shown(error['input'])}”不对，应为：{expected}。"


def _is_secret(field: str) -> bool:
    known = Settings.model_fields[field]
    extra = known.json_schema_extra
    return SecretStr in get_args(known.annotation) or (isinstance(extra, dict) and bool(extra["secret"]))


def _field_named(location: str) -> str:
    return setting_names().get(location, location)


def _shown(value: object) -> str:
    return _PASSWORD_IN_URL.sub(r"\1***", str(value))[:200]
