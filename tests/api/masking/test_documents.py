"""Real documents: what is masked in them is a telephone number or mail address printed there, and nothing else."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from api.masking import mask

REPOSITORY = Path(__file__).resolve().parents[3]
PRINTED = re.compile(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[-—]?[2-9]\d{6,7}(?!\d)|[\w.]+@[\w.]+\.(?:com|cn)"
    r"|(?<=电话：市商务局流通业发展处，)\d{8}"
)


def untouched(files: Sequence[Path]) -> None:
    """Without the numbers and addresses that a plain pattern finds, masking changes no character."""
    assert files
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            rest = PRINTED.sub("□", line)
            assert mask(rest) == rest


def test_nothing_in_the_five_plans_is_masked(shared_dir: Path) -> None:
    for file in sorted((shared_dir / "seeds").glob("*.txt")):
        text = file.read_text("utf-8")
        assert mask(text) == text


def test_nothing_but_numbers_and_addresses_of_mail_is_masked_in_the_notices(shared_dir: Path) -> None:
    folder = shared_dir / "eval" / "policies_dev" / "documents"
    if not folder.is_dir():
        pytest.skip("the notices are not here")
    untouched(sorted(folder.iterdir()))


def test_nothing_in_the_sample_documents_is_masked() -> None:
    for file in sorted((REPOSITORY / "knowledge" / "corpus").iterdir()):
        text = file.read_text("utf-8")
        assert mask(text) == text


def test_nothing_else_is_masked_in_the_development_questions_and_their_answers(shared_dir: Path) -> None:
    untouched(sorted((shared_dir / "eval").rglob("*question*.jsonl")))
