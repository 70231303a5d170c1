"""Thin clients of the API. An action never raises: whatever goes wrong becomes a sentence for the citizen."""

from bot.actions.answer import ActionAnswer, ActionUnmatched
from bot.actions.correction import (
    ActionAskCorrectionText,
    ActionCancelCorrection,
    ActionSubmitCorrection,
    ValidateCorrectionForm,
)
from bot.actions.disclosure import ActionDisclosure
from bot.actions.feedback import ActionFeedback
from bot.actions.handover import ActionHandover
from bot.actions.replies import ActionAffirm, ActionDeny, ActionSmallTalk
from bot.actions.request_form import ValidateRequestForm
from bot.actions.request_steps import (
    ActionAskRequestConfirmed,
    ActionAskRequestConsent,
    ActionAskRequestContact,
    ActionAskRequestContent,
    ActionAskRequestKind,
    ActionAskRequestRegion,
)
from bot.actions.requests import (
    ActionBeginRequest,
    ActionCancelRequest,
    ActionContactOutsideForm,
    ActionSubmitRequest,
)
from bot.actions.status import ActionRateRequest, ActionRequestStatus, ActionUrgeRequest

__all__ = [
    "ActionAffirm",
    "ActionAnswer",
    "ActionAskCorrectionText",
    "ActionAskRequestConfirmed",
    "ActionAskRequestConsent",
    "ActionAskRequestContact",
    "ActionAskRequestContent",
    "ActionAskRequestKind",
    "ActionAskRequestRegion",
    "ActionBeginRequest",
    "ActionCancelCorrection",
    "ActionCancelRequest",
    "ActionContactOutsideForm",
    "ActionDeny",
    "ActionDisclosure",
    "ActionFeedback",
    "ActionHandover",
    "ActionRateRequest",
    "ActionRequestStatus",
    "ActionSmallTalk",
    "ActionSubmitCorrection",
    "ActionSubmitRequest",
    "ActionUnmatched",
    "ActionUrgeRequest",
    "ValidateCorrectionForm",
    "ValidateRequestForm",
]
