"""docs/evaluation.md names every figure and every option of ``policydesk eval``, and its questions are questions."""

import inspect
import re
from pathlib import Path

from api.cli.evaluation import evaluate
from api.evaluation.labels import FIGURES
from api.evaluation.questions import read_file

PAGE = (Path(__file__).parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")


def test_every_figure_is_explained_and_no_other() -> None:
    rows = re.findall(r"^\| (`[^|]+) \| [^|]+ \| [^|]+ \|$", PAGE, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(FIGURES)


def test_every_option_is_named_and_no_other() -> None:
    spelled = {"out": "json", "without": "without-documents"}
    options = {spelled.get(name, name) for name in inspect.signature(evaluate).parameters} - {"files"}
    assert set(re.findall(r"--([a-z][a-z-]+)", PAGE)) == options


def test_the_examples_are_questions(tmp_path: Path) -> None:
    for number, example in enumerate(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)):
        path = tmp_path / f"{number}.jsonl"
        path.write_text(example, encoding="utf-8")
        assert read_file(path)
    assert number == 1
