"""The actions of the request page: which field of the form is which word of the rule."""

from collections.abc import Mapping

from api.accounts.staff import Actor
from api.requests.casework import Casework
from api.requests.errors import RequestValueWrong
from api.requests.kinds import KINDS
from api.requests.status import ACTION_LABELS, Action

FIELDS = ("text", "unit", "days", "rating", "account", "kind", "region", "close")
"""All that the forms may send beside the token and the version."""


def carry_out(casework: Casework, actor: Actor, no: str, seen: int, action: Action, typed: Mapping[str, str]) -> str:
    """What to tell the person who did it. Raises UnknownRequest, RequestChanged, IllegalTransition and
    RequestValueWrong."""
    text, unit = typed["text"], typed["unit"]
    match action:
        case "assign":
            casework.assign(actor, no, seen, typed["account"])
            return f"已交给{typed['account']}经办。"
        case "transfer":
            casework.transfer(actor, no, seen, unit, text)
            return f"已转办给{unit.strip()}。"
        case "return":
            casework.send_back(actor, no, seen, text, unit)
        case "ask_correction":
            casework.ask_correction(actor, no, seen, text)
            return "已要求补正，收到补正之前不计办理时间。"
        case "correct":
            casework.correct(actor, no, seen, text)
        case "extend":
            casework.extend(actor, no, seen, _whole(typed["days"], "days"), text)
        case "remind":
            casework.remind(actor, no, seen, text)
        case "supervise":
            casework.supervise(actor, no, seen, text)
        case "reply":
            casework.reply(actor, no, seen, text, unit, close=typed["close"] == "1")
            return "已答复并办结。" if typed["close"] == "1" else "已答复，还没有办结。"
        case "close":
            casework.close(actor, no, seen)
        case "follow_up":
            casework.follow_up(actor, no, seen, text, _whole(typed["rating"], "rating") if typed["rating"] else None)
        case "reopen":
            casework.reopen(actor, no, seen, text)
        case "withdraw":
            casework.withdraw(actor, no, seen, text)
        case "change":
            kind = next((each for each in KINDS if each == typed["kind"]), None)
            if kind is None:
                raise RequestValueWrong("kind", "请选择类别。")
            casework.change(actor, no, seen, kind=kind, region=typed["region"])
        case "note":
            casework.note(actor, no, seen, text)
        case "rate" | "attach":
            raise RequestValueWrong("action", f"“{ACTION_LABELS[action]}”不在这里做。")
    return f"已{ACTION_LABELS[action]}。" if action != "return" else "已退回，等重新分派。"


def _whole(given: str, field: str) -> int:
    number = given.strip()
    if not (number.isascii() and number.isdecimal() and len(number) <= 4):
        raise RequestValueWrong(field, f"“{given.strip()[:20]}”不是整数。")
    return int(number)
