"""The made-up base indexed once with the stand-in encoder; the real encoder for tests marked ``model``."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.schemas import AnswerReply
from index.encoder import Encoder, load_encoder
from index.search import Index
from tests.api.answers.base import RECORDS
from tests.api.answers.conversation import Conversation, open_index


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return open_index(RECORDS, tmp_path_factory.mktemp("answers"))


@pytest.fixture
def talk(index: Index) -> Conversation:
    return Conversation(index)


@pytest.fixture
def ask(index: Index) -> Callable[..., AnswerReply]:
    """Asks each question on its own, with nothing said before."""
    return lambda question, **facts: Conversation(index).say(question, **facts)


@pytest.fixture
def ask_with(tmp_path: Path) -> Callable[..., Callable[..., AnswerReply]]:
    """Asks over the made-up base with more documents, tasks, passages or terms in it."""

    def more(**added: tuple[Any, ...]) -> Callable[..., AnswerReply]:
        records = replace(RECORDS, **{kind: (*getattr(RECORDS, kind), *extra) for kind, extra in added.items()})
        larger = open_index(records, tmp_path)
        return lambda question, **facts: Conversation(larger).say(question, **facts)

    return more


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    folder = os.environ.get("POLICYDESK_MODELS") or tmp_path_factory.mktemp("models")
    return load_encoder("bundled", Path(folder))
