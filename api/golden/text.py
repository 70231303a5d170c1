"""A golden question as an admin writes it: lines of a form in, a :class:`GoldQuestion` out, and back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from api.answers.service import LONGEST_QUESTION
from api.documents.errors import FieldsWrong
from api.errors import ApiError
from api.evaluation.questions import GoldQuestion
from api.question_text import check_question
from knowledge.text import squash

KINDS = {
    "who": "谁牵头、谁负责",
    "when": "什么时候完成",
    "where": "在哪里公开",
    "what": "要求、内容",
    "number": "数字、金额",
    "count": "有多少、有哪些",
    "compare": "比较几个地区",
    "followup": "接着上一句问",
    "term": "名词解释",
    "faq": "常见问答",
    "other": "其他",
    "unanswerable": "应当拒答",
}
UNANSWERABLE = "unanswerable"
BETWEEN = " / "
MOST_TURNS, MOST_GROUPS, LONGEST_PART, LONGEST_TITLE = 5, 20, 100, 200
_SLASH = re.compile(r"\s+[/／]\s+")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the form. ``must`` has one group a line, its alternatives between slashes with blanks around."""

    question: str = ""
    kind: str = "who"
    context: str = ""
    must: str = ""
    must_not: str = ""
    document: str = ""


def typed_of(gold: GoldQuestion) -> Typed:
    must = "\n".join(map(BETWEEN.join, gold.must))
    context, must_not = "\n".join(gold.context), "\n".join(gold.must_not)
    return Typed(gold.question, gold.kind, context, must, must_not, gold.document or "")


def gold_of(typed: Typed, id: str = "") -> GoldQuestion:
    """The question as it is typed, whether or not it keeps the rules of :func:`check`."""
    groups = (tuple(filter(_says_something, map(str.strip, _SLASH.split(line)))) for line in _lines(typed.must))
    return GoldQuestion(
        id=id,
        kind=typed.kind,
        question=" ".join(_clean(typed.question).split()),
        context=tuple(_lines(typed.context)),
        must=tuple(group for group in groups if group),
        must_not=tuple(_lines(typed.must_not)),
        document=" ".join(_clean(typed.document).split()).strip("《》") or None,
    )


def check(gold: GoldQuestion) -> None:
    """Raises FieldsWrong with a sentence for each field at fault."""
    problems = {
        "question": _of_turns([gold.question]),
        "kind": "" if gold.kind in KINDS else "请从列表里选择题型。",
        "context": _of_turns(gold.context)
        or (f"前面的话最多 {MOST_TURNS} 句。" if len(gold.context) > MOST_TURNS else ""),
        "must": _of_must(gold),
        "must_not": _of_parts(gold.must_not),
        "document": f"文件标题最多 {LONGEST_TITLE} 个字。" if len(gold.document or "") > LONGEST_TITLE else "",
    }
    if found := {field: said for field, said in problems.items() if said}:
        raise FieldsWrong(found)


def with_ticks(typed: Typed, ticks: Iterable[str]) -> Typed:
    """The same with each string ticked as a group of its own."""
    there = {squash(part) for group in gold_of(typed).must for part in group}
    more = [" ".join(tick.split()) for tick in ticks if squash(tick) and squash(tick) not in there]
    return replace(typed, must="\n".join([*_lines(typed.must), *dict.fromkeys(more)]))


def _of_turns(turns: Iterable[str]) -> str:
    for turn in turns:
        try:
            check_question(turn)
        except ApiError as error:
            return error.message
        if len(turn) > LONGEST_QUESTION:
            return f"一句话最多 {LONGEST_QUESTION} 个字。"
    return ""


def _of_must(gold: GoldQuestion) -> str:
    if not gold.must and gold.kind != UNANSWERABLE:
        return "请至少写一行回答里必须有的内容，否则怎么答都算对。"
    both = next((part for group in gold.must for part in group if squash(part) in map(squash, gold.must_not)), None)
    if both:
        return f"“{both}”同时写在必须有和不能有里。"
    return _of_parts([part for group in gold.must for part in group], most=MOST_GROUPS * 5)


def _of_parts(parts: Iterable[str], most: int = MOST_GROUPS) -> str:
    known = list(parts)
    if len(known) > most:
        return f"写了 {len(known)} 项，最多 {most} 项。"
    long = next((part for part in known if len(part) > LONGEST_PART), "")
    return f"“{long[:20]}…”有 {len(long)} 个字，一项最多 {LONGEST_PART} 个字。" if long else ""


def _lines(text: str) -> list[str]:
    return list(filter(None, (" ".join(line.split()) for line in _clean(text).splitlines())))


def _says_something(part: str) -> bool:
    return bool(part.strip("/／ "))


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
