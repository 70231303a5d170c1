"""Questions and passages for measuring, made from the default corpus so that they meet real records."""

import csv
import itertools
from pathlib import Path

import knowledge

_ASKED = ("由谁负责？", "什么时候完成？", "在哪里公开？", "有什么要求？")


def ledger_rows() -> list[dict[str, str]]:
    corpus = Path(knowledge.__file__).parent / "corpus"
    rows: list[dict[str, str]] = []
    for path in sorted(corpus.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows += list(csv.DictReader(stream))
    return rows


def questions() -> list[str]:
    """Every fourth kind of question for every task, so that consecutive ones share neither task nor kind."""
    asked = itertools.cycle(_ASKED)
    named = [row.get("任务名称") or row["工作要求"][:16] for row in ledger_rows()]
    return [f"{name}{next(asked)}" for name in named]


def passages() -> list[str]:
    return [row["工作要求"] for row in ledger_rows() if row.get("工作要求")]
