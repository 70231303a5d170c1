"""PDF files for tests, made by other means than the reader's library: drawn with reportlab, or printed from HTML by
headless Chromium with real fonts, as offices print from their web pages."""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP = 79.4, WIDTH - 73.7, 105.0
"""The edges of text on A4 as GB/T 9704 sets them, in points."""
SIZE, LEADING = 16.0, 28.0
SONG = "STSong-Light"
_PER_LINE = 27

needs_chromium = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="chromium is not installed (scripts/browser.sh installs it with a font)"
)


@cache
def printed(html: str, *, headers: bool = False) -> bytes:
    """``html`` as Chromium prints it; the style sheet of the page decides on size, margins and page numbers."""
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={pdf}"]
        options += [] if headers else ["--no-pdf-header-footer"]
        chromium = shutil.which("chromium") or ""
        subprocess.run(
            [chromium, *options, f"--user-data-dir={folder}/profile", page.as_uri()],
            check=True,
            capture_output=True,
            timeout=60,
        )
        return pdf.read_bytes()


def drawn(*pages: Callable[[Canvas], None], encrypt: object = None, size: tuple[float, float] = A4) -> bytes:
    """A file with a page for each function, which draws on it."""
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, encrypt=encrypt)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def write(canvas: Canvas, x: float, y: float, text: str, size: float = SIZE) -> None:
    """``text`` beginning at ``x`` with its baseline ``y`` below the top of the page."""
    canvas.setFont(SONG, size)
    canvas.drawString(x, canvas._pagesize[1] - y, text)


def centre(canvas: Canvas, y: float, text: str, size: float = SIZE) -> None:
    canvas.setFont(SONG, size)
    canvas.drawCentredString((LEFT + RIGHT) / 2, canvas._pagesize[1] - y, text)


def end(canvas: Canvas, y: float, text: str, size: float = SIZE) -> None:
    canvas.setFont(SONG, size)
    canvas.drawRightString(RIGHT - 4 * size, canvas._pagesize[1] - y, text)


def wrapped(paragraph: str, indent: int = 2) -> list[tuple[float, str]]:
    """The lines of ``paragraph`` as they are set, each with where it begins."""
    first = _PER_LINE - indent
    rest = paragraph[first:]
    lines = [(LEFT + indent * SIZE, paragraph[:first])]
    return lines + [(LEFT, rest[at : at + _PER_LINE]) for at in range(0, len(rest), _PER_LINE)]


def type_out(canvas: Canvas, lines: Sequence[tuple[float, str]], y: float = TOP) -> float:
    """Sets ``lines`` one below the other from ``y`` on, and returns where the next one would stand."""
    for x, text in lines:
        write(canvas, x, y, text)
        y += LEADING
    return y


def ruled(canvas: Canvas, xs: Sequence[float], ys: Sequence[float], gaps: Sequence[tuple[str, int, int]] = ()) -> None:
    """A grid, with the piece of rule left out that stands at ("below" or "right" of) row and column in ``gaps``."""
    missing = set(gaps)
    height = canvas._pagesize[1]
    for row, y in enumerate(ys):
        for column in range(len(xs) - 1):
            if ("below", row - 1, column) not in missing:
                canvas.line(xs[column], height - y, xs[column + 1], height - y)
    for column, x in enumerate(xs):
        for row in range(len(ys) - 1):
            if ("right", row, column - 1) not in missing:
                canvas.line(x, height - ys[row], x, height - ys[row + 1])
