"""Paragraph and character styles, as far as they change what a document says: heading levels, lists, hidden text."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar
from xml.etree.ElementTree import Element

from knowledge.readers.word.xml import W, child_of, count_of, is_on, value_of

TITLE = 0
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|标题", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|contents|目录)\s*[1-9]", re.IGNORECASE)
_BODY = 9  # w:outlineLvl of text that is no heading
Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Style:
    id: str
    name: str
    based_on: str | None
    outline: int | None
    list_id: int | None
    list_level: int | None
    hidden: bool | None


class Styles:
    """The styles of one document. A style says what it does not say itself by the one it is based on."""

    def __init__(self, root: Element | None) -> None:
        found = root.findall(f"{W}style") if root is not None else []
        self._styles = {style.id: style for style in map(_style, found)}
        self._default = next((_style(item).id for item in found if _is_default_paragraph(item)), None)

    def level(self, properties: Element | None) -> int | None:
        """The heading level of a paragraph with these properties: 1 outermost, 0 the title, None for body text."""
        outline = count_of(properties, "outlineLvl")
        if outline is not None:
            return _level_of_outline(outline)
        return next((level for style in self._chain_of(properties) for level in _levels_of(style)), None)

    def list_of(self, properties: Element | None) -> tuple[int, int | None, tuple[str, ...]] | None:
        """The list a paragraph belongs to: its id, its level where the paragraph itself tells one, and the styles that
        may be tied to a level. None for no list."""
        chain = tuple(self._chain_of(properties))
        direct = count_of(properties, "numPr/numId")
        level = count_of(properties, "numPr/ilvl")
        if direct is not None:
            return (direct, level or 0, ()) if direct else None
        list_id = _first(chain, lambda style: style.list_id)
        return (list_id, level, tuple(style.id for style in chain)) if list_id else None

    def list_level(self, style_ids: tuple[str, ...]) -> int:
        return _first([self._styles[style] for style in style_ids], lambda style: style.list_level) or 0

    def list_behind(self, style_id: str | None) -> int | None:
        """The list that a list style stands for."""
        return _first(self._chain(style_id), lambda style: style.list_id)

    def is_hidden(self, style_id: str | None) -> bool | None:
        return _first(self._chain(style_id), lambda style: style.hidden)

    def is_contents(self, properties: Element | None) -> bool:
        """Whether the paragraph is a line of the table of contents, which only repeats the headings."""
        return any(_CONTENTS.fullmatch(style.name) for style in self._chain_of(properties))

    def of_paragraph(self, properties: Element | None) -> str | None:
        return value_of(properties, "pStyle") or self._default

    def _chain_of(self, properties: Element | None) -> Iterator[Style]:
        return self._chain(self.of_paragraph(properties))

    def _chain(self, style_id: str | None) -> Iterator[Style]:
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = self._styles[style_id].based_on


def _style(element: Element) -> Style:
    return Style(
        id=element.get(f"{W}styleId", ""),
        name=value_of(element, "name") or "",
        based_on=value_of(element, "basedOn"),
        outline=count_of(element, "pPr/outlineLvl"),
        list_id=count_of(element, "pPr/numPr/numId"),
        list_level=count_of(element, "pPr/numPr/ilvl"),
        hidden=is_on(child_of(element, "rPr"), "vanish"),
    )


def _is_default_paragraph(element: Element) -> bool:
    return element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on")


def _levels_of(style: Style) -> Iterator[int | None]:
    """What a style says about the level, at most one answer; its name counts, being fixed for the built-in styles.
    The title style comes first: in Chinese Word it stands on the outline together with the first headings."""
    if _TITLE.fullmatch(style.name):
        yield TITLE
    elif style.outline is not None:
        yield _level_of_outline(style.outline)
    elif match := _HEADING.fullmatch(style.name):
        yield int(match[1])


def _level_of_outline(outline: int) -> int | None:
    return outline + 1 if outline < _BODY else None


def _first(styles: Iterable[Style], said: Callable[[Style], Said | None]) -> Said | None:
    return next((value for value in map(said, styles) if value is not None), None)
