"""Running text to passages: about 256 characters, cut at paragraph and sentence ends, with the headings above them."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from knowledge.plan.numbers import heading_level

TARGET = 256
LONGEST = 300
_SENTENCE_END = re.compile(r"(?<=[。！？；!?])(?![”’」』）)])|(?<=[。！？][”’」』])")
_CLAUSE_END = re.compile(r"(?<=[，、,：:])")
_HEADING_LIMIT = 40
_HAN = "[一二三四五六七八九十]+"
_HEADED = re.compile(rf"^((?:{_HAN}、|[（(]{_HAN}[）)]|第{_HAN}[章节])[^。；，\s]{{2,38}})\s+")
_LONG_LINE = 120
_SHORT_LINE = 40  # a signature or a date stays with the text it closes
_PART = re.compile(
    rf"\s+(?=第[百{_HAN[1:-2]}]+[章节条]|{_HAN}、|[（(]{_HAN}[）)]|\d{{1,2}}[.．、](?!\d))|\s{{2,}}|(?<=[。！？；：])\s+"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage before it belongs to a document; ``line`` is where it begins."""

    heading: tuple[str, ...]
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class _Paragraph:
    heading: tuple[str, ...]
    text: str
    line: int


def cut_passages(lines: Sequence[str], used: Collection[int] = ()) -> tuple[Stretch, ...]:
    """Passages of all lines, counted from 1, that are not in ``used``."""
    return tuple(_packed(_paragraphs(lines, used)))


def _paragraphs(lines: Sequence[str], used: Collection[int]) -> Iterator[_Paragraph]:
    headings: list[tuple[int, str]] = []
    pending: _Paragraph | None = None
    for number, part in _parts(lines, used):
        level = _heading_level(part)
        path = tuple(text for _, text in headings)
        if level is None:
            pending = None
            yield _Paragraph(path, part, number)
            continue
        if pending and (not headings or level <= headings[-1][0]):
            yield pending
        headings = [(above, text) for above, text in headings if above < level]
        pending = _Paragraph(tuple(text for _, text in headings), part, number)
        headings.append((level, part))
    if pending:
        yield pending


def _parts(lines: Sequence[str], used: Collection[int]) -> Iterator[tuple[int, str]]:
    """Paragraphs as printed; a long line is a web copy whose paragraphs were run together, and is cut at its blanks."""
    for number, line in enumerate(lines, 1):
        text = line.strip().replace("\t", " ")
        if text and number not in used:
            for part in _PART.split(text) if len(text) > _LONG_LINE else [text]:
                yield from ((number, piece.strip()) for piece in _HEADED.split(part) if piece.strip())


def _heading_level(text: str) -> int | None:
    is_short = len(text) <= _HEADING_LIMIT and not text.endswith(("。", "；", "，", "：", ":"))
    return heading_level(text) if is_short and "。" not in text else None


def _packed(paragraphs: Iterator[_Paragraph]) -> Iterator[Stretch]:
    held: list[str] = []
    first: _Paragraph | None = None
    for paragraph in paragraphs:
        for piece in _pieces(paragraph.text):
            limit = LONGEST if len(piece) <= _SHORT_LINE else TARGET
            full = sum(map(len, held)) + len(held) + len(piece) > limit
            if first and (full or paragraph.heading != first.heading):
                yield Stretch(first.heading, "\n".join(held), first.line)
                held, first = [], None
            first = first or paragraph
            held.append(piece)
    if first:
        yield Stretch(first.heading, "\n".join(held), first.line)


def _pieces(text: str) -> Iterator[str]:
    """A paragraph in stretches no longer than LONGEST: whole sentences, then clauses, then a hard cut."""
    if len(text) <= LONGEST:
        yield text
        return
    held = ""
    for sentence in _short_parts(text):
        if held and len(held) + len(sentence) > TARGET:
            yield held.strip()
            held = ""
        held += sentence
    if held.strip():
        yield held.strip()


def _short_parts(text: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(text):
        if len(sentence) <= LONGEST:
            yield sentence
            continue
        for clause in _CLAUSE_END.split(sentence):
            yield from (clause[at : at + TARGET] for at in range(0, len(clause), TARGET))
