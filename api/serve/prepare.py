"""Builds what is missing, in a process of its own: ``python -m api.serve.prepare [knowledge|dialogue] [--train]``.

Its own process, because reading and embedding bring torch with them, whose memory the supervisor must not keep.
"""

import argparse
import logging
import sys
import time
from collections.abc import Callable

import typer

from api.serve.dialogue import DialogueUnavailable, build_model, ready_model
from api.serve.knowledge import build_knowledge, knowledge_is_current
from api.settings import Settings, SettingsInvalid, load_settings
from knowledge.errors import KnowledgeError


def prepare(settings: Settings, part: str | None = None, *, train: bool = False) -> None:
    """Raises KnowledgeError, DialogueUnavailable."""
    if part in (None, "knowledge") and not knowledge_is_current(settings):
        _timed("建立向量模型和知识库", lambda: build_knowledge(settings))
    if part in (None, "dialogue") and (train or ready_model(settings) is None):
        _timed("准备对话模型", lambda: build_model(settings, anew=train))


def _timed(step: str, work: Callable[[], object]) -> None:
    started = time.monotonic()
    typer.echo(f"正在{step}……")
    work()
    typer.echo(f"{step}完成（用时 {time.monotonic() - started:.1f} 秒）")


def _only_errors_to_terminal() -> None:
    """The libraries' advice on quantising and indexing is nothing the operator can follow."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.ERROR)
    logging.basicConfig(handlers=[handler])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", choices=["knowledge", "dialogue"])
    parser.add_argument("--train", action="store_true", help="train the Rasa model again even if it fits")
    arguments = parser.parse_args()
    _only_errors_to_terminal()
    try:
        prepare(load_settings(), arguments.part, train=arguments.train)
    except SettingsInvalid as error:
        typer.echo(str(error), err=True)
        return 2
    except (KnowledgeError, DialogueUnavailable) as error:
        typer.echo(str(error), err=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
