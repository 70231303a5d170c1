"""The form in which a document's facts are changed: each field with its value, where that comes from, and what the file
itself says."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.documents import successor
from api.documents.changes_book import Pending
from api.documents.fields import LABELS, differing, require_possible, side_values, texts_of, tidy
from api.documents.original import Original, OriginalReader
from api.documents.shelf import Shelf, Shelved
from api.documents.uploads import Reading
from knowledge.model import Document

ORIGIN_LABELS = {"text": "文件所写", "side": "导入时填写", "console": "控制台填写", "none": "文件没有写"}


@dataclass(frozen=True, slots=True)
class FormField:
    """``written`` is what the file says where that is something else."""

    name: str
    label: str
    value: str
    origin: str
    written: str | None = None
    problem: str | None = None


@dataclass(frozen=True)
class DocumentForm:
    """``own`` are the values by the file alone, ``said`` what is to be said instead."""

    own: Mapping[str, str]
    said: Mapping[str, str]
    side: frozenset[str]
    shelf: Shelf
    document: Document

    @property
    def values(self) -> dict[str, str]:
        return {**self.own, **self.said}

    def fields(
        self, typed: Mapping[str, str] | None = None, problems: Mapping[str, str] | None = None
    ) -> dict[str, FormField]:
        """With what was ``typed`` in place of the values where it could not be kept."""
        return {name: self._field(name, typed, problems or {}) for name in LABELS}

    def kept(self, given: Mapping[str, str], *, may_be_blank: bool = False) -> dict[str, str]:
        """What is to be said after the form was sent. With ``may_be_blank`` a blank field is as the file has it.
        Raises FieldsWrong."""
        typed = tidy(given)
        require_possible(
            {name: value for name, value in typed.items() if name != "superseded_by"}, may_be_blank=may_be_blank
        )
        if typed["superseded_by"] == self._shown("superseded_by"):
            typed["superseded_by"] = self.values["superseded_by"]
        else:
            typed["superseded_by"] = successor.resolved(typed["superseded_by"], self.shelf, self.document.id)
        said = differing(typed, self.own)
        return {name: value for name, value in said.items() if value} if may_be_blank else said

    def _field(self, name: str, typed: Mapping[str, str] | None, problems: Mapping[str, str]) -> FormField:
        origin = (
            "console" if name in self.said else "side" if name in self.side else "text" if self.own[name] else "none"
        )
        written = self._read(name, self.own[name]) if name in self.said else None
        value = self._shown(name) if typed is None else typed.get(name, "")
        return FormField(name, LABELS[name], value, origin, written, problems.get(name))

    def _shown(self, name: str) -> str:
        return self._read(name, self.values[name])

    def _read(self, name: str, value: str) -> str:
        return successor.shown(value, self.shelf) if name == "superseded_by" else value


def form_of(
    shelved: Shelved, pending: Pending | None, shelf: Shelf, originals: OriginalReader, original: Original | None
) -> DocumentForm:
    document, source = shelved.records.documents[0], shelved.source
    edits = dict(source.edits) if source else {}
    # What the console or other documents say of it stands in the document too: only the file tells what it says itself.
    is_touched = bool(edits or document.superseded_by or document.status != "有效")
    own = originals.as_written(original) if is_touched and original else document
    said = edits if pending is None or pending.said is None else pending.said
    side = frozenset(side_values(source.meta_text if source else None))
    return DocumentForm(texts_of(own or document), said, side, shelf, document)


def form_of_upload(reading: Reading, said: Mapping[str, str], shelf: Shelf) -> DocumentForm | None:
    """None for a file that cannot be taken."""
    if reading.own is None or reading.document is None:
        return None
    return DocumentForm(texts_of(reading.own), said, frozenset(), shelf, reading.document)
