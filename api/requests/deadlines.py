"""How many working days a request may take: profiles by place and kind of request, each with the rule it comes from.

Time limits of hotlines are local rules, none is national, so they are configuration and never constants. A region goes
by the profile of the narrowest place that it lies in, else by the file's ``default``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from api.requests.kinds import KINDS, RequestKind
from api.rule_file import OWN_RULE, read_rules
from knowledge.gazetteer import LEVELS, find_places, parents_of, zone_names

SHIPPED = Path(__file__).with_name("deadlines.yaml")
DEFAULT_PLACE = "默认"


@dataclass(frozen=True, slots=True)
class Terms:
    """Times of one kind of request at one place, in working days; :class:`api.requests.workdays.WorkCalendar` counts
    them."""

    days: int
    """From the day of receipt to the reply."""
    extension: int
    """All extensions of one request together; 0 where none is allowed."""
    correction: int
    """From the day of receipt to asking, once, for what is missing (补正)."""
    return_days: int | None
    """From the transfer to its return (退回) by a unit that is not responsible; None: no limit."""
    warn_days: int
    """Before the deadline, when the unit is reminded."""
    place: str
    """The place whose profile this is, or 默认."""
    source: str
    """The rule that the profile follows, in Chinese."""
    note: str
    """How sure the figures are and which were chosen, in Chinese; may be empty."""
    example: bool
    """Shipped as an example: nobody has confirmed it for this installation yet."""


class DeadlineProfiles:
    def __init__(self, default: "_Profile", places: Mapping[str, "_Profile"]) -> None:
        self._default = default
        self._local = sorted(
            ((_specificity(place), _named(place), place, profile) for place, profile in places.items()),
            key=lambda local: local[0],
            reverse=True,
        )

    @classmethod
    def load(cls, path: Path | None) -> Self:
        """None: the shipped examples. Raises RuleFileInvalid."""
        rules = read_rules(path or SHIPPED, _Rules)
        return cls(rules.default, rules.places)

    def terms(self, region: str | None, kind: RequestKind) -> Terms:
        around = _around(region) if region else frozenset()
        for _, named, place, profile in self._local:
            if named <= around:
                return profile.terms(place, kind)
        return self._default.terms(DEFAULT_PLACE, kind)


def _named(place: str) -> frozenset[str]:
    """The places written in ``place``: 南京市鼓楼区 is a 鼓楼区 in 南京市."""
    return frozenset(found.name for found in find_places(place))


def _specificity(place: str) -> tuple[int, int]:
    """Narrower places come first, of equal ones the one told more exactly."""
    found = find_places(place)
    return LEVELS.index(found[-1].level), len(found)


@lru_cache(maxsize=4096)
def _around(region: str) -> frozenset[str]:
    """The places that ``region`` names and what they lie in.

    Many districts share their name (白云区 of 广州 and of 贵阳): one behind another place lies in that.
    """
    found = find_places(region)
    certain = [place.name for at, place in enumerate(found) if at == 0 or place.level != "county"]
    other_names = zone_names() if any(place.level == "zone" for place in found) else {}
    return frozenset({place.name for place in found}).union(
        *(parents_of(name, (name, *other_names.get(name, ()))) for name in certain)
    )


_MAX_DAYS = 366
_Days = Annotated[int, Field(ge=1, le=_MAX_DAYS)]
_Text = Annotated[str, Field(min_length=1, max_length=500)]


def _known_place(place: str) -> str:
    """Places of the gazetteer from the first character to the last: a slip of the pen would never apply."""
    found = find_places(place)
    if not found or sum(each.end - each.start for each in found) != len(place):
        raise PydanticCustomError(OWN_RULE, "不认识这个地名，请写全称，例如 广东省、济南市、南京市鼓楼区")
    return place


_Place = Annotated[str, AfterValidator(_known_place)]


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Profile(_Form):
    source: _Text
    note: Annotated[str, Field(max_length=500)] = ""
    example: bool = False
    days: dict[RequestKind, _Days]
    extension: Annotated[int, Field(ge=0, le=_MAX_DAYS)]
    correction: _Days
    return_days: _Days | None = None
    warn_days: _Days = 1

    @field_validator("days")
    @classmethod
    def _every_kind(cls, days: dict[RequestKind, int]) -> dict[RequestKind, int]:
        missing = [kind for kind in KINDS if kind not in days]
        if missing:
            raise PydanticCustomError(OWN_RULE, "缺少 {kinds}", {"kinds": "、".join(missing)})
        return days

    def terms(self, place: str, kind: RequestKind) -> Terms:
        return Terms(
            days=self.days[kind],
            extension=self.extension,
            correction=self.correction,
            return_days=self.return_days,
            warn_days=self.warn_days,
            place=place,
            source=self.source,
            note=self.note,
            example=self.example,
        )


class _Rules(_Form):
    default: _Profile
    places: dict[_Place, _Profile] = {}

    @field_validator("places")
    @classmethod
    def _one_profile_a_place(cls, places: dict[str, _Profile]) -> dict[str, _Profile]:
        first: dict[frozenset[str], str] = {}
        for place in places:
            earlier = first.setdefault(_named(place), place)
            if earlier != place:
                raise PydanticCustomError(
                    OWN_RULE, "“{one}”和“{other}”是同一个地方，只能写一次", {"one": earlier, "other": place}
                )
        return places
