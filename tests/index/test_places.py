"""Which places a query names, and whether an entry speaks of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.places import NamedPlace, is_named, named_places, stem_of
from knowledge.directory import Directory
from tests.index.conftest import RECORDS

DIRECTORY = Directory.from_records(RECORDS)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("杭州市", "杭州"),
        ("杭州", "杭州"),
        ("湖北省", "湖北"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("内蒙古自治区", "内蒙古"),
        ("香港特别行政区", "香港"),
        ("恩施土家族苗族自治州", "恩施"),
        ("余杭区", "余杭"),
        ("安吉县", "安吉"),
        ("忠县", "忠县"),
        ("沙市", "沙市"),
        ("东湖新城", "东湖新城"),
    ],
)
def test_a_place_is_looked_for_by_its_name_alone(name: str, stem: str) -> None:
    assert stem_of(name) == stem


@given(st.text(max_size=12))
def test_no_name_is_cut_down_to_nothing(name: str) -> None:
    stem = stem_of(name)
    assert name.startswith(stem)
    assert len(stem) >= min(len(name), 2)


@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ("东湖新城的预算怎么公开", ["东湖新城"]),
        ("杭州市和宁波市的落户条件", ["杭州", "宁波"]),
        ("东湖新城和杭州谁先公布", ["东湖新城", "杭州"]),
        ("廣西壯族自治區的補貼", ["广西"]),
        ("怎么申请房租补贴", []),
        ("", []),
    ],
)
def test_the_places_of_a_query_are_those_of_the_base_and_those_of_china(query: str, stems: list[str]) -> None:
    assert [place.stem for place in named_places(query, DIRECTORY)] == stems


def test_a_place_stands_for_its_own_documents_or_for_those_of_what_it_lies_in() -> None:
    ours, other = named_places("东湖新城和杭州谁先公布", DIRECTORY)
    assert ours.regions == {"东湖新城"}
    assert other.regions == {"浙江省"}


@pytest.mark.parametrize(
    ("text", "region", "named"),
    [
        ("杭州市户籍居民可以申请", "", True),
        ("在杭州就业的人员", "浙江省", True),
        ("本市户籍居民可以申请", "杭州市", True),
        ("本市户籍居民可以申请", "宁波市", False),
        ("宁波市户籍居民可以申请", "", False),
    ],
)
def test_an_entry_speaks_of_a_place_by_its_text_or_its_document(text: str, region: str, named: bool) -> None:
    assert is_named(NamedPlace("杭州", frozenset({"杭州市"})), text, region) == named
