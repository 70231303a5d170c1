"""docs/answers.md tells what training measured, and the thresholds, as they stand in the tree."""

import re
import subprocess
import sys
from pathlib import Path

from api.answers import thresholds

REPOSITORY = Path(__file__).parents[2]
DOCUMENT = (REPOSITORY / "docs" / "answers.md").read_text(encoding="utf-8")


def test_the_figures_are_those_of_the_learned_files() -> None:
    script = "import sys; sys.path.insert(0, 'scripts'); import write_figures as w; print(w.figures())"
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, check=True
    ).stdout.decode()
    assert told.strip() and told.strip() in DOCUMENT, "run: PYTHONPATH=. python scripts/write_figures.py"


def test_every_threshold_is_told_with_its_value() -> None:
    told: dict[str, float] = {}
    for names, values in re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \| ([\d., ]+) \|", DOCUMENT, re.MULTILINE):
        told |= dict(zip(re.findall("[A-Z_]+", names), map(float, values.split(", ")), strict=True))
    counted = {"FEW_REGIONS", "MOST_REGIONS"}
    assert told == {
        name: getattr(thresholds, name) for name in dir(thresholds) if name.isupper() and name not in counted
    }
