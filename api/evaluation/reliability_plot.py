"""The reliability plot: share of right answers over confidence; on the diagonal confidence can be taken at its word."""

from collections.abc import Iterable, Sequence

from api.evaluation.calibration import Bin
from api.evaluation.svg import COLOURS, INK, PAPER, SOFT, Drawing, drawing, element, hint, line, text

_WIDTH, _HEIGHT = 304.0, 306.0
_LEFT, _TOP, _SIDE = 46.0, 26.0, 240.0
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_SMALLEST, _LARGEST = 3.0, 11.0


def reliability_plot(bins: Sequence[Bin], title: str) -> Drawing:
    """The area of a point tells how many answers it stands for."""
    most = max((each.replies for each in bins), default=0)
    return drawing(
        _WIDTH,
        _HEIGHT,
        f"{title}：各档置信度的答对比例",
        (
            element("rect", width=_WIDTH, height=_HEIGHT, fill=PAPER),
            text(_LEFT, 16.0, title, fill=INK, font_size=12),
            *_axes(),
            line(_x(0), _y(0), _x(1), _y(1), stroke=SOFT, stroke_dasharray="4 4"),
            *(_point(each, most) for each in bins if each.replies),
        ),
    )


def _axes() -> Iterable[str]:
    for tick in _TICKS:
        yield line(_x(tick), _y(0), _x(tick), _y(1))
        yield line(_x(0), _y(tick), _x(1), _y(tick))
        yield text(_x(tick), _y(0) + 16, f"{tick:.1f}", text_anchor="middle")
        yield text(_x(0) - 6, _y(tick) + 4, f"{tick:.0%}", text_anchor="end")
    yield text(_x(0.5), _y(0) + 34, "置信度", text_anchor="middle")
    yield text(_x(1), _y(1) - 4, "答对比例", text_anchor="end")


def _point(each: Bin, most: int) -> str:
    confidence, right = each.confidence or 0.0, each.right or 0.0
    radius = _SMALLEST + (_LARGEST - _SMALLEST) * (each.replies / most) ** 0.5
    said = f"置信度 {each.low:.1f}–{each.high:.1f}：{each.replies} 个回答，平均 {confidence:.2f}，答对 {right:.0%}"
    circle = {"cx": _x(confidence), "cy": _y(right), "r": radius, "fill": COLOURS[0], "fill_opacity": 0.75}
    return element("circle", hint(said), **circle)


def _x(share: float) -> float:
    return _LEFT + share * _SIDE


def _y(share: float) -> float:
    return _TOP + (1 - share) * _SIDE
