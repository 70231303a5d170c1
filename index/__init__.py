"""Find: records in, ranked hits out. This package knows no HTTP and no database."""
