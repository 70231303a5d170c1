"""The files of the index inside a snapshot folder, and the one check that they belong to the records beside them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.entries import Entry
from index.errors import IndexMismatch

FORMAT = 1
INDEX_FILE = "index.json"
DENSE_FILE = "dense.faiss"
BIGRAMS_FOLDER = "lexical_bigrams"
WORDS_FOLDER = "lexical_words"
TITLES_FOLDER = "lexical_titles"


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """What an index was built from. ``chunks`` vectors are searched; after them stand ``negatives`` that are not."""

    format: int
    entries: int
    entries_hash: str
    chunks: int
    negatives: int
    dims: int
    encoder_name: str
    encoder_revision: str
    dense_kind: str
    dictionary_hash: str

    def write(self, folder: Path) -> None:
        (folder / INDEX_FILE).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @staticmethod
    def read(folder: Path) -> "IndexFacts":
        try:
            facts = IndexFacts(**json.loads((folder / INDEX_FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexMismatch(f"索引说明 {INDEX_FILE} 读不出：{error}") from error
        if facts.format != FORMAT:
            raise IndexMismatch(f"索引格式是 {facts.format}，本程序需要 {FORMAT}，请重新刷新知识库")
        return facts


def entries_hash(entries: Sequence[Entry]) -> str:
    """Changes with the records, their order, and the way entries are made of them."""
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(repr((entry.record_id, entry.text, entry.chunks, entry.negatives)).encode())
    return digest.hexdigest()
