"""The drawings are sound markup, hold every point, and let no name out of its text."""

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.evaluation.calibration import Claim, calibrate
from api.evaluation.line_chart import Line, Point, Unit, line_chart
from api.evaluation.reliability_plot import reliability_plot

SVG = "{http://www.w3.org/2000/svg}"
UNITS = st.sampled_from(["share", "ms", ""])


def _chart(values: list[float], unit: Unit = "share", best: int = 1, said: str = "答对") -> ElementTree.Element:
    points = tuple(Point(at, value, said, f"../run-{at}#set-0") for at, value in enumerate(values))
    labels = [f"版本{at}" for at in range(len(values))]
    return ElementTree.fromstring(line_chart(said, labels, [Line("#123456", points)], best=best, unit=unit))


@given(st.lists(st.floats(0, 1), max_size=14), st.sampled_from([0, 1]), UNITS)
def test_every_point_is_a_link_inside_the_drawing(values: list[float], best: int, unit: Unit) -> None:
    drawing = _chart(values, unit, best)
    width, height = map(float, drawing.attrib["viewBox"].split()[2:])
    links = drawing.findall(f"{SVG}a")
    assert [link.attrib["href"] for link in links] == [f"../run-{at}#set-0" for at in range(len(values))]
    for circle in drawing.iter(f"{SVG}circle"):
        assert 0 <= float(circle.attrib["cx"]) <= width
        assert 0 <= float(circle.attrib["cy"]) <= height


@given(st.lists(st.floats(0, 1e7), min_size=1, max_size=5))
def test_times_of_any_length_fit(values: list[float]) -> None:
    heights = [float(circle.attrib["cy"]) for circle in _chart(values, "ms", 0).iter(f"{SVG}circle")]
    assert all(math.isfinite(height) and 0 <= height <= 200 for height in heights)


def test_more_is_higher() -> None:
    circles = _chart([0.5, 0.9, 0.7]).findall(f"{SVG}a/{SVG}circle")[::2]
    low, high, between = (float(circle.attrib["cy"]) for circle in circles)
    assert high < between < low


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x>', "甲&乙", "</svg>"])
def test_no_name_becomes_markup(name: str) -> None:
    drawing = _chart([0.5], said=name)
    known = {f"{SVG}{tag}" for tag in ("svg", "text", "line", "polyline", "a", "title", "circle")}
    assert {element.tag for element in drawing.iter()} <= known
    assert drawing.find(f"{SVG}a").attrib["aria-label"] == name  # type: ignore[union-attr]


def test_the_reliability_plot_has_a_point_for_every_bin_with_answers() -> None:
    claims = [Claim(0.95, number > 0, str(number)) for number in range(10)] + [Claim(0.45, right=False, group="x")]
    drawing = ElementTree.fromstring(reliability_plot(calibrate(claims).bins, "全部回答"))
    told = [title.text for title in drawing.iter(f"{SVG}title")]
    assert told == [
        "置信度 0.4–0.5：1 个回答，平均 0.45，答对 0%",
        "置信度 0.9–1.0：10 个回答，平均 0.95，答对 90%",
    ]


def test_a_plot_without_answers_is_only_its_axes() -> None:
    assert ElementTree.fromstring(reliability_plot(calibrate([]).bins, "")).findall(f"{SVG}circle") == []
