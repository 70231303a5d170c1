"""The public ledger: a page for people, tables and a feed for programs. Nobody logs in; the lists may be cached."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.clock import today_in_china
from api.deps import ClientAddress, ServicesDep
from api.errors import ApiError
from api.publication import export, feed
from api.publication.figures import FEWEST_RATINGS
from api.publication.ledger import MOST_EXPORTED, PublicLedger, Wanted
from api.routes.admin.rendering import root_of
from api.routes.pages import templates
from api.services import Services
from api.spreadsheet import MEDIA_TYPE as XLSX
from api.validation_messages import describe

router = APIRouter(include_in_schema=False)

_CACHED = {"Cache-Control": "public, max-age=300"}


class PublicQuery(BaseModel):
    """Parameters that are none of these are passed over: those who share an address add their own to it."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    q: str = Field(default="", max_length=100)
    unit: str = Field(default="", max_length=100)
    year: int | None = Field(default=None, ge=2000, le=2199)
    month: int | None = Field(default=None, ge=1, le=12)
    page: int = Field(default=1, ge=1, le=100_000)

    @property
    def wanted(self) -> Wanted:
        """A month alone is one of this year."""
        year = self.year or (today_in_china().year if self.month else None)
        return Wanted(self.q.replace("\x00", ""), self.unit.replace("\x00", ""), year, self.month)

    @property
    def same(self) -> str:
        return urlencode(self.model_dump(exclude_defaults=True, exclude={"page"}))


Filters = Annotated[PublicQuery, Query()]


@router.get("/public/requests")
def public_page(request: Request, services: ServicesDep, address: ClientAddress) -> Response:
    """What is wrong with a filter is said on the page itself."""
    try:
        services.public_reads.check(address)
        facts, status = _facts(services, _query(request)), 200
    except ValidationError as error:
        problem = error.errors()[0]
        facts, status = {"problem": describe({**problem, "loc": ("query", *problem["loc"])})[1]}, 422
    except ApiError as error:
        facts, status = {"problem": error.message}, error.status
    return _shown(request, "public/requests.html", facts, status)


@router.get("/public/requests/{public_id}")
def public_request(request: Request, services: ServicesDep, address: ClientAddress, public_id: str) -> Response:
    try:
        services.public_reads.check(address)
        facts: dict[str, object] = {"item": _ledger(services).one(public_id)}
        status = 200
    except ApiError as error:
        facts, status = {"problem": error.message}, error.status
    return _shown(request, "public/request.html", facts, status)


@router.get("/public/requests.csv")
def public_csv(services: ServicesDep, address: ClientAddress, query: Filters) -> Response:
    services.public_files.check(address)
    found = _ledger(services).each(query.wanted)
    return Response(export.to_csv(found), media_type="text/csv; charset=utf-8", headers=_download("csv"))


@router.get("/public/requests.xlsx")
def public_xlsx(services: ServicesDep, address: ClientAddress, query: Filters) -> Response:
    services.public_files.check(address)
    found = _ledger(services).each(query.wanted)
    return Response(export.to_xlsx(found), media_type=XLSX, headers=_download("xlsx"))


@router.get("/public/requests.rss")
def public_rss(request: Request, services: ServicesDep, address: ClientAddress, query: Filters) -> Response:
    services.public_reads.check(address)
    found = _ledger(services).each(query.wanted, feed.ITEMS)
    return Response(feed.to_rss(found, str(request.base_url)), media_type=feed.MEDIA_TYPE, headers=_CACHED)


def _facts(services: Services, query: PublicQuery) -> dict[str, object]:
    ledger, wanted = _ledger(services), query.wanted
    year = wanted.year or today_in_china().year
    return {
        "board": ledger.page(wanted, query.page),
        "figures": services.public_figures.table(year, wanted.month),
        "period": f"{year}年{wanted.month}月" if wanted.month else f"{year}年",
        "query": query,
        "same": query.same,
        "units": ledger.units(),
        "years": ledger.years(),
        "fewest": FEWEST_RATINGS,
        "most": MOST_EXPORTED,
    }


def _query(request: Request) -> PublicQuery:
    """Raises ValidationError. A field left empty in the form is no condition."""
    given = {name: value for name, value in request.query_params.items() if value.strip()}
    return PublicQuery.model_validate(given)


def _ledger(services: Services) -> PublicLedger:
    return PublicLedger(services.engine, services.secrets)


def _shown(request: Request, template: str, facts: Mapping[str, object], status: int) -> Response:
    headers = _CACHED if status == 200 else {"Cache-Control": "no-store"}
    shared = {"root": root_of(request)}
    return templates.TemplateResponse(request, template, {**shared, **facts}, status_code=status, headers=headers)


def _download(ending: str) -> dict[str, str]:
    return {**_CACHED, "Content-Disposition": f'attachment; filename="public-requests.{ending}"'}
