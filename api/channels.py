"""Where questions and requests come in."""

from typing import Literal

Channel = Literal["web", "wechat", "wecom", "desk", "api"]
CHANNEL_LABELS: dict[Channel | str, str] = {
    "web": "网页",
    "wechat": "微信",
    "wecom": "企业微信",
    "desk": "热线",
    "api": "接口",
}
