"""Which dialogue model is used and when one is trained, with a stand-in for the Rasa environment's Python."""

from datetime import date
from pathlib import Path

import pytest

from api.serve.dialogue import DialogueUnavailable, build_model, rasa_python, ready_model
from api.settings import Settings
from knowledge.codec import write_records
from knowledge.manifest import Provenance
from knowledge.model import Document, Locator, PlanTask, Records
from knowledge.snapshot import SnapshotStore

TRAINS = """#!/bin/sh
echo trained >>"$POLICYDESK_HOME/../../trainings"
mkdir -p "$POLICYDESK_HOME/rasa/models"
cp "$POLICYDESK_HOME/rasa/data/jieba/policy.txt" "$POLICYDESK_HOME/rasa/models/policydesk.tar.gz"
"""
FAILS = """#!/bin/sh
echo "InvalidDomain: intent twice" >&2
exit 1
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", models=tmp_path / "models", rasa_venv=tmp_path / "venv")


def install(settings: Settings, script: str) -> None:
    python = settings.rasa_venv / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text(script)
    python.chmod(0o755)


def publish(settings: Settings, unit: str) -> None:
    document = Document(
        id="d",
        title="湖滨新区要点",
        doc_number=None,
        issuer=None,
        region="湖滨新区",
        year=2023,
        published_on=date(2023, 3, 1),
        effective_from=None,
        effective_to=None,
        status="有效",
        superseded_by=None,
        source_path="a.csv",
        sha256="0" * 64,
    )
    task = PlanTask("t", "d", "1", (), "公开预算", "按时公开预算", (unit,), (), None, None, Locator("a.csv", line=2))
    store = SnapshotStore(settings.home)
    with store.lock(), store.stage() as folder:
        write_records(Records(documents=(document,), tasks=(task,)), folder)
        store.activate(store.seal(folder, Provenance("test", (), {}, {})).id)


def trainings(settings: Settings) -> int:
    return (settings.models_dir / "trainings").read_text().count("trained")


def test_a_built_model_is_ready_from_then_on(settings: Settings) -> None:
    install(settings, TRAINS)
    publish(settings, "湖滨新区财政局")
    assert ready_model(settings) is None
    model = build_model(settings)
    assert "湖滨新区财政局" in model.read_text()
    assert ready_model(settings) == model


def test_a_new_snapshot_makes_the_model_be_looked_at_again(settings: Settings) -> None:
    install(settings, TRAINS)
    publish(settings, "湖滨新区财政局")
    first = build_model(settings)
    publish(settings, "湖滨新区水务局")
    assert ready_model(settings) is None
    assert build_model(settings) != first


def test_instances_with_the_same_documents_share_a_model(settings: Settings, tmp_path: Path) -> None:
    install(settings, TRAINS)
    other = settings.model_copy(update={"home": tmp_path / "other"})
    for instance in (settings, other):
        publish(instance, "湖滨新区财政局")
    assert build_model(settings) == build_model(other)


def test_training_anew_replaces_the_model(settings: Settings) -> None:
    install(settings, TRAINS)
    publish(settings, "湖滨新区财政局")
    build_model(settings)
    before = trainings(settings)
    build_model(settings, anew=True)
    assert trainings(settings) == before + 1


def test_only_the_newest_models_are_kept(settings: Settings) -> None:
    install(settings, TRAINS)
    for unit in ("财政局", "水务局", "教育局", "民政局", "环保局"):
        publish(settings, f"湖滨新区{unit}")
        newest = build_model(settings)
    assert newest.is_file()
    assert len([path for path in (settings.models_dir / "dialogue").iterdir() if path.is_dir()]) == 3


def test_a_failed_training_ends_with_what_rasa_said_last(settings: Settings) -> None:
    install(settings, FAILS)
    publish(settings, "湖滨新区财政局")
    with pytest.raises(DialogueUnavailable, match=r"退出码 1[\s\S]*InvalidDomain: intent twice"):
        build_model(settings)
    assert ready_model(settings) is None


def test_without_the_environment_there_is_no_model_and_the_setting_is_named(settings: Settings) -> None:
    publish(settings, "湖滨新区财政局")
    assert ready_model(settings) is None
    with pytest.raises(DialogueUnavailable, match="POLICYDESK_RASA_VENV"):
        rasa_python(settings)
