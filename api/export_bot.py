"""What the dialogue layer is trained on beside its own examples: the names of the knowledge base, as Rasa reads them.

Written before training, from the records being served. The same records give the same bytes, so that an unchanged
knowledge base trains nothing.
"""

from collections.abc import Iterable
from pathlib import Path

from knowledge.directory import Directory
from knowledge.model import Records
from knowledge.text import normalise

_HEADER = "# Generated from the knowledge base by api/export_bot.py; edits are lost.\n"
_WORD_FREQUENCY = 200_000
"""High enough that jieba keeps a long name whole rather than cut it into common words."""
_SHORTEST_NAME = 2


def export_bot(records: Records, out: Path) -> None:
    """Write ``out``/nlu/lookup_*.yml and ``out``/jieba/policy.txt, replacing older ones."""
    directory = Directory.from_records(records)
    regions = _longest_first(alias for aliases in directory.regions.values() for alias in aliases)
    units = _longest_first(alias for aliases in directory.units.values() for alias in aliases)
    (out / "nlu").mkdir(parents=True, exist_ok=True)
    (out / "jieba").mkdir(parents=True, exist_ok=True)
    for entity, names in (("region", regions), ("unit", units), ("year", _years(records))):
        (out / "nlu" / f"lookup_{entity}s.yml").write_text(_lookup(entity, names), "utf-8")
    (out / "jieba" / "policy.txt").write_text(_dictionary(directory.jieba_words()), "utf-8")


def _longest_first(names: Iterable[str]) -> list[str]:
    """Rasa joins a table to one alternation in its own order, where the first match wins: 教育局 must not hide
    教育局招生办. Names are normalised as the messages are."""
    folded = {normalise(name) for name in names}
    return sorted((name for name in folded if len(name) >= _SHORTEST_NAME), key=lambda name: (-len(name), name))


def _years(records: Records) -> list[str]:
    years = {document.year for document in records.documents if document.year}
    return _longest_first(form.format(year) for year in years for form in ("{}年度", "{}年", "{}"))


def _lookup(entity: str, names: list[str]) -> str:
    head = f'{_HEADER}version: "3.1"\n'
    if not names:
        return f"{head}nlu: []\n"
    lines = "".join(f"      - {name}\n" for name in names)
    return f"{head}nlu:\n  - lookup: {entity}\n    examples: |\n{lines}"


def _dictionary(words: Iterable[str]) -> str:
    """jieba's own format, a word a line; a blank inside a word would end it."""
    usable = _longest_first(word for word in words if " " not in word.strip())
    return "".join(f"{word} {_WORD_FREQUENCY} n\n" for word in usable)
