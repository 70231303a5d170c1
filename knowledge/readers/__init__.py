"""Files to lines and tables. A reader says where things stand; it does not know what they mean."""

from knowledge.readers.read import SUPPORTED, read_source
from knowledge.readers.source import Cell, Line, Row, Skipped, Source, Table

__all__ = ["SUPPORTED", "Cell", "Line", "Row", "Skipped", "Source", "Table", "read_source"]
