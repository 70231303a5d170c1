"""Domain, rules, examples and actions fit together: the gaps that Rasa itself would only show to a citizen."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Action

import bot.actions
from bot.train import digest_of_inputs

NLU = re.compile(r"^\s*- (.+)$", re.MULTILINE)


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def domain(root: Path) -> dict[str, Any]:
    return load(root / "domain.yml")


@pytest.fixture(scope="module")
def rules(root: Path) -> list[dict[str, Any]]:
    return load(root / "bot" / "data" / "rules.yml")["rules"]


@pytest.fixture(scope="module")
def examples(root: Path) -> dict[str, list[str]]:
    """Intent to its examples, annotations taken out."""
    found: dict[str, list[str]] = {}
    for path in sorted((root / "bot" / "data" / "nlu").glob("*.yml")):
        for block in load(path)["nlu"]:
            if "intent" in block:
                lines = [re.sub(r"\[(.+?)\]\(\w+\)", r"\1", line) for line in NLU.findall(block["examples"])]
                found.setdefault(block["intent"], []).extend(lines)
    return found


def unconditional_intents(rules: list[dict[str, Any]]) -> set[str]:
    return {rule["steps"][0]["intent"] for rule in rules if "condition" not in rule}


def test_every_intent_has_a_rule_without_a_condition(domain: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    assert unconditional_intents(rules) == {*domain["intents"], "nlu_fallback"}


def test_every_intent_has_examples_and_none_is_unknown(domain: dict[str, Any], examples: dict[str, list[str]]) -> None:
    assert set(examples) == set(domain["intents"])
    assert all(len(lines) >= 10 for lines in examples.values())


def test_no_example_stands_twice(examples: dict[str, list[str]]) -> None:
    lines = [re.sub(r"\s", "", line).lower() for group in examples.values() for line in group]
    assert sorted(line for line in set(lines) if lines.count(line) > 1) == []


def test_no_held_out_text_is_trained_on(root: Path, examples: dict[str, list[str]]) -> None:
    trained = {line for group in examples.values() for line in group}
    for name in ("held_out_nlu.yml", "held_out_nlu_2.yml"):
        held_out = load(root / "tests" / "bot" / name)
        assert {str(text) for texts in held_out.values() for text in texts} & trained == set()


def test_every_custom_action_of_the_domain_is_served(domain: dict[str, Any]) -> None:
    served = {
        action().name()
        for action in vars(bot.actions).values()
        if isinstance(action, type) and issubclass(action, Action)
    }
    assert served == set(domain["actions"])


def test_every_rule_action_is_known(domain: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    known = {*domain["actions"], *domain["forms"], "action_deactivate_loop"}
    used = {step["action"] for rule in rules for step in rule["steps"] if "action" in step}
    assert used <= known


def test_no_slot_influences_the_rules(domain: dict[str, Any]) -> None:
    assert [name for name, slot in domain["slots"].items() if slot["influence_conversation"]] == []


def test_form_slots_are_filled_at_their_own_step_only(domain: dict[str, Any]) -> None:
    for name in domain["forms"]["request_form"]["required_slots"]:
        [mapping] = domain["slots"][name]["mappings"]
        assert mapping["conditions"] == [{"active_loop": "request_form", "requested_slot": name}]


def test_every_entity_is_annotated_at_least_once_or_rasa_extracts_nothing(domain: dict[str, Any], root: Path) -> None:
    text = "".join(path.read_text("utf-8") for path in (root / "bot" / "data" / "nlu").glob("*.yml"))
    assert all(f"]({entity})" in text for entity in domain["entities"])


def test_matching_ignores_word_boundaries_which_chinese_has_not(root: Path) -> None:
    pipeline = {step["name"]: step for step in load(root / "config.yml")["pipeline"]}
    assert pipeline["RegexFeaturizer"]["use_word_boundaries"] is False
    assert pipeline["RegexEntityExtractor"]["use_word_boundaries"] is False


def test_rasa_will_not_rewrite_the_config(root: Path) -> None:
    assert load(root / "config.yml")["assistant_id"]


def test_the_digest_follows_the_generated_names(tmp_path: Path) -> None:
    (tmp_path / "jieba").mkdir()
    words = tmp_path / "jieba" / "policy.txt"
    words.write_text("财政局 1 n\n", "utf-8")
    before = digest_of_inputs(tmp_path)
    assert digest_of_inputs(tmp_path) == before
    words.write_text("教育局 1 n\n", "utf-8")
    assert digest_of_inputs(tmp_path) != before


def test_the_bot_imports_nothing_of_the_other_packages(root: Path) -> None:
    sources = "\n".join(path.read_text("utf-8") for path in (root / "bot").rglob("*.py"))
    assert re.findall(r"^\s*(?:from|import) (?:api|index|knowledge)\b", sources, re.MULTILINE) == []


# Said of forms, of regex-only features and of entities that only actions read; nothing to put right.
_ALLOWED_WARNINGS = (
    "utter_ask_",
    "lookup tables",
    "regexes",
    "entity extractor",
    "pkg_resources",
    "declare_namespace",
    "Deprecat",
    "deprecat",
    "unused",
)


@pytest.mark.rasa
def test_rasa_finds_nothing_to_warn_about(root: Path, tmp_path: Path) -> None:
    data = [str(root / "bot" / "data"), str(root / "tests" / "bot" / "generated" / "nlu")]
    command = [sys.executable, "-m", "rasa", "data", "validate", "--config", "config.yml", "--domain", "domain.yml"]
    result = subprocess.run([*command, "--data", *data], cwd=root, capture_output=True, text=True, timeout=120)
    output = result.stdout + result.stderr
    warned = [line for line in output.splitlines() if "UserWarning" in line or "WARNING" in line or "ERROR" in line]
    assert result.returncode == 0, output[-2000:]
    assert [line for line in warned if not any(allowed in line for allowed in _ALLOWED_WARNINGS)] == []
