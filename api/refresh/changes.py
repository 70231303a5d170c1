"""What an admin wants of the next version besides the files themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Said = Mapping[str, str]
"""Keys of a side file with their values as text; a blank one says that the document has none."""


@dataclass(frozen=True, slots=True)
class Changes:
    """``edits``: by the id a document has by its file alone, all that is said of it in the console from now on; an
    empty mapping takes back what was said. ``removed``: documents to leave out, by the same id, which stays while the
    one they are known by changes with every edit of their title."""

    edits: Mapping[str, Said] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()


NO_CHANGES = Changes()
