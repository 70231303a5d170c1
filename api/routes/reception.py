"""How a request comes in over HTTP, whichever door it takes: the JSON API or the form on the page."""

import hashlib
import logging
from dataclasses import replace

from api.requests.code import tidy_number
from api.requests.intake import check_request
from api.requests.ledger import Logged, NewRequest
from api.requests.proposal import Proposal, propose_units
from api.services import Services
from index.search import Index
from knowledge.gazetteer import find_places

logger = logging.getLogger(__name__)


def log_request(services: Services, address: str, new: NewRequest) -> Logged:
    """Raises InvalidValue, which names the field, and RateLimited."""
    check_request(new.content, new.contact)
    services.new_requests.check(_sender(services, address, new))
    if new.session_id:
        services.new_requests.check(f"session {new.session_id}")
    return services.ledger.log(replace(new, proposals=_proposals(services, new)))


def once_of(page: str, content: str) -> str | None:
    """The sender's key of a form: ``page`` is of the page it stands on. A double click and a reload log once; who goes
    back and writes something else logs something else."""
    return hashlib.sha256(f"{page}\n{content}".encode()).hexdigest() if page else None


def count_lookup(services: Services, address: str, no: str, session_id: str | None = None) -> None:
    """By address, by conversation (the action server speaks for all of them from one address) and by number, so that
    nobody tries out the codes of one request from many addresses. Raises RateLimited."""
    services.lookups.check(address)
    if session_id:
        services.lookups.check(f"session {session_id}")
    if no:
        services.lookups.check(f"request {tidy_number(no)}")


def _sender(services: Services, address: str, new: NewRequest) -> str:
    """In a conversation it is the bot that asks, for someone at another address."""
    return services.chat.callers.address_of(new.session_id, address) if new.session_id else address


def _proposals(services: Services, new: NewRequest) -> list[dict[str, object]]:
    text = f"{new.question}\n{new.content}" if new.question else new.content
    return [proposal.as_json() for proposal in proposed_units(services, text, new.region)]


def proposed_units(services: Services, text: str, region: str | None) -> list[Proposal]:
    """Whatever goes wrong here must not cost a citizen their request."""
    try:
        index = services.serving().index
        return propose_units(index, text, _known_region(index, region))
    except Exception as error:  # noqa: BLE001 - the search may fail in ways of its own
        logger.warning("no unit proposed for a new request: %s", type(error).__name__)
        return []


def _known_region(index: Index, told: str | None) -> str | None:
    """光明路小区 says nothing about the region and rules out none; a place that the documents do not speak of does."""
    if not told:
        return None
    regions = index.directory.regions.items()
    known = (region for region, aliases in regions if any(name in told for name in (region, *aliases)))
    return next(known, told if find_places(told) else None)
