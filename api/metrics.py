"""Counts for GET /metrics in the Prometheus text format; a handful of counters needs no client library."""

from collections import Counter
from collections.abc import Iterator
from threading import Lock

_BUCKETS = (0.005, 0.01, 0.03, 0.06, 0.15, 0.5, 1.0, 5.0, 10.0)


class Metrics:
    """Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._answers: Counter[str] = Counter()
        self._rasa_failures: Counter[str] = Counter()

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]  # Counter is typed for int
            for bound in _BUCKETS:
                if seconds <= bound:
                    self._buckets[route, bound] += 1

    def count_answer(self, kind: str) -> None:
        with self._lock:
            self._answers[kind] += 1

    def count_rasa_failure(self, reason: str) -> None:
        with self._lock:
            self._rasa_failures[reason] += 1

    def text(self, gauges: dict[str, float]) -> str:
        with self._lock:
            return "\n".join((*self._lines(), *(f"policydesk_{name} {value:g}" for name, value in gauges.items()), ""))

    def _lines(self) -> Iterator[str]:
        yield "# TYPE policydesk_http_requests_total counter"
        for (method, route, status), count in sorted(self._requests.items()):
            yield f'policydesk_http_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}'
        yield from self._durations()
        yield "# TYPE policydesk_answers_total counter"
        for kind, count in sorted(self._answers.items()):
            yield f'policydesk_answers_total{{kind="{kind}"}} {count}'
        yield "# TYPE policydesk_rasa_failures_total counter"
        for reason, count in sorted(self._rasa_failures.items()):
            yield f'policydesk_rasa_failures_total{{reason="{reason}"}} {count}'

    def _durations(self) -> Iterator[str]:
        counts: Counter[str] = Counter()
        for (_method, route, _status), count in self._requests.items():
            counts[route] += count
        yield "# TYPE policydesk_http_request_seconds histogram"
        for route, count in sorted(counts.items()):
            for bound in _BUCKETS:
                number = self._buckets[route, bound]
                yield f'policydesk_http_request_seconds_bucket{{route="{route}",le="{bound:g}"}} {number}'
            yield f'policydesk_http_request_seconds_bucket{{route="{route}",le="+Inf"}} {count}'
            yield f'policydesk_http_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}'
            yield f'policydesk_http_request_seconds_count{{route="{route}"}} {count}'
