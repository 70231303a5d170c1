"""Documents in, a new snapshot out: what the command line and the admin console run."""

from api.refresh.changes import NO_CHANGES, Changes
from api.refresh.encoder import EncoderChoice
from api.refresh.report import Difference, DocumentChange, RefreshReport, Rejection, Superseded, Tally
from api.refresh.run import NO_GATE, Gate, no_progress, refresh, refresh_store
from api.refresh.selection import Progress

__all__ = [
    "NO_CHANGES",
    "NO_GATE",
    "Changes",
    "Difference",
    "DocumentChange",
    "EncoderChoice",
    "Gate",
    "Progress",
    "RefreshReport",
    "Rejection",
    "Superseded",
    "Tally",
    "no_progress",
    "refresh",
    "refresh_store",
]
