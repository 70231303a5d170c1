"""The tables. Every change here comes with a migration in ``migrations/versions``."""

from api.db.models.base import Base, UtcDateTime
from api.db.models.conversations import Handover, HandoverMessage, WechatFollower, WechatMessage
from api.db.models.knowledge import DocumentChange, FaqEntry, GoldenQuestion, TermEntry
from api.db.models.questions import AnswerLog, Feedback, QuestionHandled
from api.db.models.requests import Notice, Publication, ReplyTemplate, Request, RequestAttachment, RequestEvent
from api.db.models.staff import Account, Audit, StaffSession

__all__ = [
    "Account",
    "AnswerLog",
    "Audit",
    "Base",
    "DocumentChange",
    "FaqEntry",
    "Feedback",
    "GoldenQuestion",
    "Handover",
    "HandoverMessage",
    "Notice",
    "Publication",
    "QuestionHandled",
    "ReplyTemplate",
    "Request",
    "RequestAttachment",
    "RequestEvent",
    "StaffSession",
    "TermEntry",
    "UtcDateTime",
    "WechatFollower",
    "WechatMessage",
]
