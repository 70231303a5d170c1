"""Ways of publishing asked for, against channels printed."""

import pytest

from api.tasks.channels import find_channel, printed_channels, published_by, published_by_nothing_else


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("在网站公开的任务有哪些", "网站"),
        ("要在官网上公布的", "网站"),
        ("用微信公众号发布的", "微信"),
        ("通过新闻发布会公开的有几项", "发布会"),
        ("在门户网站和公示栏都公开的", "网站 公示栏"),
        ("公开方式是电视的任务", "电视"),
        ("在村口大喇叭公开的", "村口大喇叭"),
        ("有几项任务的公开方式里带新闻发布会", "发布会"),
        ("渠道一栏写了公示栏的", "公示栏"),
        ("公开方式含电视和广播的有几项", "电视 广播"),
        ("要开新闻发布会的任务", "发布会"),
    ],
)
def test_what_a_question_says_of_where_something_is_published(question: str, ways: str) -> None:
    found = find_channel(question, ("村口大喇叭",))
    assert found and found[1] == ways


@pytest.mark.parametrize(
    "question", ["停车收费在哪里公开", "由谁公开", "政务新媒体由谁负责", "怎么公开的", "在月底前公开的"]
)
def test_a_question_that_names_no_way_asks_for_none(question: str) -> None:
    assert find_channel(question) is None


@pytest.mark.parametrize(
    ("ways", "printed", "held"),
    [
        ("网站", "区政府门户网站", True),
        ("官网", "政府网站、公示栏", True),
        ("网站 公示栏", "政府网站、公示栏", True),
        ("网站 公示栏", "政府网站", False),
        ("新媒体", "微信公众号", True),
        ("微信", "新浪微博", False),
        ("村口大喇叭", "村口大喇叭", True),
        ("网站", None, False),
    ],
)
def test_a_printed_channel_is_of_the_ways_meant(ways: str, printed: str | None, held: bool) -> None:
    assert published_by(ways, printed) is held


def test_the_channels_of_plans_are_told_apart() -> None:
    assert set(printed_channels(["门户网站、公示栏", None, "门户网站；微信"])) == {"门户网站", "公示栏", "微信"}


@pytest.mark.parametrize(
    ("printed", "alone"),
    [
        ("政府网站", True),
        ("政府网站、门户网站", True),
        ("政府网站、新闻发布会", False),
        (None, False),
        ("公示栏", False),
    ],
)
def test_a_channel_may_be_the_only_one(printed: str | None, alone: bool) -> None:
    assert published_by_nothing_else("网站", printed) is alone
