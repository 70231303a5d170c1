"""Titles cut for a button."""

import pytest

from api.answers.short_title import short_title


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("夜市管理办法", "夜市管理办法"),
        ("云岭县人民政府办公室、云岭县财政局关于印发夜市管理办法的通知", "关于印发夜市管理办法的通知"),
        (
            "关于进一步支持个体工商户和小微企业稳定发展若干财政金融扶持政策措施的通知",
            "关于进一步支持个体工商户和……",
        ),
    ],
)
def test_a_long_title_loses_its_issuers_first_and_ends_at_a_break(title: str, short: str) -> None:
    assert short_title(title, 24) == short
