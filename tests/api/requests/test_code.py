import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.requests.code import ALPHABET, CODE_LENGTH, new_code, next_number, tidy_code, tidy_number


def test_codes_have_eight_letters_nobody_misreads() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert not set("ILO01") & set(ALPHABET)


@given(st.integers(0, 200_000))
def test_the_next_number_counts_one_up(serial: int) -> None:
    assert next_number("20261122", f"20261122-{serial:04d}") == f"20261122-{serial + 1:04d}"


def test_the_first_number_of_a_day_is_one() -> None:
    assert next_number("20261122", None) == "20261122-0001"


@pytest.mark.parametrize(
    "typed", ["20261122-0007", " 20261122 0007 ", "202611220007", "２０２６１１２２－０００７", "20261122—0007"]
)
def test_a_number_is_understood_as_people_type_it(typed: str) -> None:
    assert tidy_number(typed) == "20261122-0007"


@pytest.mark.parametrize("typed", ["K7PMQ2WX", "k7pm q2wx", "K7PM-Q2WX", "Ｋ７ＰＭＱ２ＷＸ\n"])
def test_a_code_is_understood_as_people_type_it(typed: str) -> None:
    assert tidy_code(typed) == "K7PMQ2WX"


@given(st.text(max_size=60))
def test_any_text_may_be_typed(typed: str) -> None:
    tidy_number(typed)
    tidy_code(typed)
