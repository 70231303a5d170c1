"""Which kind of request a text looks like."""

import pytest

from api.requests.kinds import likely_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我要举报，建议严查", "report"),
        ("河边饭店无证经营", "report"),
        ("我要投诉停车场", "complaint"),
        ("楼下烧烤摊怎么天天没人管", "complaint"),
        ("窗口的人态度很差", "complaint"),
        ("建议路口加个红绿灯", "suggestion"),
        ("希望能多开一会儿灯", "suggestion"),
        ("请问低保怎么申请", "consultation"),
        ("少年宫几点开门", "consultation"),
        ("几天能办好", "consultation"),
        ("光明路的路灯坏了三个月", "help"),
        ("光明路的井盖丢了好几天", "help"),
        ("停水几天了", "help"),
        ("前几天就停水了", "help"),
        ("我们小区门口路灯坏了，能不能派人来修一下", "help"),
        ("小区垃圾堆成山了，希望尽快清运", "help"),
        ("泰达权责清单谁负责", "consultation"),
        ("营业执照在哪交材料", "consultation"),
        ("建议在路口修个天桥，能不能考虑一下", "suggestion"),
    ],
)
def test_a_text_looks_like_the_kind_a_clerk_would_enter(text: str, kind: str) -> None:
    assert likely_kind(text) == kind
