"""What can go wrong with golden questions.

ApiError
├── GoldenNotFound  404  no such question; somebody may have deleted it
└── GoldenChanged   409  somebody else has changed the question since the page was made
"""

from api.errors import ApiError


class GoldenNotFound(ApiError):
    status = 404
    code = "golden_not_found"

    def __init__(self) -> None:
        super().__init__("没有这道黄金题，它可能已被删除。")


class GoldenChanged(ApiError):
    status = 409
    code = "changed_meanwhile"

    def __init__(self, by: str) -> None:
        super().__init__(f"这道题刚被{by}改过，您的操作没有执行。请看过最新的内容再试。")
