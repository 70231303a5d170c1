"""What a document says about itself: title, 文号, issuer, dates, region, year, status, what it repeals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.model import Status
from knowledge.policy.issuer import issuer_of, signed_by
from knowledge.policy.labels import labelled
from knowledge.policy.number import labelled_number, own_number
from knowledge.policy.region import region_of
from knowledge.policy.repeals import repealed_by_text
from knowledge.policy.segments import segments_of
from knowledge.policy.signature import published_on, signature_of
from knowledge.policy.title import notice_title, plan_title
from knowledge.policy.validity import validity_of
from knowledge.text import squash

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the text says; None where it says nothing. ``repeals`` as :func:`repealed_by_text` gives them."""

    title: str
    doc_number: str | None
    issuer: str | None
    region: str
    year: int | None
    published_on: date | None
    effective_from: date | None
    effective_to: date | None
    status: Status
    repeals: tuple[str, ...] = ()


def read_metadata(lines: Sequence[str], first_task: int | None, fallback: str) -> Metadata:
    """Metadata of a text. ``first_task`` is the line where the first task table or section begins, from 1, for a plan;
    ``fallback`` is the title of a text that has none."""
    is_plan = first_task is not None
    segments = segments_of(lines[: first_task - 1] if first_task else lines, is_plan=is_plan)
    labels = labelled(lines)
    title = labels.get("title") or (plan_title if is_plan else notice_title)(segments) or fallback
    number = labelled_number(labels.get("number", "")) or own_number(segments)
    signature = signature_of(segments)
    issuer = _printed(labels.get("issuer")) or issuer_of(title, segments, signature, is_plan=is_plan)
    published = published_on(segments, labels, signature)
    validity = validity_of(title, lines, segments, labels, published)
    text = "\n".join(lines)
    return Metadata(
        title=title,
        doc_number=number,
        issuer=issuer,
        region=region_of(
            title, issuer, text, is_plan=is_plan, file_name=fallback, signed=signed_by(segments, signature)
        ),
        year=_year(title, number, None if is_plan else published),
        published_on=published,
        effective_from=validity.begins,
        effective_to=validity.ends,
        status=validity.status,
        repeals=repealed_by_text(text),
    )


def _printed(issuer: str | None) -> str | None:
    return "、".join(filter(None, re.split(r"[\s、，,;；]+", issuer))) or None if issuer else None


def _year(title: str, number: str | None, published: date | None) -> int | None:
    if match := _YEAR.search(squash(title)):
        return int(match[1])
    if number and (match := re.search(r"(?:19|20)\d{2}", number)):
        return int(match[0])
    return published.year if published else None
