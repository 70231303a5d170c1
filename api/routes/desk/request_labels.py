"""What people read for the codes of requests, for every page of the desk that shows them."""

from api.channels import CHANNEL_LABELS
from api.requests.kinds import KIND_LABELS
from api.requests.queue import QUEUE_LABELS
from api.requests.rating import RATING_LABELS
from api.requests.status import ACTION_LABELS, STATUS_LABELS

LABELS: dict[str, object] = {
    "statuses": STATUS_LABELS,
    "kinds": KIND_LABELS,
    "ratings": RATING_LABELS,
    "channels": CHANNEL_LABELS,
    "queues": QUEUE_LABELS,
    "action_labels": ACTION_LABELS,
}
