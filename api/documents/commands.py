"""Starting and stopping refreshes on behalf of an admin, with the audit log told."""

from typing import Protocol

from api.accounts.staff import Actor
from api.audit import AuditLog
from api.documents.errors import RefreshNotFound
from api.refresh.jobs import RefreshJobs
from api.refresh.journal import Entry, Order


class TakesUp(Protocol):
    def look(self) -> None:
        """Load the version published last, where it does not serve yet."""


class Has(Protocol):
    """What is needed of :class:`api.services.Services`."""

    @property
    def jobs(self) -> RefreshJobs: ...

    @property
    def audit(self) -> AuditLog: ...

    @property
    def knowledge(self) -> TakesUp: ...


def start_refresh(
    services: Has, actor: Actor, *, dry_run: bool = False, forced: bool = False, only: bool = False
) -> str:
    """The id of the refresh, which takes in what is waiting in the console. Raises RefreshBusy, NotReady."""
    order = Order(by=actor.name, only=only, dry_run=dry_run, forced=forced, from_console=True)
    refresh_id = services.jobs.start(order)
    action = "refresh_forced" if forced else "refresh_looked" if dry_run else "refresh_started"
    services.audit.write(actor, action, refresh_id, {"只保留新上传的": "是"} if only else {})
    return refresh_id


def cancel_refresh(services: Has, actor: Actor, refresh_id: str) -> Entry:
    """Raises RefreshNotFound."""
    entry = services.jobs.cancel(refresh_id) if entry_of(services, refresh_id) else None
    if entry is None:
        raise RefreshNotFound(refresh_id)
    if entry.state in ("waiting", "running"):
        services.audit.write(actor, "refresh_cancelled", refresh_id)
    return entry_of(services, refresh_id)


def entry_of(services: Has, refresh_id: str, after: int = 0) -> Entry:
    """What an ended one has published serves before it is told of: who reads “已发布” and asks must not be answered
    from the version before. Raises RefreshNotFound."""
    entry = services.jobs.journal.entry(refresh_id, after)
    if entry is None:
        raise RefreshNotFound(refresh_id)
    if entry.state == "finished":
        services.knowledge.look()
    return entry


def entries_of(services: Has, limit: int, skipped: int = 0) -> list[Entry]:
    """The latest first; what they have published serves, as in :func:`entry_of`."""
    entries = services.jobs.journal.entries(limit, skipped)
    services.knowledge.look()
    return entries
