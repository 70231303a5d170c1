"""The stages of a request and their names for people."""

from typing import Literal

RequestStatus = Literal["received", "transferred", "answered", "closed", "rated", "returned"]

STATUS_LABELS: dict[str, str] = {
    "received": "已受理",
    "transferred": "已转办",
    "answered": "已答复",
    "closed": "已办结",
    "rated": "已评价",
    "returned": "已退回",
}
