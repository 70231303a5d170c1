import pytest

from knowledge.plan.numbers import heading_level, run_in_title, split_number


@pytest.mark.parametrize(
    ("text", "last", "no", "rest"),
    [
        ("1.发通知", None, "1", "发通知"),
        ("12．发通知", None, "12", "发通知"),
        ("2.\u00a0发通知", None, "2", "发通知"),
        ("3、发通知", None, "3", "发通知"),
        ("7 发通知", 6, "7", "发通知"),
        ("5 小时内回信", 2, None, "5 小时内回信"),
        ("2017年底前完成", 1, None, "2017年底前完成"),
        ("3.5亿元", None, None, "3.5亿元"),
        ("8类信息", 7, None, "8类信息"),
    ],
)
def test_task_numbers_are_told_from_figures(text: str, last: int | None, no: str | None, rest: str) -> None:
    assert split_number(text, last) == (no, rest)


@pytest.mark.parametrize(
    ("text", "level"), [("一、网站", 0), ("（三）检索", 1), ("(三)检索", 1), ("1.改版", None), ("网站", None)]
)
def test_heading_levels(text: str, level: int | None) -> None:
    assert heading_level(text) == level


@pytest.mark.parametrize(
    ("requirement", "title"),
    [
        ("发通知。提前三天发通知。", "发通知"),
        ("推进“一网、一窗”办。全部上线。", "推进“一网、一窗”办"),
        ("提前三天发通知。", None),
        ("提前三天，按名单，逐一发通知。另行补发。", None),
        ("没有句号", None),
    ],
)
def test_run_in_titles_are_short_first_sentences(requirement: str, title: str | None) -> None:
    assert run_in_title(requirement) == title
