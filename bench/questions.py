"""Questions and passages for measuring, made from the default corpus so that they meet real records."""

import csv
import itertools
from pathlib import Path

import yaml

import knowledge

_ASKED = ("由谁负责？", "什么时候完成？", "在哪里公开？", "有什么要求？")


def ledger_rows() -> list[dict[str, str]]:
    """The rows of the default corpus, each with the region of its plan under ``region``."""
    corpus = Path(knowledge.__file__).parent / "corpus"
    rows: list[dict[str, str]] = []
    for path in sorted(corpus.glob("*.csv")):
        region = yaml.safe_load(path.with_suffix(".meta.yaml").read_text(encoding="utf-8"))["region"]
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows += [{**row, "region": region} for row in csv.DictReader(stream)]
    return rows


def questions() -> list[str]:
    """Four questions on every task, half of them without a region, which are searched in every region;
    neighbours share neither task nor kind, so that no answer profits from the one before."""
    tasks = [(row["region"], row.get("任务名称") or row["工作要求"][:16]) for row in ledger_rows()]
    rounds = itertools.product(range(len(_ASKED)), enumerate(tasks))
    return [
        f"{region if (turn + at) % 2 else ''}{name}{_ASKED[(turn + at) % len(_ASKED)]}"
        for turn, (at, (region, name)) in rounds
    ]


def passages() -> list[str]:
    return [row["工作要求"] for row in ledger_rows() if row.get("工作要求")]
