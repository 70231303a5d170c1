"""Nobody tries out the codes of a request, from wherever and however its number is written."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.requests.code import tidy_number
from api.requests.rows import stored_number

NUMBER = "20261126-0007"
WRITTEN = (
    "20261126-0007", "202611260007", "2026 1126 0007", "２０２６１１２６－０００７", "20261126—0007", "20261126–0007",
    "\x0020261126-0007", "2026\x001126-0007", "20261126-0007\x00\x00\x00", "20261126-\t0007\n", "20261126\u3000-0007",
)  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_is_one_number_however_it_is_written(written: str) -> None:
    assert tidy_number(written) == NUMBER


@given(st.text(max_size=60))
def test_what_is_looked_up_is_what_the_tries_are_counted_by(typed: str) -> None:
    assert stored_number(tidy_number(typed)) == tidy_number(typed)


def test_from_our_own_machine_and_by_every_door_the_tries_at_one_number_are_counted_together(app: FastAPI) -> None:
    """The action server asks from there for every citizen."""
    with TestClient(app, client=("127.0.0.1", 4711)) as client:
        logged = client.post("/v1/requests", json={"content": "小区门口的路灯不亮"}).json()
        no, wrong = logged["no"], {"code": "AAAAAAAA"}
        digits = no.replace("-", "")
        tries = [
            lambda: client.get(f"/v1/requests/{no}", params=wrong),
            lambda: client.get(f"/v1/requests/{digits}", params=wrong),
            lambda: client.get(f"/v1/requests/%00{no}", params=wrong),
            lambda: client.get(f"/v1/requests/{no}%00%00", params=wrong),
            lambda: client.post(f"/v1/requests/{no}/reminder", json=wrong),
            lambda: client.post(f"/v1/requests/{no}/withdrawal", json=wrong),
            lambda: client.post(f"/v1/requests/{no}/correction", json={**wrong, "text": "在东门"}),
            lambda: client.post(f"/v1/requests/{no}/rating", json={**wrong, "rating": 1}),
            lambda: client.post("/requests", data={"no": f" {no} ", **wrong}),
            lambda: client.post("/requests", data={"no": f"{no}\x00", "action": "withdraw", **wrong}),
        ]
        statuses = [each().status_code for _ in range(4) for each in tries]
        assert statuses == [404] * 30 + [429] * 10
        assert client.get(f"/v1/requests/{no}", params={"code": logged["code"]}).status_code == 429
        other = client.post("/v1/requests", json={"content": "井盖丢了没人管"}).json()
        assert client.get(f"/v1/requests/{other['no']}", params={"code": other["code"]}).status_code == 200
