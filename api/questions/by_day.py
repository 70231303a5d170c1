"""Questions a day by channel: the chart, and the same as rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.channels import CHANNEL_LABELS
from api.evaluation.svg import COLOURS, Drawing
from api.questions.buckets import Bucket, bucket_of, buckets_of
from api.questions.period import Period
from api.questions.stacked_bars import Bar, stacked_bars

CHANNEL_COLOURS = dict(zip(CHANNEL_LABELS, COLOURS, strict=False))


@dataclass(frozen=True, slots=True)
class Row:
    """``counts`` are by channel, for every channel."""

    bucket: Bucket
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def rows_of(period: Period, by_day: Mapping[tuple[date, str], int]) -> list[Row]:
    buckets = buckets_of(period)
    counts = [dict.fromkeys(CHANNEL_LABELS, 0) for _ in buckets]
    for (day, channel), count in by_day.items():
        there = counts[bucket_of(day, buckets)]
        there[channel] = there.get(channel, 0) + count
    return [Row(bucket, each) for bucket, each in zip(buckets, counts, strict=True)]


def chart_of(rows: Sequence[Row], href: Callable[[Period], str]) -> Drawing:
    """``href`` is where the questions of a stretch are listed."""
    bars = [
        Bar(
            name=row.bucket.short,
            parts=tuple((CHANNEL_COLOURS.get(channel, COLOURS[-1]), count) for channel, count in row.counts.items()),
            said=f"{row.bucket.label}：{row.total} 个问题{_by_channel(row)}",
            href=href(row.bucket.period),
        )
        for row in rows
    ]
    return stacked_bars(f"各渠道的提问数，{len(bars)} 段，详见下面的表格", bars)


def _by_channel(row: Row) -> str:
    said = [f"{CHANNEL_LABELS.get(channel, channel)} {count}" for channel, count in row.counts.items() if count]
    return f"（{'，'.join(said)}）" if said else ""
