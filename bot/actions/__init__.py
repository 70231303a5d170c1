"""Thin clients of the API. An action never raises: whatever goes wrong becomes a sentence for the citizen."""

from bot.actions.answer import ActionAnswer, ActionUnmatched
from bot.actions.feedback import ActionFeedback
from bot.actions.replies import ActionAffirm, ActionDeny, ActionSmallTalk
from bot.actions.request_form import ValidateRequestForm
from bot.actions.request_steps import ActionAskRequestConfirmed, ActionAskRequestContact, ActionAskRequestContent
from bot.actions.requests import (
    ActionBeginRequest,
    ActionCancelRequest,
    ActionContactOutsideForm,
    ActionSubmitRequest,
)
from bot.actions.status import ActionRequestStatus

__all__ = [
    "ActionAffirm",
    "ActionAnswer",
    "ActionAskRequestConfirmed",
    "ActionAskRequestContact",
    "ActionAskRequestContent",
    "ActionBeginRequest",
    "ActionCancelRequest",
    "ActionContactOutsideForm",
    "ActionDeny",
    "ActionFeedback",
    "ActionRequestStatus",
    "ActionSmallTalk",
    "ActionSubmitRequest",
    "ActionUnmatched",
    "ValidateRequestForm",
]
