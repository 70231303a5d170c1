"""The desk's search as an agent uses it: letter by letter, with chips switched on, and a record opened in its place."""

import http.client
import re
from pathlib import Path
from urllib.parse import urlencode

import httpx

from api.accounts.book import AccountBook
from api.accounts.passwords import Passwords
from api.accounts.staff import COMMAND_LINE
from api.db.engine import open_database
from api.settings import Settings
from bench.http_load import Send, measure_sent
from bench.questions import ledger_rows, questions

_NAME, _PASSWORD = "bench", "bench-0c1d2e3f4a5b"
_LENGTHS = (2, 4, 8, 100)
"""Letters typed when a search is sent."""
_REQUESTS = 400


def measure_desk(home: Path, port: int) -> dict[str, dict[str, float | int]]:
    """Milliseconds over one connection, as one agent types; the service over ``home`` listens on ``port``."""
    cookie = _log_in(home, port)
    typed = [question[:length] for question in questions()[::3] for length in _LENGTHS]
    regions = sorted({row["region"] for row in ledger_rows()})
    figures = {}
    for name, chips in (
        ("typing", {}),
        ("a region chosen", {"region": regions[0]}),
        ("region, year and status chosen", {"region": regions[1], "year": "2019", "status": "有效"}),
        ("a unit chosen", {"unit": "财政局"}),
    ):
        paths = [f"/desk/search?{urlencode({'q': text, **chips})}" for text in typed]
        figures[f"search, {name}"] = _measured(port, cookie, paths)
    records = _records(port, cookie, typed)
    figures["record in its place"] = _measured(port, cookie, records)
    return figures


def _measured(port: int, cookie: str, paths: list[str]) -> dict[str, float | int]:
    latency = measure_sent(port, _getting(cookie, paths), requests=min(_REQUESTS, len(paths)))
    return latency.as_row()


def _getting(cookie: str, paths: list[str]) -> Send:
    def send(connection: http.client.HTTPConnection, number: int) -> None:
        connection.request("GET", paths[number % len(paths)], headers={"Cookie": cookie, "Accept": "application/json"})

    return send


def _records(port: int, cookie: str, typed: list[str]) -> list[str]:
    """What a search finds first, to be opened with the words it was found with."""
    found = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Cookie": cookie}, trust_env=False) as client:
        for text in typed[:100]:
            groups = client.get("/desk/search", params={"q": text}).json()["groups"]
            found += [f"/desk/records/{group['rows'][0]['record_id']}?{urlencode({'q': text})}" for group in groups[:3]]
    return found


def _log_in(home: Path, port: int) -> str:
    """The cookie of an agent's session."""
    engine = open_database(Settings(home=home).sqlalchemy_url)
    AccountBook(engine, Passwords()).add(COMMAND_LINE, _NAME, "agent", _PASSWORD)
    engine.dispose()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        form = client.get("/admin/login").text
        token = re.search(r'name="csrf" value="(\w+)"', form)
        assert token, form
        client.post("/admin/login", data={"name": _NAME, "password": _PASSWORD, "csrf": token[1]})
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())
