"""Everything the routes need of documents, in one place of the services."""

from dataclasses import dataclass

from sqlalchemy import Engine

from api.documents.changes_book import ChangesBook
from api.documents.original import OriginalReader
from api.documents.shelf import Knowledge, Shelves
from api.documents.uploads import Uploads
from api.settings import Settings
from knowledge.snapshot import SnapshotStore


@dataclass(frozen=True)
class Desk:
    shelves: Shelves
    changes: ChangesBook
    uploads: Uploads
    originals: OriginalReader

    @classmethod
    def of(cls, settings: Settings, knowledge: Knowledge, store: SnapshotStore, engine: Engine) -> "Desk":
        uploads = Uploads(settings.home, settings.max_upload_mb)
        return cls(Shelves(knowledge, store), ChangesBook(engine), uploads, OriginalReader())
