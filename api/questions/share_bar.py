"""A bar beside a figure. The figure says it all: a screen reader passes the bar over."""

from api.evaluation.svg import COLOURS, LINE, Drawing, element

_WIDTH, _HEIGHT = 120.0, 8.0


def share_bar(value: float, most: float, colour: str = COLOURS[0]) -> Drawing:
    width = _WIDTH * min(1.0, value / most) if most else 0.0
    return Drawing(
        element(
            "svg",
            element("rect", width=_WIDTH, height=_HEIGHT, rx=4, fill=LINE),
            element("rect", width=width, height=_HEIGHT, rx=4, fill=colour),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}",
            class_="share",
            aria_hidden="true",
        )
    )
