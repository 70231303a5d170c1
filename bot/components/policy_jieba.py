"""Jieba with the units and regions of the documents, one dictionary a model.

Rasa's own tokenizer loads user words into jieba's process-wide tokenizer, where they outlive their model, and keeps
them out of the training cache key, so that an edited dictionary trains nothing. This one owns its jieba and hashes
the files. The dictionary is generated from the knowledge base into $POLICYDESK_RASA_DATA/jieba.
"""

import hashlib
import os
from pathlib import Path
from typing import Any

import jieba
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.message import Message

_DICTIONARY = "policy.txt"


def dictionary_file() -> Path | None:
    """The generated dictionary, or None where nothing has been generated (jieba's own words then serve alone)."""
    folder = os.environ.get("POLICYDESK_RASA_DATA")
    path = Path(folder) / "jieba" / _DICTIONARY if folder else None
    return path if path and path.is_file() else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class PolicyJiebaTokenizer(JiebaTokenizer):
    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        dictionary: Path | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource)
        self._jieba = jieba.Tokenizer()
        # here rather than on the first message, which would wait for it
        self._jieba.initialize()
        if dictionary:
            with dictionary.open("rb") as words:
                self._jieba.load_userdict(words)
        self._words = dictionary.read_bytes() if dictionary else b""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        path = dictionary_file()
        return hashlib.sha256(path.read_bytes()).hexdigest() if path else None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PolicyJiebaTokenizer":
        return cls(config, model_storage, resource, dictionary_file())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "PolicyJiebaTokenizer":
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, folder / _DICTIONARY)

    def persist(self) -> None:
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _DICTIONARY).write_bytes(self._words)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        tokens = [Token(word, start) for word, start, _ in self._jieba.tokenize(message.get(attribute))]
        return self._apply_token_pattern(tokens)
