"""From when until when a document says it is in force, and whether it is marked as repealed or lapsed.

A period counts only where the document speaks of itself (本办法自…起施行，有效期…): measures inside it and documents it
cites have periods of their own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.model import Status
from knowledge.policy.dates import DAY, END, SPAN, count_of, day_of, days_in, ends_after, last_day_of
from knowledge.policy.labels import day_under, status_under
from knowledge.policy.segments import head_of
from knowledge.text import squash

_KIND = (
    "(?:通知|意见|办法|规定|细则|条例|决定|公告|通告|方案|措施|政策|文件|预案|规则|制度|标准|指南|指引|计划|规范|要点|规程|目录|规划|清单|"
    "函|批复|令|法)"
)
OWN = rf"(?:本(?:[\u4e00-\u9fff]{{0,6}}?{_KIND}){{1,3}}|(?:以上|上述)(?:各项|各条|{_KIND}){{1,3}})"
_ISSUED = "(?:正式)?(?:发布|印发|公布|公告|发文|下发|颁布|签发|出台)之?日"
_MONTH_DAY = r"(?<![\d年])\d{1,2}月\d{1,2}日"  # of the year of publication
_WHEN = rf"(?:(?:本[\u4e00-\u9fff]{{1,10}}?)?{_ISSUED}|{DAY}|{_MONTH_DAY})"
_HOUR = r"(?:零时|\d{1,2}[时点](?:\d{1,2}分)?|\d{1,2}[：:]\d{2})?"
_RUNS = "(?:施行|实施|执行|生效|试行|实行|有效)"
_FROM = re.compile(
    rf"(?:自|从|于)?(?P<when>{_WHEN}){_HOUR}(?:起(?P<after>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})[日天](?:后|以后)(?:起)?"
    rf"|起?(?:至[^，。；]{{1,16}}?)?)(?:正式|开始|全面|试)*{_RUNS}"
)
_TERM = "(?:有效期限?|执行期限?|实施期限?|试行期限?|政策期限?|执行时间|实施时间|施行期限?)"
_LEAD = rf"(?:暂定|暂|延长|延续|截止|截至|为|是|至|到|[：:（(]|(?:自|从)?{_WHEN}起?(?:的|计算|计|算)?|[-—－~～])*"
_UNTIL = re.compile(
    rf"(?:(?:^|[，,、）)]|{OWN}的?|其[余馀他]?(?:政策)?的?|暂定){_TERM}{_LEAD}|(?:试行|暂定)(?:执行|施行|实施|为|期)*"
    rf"|(?:{_RUNS}|自?{_WHEN}起)(?:至|到)|[，,]至(?={END}{_HOUR}止)"
    rf"|自{_WHEN}{_HOUR}(?:至|到)(?={END}{_HOUR}(?:期间)?{_RUNS})|[，,](?:将?于)?(?={END}(?:自动|自行)?(?:废止|失效)))(?P<end>{END}|{SPAN})"
)
_PERIOD = re.compile(
    rf"(?:{_TERM}(?:暂定)?[为是：:]?自?|^自|(?<=[\u4e00-\u9fff])自)(?P<from>{DAY})起?"
    rf"(?:至|到|[-—－~～]+)(?={END})"
)
_NUMBERS = (
    r"(?:第[一二三四五六七八九十百\d]+条|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d+[、.．]|附则"
    r"|[（(])*"
)
_NUMBERED = re.compile(f"^{_NUMBERS}")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]+[条款项](?:[、和至][^，]{0,12})?$")
_QUOTED = re.compile(r"“[^“”]{0,600}”")
_OF_A_TERM = re.compile(r"施行|实施|执行|生效|有效|废止|失效")
_MONTH_OF = re.compile(r"\d月|月[一二三四五六七八九十廿卅]")
_SPEAKS = re.compile(rf"(?:^|[，,：:）)]|其中){_NUMBERS}{OWN}的?(?:{_TERM}|{_RUNS}|[自从于由暂截至，,])")
_OF_THINGS = re.compile(rf"{OWN}(?:所[称指]|规定的|中|第[一二三四五六七八九十百\d]+条|[印发布公实施行]{{2}}[之以]?前)")
_SENTENCE = re.compile(r"[。；;！!\n]")
_MARK = re.compile(r"[（(【\[〔](?:此件|本文|全文|已|现已|现)*(?:被)?(废止|失效|停止执行)[）)】\]〕]")
_NOTE = re.compile(
    rf"(?:本文件?|此件|此文件?|全文|{OWN})(?:已经?|现已)(?:于?(?P<day>{DAY}))?起?[^，。]{{0,40}}?(?P<state>废止|失效|停止执行)"
)
_NOTES_AT_END = 5
_LONGEST_NOTE = 90
_SHORTEST_TITLE = 6


@dataclass(frozen=True, slots=True)
class Validity:
    begins: date | None
    ends: date | None
    status: Status


def validity_of(
    title: str, lines: Sequence[str], segments: Sequence[str], labels: Mapping[str, str], published: date | None
) -> Validity:
    sentences = [sentence for line in _without_quotes(lines) for sentence in _sentences(line)]
    own = list(_own(sentences, title))
    begins = day_under(labels, "begins") or _begins(own, published)
    ends = day_under(labels, "ends") or _ends(own, begins or published)
    state, ended = _marked(title, segments)
    if ends is not None and begins is not None and ends < begins:
        ends = None
    return Validity(begins, ended or ends, status_under(labels) or state)


def _without_quotes(lines: Sequence[str]) -> list[str]:
    """What is quoted about a period is the wording of another document, or one that this document changes."""
    text = "\n".join(lines)
    return _QUOTED.sub(lambda match: "" if _OF_A_TERM.search(match[0]) else match[0], text).splitlines()


def _sentences(line: str) -> Iterator[str]:
    return (squash(sentence) for sentence in _SENTENCE.split(line) if sentence.strip())


def _own(sentences: Sequence[str], title: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """The sentences in which the document speaks of its own period, each with where it says from when. A sentence
    that is no more than 有效期… speaks of what the one before it does."""
    was_own = False
    for sentence in sentences:
        starts = (match for match in _FROM.finditer(sentence) if _is_own(sentence, match, title))
        begins = next(starts, None)
        is_own = bool(begins or (_SPEAKS.search(sentence) and not _OF_THINGS.search(sentence)))
        if is_own or (was_own and sentence.startswith("有效期")):
            yield sentence, begins
        was_own = begins is not None


def _is_own(sentence: str, match: re.Match[str], title: str) -> bool:
    if sentence.startswith("的", match.end()):  # 2010年5月1日起施行的《某条例》 is cited
        return False
    before = sentence[: match.start()]
    clause = _NUMBERED.sub("", re.split(r"[，,：:]", before)[-1])
    if match["when"].startswith("本") or (re.search(OWN, clause) and not clause.endswith("》")):
        return not _ARTICLE.search(clause)
    if not clause and re.search(r"(?:公布|发布|印发)(?:《[^》]*》)?[，,]$", before):
        return True
    if named := re.fullmatch(r"[^《]{0,8}《([^》]+)》", clause):
        return len(named[1]) > len("某办法") and named[1] in title
    if clause:
        return False
    is_alone = not _NUMBERED.sub("", before)
    return is_alone or bool(re.search(OWN, before)) or (_MONTH_OF.search(match["when"]) is None and "《" not in before)


def _begins(own: Sequence[tuple[str, re.Match[str] | None]], published: date | None) -> date | None:
    for sentence, match in own:
        if match:
            day = _day(match["when"], published)
            return day + timedelta(days=count_of(match["after"])) if day and match["after"] else day
        if period := _PERIOD.search(sentence):
            return day_of(period["from"])
        if re.search(rf"{OWN}的?{_TERM}(?:暂定|为|是)*自{_ISSUED}起", sentence):
            return published
    return None


def _day(when: str, published: date | None) -> date | None:
    if day := day_of(when):
        return day
    return last_day_of(when, published) if re.fullmatch(_MONTH_DAY, when) else published


def _ends(own: Sequence[tuple[str, re.Match[str] | None]], begins: date | None) -> date | None:
    for sentence, _ in own:
        for match in _UNTIL.finditer(sentence):
            start = next(days_in(match[0]), None) or begins
            printed = match["end"]
            end = ends_after(start, printed) if start and re.fullmatch(SPAN, printed) else last_day_of(printed, start)
            if end:
                return end
    return None


def _marked(title: str, segments: Sequence[str]) -> tuple[Status, date | None]:
    """What is stamped on the title or noted beside the text, and the last day before it if one is printed."""
    head = head_of(segments)
    if stamp := next((found for text in (title, *head) if (found := _stamp(text, title))), None):
        return _status(stamp[1]), None
    for text in (*head, *segments[-_NOTES_AT_END:]):
        plain = squash(text)
        if len(plain) <= _LONGEST_NOTE and (note := _NOTE.search(plain)):
            day = next(days_in(note["day"] or ""), None)
            return _status(note["state"]), day - timedelta(days=1) if day else None
    return "有效", None


def _stamp(text: str, title: str) -> re.Match[str] | None:
    """A mark that stands alone or on the title; on another title it is about that document."""
    plain, own = squash(text), squash(title)
    mark = _MARK.search(plain)
    rest = plain[: mark.start()] + plain[mark.end() :] if mark else ""
    return mark if plain == own or rest in ("", own) or (len(rest) > _SHORTEST_TITLE and rest in own) else None


def _status(word: str) -> Status:
    return "失效" if word == "失效" else "废止"
