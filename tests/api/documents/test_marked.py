import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.documents.marked import mark


def _shown(before: str, after: str) -> str:
    marks = {"same": "{}", "out": "[-{}-]", "in": "[+{}+]"}
    return "".join(marks[part.kind].format(part.text) for part in mark(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("2031年6月底前", "2031年9月底前", "2031年[-6-][+9+]月底前"),
        ("区财政局", "区财政局、区审计局", "区财政局[+、区审计局+]"),
        ("", "网站", "[+网站+]"),
        ("网站", "", "[-网站-]"),
        ("长期坚持", "2031年12月底前完成", "[-长期坚持-][+2031年12月底前完成+]"),
        ("一样", "一样", "一样"),
        ("", "", ""),
    ],
)
def test_what_was_struck_out_and_put_in_is_marked(before: str, after: str, shown: str) -> None:
    assert _shown(before, after) == shown


@given(st.text("公开预算财政局年月底前123、", max_size=60), st.text("公开预算财政局年月底前123、", max_size=60))
def test_both_texts_can_be_read_from_the_marks(before: str, after: str) -> None:
    parts = mark(before, after)
    assert "".join(part.text for part in parts if part.kind != "in") == before
    assert "".join(part.text for part in parts if part.kind != "out") == after
