"""Know: documents in, records out. This package knows no vectors, no HTTP and no database."""
