"""The settings of all subjects in one."""

from pydantic_settings import BaseSettings, SettingsConfigDict

from api.settings.answers import AnswerSettings
from api.settings.field import ENV_PREFIX, variables
from api.settings.knowledge import KnowledgeSettings
from api.settings.privacy import PrivacySettings
from api.settings.requests import RequestSettings
from api.settings.serving import ServingSettings
from api.settings.storage import StorageSettings
from api.settings.wechat import WechatSettings


class Settings(
    StorageSettings,
    ServingSettings,
    AnswerSettings,
    KnowledgeSettings,
    RequestSettings,
    PrivacySettings,
    WechatSettings,
    BaseSettings,
):
    """Defaults serve one instance on one machine; every field can be set by its environment variable.

    A check in one subject replaces a check of the same name in another: pydantic knows them by their names.
    """

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_ignore_empty=True, frozen=True, populate_by_name=True, extra="forbid"
    )


def setting_names() -> dict[str, str]:
    """Environment variable → field name."""
    return {variable_of(name): name for name in Settings.model_fields}


def variable_of(field: str) -> str:
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else variables(field)
