"""One page of OFD, its layers and objects, to glyphs and rules at their places in points."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from xml.etree.ElementTree import Element

from knowledge.readers.printed.characters import folded
from knowledge.readers.printed.lines import is_wide
from knowledge.readers.printed.page import Glyph, Rule, Turned
from knowledge.readers.printed.rules import Point, rules_of

_POINTS = 72 / 25.4
"""In a millimetre, the unit of OFD."""
MOST_OBJECTS = 200_000
_UNTURNED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_FARTHEST = 1e6
_SMALLEST = 0.5
_WIDEST = 1.5
"""Of the type size: a character with more room than this has a gap behind it."""

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


class TooMuch(Exception):
    """The page holds more objects than any page of type."""


@dataclass(frozen=True, slots=True)
class Content:
    glyphs: tuple[Glyph, ...]
    turned: tuple[Turned, ...]
    rules: tuple[Rule, ...]
    has_drawing: bool


def local_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def box_of(element: Element, inherited: Box) -> Box:
    """The paper of a page or document in points; ``inherited`` where it does not say."""
    for each in element.iter():
        if local_name(each) == "PhysicalBox" and (numbers := _numbers(each.text)) and len(numbers) == 4:
            x, y, width, height = (number * _POINTS for number in numbers)
            return (x, y, width, height) if width > 0 and height > 0 else inherited
    return inherited


def content_of(page: Element, box: Box) -> Content:
    """Raises TooMuch, and ValueError for numbers that are none."""
    canvas = _Canvas(box)
    for element in page.iter():
        canvas.count(1)
        if element.get("Visible") == "false":
            continue
        match local_name(element):
            case "TextObject":
                canvas.put_text(element)
            case "PathObject":
                canvas.put_path(element)
            case "ImageObject":
                canvas.has_drawing = True
    return Content(tuple(canvas.glyphs), tuple(canvas.turned), tuple(canvas.rules), canvas.has_drawing)


@dataclass(slots=True)
class _Canvas:
    box: Box
    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[Turned] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    has_drawing: bool = False
    objects: int = 0

    def count(self, number: int) -> None:
        self.objects += number
        if self.objects > MOST_OBJECTS:
            raise TooMuch

    def put_text(self, element: Element) -> None:
        matrix = _matrix(element)
        size, scale = _number(element.get("Size", "0")), _number(element.get("HScale", "1"))
        x = y = 0.0
        for code in element:
            if local_name(code) != "TextCode":
                continue
            x, y = _number(code.get("X", str(x))), _number(code.get("Y", str(y)))
            text = (code.text or "").strip("\r\n")
            self.count(len(text))
            for char, start, advance in _placed(code, text, x, y, size * scale):
                self._put(char, start, advance, size, matrix)

    def _put(self, char: str, start: Point, advance: float, size: float, matrix: Matrix) -> None:
        if not (text := folded(char)):
            return
        x, y = self._place(start, matrix)
        to_x, to_y = self._place((start[0] + advance, start[1]), matrix)
        height = size * math.hypot(matrix[2], matrix[3]) * _POINTS
        if height < _SMALLEST:
            return
        if to_x >= x and abs(to_y - y) <= 0.1 * (to_x - x):
            self.glyphs.append(Glyph(text, x, to_x, y, height))
        else:
            self.turned.append(Turned(text, x, y, to_x, to_y, height))

    def put_path(self, element: Element) -> None:
        self.has_drawing = True
        matrix = _matrix(element)
        data = next((each.text or "" for each in element if local_name(each) == "AbbreviatedData"), "")
        stroke, fill = element.get("Stroke", "true") == "true", element.get("Fill") == "true"
        for outline in _outlines(data):
            self.count(len(outline))
            self.rules.extend(rules_of([self._place(point, matrix) for point in outline], stroke=stroke, fill=fill))

    def _place(self, point: Point, matrix: Matrix) -> Point:
        a, b, c, d, e, f = matrix
        x, y = point
        return (a * x + c * y + e) * _POINTS - self.box[0], (b * x + d * y + f) * _POINTS - self.box[1]


def _matrix(element: Element) -> Matrix:
    """How the object lies on the page: its own turn and scale, then its place."""
    numbers = _numbers(element.get("CTM"))
    a, b, c, d, e, f = numbers if len(numbers) == 6 else _UNTURNED
    boundary = _numbers(element.get("Boundary")) or [0.0, 0.0]
    return a, b, c, d, e + boundary[0], f + boundary[1]


def _placed(code: Element, text: str, x: float, y: float, em: float) -> Iterator[tuple[str, Point, float]]:
    """Each character with where it begins and how wide it is: up to the next one, for a blank that is meant is a
    character here. Without any distances the font's own widths hold."""
    widths = [em if is_wide(char) else em / 2 for char in text]
    along, down = _distances(code.get("DeltaX")), _distances(code.get("DeltaY"))
    steps = along or ([] if down else widths[:-1])
    xs = list(accumulate(_filled(steps, len(text) - 1), initial=x))
    ys = list(accumulate(_filled(down, len(text) - 1), initial=y))
    for at, char in enumerate(text):
        step = xs[at + 1] - xs[at] if at + 1 < len(text) else 0.0
        yield char, (xs[at], ys[at]), step if 0 < step <= _WIDEST * em else widths[at]


def _filled(steps: Sequence[float], length: int) -> list[float]:
    return [*steps[:length], *[0.0] * (length - len(steps))]


def _distances(text: str | None) -> list[float]:
    """A queue of distances, in which ``g 3 5.5`` stands for 5.5 three times."""
    parts = iter((text or "").split())
    distances: list[float] = []
    for part in parts:
        if part == "g":
            times, distance = int(next(parts, "0")), _number(next(parts, "0"))
            if len(distances) + times > MOST_OBJECTS:
                raise TooMuch
            distances += [distance] * times
        else:
            distances.append(_number(part))
    return distances


def _outlines(data: str) -> Iterator[list[Point]]:
    """The corners of each part of a path, curves without their swing."""
    parts = data.split()
    outline: list[Point] = []
    at = 0
    while at < len(parts):
        operator = parts[at]
        operands = [_number(part) for part in parts[at + 1 : at + 1 + _OPERANDS.get(operator, 0)]]
        at += 1 + len(operands)
        if operator == "C":
            outline += outline[:1]
            continue
        if operator in ("S", "M"):
            yield outline
            outline = []
        if len(operands) >= 2:
            outline.append((operands[-2], operands[-1]))
    yield outline


def _numbers(text: str | None) -> list[float]:
    return [_number(part) for part in (text or "").split()]


def _number(text: str) -> float:
    number = float(text)
    if not abs(number) < _FARTHEST:  # nan and inf are numbers to Python, not to the standard
        raise ValueError(text)
    return number
