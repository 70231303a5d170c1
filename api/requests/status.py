"""Where a request stands, and which actions are allowed there.

The order of a case is that of 国办发〔2020〕53号: 受理 → 派单（转办）→ 答复 → 办结 → 回访、评价, with 补正 and 退回 on
the way.
"""

from typing import Literal, get_args

from api.requests.errors import IllegalTransition

RequestStatus = Literal["received", "correction", "transferred", "returned", "answered", "closed", "rated", "withdrawn"]
STATUSES: tuple[RequestStatus, ...] = get_args(RequestStatus)
STATUS_LABELS: dict[RequestStatus, str] = {
    "received": "已受理",
    "correction": "待补正",
    "transferred": "已转办",
    "returned": "已退回",
    "answered": "已答复",
    "closed": "已办结",
    "rated": "已评价",
    "withdrawn": "已撤销",
}
OPEN: frozenset[RequestStatus] = frozenset({"received", "correction", "transferred", "returned", "answered"})
"""Not finished: the clock runs (in ``correction`` it waits)."""
_WAITING: frozenset[RequestStatus] = frozenset({"received", "transferred", "returned"})
"""Somebody of ours has to act for it to go on."""
COMPLETED: frozenset[RequestStatus] = frozenset({"closed", "rated"})
"""办结; one withdrawn is finished, and not completed."""
REPLIED: frozenset[RequestStatus] = COMPLETED | {"answered"}
"""The reply kept with the request is the one that holds; after it was reopened it is an earlier one."""

Action = Literal[
    "assign", "transfer", "return", "ask_correction", "correct", "extend", "remind", "supervise", "reply", "close",
    "rate", "follow_up", "reopen", "withdraw", "change", "note", "attach",
]  # fmt: skip
ACTION_LABELS: dict[Action, str] = {
    "assign": "签收",
    "transfer": "转办",
    "return": "退回",
    "ask_correction": "要求补正",
    "correct": "补正",
    "extend": "延期",
    "remind": "催办",
    "supervise": "督办",
    "reply": "答复",
    "close": "办结",
    "rate": "评价",
    "follow_up": "回访",
    "reopen": "重新办理",
    "withdraw": "撤销",
    "change": "修改信息",
    "note": "备注",
    "attach": "添加附件",
}
ALLOWED: dict[Action, frozenset[RequestStatus]] = {
    "assign": OPEN,
    "transfer": _WAITING,
    "return": frozenset({"transferred"}),
    "ask_correction": _WAITING,
    "correct": frozenset({"correction"}),
    "extend": _WAITING,
    "remind": _WAITING,
    "supervise": _WAITING | {"answered"},
    "reply": _WAITING | {"answered"},
    "close": frozenset({"answered"}),
    "rate": frozenset({"answered", "closed"}),
    "follow_up": COMPLETED,
    "reopen": REPLIED | {"withdrawn"},
    "withdraw": _WAITING | {"correction"},
    "change": OPEN,
    "note": frozenset(STATUSES),
    "attach": frozenset(STATUSES),
}


def require_allowed(action: Action, no: str, status: RequestStatus) -> None:
    """Raises IllegalTransition."""
    if status not in ALLOWED[action]:
        raise IllegalTransition(no, STATUS_LABELS[status], ACTION_LABELS[action])


def actions_for(status: RequestStatus) -> list[Action]:
    return [action for action, allowed in ALLOWED.items() if status in allowed]
