"""What pdfminer's interpreter draws on: keeps of a page only what reading needs, and stops at a bound. pdfminer itself
interprets whatever it is given, for as long as it takes and in as much memory as it unpacks to."""

import math
import zlib
from collections.abc import Iterator, Sequence
from typing import cast

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_ASCIIHEX_DECODE,
    LITERALS_FLATE_DECODE,
    PDFStream,
    stream_value,
)
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_pt, apply_matrix_rect

from knowledge.readers.printed.characters import UNMAPPED, folded
from knowledge.readers.printed.page import Glyph, PrintedPage, Rule, Turned
from knowledge.readers.printed.rules import Point, rules_of

MOST_OBJECTS = 200_000
"""Characters and shapes of one page: some six seconds' work. The fullest page of type holds a few thousand."""
LARGEST_CONTENT = 16 * 1024 * 1024
"""Bytes of drawing instructions of one page, unpacked."""


_CHECKSUM = 4
_SMALLEST = 0.5
"""Points: smaller type is there to be found, not to be read."""


class TooMuch(Exception):
    """The page is over one of the bounds."""


class Corrupt(Exception):
    """Drawing instructions do not unpack; pdfminer would go on with the part that does."""


class Interpreter(PDFPageInterpreter):
    """Weighs every piece of drawing instructions before it is unpacked and followed."""

    device: "Device"

    def execute(self, streams: Sequence[object]) -> None:
        for stream in streams:
            self.device.weigh(stream_value(stream))
        super().execute(streams)


class Device(PDFTextDevice):
    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self._objects = self._bytes = self._unmapped = 0
        self._glyphs: list[Glyph] = []
        self._turned: list[Turned] = []
        self._rules: list[Rule] = []
        self._has_drawing = False
        self._visible: Rect = (0.0, 0.0, 0.0, 0.0)

    def page(self, number: int) -> PrintedPage:
        left, bottom, right, top = self._visible
        return PrintedPage(
            number=number,
            width=right - left,
            height=top - bottom,
            glyphs=tuple(self._glyphs),
            turned=tuple(self._turned),
            rules=tuple(self._rules),
            has_drawing=self._has_drawing,
            unmapped=self._unmapped,
        )

    def weigh(self, stream: PDFStream) -> None:
        self._bytes += _unpacked_size(stream, LARGEST_CONTENT - self._bytes)
        if self._bytes > LARGEST_CONTENT:
            raise TooMuch

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        self._visible = apply_matrix_rect(ctm, page.cropbox)

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        self._has_drawing = True

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,  # noqa: ARG002
        path: Sequence[PathSegment],
    ) -> None:
        self._count()
        self._has_drawing = True
        stroke = stroke and not _is_white(graphicstate.scolor)
        fill = fill and not _is_white(graphicstate.ncolor)
        if stroke or fill:
            for outline in _outlines(path):
                self._rules.extend(rules_of([self._place(point) for point in outline], stroke=stroke, fill=fill))

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,  # noqa: ARG002
        graphicstate: PDFGraphicState,  # noqa: ARG002
    ) -> float:
        self._count()
        advance = font.char_width(cid) * fontsize * scaling
        try:
            text = folded(font.to_unichr(cid))
        except PDFUnicodeNotDefined:
            text = UNMAPPED
        if text:
            self._unmapped += text == UNMAPPED
            self._put(text, matrix, advance, fontsize, rise, vertical=font.is_vertical())
        return advance

    def _put(self, text: str, matrix: Matrix, advance: float, fontsize: float, rise: float, *, vertical: bool) -> None:
        start, end = (0.0, rise), (advance, rise)
        if vertical:  # set downwards: the origin is the middle of the top edge
            start, end = (-fontsize / 2, -0.88 * fontsize), (fontsize / 2, -0.88 * fontsize)
        x, y = self._point(apply_matrix_pt(matrix, start))
        to_x, to_y = self._point(apply_matrix_pt(matrix, end))
        size = abs(fontsize) * math.hypot(matrix[2], matrix[3])
        left, bottom, right, top = self._visible
        if size < _SMALLEST or not (-size < x < right - left + size and 0 < y < top - bottom + size):
            return
        if to_x >= x and abs(to_y - y) <= 0.1 * (to_x - x):
            self._glyphs.append(Glyph(text, x, to_x, y, size))
        else:
            self._turned.append(Turned(text, x, y, to_x, to_y, size))

    def _place(self, point: Point) -> Point:
        return self._point(apply_matrix_pt(self.ctm or (1, 0, 0, 1, 0, 0), point))

    def _point(self, point: Point) -> Point:
        return point[0] - self._visible[0], self._visible[3] - point[1]

    def _count(self) -> None:
        self._objects += 1
        if self._objects > MOST_OBJECTS:
            raise TooMuch


def _outlines(path: Sequence[PathSegment]) -> Iterator[list[Point]]:
    """The corners of each part of ``path``, curves without their swing."""
    outline: list[Point] = []
    for segment in path:
        if segment[0] == "h":
            outline += outline[:1]
            continue
        if segment[0] == "m":
            yield outline
            outline = []
        outline.append(cast(Point, segment[-2:]))
    yield outline


def _is_white(colour: object) -> bool:
    return colour in (1, (1,), (1, 1, 1), (0, 0, 0, 0), [1, 1, 1], [0, 0, 0, 0])


def _unpacked_size(stream: PDFStream, limit: int) -> int:
    """The size of ``stream``, or something over ``limit``. Raises Corrupt."""
    raw, filters = _plain(stream)
    if raw is None or not filters or filters[0] not in LITERALS_FLATE_DECODE:
        return len(stream.get_data())
    if any(name in LITERALS_FLATE_DECODE for name in filters[1:]):
        return limit + 1  # nobody packs twice what unpacks to one page
    unpack = zlib.decompressobj()
    try:
        size = len(unpack.decompress(raw, max(limit, 0) + 1))
    except zlib.error as error:
        raise Corrupt from error
    if size > limit:
        return size
    if not _is_complete(unpack):
        raise Corrupt
    return len(stream.get_data())


def _plain(stream: PDFStream) -> tuple[bytes | None, list[object]]:
    """The bytes of ``stream`` deciphered and no longer written in ASCII, and what they are packed with."""
    raw = stream.rawdata
    filters: list[object] = [name for name, _ in stream.get_filters()]
    if raw is None:
        return None, filters
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        raw = stream.decipher(stream.objid, stream.genno, raw, stream.attrs)
    while filters and filters[0] in (*LITERALS_ASCII85_DECODE, *LITERALS_ASCIIHEX_DECODE):
        raw = (ascii85decode if filters.pop(0) in LITERALS_ASCII85_DECODE else asciihexdecode)(raw)
    return raw, filters


def _is_complete(unpack: "zlib._Decompress") -> bool:
    """Whether everything arrived; some programs leave the checksum at the end out."""
    if unpack.eof:
        return True
    try:
        unpack.decompress(bytes(_CHECKSUM))
    except zlib.error as error:
        return "data check" in str(error)
    return unpack.eof
