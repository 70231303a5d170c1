"""The pipeline of config.yml trained and run in this process: without Rasa's command line a fold takes seconds.

Like Rasa's own training, each component learns from what the tokenizer and the featurizers before it made of the
data, and sees no prediction of another.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.importers.utils import training_data_from_paths
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_PREPARING = {DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER}


def all_examples(root: Path) -> TrainingData:
    folders = (root / "bot" / "data" / "nlu", root / "tests" / "bot" / "generated" / "nlu")
    return training_data_from_paths([str(path) for folder in folders for path in sorted(folder.glob("*.yml"))], "zh")


def part_of(data: TrainingData, indices: Sequence[int]) -> TrainingData:
    """The examples at ``indices`` as if freshly read: training leaves its traces in the messages."""
    kept = [data.intent_examples[index] for index in indices]
    messages = [Message({key: example.get(key) for key in (TEXT, INTENT, "entities")}) for example in kept]
    return TrainingData(messages, data.entity_synonyms, data.regex_features, data.lookup_tables)


def train(root: Path, data: TrainingData, folder: Path) -> list[Any]:
    """The trained components in their order; ``folder`` takes what they store."""
    storage = LocalModelStorage.create(folder)
    components: list[Any] = []
    for number, settings in enumerate(yaml.safe_load((root / "config.yml").read_text("utf-8"))["pipeline"]):
        name = settings.pop("name")
        if "." in name:
            import_module(name.rpartition(".")[0])
        registered = DefaultV1Recipe._from_registry(name)
        node = f"{number}_{name}"
        context = ExecutionContext(GraphSchema({}), node_name=node)
        config = {**registered.clazz.get_default_config(), **settings}
        component = registered.clazz.create(config, storage, Resource(node), context)
        if registered.is_trainable:
            component.train(data)
        if registered.types & _PREPARING:
            data = component.process_training_data(data)
        components.append(component)
    return components


def intents(components: Sequence[Any], texts: Sequence[str]) -> list[str]:
    messages = [Message({TEXT: text}) for text in texts]
    for component in components:
        messages = component.process(messages)
    return [message.get(INTENT)["name"] for message in messages]
