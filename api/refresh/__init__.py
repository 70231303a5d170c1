"""Documents in, a new snapshot out: what the command line and the admin console run."""

from api.refresh.report import Difference, DocumentChange, RefreshReport, Rejection, Superseded, Tally
from api.refresh.run import EncoderChoice, no_progress, refresh, refresh_store
from api.refresh.selection import Progress

__all__ = [
    "Difference",
    "DocumentChange",
    "EncoderChoice",
    "Progress",
    "RefreshReport",
    "Rejection",
    "Superseded",
    "Tally",
    "no_progress",
    "refresh",
    "refresh_store",
]
