"""How documents come in and new versions are published."""

from pathlib import Path

from pydantic import BaseModel, field_validator
from pydantic_core import PydanticCustomError

from api.settings.field import setting


class KnowledgeSettings(BaseModel):
    max_upload_mb: int = setting(
        64, "Largest document taken by upload, in megabytes.", "1 到 64 之间的整数", ge=1, le=64
    )
    watch: str = setting(
        "",
        "Folders whose new and changed files are published by themselves, separated by ':'. Empty: none.",
        "已有文件夹的路径，多个之间用英文冒号隔开",
    )
    watch_seconds: float = setting(
        30.0, "Seconds between looks into the watched folders.", "1 到 86400 之间的秒数", ge=1, le=86_400
    )
    refresh_at: str = setting(
        "",
        "Time of day, Chinese time, at which the watched folders are read anew whatever they look like. Empty: never.",
        "03:30 这样的时刻，可以留空",
        pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$",
    )
    gate_margin: float = setting(
        0.02,
        "Share of the golden questions that a new version may answer worse than the one that serves.",
        "0 到 1 之间的小数",
        ge=0,
        le=1,
    )
    keep_snapshots: int = setting(
        5, "Number of knowledge snapshots kept for rollback.", "1 到 1000 之间的整数", ge=1, le=1000
    )
    snapshot_poll: float = setting(
        1.0, "Seconds between looks for a newly published snapshot.", "0.05 到 5 之间的秒数", ge=0.05, le=5
    )

    @field_validator("watch")
    @classmethod
    def _existing_folders(cls, folders: str) -> str:
        if not all(Path(folder).expanduser().is_dir() for folder in folders.split(":") if folder):
            raise PydanticCustomError("not_a_folder", "no such folder")
        return folders

    @property
    def watched_folders(self) -> tuple[Path, ...]:
        return tuple(Path(folder).expanduser().resolve() for folder in self.watch.split(":") if folder)
