"""The keys that personal data is encrypted and hashed with, and for how long it is kept."""

import re

from pydantic import BaseModel, SecretStr, field_validator
from pydantic_core import PydanticCustomError

from api.settings.field import setting

_KEY = re.compile(r"[0-9a-fA-F]{64}")


class PrivacySettings(BaseModel):
    secret_key: SecretStr | None = setting(
        None,
        "Key that names, contacts and WeChat identities are encrypted with. Unset: the file secret.key under home.",
        "64 位十六进制数，可以用 policydesk keys new 生成",
    )
    old_secret_keys: SecretStr | None = setting(
        None,
        "Keys used before, separated by commas: what they encrypted is still read.",
        "一个或多个 64 位十六进制数，用英文逗号隔开",
    )
    hash_key: SecretStr | None = setting(
        None,
        "Key of all hashes (look-up codes, sessions, identities); never changes. Unset: the file hash.key under home.",
        "64 位十六进制数，可以用 policydesk keys new 生成",
    )
    keep_questions_days: int = setting(
        365,
        "Days that the questions asked are kept, with their ratings.",
        "1 到 36500 之间的整数（天）",
        ge=1,
        le=36_500,
    )
    keep_requests_days: int = setting(
        1095,
        "Days after its completion that the personal part of a request is kept.",
        "1 到 36500 之间的整数（天）",
        ge=1,
        le=36_500,
    )
    keep_handovers_days: int = setting(
        180,
        "Days that conversations handed to the desk are kept.",
        "1 到 36500 之间的整数（天）",
        ge=1,
        le=36_500,
    )

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

    @property
    def former_secret_keys(self) -> tuple[str, ...]:
        return tuple(_listed(self.old_secret_keys)) if self.old_secret_keys else ()


def _listed(keys: SecretStr) -> list[str]:
    return [key.strip() for key in keys.get_secret_value().split(",") if key.strip()]
