import pytest

from knowledge.gazetteer import bare_zones, find_places, parents_of


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("广西壮族自治区和广西", [("广西壮族自治区", "province"), ("广西壮族自治区", "province")]),
        ("德阳市、德阳", [("德阳市", "city"), ("德阳市", "city")]),
        ("北京市昌平区", [("北京市", "province"), ("昌平区", "county")]),
        ("西安高新技术产业开发区", [("西安高新区", "zone")]),
        ("西安市高新区", [("西安高新区", "zone")]),
        ("浦东、泰达", [("浦东新区", "zone"), ("天津经济技术开发区", "zone")]),
        ("济南", [("济南市", "city")]),
        ("各部门按时公开", []),
    ],
)
def test_places_are_found_longest_first(text: str, places: list[tuple[str, str]]) -> None:
    assert [(place.name, place.level) for place in find_places(text)] == places


def test_a_zone_with_its_place_is_not_bare() -> None:
    assert bare_zones("济南高新区与高新区、开发区") == ("高新区", "开发区")


def test_parents_are_the_city_and_the_province() -> None:
    assert parents_of("惠州仲恺高新区", ["惠州仲恺高新区", "惠州仲恺"]) == {"惠州市", "广东省"}
