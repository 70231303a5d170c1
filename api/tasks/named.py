"""The units a cell names: itself, and those it gives as examples of a class, 各相关部门（生态环境局、建设局等）."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge.unit_names import unit_core

_EXAMPLES = re.compile(r"[（(]([^（()）]*[、，,][^（()）]*)[)）]")


@lru_cache(maxsize=16_384)
def cores_of(printed: str) -> tuple[str, ...]:
    """Without 等相关部门 and the like."""
    examples = (part for group in _EXAMPLES.findall(printed) for part in re.split("[、，,]", group))
    return tuple(dict.fromkeys([unit_core(printed), *(unit_core(part) for part in examples if part.strip())]))


def named(printed: Iterable[str]) -> Iterator[str]:
    return (core for unit in printed for core in cores_of(unit))
