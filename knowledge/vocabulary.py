"""Glossaries and question-and-answer lists: YAML lists of terms or of approved answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from knowledge.errors import SourceEmpty, SourceUnreadable
from knowledge.model import Faq, Locator, Term
from knowledge.readers.plain import decode

Entry = Mapping[str, Any]
Refused = tuple[Locator, str]
_COMMON_USAGE = "通行用语"
TERM_TITLE, FAQ_TITLE = "政务公开名词", "常见问答"


def read_entries(data: bytes, name: str) -> list[tuple[int, Any]]:
    """The list of ``data`` with the line of each entry. Raises SourceUnreadable or SourceEmpty."""
    text = decode(data, name)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SourceUnreadable(f"{name}：不是可用的 YAML 文件") from error
    if not content:
        raise SourceEmpty(f"{name}：文件是空的")
    if not isinstance(content, list) or node is None:
        raise SourceUnreadable(f"{name}：应当是名词（name、explanation）或问答（questions、answer）的列表")
    return [(child.start_mark.line + 1, entry) for child, entry in zip(node.value, content, strict=True)]


def is_glossary(entries: Sequence[tuple[int, Any]]) -> bool:
    return any(isinstance(entry, Mapping) and "name" in entry for _, entry in entries)


def read_terms(
    entries: Iterable[tuple[int, Any]], document_id: str, name: str
) -> tuple[tuple[Term, ...], tuple[Refused, ...]]:
    """Terms in file order, and the entries left out with the reason."""
    terms: list[Term] = []
    refused: list[Refused] = []
    for ordinal, (line, entry) in enumerate(entries, 1):
        place = Locator(name, line=line)
        if not _has(entry, "name") or not _has(entry, "explanation"):
            refused.append((place, "名词缺少 name 或 explanation"))
            continue
        terms.append(
            Term(f"{document_id}-w{ordinal:03d}", str(entry["name"]).strip(), _texts(entry.get("aliases")),
                 str(entry["explanation"]).strip(), document_id, place, _source(entry))
        )  # fmt: skip
    return tuple(terms), tuple(refused)


def read_faqs(
    entries: Iterable[tuple[int, Any]], document_id: str, name: str
) -> tuple[tuple[Faq, ...], tuple[Refused, ...]]:
    """Questions and answers in file order, and the entries left out with the reason."""
    faqs: list[Faq] = []
    refused: list[Refused] = []
    for ordinal, (line, entry) in enumerate(entries, 1):
        place = Locator(name, line=line)
        if not _has(entry, "questions") or not _has(entry, "answer") or not _has(entry, "approved_by"):
            refused.append((place, "问答缺少 questions、answer 或 approved_by"))
            continue
        faqs.append(
            Faq(f"{document_id}-q{ordinal:03d}", _texts(entry["questions"]), _texts(entry.get("negative_questions")),
                str(entry["answer"]).strip(), document_id, str(entry["approved_by"]).strip(), place, _source(entry))
        )  # fmt: skip
    return tuple(faqs), tuple(refused)


def _has(entry: object, key: str) -> bool:
    return isinstance(entry, Mapping) and bool(entry.get(key))


def _source(entry: Entry) -> str | None:
    return official_source(str(entry.get("source") or ""))


def official_source(text: str) -> str | None:
    """The official text named; 通行用语 says that there is none."""
    return None if text.strip() in ("", _COMMON_USAGE) else text.strip()


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(text for text in (str(item).strip() for item in values) if text)
