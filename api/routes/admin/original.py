"""What the page of an original needs, whether it serves already or waits in the inbox."""

from collections.abc import Sequence
from typing import Any

from api.documents.original import Original, OriginalReader
from api.documents.spread import KIND_LABELS, open_at
from knowledge.errors import SourceError
from knowledge.manifest import SourceRejection
from knowledge.model import Records
from knowledge.readers.source import Block


def original_facts(
    originals: OriginalReader,
    original: Original | None,
    records: Records,
    rejected: Sequence[SourceRejection],
    page: int,
) -> dict[str, Any]:
    """An original that cannot be read any more leaves its half of the page empty, with the reason."""
    blocks: tuple[Block, ...] = ()
    missing = "这一版没有记下原件" if original is None else None
    if original is not None:
        try:
            blocks = originals.blocks(original)
        except SourceError as error:
            missing = error.message
    return {"spread": open_at(blocks, records, rejected, page), "missing": missing, "kinds": KIND_LABELS}
