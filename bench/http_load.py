"""Sends the same kind of request over kept-alive connections, one after another or from several threads at once."""

import http.client
import itertools
import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import quantiles

Payload = Callable[[int], dict[str, object]]
"""The body of the n-th request."""
Send = Callable[[http.client.HTTPConnection, int], None]
"""Sends the n-th request."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds, and requests a second over the whole run; the client shares the machine with the server."""

    requests: int
    threads: int
    p50_ms: float
    p95_ms: float
    per_second: float
    failed: int

    def as_row(self) -> dict[str, float | int]:
        return asdict(self)


def measure(
    port: int, path: str, payload: Payload, *, requests: int, threads: int = 1, at_most_s: float = 60
) -> Latency:
    def send(connection: http.client.HTTPConnection, number: int) -> None:
        body = json.dumps(payload(number)).encode()
        connection.request("POST", path, body, {"Content-Type": "application/json"})

    return measure_sent(port, send, requests=requests, threads=threads, at_most_s=at_most_s)


def measure_sent(port: int, send: Send, *, requests: int, threads: int = 1, at_most_s: float = 60) -> Latency:
    numbers = itertools.count()
    taken: list[float] = []
    failures: list[int] = []
    started = time.perf_counter()
    deadline = started + at_most_s

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for number in numbers:
            if number >= requests or time.perf_counter() > deadline:
                break
            before = time.perf_counter()
            send(connection, number)
            response = connection.getresponse()
            response.read()
            taken.append((time.perf_counter() - before) * 1000)
            if response.status != 200:
                failures.append(response.status)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    elapsed = time.perf_counter() - started
    cuts = quantiles(taken, n=20, method="inclusive")
    return Latency(
        requests=len(taken),
        threads=threads,
        p50_ms=round(cuts[9], 1),
        p95_ms=round(cuts[18], 1),
        per_second=round(len(taken) / elapsed, 1),
        failed=len(failures),
    )
