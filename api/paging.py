"""Long lists a page at a time."""

from dataclasses import dataclass
from typing import Generic, TypeVar

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[_Item]):
    """``page`` of ``pages``, from 1; ``total`` counts the items of all of them."""

    items: tuple[_Item, ...]
    total: int
    page: int
    pages: int


def which_page(wanted: int, total: int, per_page: int) -> tuple[int, int]:
    """The page wanted, or the last one where there are fewer, and how many there are: one at least."""
    pages = max(1, -(-total // per_page))
    return min(max(wanted, 1), pages), pages
