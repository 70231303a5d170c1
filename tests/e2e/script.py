"""Conversations written down turn by turn: what is said, and what must hold of the reply.

The files in ``conversations/`` say what a citizen needs from each reply, not how it is worded. ``{no}`` and ``{code}``
stand for the receipt given last, ``{no1}`` and ``{code1}`` for the first one of the conversation.
"""

from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import httpx
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from tests.e2e.clerk import Clerk
from tests.e2e.stack import Stack

CITIZEN = "市民"
FOLDER = Path(__file__).parent / "conversations"


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class _Written(BaseModel):
    """A misspelt expectation would hold always, so that an unknown name is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DeskActs(_Written):
    """``act``: one of the request's page (on ``no``), or take, say and end of a conversation handed over, or only to
    look. ``sees`` and ``lacks``: what the page shows then."""

    act: Literal["transfer", "reply", "ask_correction", "extend", "return", "close", "take", "say", "end", "look"]
    no: str = "{no}"
    text: str = ""
    unit: str = ""
    days: str = ""
    sees: Texts = ()
    lacks: Texts = ()


class Turn(_Written):
    """One of ``say`` (typed; ``times`` repeats it into one long text), ``tap`` (the label of an option of the reply
    before) and ``desk``. All else must hold of the reply: ``kind`` of its first bubble and ``ends`` of its last;
    ``has`` every one of these texts and ``one_of`` at least one, in all bubbles together; ``options`` among the labels
    offered; ``regions`` those of all sources; ``own`` requests of this conversation as the API lists them;
    ``request``: what the API tells of ``{no}``."""

    say: str | None = None
    times: int = 1
    tap: str | None = None
    desk: DeskActs | None = None
    by: str = CITIZEN
    kind: str | None = None
    ends: str | None = None
    has: Texts = ()
    one_of: Texts = ()
    lacks: Texts = ()
    options: Texts = ()
    no_options: bool = False
    regions: Texts = ()
    cited: bool | None = None
    receipt: bool = False
    handover: Literal["waiting", "taken", "none"] | None = None
    silent: bool = False
    own: int | None = None
    request: dict[str, Any] = {}

    @model_validator(mode="after")
    def _one_act(self) -> "Turn":
        if sum(act is not None for act in (self.say, self.tap, self.desk)) != 1:
            raise ValueError("a turn has one of say, tap and desk")
        return self


class Script(_Written):
    name: str
    turns: tuple[Turn, ...]


def scripts_in(name: str) -> list[Script]:
    written = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return [Script.model_validate(each) for each in written]


class Performance:
    """Plays a script; an expectation that does not hold raises AssertionError with the conversation so far."""

    def __init__(self, stack: Stack, clerk: Clerk) -> None:
        self._clerk = clerk
        self._client = httpx.Client(base_url=stack.url, trust_env=False, timeout=20)
        self._sessions: dict[str, str] = {}
        self._offered: dict[str, dict[str, str]] = {}
        self._receipts: list[dict[str, str]] = []
        self.transcript: list[str] = []

    def play(self, script: Script) -> None:
        with self._client:
            for turn in script.turns:
                if turn.desk:
                    self._at_the_desk(turn.desk)
                else:
                    self._turn(turn)

    def _turn(self, turn: Turn) -> None:
        reply = self._send(turn.by, self._text_of(turn))
        bubbles = reply["messages"]
        self._note(bubbles, reply.get("handover"))
        self._offered[turn.by] = {each["label"]: each["question"] for bubble in bubbles for each in bubble["options"]}
        given = [bubble["request"] for bubble in bubbles if bubble["request"]]
        self._receipts += given
        must = partial(self._must, turn)
        must(not reply["degraded"], "the dialogue layer answered")
        must(bool(bubbles) != turn.silent, "the bot is silent" if turn.silent else "something is said")
        must(bool(given) == turn.receipt, "a receipt" if turn.receipt else "no receipt")
        if turn.handover:
            must((reply.get("handover") or "none") == turn.handover, f"handover {turn.handover}")
        if bubbles:
            self._check_kinds(turn, bubbles)
        self._check_texts(turn, "\n".join(bubble["text"] for bubble in bubbles))
        self._check_citations(turn, [cited for bubble in bubbles for cited in bubble["citations"]])
        must(not (turn.no_options and self._offered[turn.by]), "no options")
        must(set(turn.options) <= self._offered[turn.by].keys(), f"options {turn.options}")
        self._check_ledger(turn)

    def _check_kinds(self, turn: Turn, bubbles: list[dict[str, Any]]) -> None:
        self._must(turn, turn.kind in (None, bubbles[0]["kind"]), f"kind {turn.kind}")
        self._must(turn, turn.ends in (None, bubbles[-1]["kind"]), f"last kind {turn.ends}")

    def _check_texts(self, turn: Turn, said: str) -> None:
        for text in map(self._filled, turn.has):
            self._must(turn, text in said, f"has “{text}”")
        for text in map(self._filled, turn.lacks):
            self._must(turn, text not in said, f"lacks “{text}”")
        wanted = tuple(map(self._filled, turn.one_of))
        self._must(turn, not wanted or any(text in said for text in wanted), f"one of {wanted}")

    def _check_citations(self, turn: Turn, citations: list[dict[str, Any]]) -> None:
        if turn.cited is not None:
            self._must(turn, bool(citations) == turn.cited, "sources" if turn.cited else "no sources")
        if turn.regions:
            cited = {citation["region"] for citation in citations}
            self._must(turn, cited == set(turn.regions), f"sources of {turn.regions}, not {cited}")

    def _check_ledger(self, turn: Turn) -> None:
        if turn.own is not None:
            listed = self._client.get("/v1/requests", headers={"X-Session-ID": self._sessions[turn.by]})
            self._must(turn, len(listed.raise_for_status().json()["items"]) == turn.own, f"{turn.own} own requests")
        if turn.request:
            last = self._receipts[-1]
            told = self._client.get(f"/v1/requests/{last['no']}", params={"code": last["code"]}).raise_for_status()
            state = told.json()
            for field, value in turn.request.items():
                self._must(turn, state[field] == value, f"{field} is {value!r}, not {state[field]!r}")

    def _at_the_desk(self, acts: DeskActs) -> None:
        self.transcript.append(f"  坐席：{acts.act} {acts.text}")
        match acts.act:
            case "take":
                self._clerk.take()
            case "say":
                self._clerk.say(acts.text)
            case "end":
                self._clerk.end()
            case "look":
                pass
            case action:
                fields = {"text": acts.text, "unit": acts.unit, "days": acts.days}
                given = {name: value for name, value in fields.items() if value}
                self._clerk.act(self._filled(acts.no), action, **given)
        if acts.sees or acts.lacks:
            self._check_page(acts)

    def _check_page(self, acts: DeskActs) -> None:
        of_the_talk = acts.act in ("take", "say", "end")
        page = self._clerk.hears() if of_the_talk else self._clerk.sees(self._filled(acts.no))
        for text in map(self._filled, acts.sees):
            assert text in page, self._told(f"the desk sees “{text}”")
        for text in map(self._filled, acts.lacks):
            assert text not in page, self._told(f"the desk does not see “{text}”")

    def _text_of(self, turn: Turn) -> str:
        if turn.tap is not None:
            offered = self._offered.get(turn.by, {})
            assert turn.tap in offered, self._told(f"“{turn.tap}” can be tapped")
            text = offered[turn.tap]
            self.transcript.append(f"{turn.by}：〔{turn.tap}〕")
        else:
            text = self._filled(str(turn.say)) * turn.times
            self.transcript.append(f"{turn.by}：{text[:200]}")
        return text

    def _send(self, speaker: str, text: str) -> dict[str, Any]:
        body = {"session_id": self._sessions.get(speaker), "text": text}
        answered = self._client.post("/v1/chat", json=body)
        assert answered.status_code == 200, self._told(f"an answer, not {answered.status_code}: {answered.text}")
        reply: dict[str, Any] = answered.json()
        self._sessions[speaker] = reply["session_id"]
        return reply

    def _filled(self, text: str) -> str:
        for place, receipt in enumerate(self._receipts, start=1):
            text = text.replace(f"{{no{place}}}", receipt["no"]).replace(f"{{code{place}}}", receipt["code"])
        if self._receipts:
            last = self._receipts[-1]
            text = text.replace("{no}", last["no"]).replace("{code}", last["code"])
        assert "{" not in text, self._told(f"a receipt for “{text}”")
        return text

    def _note(self, bubbles: list[dict[str, Any]], handover: str | None) -> None:
        for bubble in bubbles:
            offered = "".join(f"〔{each['label']}〕" for each in bubble["options"])
            cited = "".join(f"《{each['region']}》" for each in bubble["citations"])
            self.transcript.append(f"  {bubble['kind']}：{bubble['text']}{offered}{cited}")
        if handover:
            self.transcript.append(f"  （人工：{handover}）")

    def _must(self, turn: Turn, holds: bool, what: str) -> None:
        assert holds, self._told(what)

    def _told(self, what: str) -> str:
        return "\n".join([f"expected: {what}", *self.transcript])
