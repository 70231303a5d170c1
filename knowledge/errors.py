"""What can go wrong while documents become knowledge.

KnowledgeError
├── SourceError           one file cannot be taken; the rest of a refresh goes on
│   ├── SourceUnreadable  missing, broken, undecodable or of an unsupported kind
│   │   ├── SourceEncrypted   protected by a password
│   │   ├── SourceTooLarge    the file, what it unpacks to, or one of its cells is over the limit
│   │   └── SourceWithoutText a scan: pages without a text layer
│   ├── SourceEmpty       nothing in it to take
│   └── LedgerHeaderUnknown  a table file whose columns are not recognised
├── SnapshotError
│   ├── SnapshotMissing   no such snapshot, or none published yet
│   ├── SnapshotCorrupt   a file is missing, or its hash differs from the manifest
│   └── SnapshotWriteFailed  disk full or not writable; nothing was published
├── RefreshBusy           another refresh holds the lock
└── RefreshCancelled      somebody called it off; nothing was published

Every error carries a stable ``code`` for programs and a Chinese sentence for people that names the offending value.
"""


class KnowledgeError(Exception):
    code = "knowledge_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SourceError(KnowledgeError):
    code = "source_error"


class SourceUnreadable(SourceError):
    code = "source_unreadable"


class SourceEncrypted(SourceUnreadable):
    code = "source_encrypted"


class SourceTooLarge(SourceUnreadable):
    code = "source_too_large"


class SourceWithoutText(SourceUnreadable):
    code = "source_without_text"


class SourceEmpty(SourceError):
    code = "source_empty"


class LedgerHeaderUnknown(SourceError):
    code = "ledger_header_unknown"


class SnapshotError(KnowledgeError):
    code = "snapshot_error"


class SnapshotMissing(SnapshotError):
    code = "snapshot_missing"


class SnapshotCorrupt(SnapshotError):
    code = "snapshot_corrupt"


class SnapshotWriteFailed(SnapshotError):
    code = "snapshot_write_failed"


class RefreshBusy(KnowledgeError):
    code = "refresh_busy"


class RefreshCancelled(KnowledgeError):
    code = "refresh_cancelled"
