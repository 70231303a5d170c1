"""The documents that a text says it repeals.

Each is given as ``题名|文号`` where both are printed, else as whichever is: :func:`named` takes it apart again, and
matching may use either. What others have repealed (…已废止, 《民法典》施行后…), parts of a document (《…》第三条) and
documents that stay (不得同时废止, 继续有效) are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.policy.number import NUMBER, folded
from knowledge.text import squash

_YEAR = r"(?:19|20)\d{2}"
_NUMBER = (
    rf"[\u4e00-\u9fffA-Za-z]{{1,14}}[〔［\[（(【]{_YEAR}[〕］\]）)】]第?\d{{1,5}}号"
    rf"|[\u4e00-\u9fff]{{1,20}}(?:令|公告|通告)(?:{_YEAR}年)?第\d{{1,5}}号"
)
_TITLE = r"《(?:[^《》]|《[^《》]*》)+》"
_KIND = "(?:通知|公告|通告|决定|意见|批复|函|办法|规定)"
_BRACKETED = rf"[（(][^（）()]{{0,20}}?(?P<number>{_NUMBER})[^（）()]{{0,20}}[）)]"
_REFERENCE = re.compile(
    rf"(?:(?P<before>{_NUMBER})(?:公布|发布|印发)的)?(?P<title>{_TITLE})(?:的{_KIND})?"
    rf"(?:{_BRACKETED}|[（(][^（）()]{{1,30}}[）)])?|[（(]?(?P<alone>{_NUMBER})[）)]?"
)
_STOP = "(?:废止|停止执行|不再执行|终止执行|停止施行|停止使用|失效)"
# 《甲》废止后, 废止前的, 《甲》废止而终止 tell of an end without bringing it about.
_AS_A_FACT = "(?![前后的时而或]|之[前后日]|以[前后])"
_REPEALED = re.compile(
    r"(?:等)?(?:[一二三四五六七八九十\d]+[个件项部份])?(?:规范性)?(?:文件?|规章|通知)?[，,]?(?:自[^，。《》]{1,25}?起)?[，,]?"
    rf"(?:同时|即行|即|予以|一并|相应|自行|自动|均|全部|随之|即日起|正式|宣布)*{_STOP}{_AS_A_FACT}"
)
_NOT = "(?<![不未已被拟应得])"
_BELOW = "(?:下列|以下|如下)[^。：:]{0,40}"
_REPEALING = re.compile(
    rf"{_NOT}(?:废止|停止执行)(?:{_BELOW}[：:])?"
    r"(?=《|[（(]?[一1][）)]?[.．、]|[\u4e00-\u9fffA-Za-z]{1,14}[〔\[])"
)
_LISTED = re.compile(rf"{_BELOW}?(?:{_REPEALED.pattern})[^。：:]{{0,10}}[：:]|{_NOT}(?:{_STOP}){_BELOW}[：:]")
_JOINED = re.compile(
    r"[、，,；;]?(?:和|及|与|以及|并|原)?(?:[^，,。；;：:《》、]{0,20}|[^，,。；;：:《》]{0,60}(?:发布|公布|印发|颁布|批准)的)"
)
_BY_OTHERS = re.compile(
    r"(因|由于|鉴于|随着|根据|按照|依据|依照|参照|违反|贯彻|落实|执行)[^，。；]{0,24}$|(?:被|已经?由)[^，。；]{0,12}$"
)
_PART = re.compile(r"(?:中|的)?(?:第[一二三四五六七八九十百\d]+[章条款项]|有关|相关|部分)|中(?:的|有关|关于|与)")
_SPEAKER = re.compile(
    rf"(?P<title>{_TITLE})(?:[（(][^（）]*[）)])?(?:已经?|将)?(?:自[^，。]*|[^，。《》]{{0,12}})?"
    r"(?:施行|实施|生效|规定|明确|指出|提出|要求)后?[，,：:]"
)
_ITEM_MARK = r"(?:(?<!\d)\d{1,3}[.．、]|[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳]|[一二三四五六七八九十]{1,3}、)"
_ITEM = re.compile(
    rf"(?:{_ITEM_MARK})?(?:[^。；;：:《》]{{0,40}}?(?P<title>{_TITLE})(?:的{_KIND})?(?:{_BRACKETED})?"
    rf"|(?P<plain>[\u4e00-\u9fff](?:(?!{_ITEM_MARK})[^。；;：:《》]){{3,80}}?)[（(][^（）()]{{0,20}}?(?P<after>{_NUMBER})[^（）()]{{0,20}}[）)])[；;。，,、]?"
)
# In a table without brackets the number follows the last word of the title, and has none of those words itself.
_TITLE_WORD = "(?:通知|意见|办法|规定|细则|决定|公告|通告|方案|措施|批复|函|制度|规则|条例|目录|标准|纪要|的)"
_ROW_NUMBER = rf"(?:(?!{_TITLE_WORD})[\u4e00-\u9fffA-Za-z]){{1,14}}[〔［\[（(【]{_YEAR}[〕］\]）)】]第?\d{{1,5}}号"
_NO_TITLE = "[件个部项年月日号条款批]|序号|对|将|删去|增加|继续|废止|失效|保留|修改|下列|以下"
_KEPT = r"(?:第[一二三四五六七八九十百\d]+[章条款项])?(?:予以|作出?|的部分条款)*(?:保留|继续|修改|修订)"
_ROW = re.compile(
    rf"(?:(?<!\d)\d{{1,3}}[.．、]?|[（(][\d一二三四五六七八九十]{{1,3}}[）)]|(?<![第一二三四五六七八九十])[一二三四五六七八九十]{{1,3}}、)"
    rf"(?:(?P<title>{_TITLE})(?:的{_KIND})?(?:{_BRACKETED})?"
    rf"|(?!{_NO_TITLE})(?P<plain>[\u4e00-\u9fff](?:(?!{_ITEM_MARK})[^。；;：:]){{3,90}}?)"
    rf"(?:[（(][^（）()]{{0,20}}?(?P<inner>{_NUMBER})[^（）()]{{0,20}}[）)]|(?<=[知见法定则告案施复函度例录准要》])(?P<after>{_ROW_NUMBER})))"
)
_DECISION = re.compile(
    r"关于[^。《》]{0,24}(?:废止|失效)[^。《》]{0,30}(?:文件|规章|制度|法规)[^。《》]{0,12}的?(?:决定|通知|公告|通告)"
    r"|关于[^。《》]{0,20}清理结果的?(?:决定|通知|公告|通告)"
)
_STAYS = re.compile(r"(?P<goes>废止|失效)|(?:修改|修订|保留|继续有效|继续执行)")
_TOLD = re.compile(r"(?:一图读懂|图解).*|.*(?:解读|答记者问|问答)(?:[（(].*)?")
_NEWS = re.compile(r"新华社|本报讯|(?<![\u4e00-\u9fff])记者|[（(]记者")
_DRAFT = re.compile(r"征求意见|草案|送审稿|公开征集")
_HEAD = 150
_NEAR, _FAR = 40, 300
_LEAD = re.compile(r"^(?:[年月日]|原|和|及|与|以及|由|即|将|对|现将|此前|其中|后|时|起)+")


@dataclass(frozen=True, slots=True)
class Named:
    """A document as another names it; ``number`` is None where it names none, ``title`` where it has only a number."""

    title: str | None
    number: str | None


def repealed_by_text(text: str) -> tuple[str, ...]:
    """In printed order, each once. News and explanations repeal nothing: they tell of it; a draft may never pass."""
    plain = re.sub(r"“[^”]*”", lambda match: "" if re.search(_STOP, match[0]) else match[0], squash(text))
    parts = _heading(text)
    head = "".join(parts)
    if any(map(_TOLD.fullmatch, parts)) or _NEWS.search(plain[:_HEAD]) or _DRAFT.search(head):
        return ()
    found = [*_in_decision(plain), *_in_lists(plain)]
    for sentence in re.split(r"。", plain):
        found += [*_before_verb(sentence, head), *_after_verb(sentence)]
    return tuple(dict.fromkeys(_without_doubles(found)))


def named(item: str) -> Named:
    """What :func:`repealed_by_text` gave, or an admin wrote: 题名|文号, a title with or without 《》, a number."""
    title, bar, number = item.partition("|")
    if bar:
        return Named(title.strip() or None, number.strip() or None)
    plain = item.strip().strip("《》")
    return Named(None, plain) if NUMBER.fullmatch(squash(plain)) else Named(plain, None)


def _heading(text: str) -> list[str]:
    """The parts above the first sentence."""
    return re.split(r"\S*。", text[: 2 * _HEAD], maxsplit=1)[0].split()


def _before_verb(sentence: str, head: str) -> Iterator[str]:
    """《甲》（…）、《乙》同时废止: the documents named right in front of the verb."""
    references = list(_REFERENCE.finditer(sentence))
    for at, reference in enumerate(references):
        if not _REPEALED.match(sentence, reference.end()) or _is_told_of(_before(sentence, reference, _FAR), head):
            continue
        first = at
        while first and _is_joined(sentence, references[first - 1], references[first]):
            first -= 1
        if not _BY_OTHERS.search(_before(sentence, references[first])):
            yield from (_item(found) for found in references[first : at + 1])


def _is_joined(sentence: str, one: re.Match[str], other: re.Match[str]) -> bool:
    between = sentence[one.end() : other.start()]
    is_list = between[0] in "、，,；;和及与以并" if between else bool(one["title"] and other["title"])
    return (
        is_list
        and bool(_JOINED.fullmatch(between))
        and not _BY_OTHERS.search(_before(sentence, one))
        and not re.search(_STOP, between)
    )


def _before(sentence: str, reference: re.Match[str], reach: int = _NEAR) -> str:
    return sentence[max(0, reference.start() - reach) : reference.start()]


def _is_told_of(before: str, head: str) -> bool:
    """Whether the sentence is about another document: 《民法典》自…起施行，…同时废止."""
    return any(
        len(speaker["title"]) <= len("《办法》") or speaker["title"].strip("《》") not in head
        for speaker in _SPEAKER.finditer(before)
    )


def _after_verb(sentence: str) -> Iterator[str]:
    """废止《甲》、《乙》."""
    for verb in _REPEALING.finditer(sentence):
        if re.search(
            r"(根据|按照|依据|依照|已|建议|是否|能否|提请|可以|应当|应该|及时|需要?|有权)[^，]*$",
            sentence[: verb.start()],
        ):
            continue
        last: re.Match[str] | None = None
        for reference in _REFERENCE.finditer(sentence, verb.end()):
            gap = sentence[last.end() if last else verb.end() : reference.start()]
            if not (_JOINED.fullmatch(gap) if last else not gap) or (last and gap[:1] not in "、，,；;和及与以"):
                break
            last = reference
            if not _PART.match(sentence, reference.end()):
                yield _item(reference)


def _in_lists(text: str) -> Iterator[str]:
    """下列文件同时废止：1.…2.…"""
    for lead in _LISTED.finditer(text):
        at = lead.end()
        mark = _mark(text, at)
        while item := _ITEM.match(text, at):
            if not _PART.match(text, item.end()):
                yield _joined(item["title"] or item["plain"], item["number"] or item["after"])
            at = item.end()
            if _mark(text, at) != mark or (not mark and text[at - 1] == "。"):
                break


def _mark(text: str, at: int) -> str:
    """The kind of number in front of an item: a list ends where the kind changes."""
    match = re.match(_ITEM_MARK, text[at:])
    return re.sub(r"\d+", "1", re.sub(r"[一二三四五六七八九十]+|[①-⑳]", "一", match[0])) if match else ""


def _in_decision(text: str) -> Iterator[str]:
    """The rows of 关于废止部分文件的决定, but not those below a heading that says they are changed or kept."""
    decision = _DECISION.search(text[:_HEAD])
    if not decision:
        return
    goes, at = bool(re.search(_STOP, decision[0])), 0
    for row in _ROW.finditer(text):
        for word in _STAYS.finditer(text, at, row.start()):
            goes = word["goes"] is not None
        at = row.end()
        if goes and not _PART.match(text, row.end()) and not re.match(_KEPT, text[row.end() : row.end() + _NEAR]):
            yield _joined(row["title"] or row["plain"], row["number"] or row["inner"] or row["after"])


def _item(reference: re.Match[str]) -> str:
    return _joined(reference["title"], reference["number"] or reference["before"] or reference["alone"])


def _joined(title: str | None, number: str | None) -> str:
    name = title[1:-1] if title and title.startswith("《") else _LEAD.sub("", title or "")
    return "|".join(filter(None, (name, folded(_LEAD.sub("", number)) if number else None)))


def _without_doubles(found: list[str]) -> list[str]:
    """A document named with its number and, by another pattern, without it is one."""
    pairs = {part for item in found if "|" in item for part in item.split("|")}
    return [item for item in found if item and item not in pairs]
