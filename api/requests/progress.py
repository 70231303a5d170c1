"""Where a request stands, as the citizen is told it: one short text."""

from datetime import date

from api.requests.due import is_overdue
from api.requests.rating import RATING_LABELS
from api.requests.state import RequestState


def progress_of(state: RequestState, today: date) -> str:
    """``today`` is China's. With the reply and who gave it as soon as there is one."""
    head = f"编号{state.no}"
    match state.status:
        case "received":
            return f"{head}：已受理，正在分派{_until(state, today)}"
        case "transferred":
            return f"{head}：已转办{state.unit or ''}{_until(state, today)}"
        case "returned":
            return f"{head}：正在改派承办单位{_until(state, today)}"
        case "correction":
            return f"{head}：需要您补充{_wanted(state)}\n补充以后接着办理。"
        case "withdrawn":
            return f"{head}：已经撤销，不再办理。"
        case _:
            return f"{head}{_answered(state, today)}"


def day(when: date, today: date) -> str:
    """12月10日; the year only where it is another one."""
    return f"{when.month}月{when.day}日" if when.year == today.year else f"{when.year}年{when.month}月{when.day}日"


def wanted_of(state: RequestState) -> str | None:
    """What was asked for when the request was sent back for a correction 补正."""
    return next((step.note for step in reversed(state.steps) if step.kind == "ask_correction"), None)


def _until(state: RequestState, today: date) -> str:
    if state.due_on is None:
        return "。"
    until = day(state.due_on, today)
    if is_overdue(state.status, state.due_on, None, today):
        return f"。应当在{until}前答复，已经超期，您可以催办。"
    reason = _extended_for(state)
    return f"，延期到{until}前答复。\n延期原因：{reason}" if reason else f"，{until}前答复。"


def _extended_for(state: RequestState) -> str | None:
    """Why the day is a later one; a correction and a reopening begin the time anew."""
    last = next((step for step in reversed(state.steps) if step.kind in ("extend", "correct", "reopen")), None)
    return last.note if last and last.kind == "extend" else None


def _wanted(state: RequestState) -> str:
    wanted = wanted_of(state)
    return f"：{wanted}" if wanted else "材料。"


def _answered(state: RequestState, today: date) -> str:
    rated = RATING_LABELS.get(state.rating or 0)
    head = "已办结" if state.status in ("closed", "rated") else "有答复了"
    said = f"{head}，您的评价是“{rated}”。" if rated else f"{head}。"
    if not state.reply:
        return f"：{said}"
    when = f"，{day(state.replied_at.date(), today)}" if state.replied_at else ""
    return f"：{said}\n{state.reply}\n（{state.replied_by or '承办单位'}{when}）"
