"""Turns the records of a snapshot into its index files. Writes only into the folder it is given."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from index import embeddings
from index.dense import build_dense
from index.encoder import Encoder
from index.entries import Entry, entries_of
from index.layout import BIGRAMS_FOLDER, DENSE_FILE, FORMAT, TITLES_FOLDER, WORDS_FOLDER, IndexFacts, entries_hash
from index.lexical import LexicalIndex
from index.tokens import Segmenter, bigrams
from knowledge.directory import Directory
from knowledge.model import Records

Progress = Callable[[Literal["words", "vectors"], int, int], None]
"""Called with what is being made, how much of it is done, and how much there is."""
_TOLD_EVERY = 256


def _no_progress(step: Literal["words", "vectors"], done: int, total: int) -> None:
    """For callers that show none."""


def build_index(
    records: Records,
    encoder: Encoder,
    out: Path,
    previous: Path | None = None,
    progress: Progress = _no_progress,
) -> dict[str, object]:
    """Write the index of ``records`` into the folder ``out`` and return the facts for the manifest. Vectors of texts
    that stand in the ``previous`` snapshot folder are reused. ``progress`` may raise to give up."""
    entries = entries_of(records)
    segmenter = Segmenter(Directory.from_records(records).jieba_words())
    # Words first: what this takes is given back before an encoder that is loaded at its first use comes in.
    kinds: tuple[tuple[str, Callable[[Entry], list[str]]], ...] = (
        (BIGRAMS_FOLDER, lambda entry: bigrams(entry.text)),
        (WORDS_FOLDER, lambda entry: segmenter.words(entry.text)),
        (TITLES_FOLDER, lambda entry: bigrams(entry.title)),
    )
    steps = _Steps(progress, len(kinds) * len(entries))
    for folder, tokens in kinds:
        LexicalIndex.build((tokens(entry) for entry in steps.counted(entries)), out / folder)
    chunks = [chunk for entry in entries for chunk in entry.chunks]
    negatives = [question for entry in entries for question in entry.negatives]
    embedded = embeddings.embed(
        chunks + negatives, encoder, previous, lambda done, total: progress("vectors", done, total)
    )
    embeddings.save(embedded, encoder, out)
    kind = build_dense(embedded.vectors[: len(chunks)], out / DENSE_FILE)
    facts = IndexFacts(
        format=FORMAT,
        entries=len(entries),
        entries_hash=entries_hash(entries),
        chunks=len(chunks),
        negatives=len(negatives),
        dims=encoder.dims,
        encoder_name=encoder.name,
        encoder_revision=encoder.revision,
        dense_kind=kind,
        dictionary_hash=segmenter.dictionary_hash,
    )
    facts.write(out)
    return {**asdict(facts), "vectors_reused": embedded.reused, "vectors_computed": embedded.computed}


@dataclass
class _Steps:
    """Counts entries over several passes."""

    progress: Progress
    total: int
    done: int = 0

    def counted(self, entries: Sequence[Entry]) -> Iterator[Entry]:
        for entry in entries:
            yield entry
            self.done += 1
            if self.done % _TOLD_EVERY == 0 or self.done == self.total:
                self.progress("words", self.done, self.total)
