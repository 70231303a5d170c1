"""Conversations handed over to the desk 人工: the queue beside the conversation that is open, and the JSON that keeps
both fresh."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request, Response

from api.accounts.access import STAFF_ONLY, StaffDep
from api.accounts.staff import Staff
from api.channels import CHANNEL_LABELS
from api.deps import ServicesDep
from api.errors import ApiError
from api.handover.lines import LONGEST_LINE
from api.handover.queue import InQueue, Spoken, Talk
from api.requests.intake import LONGEST_CONTENT
from api.routes.admin.rendering import redirect, render
from api.routes.json import page_data, wants_json
from api.services import Services

router = APIRouter(include_in_schema=False, dependencies=[STAFF_ONLY])

HandoverId = Annotated[int, Path(ge=1, le=2**31 - 1)]
_PAGE = "/desk/handovers"
_SENDERS = {"citizen": "市民", "bot": "机器人", "agent": "坐席", "system": "系统"}
_LONGEST_QUESTION = 500


@router.get(_PAGE)
def handovers_page(request: Request, services: ServicesDep, staff: StaffDep) -> Response:
    return _page(request, services, staff)


@router.get(f"{_PAGE}/live")
def live(
    services: ServicesDep,
    staff: StaffDep,
    talk: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """The queue as it is now, and of the conversation that is open the lines after the one the page has."""
    opened = services.handovers.queue.talk(talk, after) if talk else None
    return page_data({"queue": _queue(services, staff), "talk": _talk(opened, staff) if opened else None})


@router.get(f"{_PAGE}/{{handover_id:int}}")
def talk_page(request: Request, services: ServicesDep, staff: StaffDep, handover_id: HandoverId) -> Response:
    return _page(request, services, staff, handover_id)


@router.post(f"{_PAGE}/{{handover_id:int}}/take")
def take(request: Request, services: ServicesDep, staff: StaffDep, handover_id: HandoverId) -> Response:
    try:
        services.handovers.desk.take(staff, handover_id)
    except ApiError as refused:
        return _page(request, services, staff, problem=refused)
    return redirect(request, f"{_PAGE}/{handover_id}")


@router.post(f"{_PAGE}/{{handover_id:int}}/lines")
def send(
    request: Request,
    services: ServicesDep,
    staff: StaffDep,
    handover_id: HandoverId,
    text: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """The page's script gets JSON; without it the page is made anew, with what was typed where that was refused."""
    try:
        services.handovers.desk.send(staff, handover_id, text.replace("\r\n", "\n"))
    except ApiError as refused:
        if wants_json(request):
            raise
        return _page(request, services, staff, handover_id, problem=refused, typed=text)
    return page_data({"ok": True}) if wants_json(request) else redirect(request, f"{_PAGE}/{handover_id}")


@router.post(f"{_PAGE}/{{handover_id:int}}/end")
def end(request: Request, services: ServicesDep, staff: StaffDep, handover_id: HandoverId) -> Response:
    try:
        services.handovers.desk.end(staff, handover_id)
    except ApiError as refused:
        return _page(request, services, staff, handover_id, problem=refused)
    return redirect(request, _PAGE, notice="对话已结束。需要登记诉求的，可从“我刚结束的”里打开。")


def _page(
    request: Request,
    services: Services,
    staff: Staff,
    handover_id: int | None = None,
    *,
    problem: ApiError | None = None,
    typed: str = "",
) -> Response:
    """Raises UnknownHandover."""
    talk = services.handovers.queue.talk(handover_id) if handover_id else None
    facts = {
        "queue": _queue(services, staff),
        "talk": _talk(talk, staff) if talk else None,
        "filled": _filled(talk) if talk else None,
        "typed": typed,
        "longest": LONGEST_LINE,
        "problem": problem.message if problem else None,
    }
    return render(request, "desk/handovers.html", facts, status=problem.status if problem else 200)


def _filled(talk: Talk) -> dict[str, str]:
    """What the form for a new request is filled with."""
    return {"question": talk.question[:_LONGEST_QUESTION], "content": talk.said_by_citizen[:LONGEST_CONTENT]}


def _queue(services: Services, staff: Staff) -> dict[str, list[dict[str, Any]]]:
    shown = services.handovers.queue.shown_to(staff.name)
    return {
        "waiting": [_item(item) for item in shown.waiting],
        "mine": [_item(item) for item in shown.taken if item.taken_by == staff.name],
        "others": [_item(item) for item in shown.taken if item.taken_by != staff.name],
        "ended": [_item(item) for item in shown.ended],
    }


def _item(item: InQueue) -> dict[str, Any]:
    return asdict(item) | {
        "created_at": _clock(item.created_at),
        "channel": CHANNEL_LABELS.get(item.channel, item.channel),
    }


def _talk(talk: Talk, staff: Staff) -> dict[str, Any]:
    about = _item(talk.about) | {"is_mine": talk.about.taken_by == staff.name}
    return {"about": about, "lines": [_line(line) for line in talk.lines]}


def _line(line: Spoken) -> dict[str, Any]:
    who = line.account if line.sender == "agent" and line.account else _SENDERS[line.sender]
    return {"id": line.id, "sender": line.sender, "who": who, "text": line.text, "at": _clock(line.at)}


def _clock(moment: datetime) -> str:
    return f"{moment:%m-%d %H:%M}"
