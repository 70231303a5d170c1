"""Checks what the action server replies against Rasa's own schema, compiled once.

Rasa 3.6 calls ``jsonschema.validate`` for every reply, which first checks the schema against its meta-schema: two
thirds of Rasa's time in a turn. The check of the reply stays the same, errors included.
"""

from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from rasa.core.actions.action import RemoteAction


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    schema = RemoteAction.action_response_format_spec()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def validate_reply(result: Any) -> bool:
    """Raises jsonschema's ValidationError where ``result`` is no reply of an action server."""
    error = best_match(_validator().iter_errors(result))
    if error is not None:
        raise error
    return True


def use_compiled_schema() -> None:
    """Let every call of the action server be checked by :func:`validate_reply`."""
    RemoteAction._validate_action_result = lambda _action, result: validate_reply(result)
