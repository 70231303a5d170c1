"""A page as it is printed: glyphs and rules at their places. PDF and OFD both come down to this, and everything that
makes paragraphs and tables of it works on this alone. Lengths are in points, y counts from the top."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on its baseline ``y``; ``size`` is the height of its type."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, self.y - 0.35 * self.size


@dataclass(frozen=True, slots=True)
class Turned:
    """A character that does not stand upright: ``x``, ``y`` is where it begins, ``to_x``, ``to_y`` where it ends."""

    text: str
    x: float
    y: float
    to_x: float
    to_y: float
    size: float

    @property
    def is_quarter_turn(self) -> bool:
        return abs(self.to_x - self.x) < 0.05 * abs(self.to_y - self.y)

    @property
    def goes_up(self) -> bool:
        return self.to_y < self.y


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed line, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_level(self) -> bool:
        return abs(self.y1 - self.y0) <= abs(self.x1 - self.x0)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """``has_drawing``: an image or a shape is on it, so that a page without glyphs is not simply blank."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    turned: tuple[Turned, ...] = ()
    rules: tuple[Rule, ...] = ()
    has_drawing: bool = False
    unmapped: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a printed line with a wide gap before and after."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of type. ``first_width`` is the width of what cannot be broken at its beginning: it tells whether the
    line before could have taken it. ``hang`` is where the text begins after a number or bullet. ``column`` is 0 or 1,
    left or right, on a page set in two columns."""

    segments: tuple[Segment, ...]
    text: str
    y: float
    size: float
    first_width: float
    hang: float | None = None
    column: int | None = None

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return self.segments[-1].x1
