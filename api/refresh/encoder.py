"""Which encoder a refresh embeds with, loaded no sooner than it is needed: it takes seconds and 500 MB."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from api.settings import Settings

if TYPE_CHECKING:
    from index.encoder import Encoder, Vectors


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """``spec`` is the setting that names it."""

    spec: str
    load: "Callable[[], Encoder]"

    @classmethod
    def of(cls, settings: Settings) -> "EncoderChoice":
        def load() -> "Encoder":
            from index.encoder import load_encoder

            return load_encoder(settings.encoder, settings.models_dir)

        return cls(settings.encoder, load)


class LazyEncoder:
    """An encoder that is loaded at its first use."""

    def __init__(self, load: "Callable[[], Encoder]") -> None:
        self._load = load

    @cached_property
    def _loaded(self) -> "Encoder":
        return self._load()

    @property
    def name(self) -> str:
        return self._loaded.name

    @property
    def revision(self) -> str:
        return self._loaded.revision

    @property
    def dims(self) -> int:
        return self._loaded.dims

    def encode_queries(self, texts: list[str]) -> "Vectors":
        return self._loaded.encode_queries(texts)

    def encode_passages(self, texts: list[str]) -> "Vectors":
        return self._loaded.encode_passages(texts)
