"""「兰州一共多少项」: a city or province without a plan of its own may mean the region in it that has one."""

import re
from collections.abc import Collection, Sequence

from api.schemas import Facet
from knowledge.directory import Directory
from knowledge.gazetteer import lies_in

_OF_TASKS: frozenset[Facet] = frozenset({"lead", "responsible", "deadline", "list", "count"})
_TASKS_COUNTED = re.compile(r"(?:多少|[几哪])(?:项|件)|任务.{0,6}(?:多|少)|(?:任务|工作)(?:有|是|都)*(?:哪|什么|啥)")

Mentions = tuple[tuple[str, ...], ...]


def asks_of_tasks(text: str, facet: Facet) -> bool:
    """Whether the question is one that plans answer: who, by when, which tasks, how many."""
    return facet in _OF_TASKS or bool(_TASKS_COUNTED.search(text))


def with_plan_regions(regions: Mentions, text: str, directory: Directory, left_out: Collection[str] = ()) -> Mentions:
    """Each mention of a place whose documents name no unit, and so are no plan, with the regions in it that have a
    plan. A place that was chosen by its very name (兰州市：…) stays alone; no region named by itself comes twice, nor
    does one left out."""
    named = {name for mention in regions for name in mention}.union(left_out)
    widened = (
        mention if text.startswith(f"{mention[0]}:") else (*mention, *_within(mention, named, directory))
        for mention in regions
    )
    return tuple(widened)


def _within(mention: Sequence[str], named: set[str], directory: Directory) -> list[str]:
    if any(map(directory.units_of, mention)):
        return []
    places = set(mention)
    return [
        region
        for region in directory.regions
        if region not in named and directory.units_of(region) and lies_in(region) & places
    ]
