"""The parts that keep the documents, as a running service holds them."""

from dataclasses import dataclass

from sqlalchemy import Engine

from api.documents.changes_book import ChangesBook
from api.documents.original import OriginalReader
from api.documents.shelf import Knowledge, Shelves
from api.documents.uploads import Uploads
from api.settings import Settings
from knowledge.snapshot import SnapshotStore


@dataclass(frozen=True)
class Documents:
    shelves: Shelves
    changes: ChangesBook
    uploads: Uploads
    originals: OriginalReader

    @classmethod
    def of(cls, settings: Settings, knowledge: Knowledge, store: SnapshotStore, engine: Engine) -> "Documents":
        uploads = Uploads(settings.home, settings.max_upload_mb)
        return cls(Shelves(knowledge, store), ChangesBook(engine), uploads, OriginalReader())
