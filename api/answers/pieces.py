"""A passage cut into the pieces an answer may begin and end at: sentences, items, and the words that open a list."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np
import numpy.typing as npt

from api.answers.sentences import folded_bigrams
from knowledge.text import normalise, squash

LONGEST = 300
"""Characters of a run of pieces; one longer sentence stays whole."""
MOST_PIECES = 64
"""Pieces of one passage: the runs grow with the square of their number. Prose has a third of it at most; a long list of
single words is cut into as many pieces of about one length."""
_HAN = "[一二三四五六七八九十]"
_MARK = rf"{_HAN}{{1,2}}(?:是|、)|[（(](?:{_HAN}|\d){{1,2}}[）)]|[①-⑳]|(?<!\d)\d{{1,2}}[.．、](?!\d)|第{_HAN}[，,]"
_MARKS = re.compile(_MARK)
_NUMBER = re.compile(rf"{_HAN}+|\d+|[①-⑳]")
_FIRST = frozenset({"一", "1", "①"})
_PIECE = re.compile(
    r"(?<=[。！？!?；;])(?![”’」』）)])|(?<=[。！？；][”’」』）)])|(?<=[：:])(?!(?<=[0-9a-zA-Z][:：])[0-9a-zA-Z]|//)|\n"
    rf"|\s+(?={_MARK}|第{_HAN[:-1]}百]+[章节条])"
)
_QUOTED = re.compile(r"“[^”\n]{,40}”|‘[^’\n]{,40}’|「[^」\n]{,40}」|《[^》\n]{,60}》|（[^）\n]{,40}）|\([^)\n]{,40}\)")
"""A quotation, a title or a remark in brackets, short enough to be understood only as a whole: never cut."""
_FULL_STOP = re.compile(r"[。！？!?][”’」』）)]?$")
_INTRODUCES = re.compile(
    "^(?:为|根据|按照|据|依据|经|近日|日前|同时|此外|另外|会议|通知|意见)|^.{2,10}(?:表示|指出|强调|介绍|提出)[，,：:]"
)
HELD: Mapping[str, re.Pattern[str]] = {
    "amount": re.compile(r"\d|[一二三四五六七八九十百千万]{1,4}(?:个|项|类|种|元|倍|%|成|日|月|年|天)"),
    "when": re.compile(r"\d+年|\d+月|\d+日|\d+[时点]|小时|期间|之日|起|前|内"),
    "who": re.compile("局|委|部|厅|办|政府|公司|中心|院|单位|机构|企业|人员|所|会|处|银行|学校"),
    "where": re.compile(r"网|平台|app|微信|热线|电话|公众号|地址|窗口|大厅|路|\d{7,}|医院|系统|渠道"),
}
"""What a piece holds that can answer a question of each kind."""
_HEADING = re.compile(
    rf"^(?:{_HAN}{{1,2}}、|[（(](?:{_HAN}|\d){{1,2}}[）)]|\d{{1,2}}[.．、])[^，,：:；;。]{{2,24}}。?$"
)
_REMARK = re.compile(r"^[（(][^（）()]*[）)][。；;]?$")
_REMEMBERED = 256

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Counts = npt.NDArray[np.int64]
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """``spots`` [pieces] say where each piece begins and ends in ``text``; ``pairs`` are its character pairs. The runs
    of pieces that may be an answer are given by ``starts`` and ``ends`` (not included), both [runs]. Counts
    [pieces + 1] are of what stands before each piece. Flags are [pieces], but ``item`` [pieces + 1]."""

    text: str
    spots: Sequence[Spot]
    pairs: Sequence[frozenset[str]]
    starts: Places
    ends: Places
    characters_before: Counts
    pairs_before: Counts
    marks_before: Counts
    items_before: Counts
    opens_list: Flags
    item: Flags
    ends_sentence: Flags
    introduces: Flags
    marks: Sequence[tuple[str, str]]
    """The mark that each piece begins with, less its number, and the number; both empty where it is no item."""
    holds: Mapping[str, Flags]

    def to_end_of_list(self, start: int, end: int) -> int:
        """Where the run ends at best: behind the last item of a list that it opens and cuts off."""
        opened = [at + 1 for at in range(start, end) if self.opens_list[at] and self.item[at + 1]]
        return max((self._end_of_list(first, end) for first in opened), default=end)

    def _end_of_list(self, first: int, end: int) -> int:
        """``end``, or behind the items that go on from the ``first`` in its way of numbering, up to a new first one."""
        mark, _ = self.marks[first]
        last = 0
        for at in range(end, len(self.spots)):
            kind, number = self.marks[at]
            if kind == mark and number in _FIRST:
                break
            if kind == mark or (last == at and self._is_unfinished(at - 1)):
                last = at + 1
        return max(last, end)

    def _is_unfinished(self, at: int) -> bool:
        return self.text[: self.spots[at][1]].endswith(("：", ":", "；", ";", "，", ","))


@lru_cache(_REMEMBERED)
def pieces_of(text: str) -> Pieces:
    """Remembered: one answer looks at the same passage several times."""
    spots = _few(list(_cut(text)))
    texts = [text[start:end] for start, end in spots]
    stripped = [piece.strip() for piece in texts]
    folded = [normalise(piece) for piece in texts]
    pairs = [frozenset(folded_bigrams(piece)) for piece in folded]
    characters = _before(len(squash(piece)) for piece in texts)
    opens_list = np.array([piece.endswith(("：", ":")) for piece in stripped], dtype=np.bool_)
    item = np.array([bool(_MARKS.match(piece)) for piece in stripped] + [False], dtype=np.bool_)
    starts, ends = _runs(characters, opens_list, np.array([_tells(piece) for piece in stripped], dtype=np.bool_))
    return Pieces(
        text=text,
        spots=spots,
        pairs=pairs,
        starts=starts,
        ends=ends,
        characters_before=characters,
        pairs_before=_before(map(len, pairs)),
        marks_before=_before(len(_MARKS.findall(piece)) for piece in texts),
        items_before=_before(item[:-1]),
        opens_list=opens_list,
        item=item,
        ends_sentence=np.array([bool(_FULL_STOP.search(piece)) for piece in stripped], dtype=np.bool_),
        marks=[_mark_of(piece) for piece in stripped],
        introduces=np.array([bool(_INTRODUCES.match(piece)) for piece in stripped], dtype=np.bool_),
        holds={
            kind: np.array([bool(held.search(piece)) for piece in folded], dtype=np.bool_)
            for kind, held in HELD.items()
        },
    )


def _cut(text: str) -> Iterator[Spot]:
    quoted = {at for found in _QUOTED.finditer(text) for at in range(found.start() + 1, found.end())}
    gaps = [found.span() for found in _PIECE.finditer(text) if found.start() not in quoted]
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)]
    return ((start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip())


def _few(spots: list[Spot]) -> list[Spot]:
    """Neighbours joined, where there are more than MOST_PIECES."""
    if len(spots) <= MOST_PIECES:
        return spots
    length = spots[-1][0] + 1
    together = [list(kin) for _, kin in groupby(spots, key=lambda spot: spot[0] * MOST_PIECES // length)]
    return [(kin[0][0], kin[-1][1]) for kin in together]


def _mark_of(piece: str) -> tuple[str, str]:
    """（） and 一 of （一）."""
    found = _MARKS.match(piece)
    number = _NUMBER.search(found.group()) if found else None
    return ("", "") if not found or not number else (_NUMBER.sub("", found.group()), number.group())


def _before(counts: Iterable[int]) -> Counts:
    return np.concatenate([[0], np.cumsum(np.fromiter(counts, dtype=np.int64))]).astype(np.int64)


def _runs(characters_before: Counts, opens_list: Flags, tells: Flags) -> tuple[Places, Places]:
    """Every run up to LONGEST characters that tells something and does not end with the words that open a list."""
    starts, lasts = np.triu_indices(len(opens_list))
    ends = lasts + 1
    kept = (characters_before[ends] - characters_before[starts] <= LONGEST) | (starts == lasts)
    if not opens_list.all():
        kept &= ~opens_list[lasts]
    telling = np.concatenate([[0], np.cumsum(tells)])
    if (kept & (telling[ends] > telling[starts])).any():
        kept &= telling[ends] > telling[starts]
    return starts[kept], ends[kept]


def _tells(piece: str) -> bool:
    """Whether a piece is more than a heading, a question or a remark in brackets."""
    return not _HEADING.match(piece) and not piece.endswith(("？", "?")) and not _REMARK.match(piece)
