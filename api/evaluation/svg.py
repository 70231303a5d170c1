"""Markup of a drawing. What is drawn is plain attributes, so that it needs neither style sheet nor script."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

INK, SOFT, LINE, PAPER = "#1c2733", "#566472", "#d9e0e8", "#ffffff"
COLOURS = ("#1d4f91", "#b4541a", "#1b6e42", "#7b3fa0", "#a32c22", "#0f7c8a")
FONT = "PingFang SC, Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, sans-serif"


class Drawing(str):
    """Whole markup: a template puts it in as it stands."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def element(tag: str, *children: str, **attributes: object) -> str:
    """``children`` are markup; ``_`` in the name of an attribute stands for ``-``, at its end for nothing."""
    said = "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(_written(value))}" for name, value in attributes.items()
    )
    return f"<{tag}{said}>{''.join(children)}</{tag}>"


def text(x: float, y: float, said: str, **attributes: object) -> str:
    return element("text", escape(said), x=x, y=y, **{"fill": SOFT, "font_size": 11, **attributes})


def hint(said: str) -> str:
    """Shown when one points at the element it stands in."""
    return element("title", escape(said))


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **{"stroke": LINE, **attributes})


def drawing(width: float, height: float, label: str, parts: Iterable[str]) -> Drawing:
    """``label`` is what a screen reader says of it."""
    return Drawing(
        element(
            "svg",
            *parts,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width:g} {height:g}",
            role="group",
            aria_label=label,
            font_family=FONT,
        )
    )


def _written(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
