"""A slip of the tongue put right in the same breath: 「济南不对是兰州新区的政策解读谁牵头」 asks about 兰州新区."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from api.answers.topic import strip_to_topic
from api.answers.years import find_years
from knowledge.directory import Directory

_SLIP = re.compile(
    r"[,，。、 ]*(?:"
    r"(?:不对(?:[,， ]?不对)*|我?(?:刚才|刚刚)?[说讲念打写问]?错了|[说讲念打写问]错|[啊哦]不(?![一-鿿]是)|口误"
    r"|更正(?:一下)?)[啊哦呀哈]?[,，。 ]*(?P<then>(?:应该|应当)?是(?!不是|否)|我(?:是|要|想)*[说问指]的?是?)?"
    r"|不是(?:不是)?[,， ]*(?P<rather>(?:应该|应当)?是(?!不是|否)|我[要想]?[说问指]的是|我是说))[,，。 ]*"
)
_ASKS = re.compile("谁|什么|啥|哪|怎|为|不是|因为|由于|咋|找")


def as_corrected(text: str, directory: Directory, today: date, names_a_matter: Callable[[str], bool]) -> str:
    """The text with the names, the year and the matter that were taken back replaced by those that follow."""
    match = next((match for match in _SLIP.finditer(text) if match.start()), None)
    if match is None or _ASKS.match(text, match.end()):
        return text
    before, after = _half(text[: match.start()], directory, today), _half(text[match.end() :], directory, today)
    marked = match["then"] or match["rather"]
    if not (marked or before.ends_like(after)) or not (after.rest.strip("的 ") or after.names):
        return text
    kept = "".join(said for kind, said in before.names if kind not in after.kinds)
    rest = "" if names_a_matter(strip_to_topic(after.rest)) else before.rest
    return f"{kept}{rest}{text[match.end() :]}"


@dataclass(frozen=True, slots=True)
class _Half:
    """``names`` are the places, units and years said, by kind; ``rest`` the text without them; ``first`` and ``last``
    the kinds of the names that stand at its ends."""

    names: Sequence[tuple[str, str]]
    rest: str
    first: str = ""
    last: str = ""

    @property
    def kinds(self) -> set[str]:
        return {kind for kind, _ in self.names}

    def ends_like(self, other: "_Half") -> bool:
        """Whether a name stands at its end and one of the same kind where the other begins."""
        return bool(self.last) and self.last == other.first


def _half(text: str, directory: Directory, today: date) -> _Half:
    spans = [("place", mention.start, mention.end) for mention in directory.find_regions(text)]
    blank = list(text)
    for _, start, end in spans:
        blank[start:end] = " " * (end - start)
    spans += [("unit", mention.start, mention.end) for mention in directory.find_units("".join(blank))]
    for _, start, end in spans:
        blank[start:end] = " " * (end - start)
    spans += [
        ("year", *match.span()) for match in _YEAR.finditer("".join(blank)) if find_years(match.group(), today)[0]
    ]
    spans.sort(key=lambda span: span[1])
    for _, start, end in spans:
        blank[start:end] = " " * (end - start)
    return _Half(
        [(kind, text[start:end]) for kind, start, end in spans],
        "".join("".join(blank).split()),
        first=next((kind for kind, start, _ in spans if start == 0), ""),
        last=next((kind for kind, _, end in spans if end == len(text)), ""),
    )


_YEAR = re.compile(r"\d{2,4}年度?|[一二][〇零一二三四五六七八九]{1,3}年度?|[今去前明]年")
