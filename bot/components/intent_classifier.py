"""Rasa's logistic regression with the settings that it keeps to itself, and without its cost per message."""

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from scipy.special import softmax


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LogisticRegressionClassifier):
    """Ranks all intents.

    Rasa regularises with C = 1 and weighs every intent alike, though questions are by far the most frequent turn. For
    each message it copies all the weights, two thirds of its time; a short text needs some fifty columns of them.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**LogisticRegressionClassifier.get_default_config(), "C": 1.0, "class_weight": "balanced"}

    def __init__(self, config: dict[str, Any], name: str, model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, name, model_storage, resource)
        self.clf.set_params(C=self.config["C"], class_weight=self.config["class_weight"])

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = [
                {"name": str(name), "confidence": float(probability)}
                for name, probability in zip(self.clf.classes_, self._probabilities(message), strict=True)
            ]
            ranking.sort(key=lambda ranked: -ranked["confidence"])
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _probabilities(self, message: Message) -> Any:
        features = self._create_X([message]).tocsr()
        scores = self.clf.coef_[:, features.indices] @ features.data + self.clf.intercept_
        return softmax(scores) if len(scores) > 1 else np.array([1.0])
