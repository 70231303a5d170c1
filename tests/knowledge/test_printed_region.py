"""Places that a title prints and no list knows."""

import pytest

from knowledge.printed_region import printed_region


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("云栖区2025年任务分解表", "云栖区"),
        ("明湖市云栖区2025年任务分解表", "云栖区"),
        ("济南市云栖区2025年任务分解表", "云栖区"),
        ("济南市市中区2025年任务分解表", "市中区"),
        ("泰安区2025年任务表", "泰安区"),
        ("关于印发《青屏区2024年公开要点》的通知", "青屏区"),
        ("2024年青屏县公开要点", "青屏县"),
        ("附件1：青屏镇公开要点", "青屏镇"),
        ("云栖高新区2024年任务", "云栖高新区"),
        ("黄岛区云栖街道任务", "云栖街道"),
        ("中共青屏区委办公室关于公开的通知", "青屏区"),
        ("云栖市市场监管局任务", "云栖市"),
        ("黔云苗族自治县任务", "黔云苗族自治县"),
    ],
)
def test_a_place_at_the_head_of_a_title_is_read(title: str, region: str) -> None:
    assert printed_region(title) == region


@pytest.mark.parametrize(
    "title",
    [
        "",
        "济南高新区2019年任务",
        "济南市高新区任务",
        "广州市南沙区人民政府任务",
        "全市2020年任务",
        "各区县任务分解",
        "城乡社区治理任务",
        "关于推进老旧小区改造的通知",
        "杭州市住房市场任务",
        "兰州市再次向市内投放蔬菜",
        "开发区2020年任务分解表",
        "国务院办公厅关于公开的通知",
        "乡村振兴示范县任务",
        "重点任务分解表",
    ],
)
def test_other_words_and_listed_places_are_left_alone(title: str) -> None:
    assert printed_region(title) is None
