"""Which blocks of a web page are the article. Nothing is dropped for its place alone: a sentence outside the article's
element is kept. What goes is what its wording, its links or the names around it show to be the portal's own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.readers.html.blocks import PrintedBlock, PrintedLine, PrintedTable
from knowledge.readers.html.boxes import boxed
from knowledge.readers.html.facts import Fact, facts_of_line, take_facts
from knowledge.readers.html.furniture import heads_related, is_furniture, is_furniture_around, is_menu
from knowledge.readers.html.ranges import BlockRanges

_SENTENCE = re.compile(r"[。；！？]|，.*，|[:：]$")
_SHORTEST_SENTENCE, _SHORTEST_TABLE = 15, 30
_SHORTEST_MENU, _MENU_ITEM = 3, 12


@dataclass(frozen=True, slots=True)
class Content:
    facts: tuple[Fact, ...]
    blocks: tuple[PrintedBlock, ...]
    above_facts: int
    """How many of ``blocks`` stand above the line of facts below the title; 0 where there is no such line."""


def choose_content(blocks: Sequence[PrintedBlock], ranges: BlockRanges) -> Content:
    article = [at for at, block in enumerate(blocks) if _is_article(block)]
    in_box = boxed(blocks, set(article))
    core = [at for at in article if at not in in_box]
    kept = _kept_around(blocks, core, in_box, ranges) if core else _kept_without_article(blocks, in_box)
    before = [at for at in range(core[0] if core else len(blocks)) if not is_menu(blocks[at])]
    facts, used = _facts(blocks, before)
    kept -= used
    first_line = min((at for at in used if isinstance(blocks[at], PrintedLine)), default=0)
    above = sum(1 for at in kept if at < first_line)
    return Content(facts, tuple(blocks[at] for at in sorted(kept)), above)


def _is_article(block: PrintedBlock) -> bool:
    """Text that no menu or imprint has: sentences, and tables with text that is not linked."""
    if is_menu(block) or is_furniture_around(block.text):
        return False
    if isinstance(block, PrintedTable):
        return not block.facts and len(block.text) - block.linked >= _SHORTEST_TABLE
    is_sentence = len(block.text) >= _SHORTEST_SENTENCE and _SENTENCE.search(block.text)
    return bool(is_sentence) and not facts_of_line(block.text)


def _kept_without_article(blocks: Sequence[PrintedBlock], in_box: set[int]) -> set[int]:
    """A page of a few words, or one that lists links: whatever is left when the furniture is gone."""
    bare = {at for at, block in enumerate(blocks) if at not in in_box and not is_furniture_around(block.text)}
    plain = {at for at in bare if not is_menu(blocks[at])}
    return plain or bare or set(range(len(blocks)))


def _kept_around(blocks: Sequence[PrintedBlock], core: list[int], in_box: set[int], ranges: BlockRanges) -> set[int]:
    inner, is_named = ranges.article(core)
    reach = _reach(blocks, inner)
    amid = range(core[0], max(core[-1], inner[-1] if is_named else 0) + 1)
    kept = set(core)
    for at, block in enumerate(blocks):
        if is_furniture(block.text):
            continue
        if at in amid and at in reach:
            belongs = not (at in in_box and is_menu(block))
        elif at in reach:
            belongs = _belongs_beside(block, is_before=at < core[0], is_boxed=at in in_box and at not in inner)
        else:
            belongs = at > core[0] and at not in in_box and _is_attachment(block)
        if belongs:
            kept.add(at)
    return kept - _menus(blocks, kept) - _related(blocks, core[-1])


def _reach(blocks: Sequence[PrintedBlock], inner: range) -> range:
    """``inner`` and all around it to the next menu on either side: a title, a signature may stand in an element of its
    own."""
    first, stop = inner.start, inner.stop
    while first and not _is_of_a_menu(blocks[first - 1]):
        first -= 1
    while stop < len(blocks) and not _is_of_a_menu(blocks[stop]):
        stop += 1
    return range(first, stop)


def _is_of_a_menu(block: PrintedBlock) -> bool:
    return is_menu(block) and not is_furniture_around(block.text)


def _belongs_beside(block: PrintedBlock, *, is_before: bool, is_boxed: bool) -> bool:
    return not (is_boxed or is_furniture_around(block.text) or (is_before and is_menu(block)))


def _is_attachment(block: PrintedBlock) -> bool:
    return isinstance(block, PrintedLine) and block.to_file


def _menus(blocks: Sequence[PrintedBlock], kept: Iterable[int]) -> set[int]:
    """Runs of short links. Links to other documents have longer names."""
    menus: set[int] = set()
    run: list[int] = []
    for at in [*sorted(kept), None]:
        if at is not None and isinstance(blocks[at], PrintedLine) and is_menu(blocks[at]):
            run.append(at)
            continue
        items = [item for one in run for item in re.split(r"[ |｜]+", blocks[one].text)]
        if len(items) >= _SHORTEST_MENU and sum(map(len, items)) <= _MENU_ITEM * len(items):
            menus.update(run)
        run = []
    return menus


def _related(blocks: Sequence[PrintedBlock], last: int) -> set[int]:
    """Links to other articles below the end of this one, with their heading."""
    related: set[int] = set()
    for at in range(last + 1, len(blocks)):
        block = blocks[at]
        is_headed = at + 1 < len(blocks) and is_menu(blocks[at + 1]) and isinstance(block, PrintedLine) and block.level
        if heads_related(block.text) or is_headed or (at - 1 in related and is_menu(block)):
            related.add(at)
    return related


def _facts(blocks: Sequence[PrintedBlock], before: list[int]) -> tuple[tuple[Fact, ...], set[int]]:
    """The facts of the document, and the blocks that hold nothing else."""
    tables = [at for at, block in enumerate(blocks) if _facts_in(block)]
    lines = [at for at in before if isinstance(blocks[at], PrintedLine)]
    told, used = take_facts([blocks[at].text for at in lines])
    facts = [*(fact for at in tables for fact in _facts_in(blocks[at])), *told]
    return tuple(dict.fromkeys(facts)), {*tables, *(lines[index] for index in used)}


def _facts_in(block: PrintedBlock) -> tuple[Fact, ...]:
    return block.facts if isinstance(block, PrintedTable) else ()
