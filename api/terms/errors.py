"""What can go wrong with terms written in the console.

ApiError
├── TermNotFound  404  no such term; somebody may have deleted it
└── TermChanged   409  somebody else has changed the term since the page was made
"""

from api.errors import ApiError


class TermNotFound(ApiError):
    status = 404
    code = "term_not_found"

    def __init__(self) -> None:
        super().__init__("没有这个名词，它可能已被删除。")


class TermChanged(ApiError):
    status = 409
    code = "changed_meanwhile"

    def __init__(self, by: str) -> None:
        super().__init__(f"这个名词刚被{by}改过，您的操作没有执行。请看过最新的内容再试。")
