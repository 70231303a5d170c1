"""Which document takes the place of another: chosen by its title or 文号, or named where it is not in the base."""

from collections.abc import Iterator

from api.documents.errors import FieldsWrong
from api.documents.shelf import Shelf, fold
from knowledge.model import Document

OFFERED = 300
"""Documents in the list one can pick from; any other is found by typing its whole title or 文号."""


def name_for(document: Document) -> str:
    """A document as one picks it from the list."""
    return f"{document.title}（{document.doc_number}）" if document.doc_number else document.title


def shown(superseded_by: str, shelf: Shelf) -> str:
    """The value as people read it: ids are never shown."""
    entry = shelf.entries.get(superseded_by)
    if entry:
        return name_for(entry.document)
    title, _, number = superseded_by.partition("|")
    return f"{title}（{number}）" if title and number else superseded_by


def offered(shelf: Shelf, own: Document) -> list[str]:
    """Those of the same region first, the newest first."""
    others = [entry.document for entry in shelf.entries.values() if entry.document.id != own.id]
    others.sort(key=lambda each: (each.region != own.region, -(each.year or 0)))
    return [name_for(each) for each in others[:OFFERED]]


def resolved(typed: str, shelf: Shelf, own_id: str) -> str:
    """The document that was meant by title and 文号, which stay right when its id changes, or what was typed where none
    is in the base. Raises FieldsWrong."""
    wanted = fold(typed).strip("[]")
    if not wanted:
        return ""
    meant = [entry.document for entry in shelf.entries.values() if wanted in _names(entry.document)]
    if any(document.id == own_id for document in meant) or typed == own_id:
        raise FieldsWrong({"superseded_by": "一份文件不能被它自己取代。"})
    if len(meant) > 1:
        raise FieldsWrong({"superseded_by": f"知识库里有 {len(meant)} 份文件叫这个名字，请写上文号。"})
    return "|".join(filter(None, (meant[0].title, meant[0].doc_number))) if meant else typed


def _names(document: Document) -> Iterator[str]:
    yield fold(name_for(document))
    yield fold(document.title).strip("[]")
    if document.doc_number:
        yield fold(document.doc_number)
