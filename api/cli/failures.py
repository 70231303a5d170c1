"""How the command line says that something went wrong: one sentence, one code, no stack trace."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from pydantic import ValidationError

from api.errors import ApiError, InvalidValue
from api.settings import SettingsInvalid
from api.validation_messages import describe
from knowledge.errors import KnowledgeError

_log = logging.getLogger(__name__)
_OWN = (typer.Exit, typer.Abort, typer.TyperException)
"""What typer itself raises and answers: a wrong option, Ctrl-C, an exit code."""


def fail(message: str, code: str, status: int = 1) -> typer.Exit:
    """Say it on standard error; raise what comes back."""
    typer.echo(f"错误：{message}（{code}）", err=True)
    return typer.Exit(status)


@contextmanager
def explained() -> Iterator[None]:
    try:
        yield
    except (KnowledgeError, ApiError) as error:
        raise fail(error.message, error.code) from error
    except SettingsInvalid as error:
        raise fail("；".join(error.problems.values()), error.code) from error
    except ValidationError as error:
        raise fail("".join(map(_described, error.errors())), InvalidValue.code) from error
    except _OWN:
        raise
    except Exception as error:  # an operator is told what failed; the stack goes to the debug log
        _log.debug("command failed", exc_info=True)
        raise fail(f"程序出错：{type(error).__name__}: {error}", "internal") from error


def _described(problem: Any) -> str:
    """As over HTTP, where the place begins with the part of the request."""
    return describe({**problem, "loc": ("query", *problem["loc"])})[1]
