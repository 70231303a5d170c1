"""Whole tables of questions and answers: read once, looked at, then taken in as drafts that wait for approval.

Between the look and the yes a table lies in the home folder, for a day, under a name that cannot be guessed. Only the
admin who brought it can take it in, who thereby is its author.
"""

import json
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import bindparam, insert
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import entry as audit_row
from api.db.models import FaqEntry
from api.documents.errors import FieldsWrong
from api.faq.book import FaqBook, entries_in
from api.faq.entry import Entry, owners
from api.faq.errors import ImportNotFound, ImportRefused
from api.faq.text import FaqText, check, key_of, text_of
from knowledge.errors import SourceError
from knowledge.faq_table import COLUMNS, find_faq_tables, read_faq_tables
from knowledge.ingest import place_of
from knowledge.readers import read_source

ENDINGS = (".csv", ".xlsx")
_KEPT_SECONDS = 24 * 3600
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Refused:
    """``question`` is empty where there is none. ``place`` reads like 第12行 or 问答!A5."""

    place: str
    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    place: str
    text: FaqText


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds that keeps the rules, and what does not."""

    name: str
    by: str
    rows: tuple[Row, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a table: ``changed`` are entries of the book with the same question and their new text, ``same``
    counts those that say it already."""

    added: tuple[FaqText, ...]
    changed: tuple[tuple[Entry, FaqText], ...]
    same: int
    refused: tuple[Refused, ...]


def read_table(path: Path, name: str, by: str) -> Table:
    """Raises ImportRefused."""
    if path.suffix.lower() not in ENDINGS:
        raise ImportRefused(f"{name}：不能从这种文件导入，请用 {' 或 '.join(ENDINGS)} 文件。")
    try:
        source, _ = read_source(path)
    except SourceError as error:
        raise ImportRefused(f"{error.message}。") from error
    tables = find_faq_tables(source)
    if not tables:
        raise ImportRefused(f"{name}：没有找到问答表，表头应为 {'、'.join(COLUMNS)}，至少要有问题和答案两列。")
    faqs, left_out = read_faq_tables(source, tables, "", name)
    refused = [Refused(place_of(place), "", reason) for place, reason in left_out]
    refused += [Refused(skipped.place, "", skipped.reason) for skipped in source.skipped]
    rows: list[Row] = []
    for faq in faqs:
        text, place = text_of(faq), place_of(faq.locator)
        try:
            check(text)
        except FieldsWrong as wrong:
            refused.append(Refused(place, text.question, "".join(wrong.problems.values())))
        else:
            rows.append(Row(place, text))
    if not rows and not refused:
        raise ImportRefused(f"{name}：表里没有内容。")
    return Table(name, by, tuple(rows), tuple(refused))


def plan_of(table: Table, entries: Iterable[Entry], filed: Mapping[str, str]) -> Plan:
    """``filed`` as for :class:`~api.faq.book.FaqBook`."""
    known = list(entries)
    by_question = {key_of(text.question): entry for entry in known for text in entry.texts}
    matched = {entry.id for row in table.rows if (entry := by_question.get(key_of(row.text.question)))}
    owned = owners(entry for entry in known if entry.id not in matched)
    added: list[FaqText] = []
    changed: dict[int, tuple[Entry, FaqText]] = {}
    refused = list(table.refused)
    same = 0
    for row in table.rows:
        text, notes = _without_owned(row, owned, filed)
        refused += notes
        if text is None:
            continue
        entry = by_question.get(key_of(text.question))
        if entry is None:
            added.append(text)
        elif entry.latest == text:
            same += 1
        elif entry.id in changed:
            refused.append(Refused(row.place, text.question, "与表里另一行改的是同一条问答，未收录"))
        else:
            changed[entry.id] = (entry, text)
    return Plan(tuple(added), tuple(changed.values()), same, tuple(refused))


def take_in(session: Session, actor: Actor, plan: Plan, name: str, book: FaqBook) -> None:
    """Write the drafts of a plan made in the same transaction."""
    written = {"written_by": actor.name, "written_at": book.now()}
    if plan.added:
        session.execute(insert(FaqEntry), [{"draft": text.as_json(), "version": 1, **written} for text in plan.added])
    if plan.changed:
        _rewrite(session, plan, written)
    counts = {"added": len(plan.added), "changed": len(plan.changed), "refused": len(plan.refused)}
    session.add(audit_row(actor, "faq_imported", name, counts))


def plan_in(session: Session, table: Table, filed: Mapping[str, str]) -> Plan:
    return plan_of(table, entries_in(session), filed)


class WaitingTables:
    """Tables that were read and not yet taken in."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "faq-imports"

    def keep(self, table: Table) -> str:
        """The name to ask for it by."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.iterdir():
            if time.time() - old.stat().st_mtime > _KEPT_SECONDS:
                old.unlink(missing_ok=True)
        token = secrets.token_hex(16)
        rows = [{"place": row.place, **row.text.as_json()} for row in table.rows]
        content = {"name": table.name, "by": table.by, "rows": rows, "refused": list(map(asdict, table.refused))}
        self._path(token).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return token

    def get(self, token: str, by: str) -> Table:
        """Raises ImportNotFound, also where somebody else brought it."""
        try:
            content = json.loads(self._path(token).read_text("utf-8"))
        except OSError as error:
            raise ImportNotFound from error
        if content["by"] != by:
            raise ImportNotFound
        rows = tuple(Row(row["place"], FaqText.from_json(row)) for row in content["rows"])
        return Table(content["name"], by, rows, tuple(Refused(**each) for each in content["refused"]))

    def drop(self, token: str) -> None:
        self._path(token).unlink(missing_ok=True)

    def _path(self, token: str) -> Path:
        """Raises ImportNotFound for what is no name of ours."""
        if not _TOKEN.fullmatch(token):
            raise ImportNotFound
        return self._folder / f"{token}.json"


def _without_owned(
    row: Row, owned: Mapping[str, Entry], filed: Mapping[str, str]
) -> tuple[FaqText | None, list[Refused]]:
    """The text less the similar questions that are another's; None where its question itself is."""
    text = row.text
    if owner := _owner(text.question, owned, filed):
        return None, [Refused(row.place, text.question, f"问题与{owner}重复，未收录")]
    taken = {question: owner for question in text.similar if (owner := _owner(question, owned, filed))}
    notes = [
        Refused(row.place, text.question, f"相似问“{question}”与{owner}重复，没有收录这个问法")
        for question, owner in taken.items()
    ]
    kept = tuple(question for question in text.similar if question not in taken)
    return FaqText(text.question, kept, text.negatives, text.answer, text.source), notes


def _owner(question: str, owned: Mapping[str, Entry], filed: Mapping[str, str]) -> str:
    key = key_of(question)
    if key in owned:
        return f"已有的问答“{owned[key].latest.question}”"
    return f"文件 {filed[key]} 里的问答" if key in filed else ""


def _rewrite(session: Session, plan: Plan, written: Mapping[str, object]) -> None:
    table = FaqEntry.__table__
    for withdrawn in (False, True):
        rows = [
            {"which": entry.id, "said": text.as_json()}
            for entry, text in plan.changed
            if entry.is_withdrawn is withdrawn
        ]
        values = {"draft": bindparam("said"), "version": table.c.version + 1, **written}
        if withdrawn:
            values |= {"approved_by": None, "approved_at": None}
        if rows:
            changed = table.update().where(table.c.id == bindparam("which")).values(values)  # type: ignore[attr-defined]
            session.connection().execute(changed, rows)
