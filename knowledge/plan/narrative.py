"""Plans in running text: a numbered paragraph is a task when it closes with its units, in brackets or on own lines.

A blank line may be a page break inside a sentence, so a paragraph goes on until its close or until the next number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.plan.draft import TaskDraft
from knowledge.plan.numbers import heading_level, run_in_title, split_bracketed, split_number
from knowledge.plan.tail import find_tail

_TOP_NUMBER = re.compile(r"([一二三四五六七八九十]+)、\s*")
_LABEL_LINE = re.compile(r"[（(]?(牵头|责任|配合|主办|承办|完成|公开)(单位|部门|科室|处室|时限|时间|方式|渠道)[：:]")
_HEADING_LIMIT = 60
_LOWEST_LEVEL = 2
_TITLE_LINE = 30


@dataclass(slots=True)
class _Paragraph:
    level: int
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.lines)

    @property
    def numbers(self) -> list[int]:
        return [number for number, _ in self.lines]


@dataclass(slots=True)
class _Reader:
    drafts: list[TaskDraft] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    heading_lines: dict[int, list[int]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    open: _Paragraph | None = None

    def take(self, text: str, number: int) -> None:
        level = _level(text)
        if level is not None and not self._inside_close():
            self.close()
            self.open = _Paragraph(level)
        if self.open is None:
            return
        if find_tail(self.open.text) and not _LABEL_LINE.match(text):
            self.close()
            return
        self.open.lines.append((number, _separated(self.open, text)))
        if text.rstrip("。").endswith(("）", ")")) and find_tail(self.open.text):
            self.close()

    def _inside_close(self) -> bool:
        """Whether the open paragraph broke off inside its last bracket, so that a number here is no new paragraph."""
        text = self.open.text if self.open else ""
        tail = text[max(text.rfind("（"), text.rfind("(")) + 1 :]
        return bool(_LABEL_LINE.match(tail)) and not tail.rstrip("。").endswith(("）", ")"))

    def close(self) -> None:
        paragraph, self.open = self.open, None
        if paragraph is None:
            return
        if tail := find_tail(paragraph.text):
            above = [self.headings[level] for level in sorted(self.headings) if level < paragraph.level]
            title, no, requirement = _read_body(paragraph, tail.start)
            self.used.update(paragraph.numbers)
            for level in self.headings:
                self.used.update(self.heading_lines[level] if level < paragraph.level else ())
            self.drafts.append(
                TaskDraft(
                    no=no,
                    section=tuple(above),
                    title=title,
                    requirement=requirement,
                    lead=tail.lead,
                    responsible=tail.responsible,
                    deadline=tail.deadline,
                    channel=tail.channel,
                    line=paragraph.lines[0][0],
                )
            )
            return
        self._take_heading(paragraph)

    def _take_heading(self, paragraph: _Paragraph) -> None:
        self.headings = {level: text for level, text in self.headings.items() if level < paragraph.level}
        heading = _heading_of(paragraph)
        self.headings[paragraph.level] = "".join(text for _, text in heading)
        self.heading_lines[paragraph.level] = [number for number, _ in heading]


def parse_narrative(lines: Sequence[str]) -> tuple[tuple[TaskDraft, ...], frozenset[int]]:
    """Tasks and the line numbers they and their headings stand on."""
    reader = _Reader()
    for number, line in enumerate(lines, 1):
        if text := line.strip():
            reader.take(text, number)
    reader.close()
    return tuple(draft for draft in reader.drafts if draft.requirement), frozenset(reader.used)


def _level(text: str) -> int | None:
    level = heading_level(text)
    if level is None and (split_number(text)[0] or split_bracketed(text)[0]):
        return _LOWEST_LEVEL
    return level


def _separated(paragraph: _Paragraph, text: str) -> str:
    """Label lines keep a break in front, so that they do not read as the end of the sentence above."""
    return f"\n{text}" if paragraph.lines and _LABEL_LINE.match(text) else text


def _heading_of(paragraph: _Paragraph) -> list[tuple[int, str]]:
    """The lines of a paragraph that are its heading: its first line, and a short second one that only wraps it."""
    number, first = paragraph.lines[0]
    if "。" in first:
        return [(number, first.partition("。")[0])]
    wrapped = paragraph.lines[:2]
    text = "".join(line for _, line in wrapped)
    return wrapped if len(text) <= _HEADING_LIMIT and "。" not in text else [(number, first)]


def _read_body(paragraph: _Paragraph, end: int) -> tuple[str | None, str | None, str]:
    """Title, number and requirement: a short first line without a stop is a title of its own, above the requirement."""
    first = paragraph.lines[0][1]
    rest = paragraph.text[len(first) : end].strip()
    if rest and len(first) <= _TITLE_LINE and not re.search(r"。|[；，、：]$", first):
        no, title = _numbered(first)
        return title, no, rest
    no, requirement = _numbered(paragraph.text[:end].strip())
    return run_in_title(requirement), no, requirement


def _numbered(text: str) -> tuple[str | None, str]:
    no, rest = split_bracketed(text)
    if no is None:
        no, rest = split_number(text)
    if no is None and (match := _TOP_NUMBER.match(text)):
        no, rest = match[1], text[match.end() :]
    return no, rest
