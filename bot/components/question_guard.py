"""The last word on the intent: sure acts are taken as such, doubtful ones are questions."""

import json
import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.acts import QUESTIONS, certain_act, is_question_after_all, mere_courtesy

_EXAMPLES = "examples.json"
# what a doubtful text may be; an option is only ever named outright
_LOOKED_UP = ("ask_policy", "ask_followup")
_PUNCTUATION = re.compile(r"[\s,，.。!！?？~～、;；:：…\"'“”]+")
_PARTICLES = re.compile("[啊呀啦哈呗嘛吧哦噢哒喽哟了嘞哇]+$")


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", text).lower()


def _without_particles(bare: str) -> str:
    """知道啦 and 知道了 as 知道; 呢 and 吗 stay, since they ask."""
    return _PARTICLES.sub("", bare) or bare


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionGuard(GraphComponent, IntentClassifier):
    """Stands behind the classifier and the entity extractors; it takes the place of Rasa's FallbackClassifier.

    ``threshold`` is the least probability at which a guessed act is believed. A question is never doubted: what is
    unsure is the likeliest of the kinds of question, since all of them are looked up.

    It knows the training examples of the dialogue acts by heart, so that the texts of our own buttons (登记诉求,
    确认提交 …) always mean what they say.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": 0.55}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, examples: dict[str, str]
    ) -> None:
        self._threshold = float(config["threshold"])
        self._model_storage = model_storage
        self._resource = resource
        self._examples = examples

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "QuestionGuard":
        return cls(config, model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "QuestionGuard":
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, json.loads((folder / _EXAMPLES).read_text("utf-8")))

    def train(self, training_data: TrainingData) -> Resource:
        acts = [example for example in training_data.intent_examples if example.get(INTENT) not in QUESTIONS]
        self._examples = {_bare(example.get(TEXT)): example.get(INTENT) for example in acts}
        for text, intent in list(self._examples.items()):
            self._examples.setdefault(_without_particles(text), intent)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _EXAMPLES).write_text(json.dumps(self._examples, ensure_ascii=False), "utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            self._judge(message)
        return messages

    def _judge(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        guessed = str((message.get(INTENT) or {}).get("name") or "")
        entities = {entity["entity"] for entity in message.get(ENTITIES) or []}
        bare = _bare(text)
        known = self._examples.get(bare) or self._examples.get(_without_particles(bare)) or certain_act(text)
        ranked = {ranked["name"]: ranked["confidence"] for ranked in message.get(INTENT_RANKING_KEY) or []}
        doubted = self._is_doubted(guessed, ranked)
        if not known and (doubted or guessed in QUESTIONS):
            known = mere_courtesy(text)
        if known:
            self._set_intent(message, known)
        elif guessed not in QUESTIONS and (doubted or is_question_after_all(guessed, text, entities)):
            self._set_intent(message, max(_LOOKED_UP, key=lambda name: ranked.get(name, 0)))

    def _is_doubted(self, guessed: str, ranked: dict[str, float]) -> bool:
        """Whether an act is guessed too weakly, or the kinds of question together are as likely as it."""
        of_a_question = sum(ranked.get(name, 0) for name in QUESTIONS)
        return guessed not in QUESTIONS and ranked.get(guessed, 0) <= max(self._threshold, of_a_question)

    @staticmethod
    def _set_intent(message: Message, name: str) -> None:
        chosen = {"name": name, "confidence": 1.0}
        message.set(INTENT, chosen, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [chosen], add_to_output=True)
