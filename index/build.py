"""Turns the records of a snapshot into its index files. Writes only into the folder it is given."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from index import embeddings
from index.dense import build_dense
from index.encoder import Encoder
from index.entries import entries_of
from index.layout import BIGRAMS_FOLDER, DENSE_FILE, FORMAT, TITLES_FOLDER, WORDS_FOLDER, IndexFacts, entries_hash
from index.lexical import LexicalIndex
from index.tokens import Segmenter, bigrams
from knowledge.directory import Directory
from knowledge.model import Records


def build_index(
    records: Records,
    encoder: Encoder,
    out: Path,
    previous: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, object]:
    """Write the index of ``records`` into the folder ``out`` and return the facts for the manifest. Vectors of texts
    that stand in the ``previous`` snapshot folder are reused; ``progress`` hears of texts embedded and texts to embed.
    """
    entries = entries_of(records)
    segmenter = Segmenter(Directory.from_records(records).jieba_words())
    chunks = [chunk for entry in entries for chunk in entry.chunks]
    negatives = [question for entry in entries for question in entry.negatives]
    embedded = embeddings.embed(chunks + negatives, encoder, previous, progress)
    embeddings.save(embedded, encoder, out)
    kind = build_dense(embeddings.as_float32(embedded.vectors[: len(chunks)]), out / DENSE_FILE)
    LexicalIndex.build((bigrams(entry.text) for entry in entries), out / BIGRAMS_FOLDER)
    LexicalIndex.build((segmenter.words(entry.text) for entry in entries), out / WORDS_FOLDER)
    LexicalIndex.build((bigrams(entry.title) for entry in entries), out / TITLES_FOLDER)
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
