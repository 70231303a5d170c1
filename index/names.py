"""Records by the name they bear: the title of a task, the heading over a passage, the name of a term.

A name asked for word for word needs no search. What merely sounds or looks like it is found for terms alone, whose
names are short and often misspelt.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from knowledge.model import Faq, Passage, PlanTask, Records, Term
from knowledge.sounds import blurred
from knowledge.text import normalise

NUMBERING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零\d]+[章节条款]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．])\s*"
)
_CLAUSE_END = re.compile(r"[，。；：！？,;:!?\n]")
_ACT = re.compile(
    r"加[大强快]|推[进动行广]|做好|落实|完善|建立|健全|实[施行]|支持|鼓励|引导|优化|强化|深化|规范|开展|提[高升供]|减[免轻少]|延[长缓期]"
    r"|降低|扩大|简化|严格|严禁|公开|公布|公示|发布|编制|制定|梳理|调整|明确|组织|统筹|保障|确保|创新|构建|设立|拓[展宽]|畅通|协调|给予|缓缴"
    r"|免[收征除]|发放|补贴|补助|奖励|申[请报]|办理|围绕|对接|定期|及时|全面|积极|充分|进一步|着力|大力|切实|持续|依法"
)
"""How a clause begins that says what is to be done, and so reads as the name of a matter."""
_A_FIGURE = re.compile(r"\d{2,}")
_SHORTEST_CLAUSE, _LONGEST_CLAUSE = 6, 24
_SHORTEST_HEARD = 3
_SHORTEST_NEAR = 4


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A name as it is compared: letters, digits and characters alone."""
    return "".join(char for char in normalise(name) if char.isalnum())


def name_of(record: PlanTask | Passage) -> str | None:
    """What a record can be asked for by: its title or heading without a number, else the clause it opens with; None
    where that is no name."""
    if isinstance(record, PlanTask):
        return record.title or _opening(record.requirement)
    return NUMBERING.sub("", record.heading[-1]).strip() if record.heading else _opening(record.text)


def _opening(text: str) -> str | None:
    clause = NUMBERING.sub("", _CLAUSE_END.split(text.strip(), maxsplit=1)[0]).strip()
    fits = _SHORTEST_CLAUSE <= len(clause) <= _LONGEST_CLAUSE
    return clause if fits and _ACT.match(clause) and not _A_FIGURE.search(clause) else None


class Names:
    """Built once for the records of a snapshot."""

    def __init__(self, records: Records) -> None:
        self._tasks, self._passages = records.tasks, records.passages
        self._named: dict[str, list[PlanTask | Passage]] = defaultdict(list)
        self._places: dict[str, int] = {}
        kinds: tuple[Sequence[PlanTask | Passage], ...] = (records.tasks, records.passages)
        for at, record in (placed for kind in kinds for placed in enumerate(kind)):
            self._places[record.id] = at
            if name := name_of(record):
                self._named[name_key(name)].append(record)
        self._terms: dict[str, list[Term]] = defaultdict(list)
        self._heard: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for term in records.terms:
            for key in dict.fromkeys(map(name_key, (term.name, *term.aliases))):
                self._terms[key].append(term)
        for key in self._terms:
            self._heard[_sound(key)].append(key)
        self._asked: dict[str, Faq] = {}
        for faq in records.faqs:
            for question in faq.questions:
                self._asked.setdefault(name_key(question), faq)

    def terms_called(self, name: str) -> Sequence[Term]:
        """The terms of that name or alias, however its marks are written."""
        return self._terms.get(name_key(name), ())

    def asked(self, question: str) -> Faq | None:
        """The approved answer to this very question, however its marks are written."""
        return self._asked.get(name_key(question))

    def named(self, name: str) -> Sequence[PlanTask | Passage]:
        """The tasks and passages of that name, in the order of the documents."""
        return self._named.get(name_key(name), ())

    def holding(self, text: str, most: int) -> list[PlanTask | Passage]:
        """Records of up to ``most`` names that hold ``text`` and more."""
        key = name_key(text)
        names = islice((name for name in self._named if key in name and key != name), most)
        return [self._named[name][0] for name in names]

    def around(self, record: PlanTask | Passage, most: int) -> list[PlanTask | Passage]:
        """Up to ``most`` records of its kind and document that follow it, then as many that stand before it, from the
        nearest on."""
        kind: Sequence[PlanTask | Passage] = self._tasks if isinstance(record, PlanTask) else self._passages
        at = self._places[record.id]
        near = (*kind[at + 1 : at + 1 + most], *reversed(kind[max(at - most, 0) : at]))
        return [other for other in near if other.document_id == record.document_id]

    def terms_heard(self, name: str) -> Sequence[Term]:
        """The terms whose name sounds like ``name``: 双随即一公开."""
        key = name_key(name)
        return self._all(self._heard.get(_sound(key), ())) if len(key) >= _SHORTEST_HEARD else ()

    def terms_near(self, name: str) -> Sequence[Term]:
        """The terms whose name has all characters of ``name`` but one, or one more, in the same order."""
        key = name_key(name)
        if len(key) < _SHORTEST_NEAR:
            return ()
        chars = set(key)
        close = (other for other in self._terms if abs(len(other) - len(key)) <= 1)
        alike = [other for other in close if len(chars & set(other)) >= len(chars) - 1 and _differ_by_one(key, other)]
        return self._all(alike)

    def _all(self, keys: Iterable[str]) -> list[Term]:
        return list({term.id: term for key in keys for term in self._terms[key]}.values())


def _sound(key: str) -> tuple[str, ...]:
    return tuple(map(blurred, key))


def _differ_by_one(one: str, other: str) -> bool:
    """Whether one character was put in, left out or mistaken."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[same:], other[same:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
