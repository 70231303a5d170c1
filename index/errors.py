"""What can go wrong while records become searchable.

The tree hangs under the root of the knowledge package, so that one handler serves both:

KnowledgeError
└── SearchError
    ├── EncoderBroken   the embedding model is missing, altered, or does not give what it should
    └── IndexMismatch   index files do not belong to the records or the encoder they are opened with
"""

from knowledge.errors import KnowledgeError


class SearchError(KnowledgeError):
    code = "search_error"


class EncoderBroken(SearchError):
    code = "encoder_broken"


class IndexMismatch(SearchError):
    code = "index_mismatch"
