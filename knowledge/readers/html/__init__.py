"""Saved web pages. ``tree`` is what the page shows, ``printing`` its lines, ``tables`` its grids; ``content`` tells the
article from the portal around it, by ``furniture`` (wording), ``boxes`` (names) and ``ranges`` (place)."""

from knowledge.readers.html.read import read_fragment, read_html

__all__ = ["read_fragment", "read_html"]
