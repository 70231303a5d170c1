"""The compiled check refuses exactly what Rasa's own check refuses."""

from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction

from bot.components.action_replies import validate_reply

EVENT = {"event": "slot", "timestamp": None, "name": "frame", "value": {"topic": "政务公开"}}


@pytest.mark.parametrize(
    "reply",
    [
        {"events": [], "responses": []},
        {"events": [EVENT], "responses": [{"custom": {"kind": "answer"}}]},
        {"events": [{"event": "slot", "value": 1}], "responses": []},
        {"events": "none", "responses": []},
        {"responses": [1]},
        {},
        [],
    ],
)
def test_the_verdict_is_that_of_jsonschema(reply: Any) -> None:
    try:
        jsonschema.validate(reply, RemoteAction.action_response_format_spec())
        allowed = True
    except jsonschema.ValidationError:
        allowed = False
    if allowed:
        assert validate_reply(reply) is True
    else:
        with pytest.raises(jsonschema.ValidationError):
            validate_reply(reply)


def test_both_verdicts_occur() -> None:
    assert validate_reply({"events": [EVENT], "responses": []})
    with pytest.raises(jsonschema.ValidationError):
        validate_reply({"events": "none", "responses": []})
