"""Where everything is kept: the home folder, the models, the database."""

import re
from pathlib import Path

from pydantic import BaseModel, field_validator
from pydantic_core import PydanticCustomError

from api.settings.field import setting

_DATABASE_SCHEMES = ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")


class StorageSettings(BaseModel):
    home: Path = setting(
        Path("var"),
        "Folder of all state: snapshots, models, database, key. Relative to the working directory.",
        "一个文件夹的路径（可以尚不存在，但不能是文件）",
    )
    models: Path | None = setting(
        None,
        "Folder of built models; several instances may share one. Unset: the folder models under home.",
        "一个文件夹的路径（可以尚不存在，但不能是文件）",
    )
    database_url: str | None = setting(
        None,
        "Database; SQLite in the home folder when unset.",
        "sqlite:///文件路径，或 postgresql://用户:密码@主机:端口/库名",
        validation_alias="DATABASE_URL",
    )

    @field_validator("home", "models")
    @classmethod
    def _resolve_folder(cls, folder: Path | None) -> Path | None:
        if folder is None:
            return None
        resolved = folder.expanduser().resolve()
        if resolved.exists() and not resolved.is_dir():
            raise PydanticCustomError("not_a_folder", "this is a file")
        return resolved

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(_DATABASE_SCHEMES):
            raise PydanticCustomError("unknown_database", "unsupported database URL")
        return url

    @property
    def models_dir(self) -> Path:
        return self.models or self.home / "models"

    @property
    def sqlalchemy_url(self) -> str:
        """The database URL with the driver named; ``postgres://`` and ``postgresql://`` mean psycopg 3."""
        if self.database_url is None:
            return f"sqlite:///{self.home / 'policydesk.db'}"
        return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", self.database_url)
