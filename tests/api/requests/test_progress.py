"""Where a request stands, in one short text."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from api.clock import CHINA
from api.requests.progress import progress_of
from api.requests.state import RequestState, Step

TODAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 9, 0, tzinfo=CHINA)
RECEIVED = RequestState(
    no="20261126-0001", status="received", kind="complaint", created_at=AT, updated_at=AT, content="路灯坏了",
    question=None, region=None, unit=None, due_on=date(2026, 12, 10), reply=None, replied_by=None, replied_at=None,
    rating=None, steps=(), can=frozenset(),
)  # fmt: skip
ANSWERED = replace(RECEIVED, status="answered", reply="已经修好。", replied_by="区城管局", replied_at=AT)


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (RECEIVED, "编号20261126-0001：已受理，正在分派，12月10日前答复。"),
        (
            replace(RECEIVED, status="transferred", unit="区城管局"),
            "编号20261126-0001：已转办区城管局，12月10日前答复。",
        ),
        (replace(RECEIVED, status="returned"), "编号20261126-0001：正在改派承办单位，12月10日前答复。"),
        (
            replace(RECEIVED, status="transferred", unit="区城管局", due_on=date(2026, 11, 25)),
            "编号20261126-0001：已转办区城管局。应当在11月25日前答复，已经超期，您可以催办。",
        ),
        (replace(RECEIVED, due_on=date(2027, 1, 5)), "编号20261126-0001：已受理，正在分派，2027年1月5日前答复。"),
        (
            replace(RECEIVED, steps=(Step("received", None, AT), Step("extend", "需要现场勘查", AT))),
            "编号20261126-0001：已受理，正在分派，延期到12月10日前答复。\n延期原因：需要现场勘查",
        ),
        (
            replace(RECEIVED, steps=(Step("extend", "需要现场勘查", AT), Step("reopen", "又坏了", AT))),
            "编号20261126-0001：已受理，正在分派，12月10日前答复。",
        ),
        (replace(RECEIVED, due_on=None), "编号20261126-0001：已受理，正在分派。"),
        (
            replace(
                RECEIVED,
                status="correction",
                steps=(Step("received", None, AT), Step("ask_correction", "请写明门牌号", AT)),
            ),
            "编号20261126-0001：需要您补充：请写明门牌号\n补充以后接着办理。",
        ),
        (ANSWERED, "编号20261126-0001：有答复了。\n已经修好。\n（区城管局，11月26日）"),
        (replace(ANSWERED, status="closed"), "编号20261126-0001：已办结。\n已经修好。\n（区城管局，11月26日）"),
        (
            replace(ANSWERED, status="rated", rating=4),
            "编号20261126-0001：已办结，您的评价是“满意”。\n已经修好。\n（区城管局，11月26日）",
        ),
        (replace(RECEIVED, status="withdrawn"), "编号20261126-0001：已经撤销，不再办理。"),
    ],
)
def test_it_is_said_where_a_request_stands(state: RequestState, text: str) -> None:
    assert progress_of(state, TODAY) == text
