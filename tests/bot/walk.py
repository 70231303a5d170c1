"""A conversation without Rasa: the rules and the forms of the project's own files, the real actions, intents as given.

What a form does here is what Rasa's does: the slot asked for takes the text unless the intent is one of its
digressions, the next empty slot is asked for, and with none left the form's rule goes on.
"""

import asyncio
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from trackers import Event, user

import bot.actions
from bot.components.acts import certain_act

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
RULES = yaml.safe_load((ROOT / "bot" / "data" / "rules.yml").read_text("utf-8"))["rules"]
ACTIONS = {action().name(): action for name, action in vars(bot.actions).items() if name in bot.actions.__all__}
_MOST_ACTIONS_A_TURN = 8
_LEFT_TO_THE_CLASSIFIER = {
    "登记诉求": "log_request",
    "登记咨询": "log_request",
    "确认提交": "affirm",
    "好的": "affirm",
    "取消": "cancel",
    "取消登记": "cancel",
    "不留": "deny",
    "再见": "goodbye",
    "转人工": "handover",
    "谢谢": "thank",
}


class Walk:
    def __init__(self, channel: str = "web") -> None:
        self.slots: dict[str, Any] = dict.fromkeys(DOMAIN["slots"])
        self.events: list[Event] = []
        self.form: str | None = None
        self._channel = channel

    def say(
        self, text: str, intent: str | None = None, region: str | None = None, read_as: str | None = None
    ) -> list[dict[str, Any]]:
        """The bubbles of the turn. ``read_as`` is the text as Rasa gets it, where simplifying changes it."""
        intent = intent or _LEFT_TO_THE_CLASSIFIER.get(text) or certain_act(text) or "ask_policy"
        self._message = {
            "text": (read_as or text).lower(),
            "intent": {"name": intent, "confidence": 1.0},
            "entities": [{"entity": "region", "value": region}] if region else [],
            "metadata": {"channel": self._channel, "request_id": "r-1", "text": text},
        }
        self.events.append({**user(text), "metadata": self._message["metadata"]})
        self._said: list[dict[str, Any]] = []
        if self.form and intent not in self._digressions():
            self._fill(text)
        else:
            self._follow(intent)
        return self._said

    def texts(self, text: str, **more: Any) -> str:
        return "\n".join(bubble["text"] for bubble in self.say(text, **more))

    def taps(self) -> list[str]:
        """What the last bubble of the last turn offers."""
        return [option["question"] for option in self._said[-1]["options"]]

    def _digressions(self) -> list[str]:
        asked = self.slots.get("requested_slot")
        return DOMAIN["slots"][asked]["mappings"][0]["not_intent"]

    def _follow(self, intent: str) -> None:
        """The rule of the intent, one for the open form before one for any time."""
        fitting = [rule for rule in RULES if rule["steps"][0].get("intent") == intent]
        within = [rule for rule in fitting if self.form and rule.get("condition") == [{"active_loop": self.form}]]
        rule = (within or [rule for rule in fitting if "condition" not in rule])[0]
        open_before = self.form
        for action in [step["action"] for step in rule["steps"] if "action" in step]:
            if action == "action_deactivate_loop":
                self.form, self.slots["requested_slot"] = None, None
            elif action in DOMAIN["forms"]:
                if self.form != action:
                    self._open(action)
            elif self._run(action):
                break
        if open_before and self.form == open_before:
            self._ask_next()

    def _fill(self, text: str) -> None:
        asked = self.slots["requested_slot"]
        validator = ACTIONS[f"validate_{self.form}"]()
        dispatcher = CollectingDispatcher()
        self.slots[asked] = text  # Rasa fills the slot first, and only then has it looked at
        taken = asyncio.run(getattr(validator, f"validate_{asked}")(text, dispatcher, self._tracker(), {}))
        self._hear(dispatcher)
        for name, value in taken.items():
            self._set(name, value)
        if "requested_slot" in taken:
            self._close()
        else:
            self._ask_next()

    def _open(self, form: str) -> None:
        self.form = form
        self._ask_next()

    def _ask_next(self) -> None:
        missing = [slot for slot in DOMAIN["forms"][self.form]["required_slots"] if self.slots[slot] is None]
        if not missing:
            self._close()
            return
        self._set("requested_slot", missing[0])
        self._run(f"action_ask_{missing[0]}")

    def _close(self) -> None:
        closing = next(rule for rule in RULES if rule["steps"][0].get("action") == self.form)
        self.form, self.slots["requested_slot"] = None, None
        self._run(closing["steps"][-1]["action"])

    def _run(self, action: str) -> bool:
        """Whether the action asked to listen next, whatever the rule goes on with."""
        dispatcher = CollectingDispatcher()
        events = asyncio.run(ACTIONS[action]().run(dispatcher, self._tracker(), {}))
        self._hear(dispatcher)
        assert len(self._said) < _MOST_ACTIONS_A_TURN
        for event in events:
            if event["event"] == "slot":
                self._set(event["name"], event["value"])
        for event in events:
            if event["event"] == "followup" and event["name"] == "action_listen":
                return True
            if event["event"] == "followup":
                self._open(event["name"]) if event["name"] in DOMAIN["forms"] else self._run(event["name"])
        return False

    def _hear(self, dispatcher: CollectingDispatcher) -> None:
        for said in dispatcher.messages:
            self._said.append(said["custom"])
            self.events.append({"event": "bot", "text": None, "data": {"custom": said["custom"]}})

    def _set(self, name: str, value: Any) -> None:
        self.slots[name] = value
        self.events.append({"event": "slot", "name": name, "value": value})

    def _tracker(self) -> Tracker:
        loop = {"name": self.form} if self.form else {}
        return Tracker("session-1", dict(self.slots), self._message, list(self.events), False, None, loop, None)
