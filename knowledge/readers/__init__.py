"""Files to lines or sheets. A reader says where things stand; it does not know what they mean."""

from knowledge.readers.read import SUPPORTED, read_source
from knowledge.readers.source import Sheet, SheetSource, Source, TextSource

__all__ = ["SUPPORTED", "Sheet", "SheetSource", "Source", "TextSource", "read_source"]
