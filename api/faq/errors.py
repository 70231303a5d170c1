"""What can go wrong with questions and answers written in the console.

ApiError
├── FaqNotFound     404  no such entry; somebody may have deleted it
├── FaqChanged      409  somebody else has changed the entry since the page was made
├── OwnDraft        409  nobody approves what they wrote themselves
├── FaqFixed        409  not possible in the state the entry is in
├── ImportRefused   422  a file that cannot be taken, with the reason
└── ImportNotFound  404  the import was taken, dropped, or is too old
"""

from api.errors import ApiError


class FaqNotFound(ApiError):
    status = 404
    code = "faq_not_found"

    def __init__(self) -> None:
        super().__init__("没有这条问答，它可能已被删除。")


class FaqChanged(ApiError):
    status = 409
    code = "changed_meanwhile"

    def __init__(self, by: str) -> None:
        super().__init__(f"这条问答刚被{by}改过，您的操作没有执行。请看过最新的内容再试。")


class OwnDraft(ApiError):
    status = 409
    code = "own_draft"

    def __init__(self) -> None:
        super().__init__("这条问答最后是您自己写的，要由另一位管理员批准。")


class FaqFixed(ApiError):
    status = 409
    code = "faq_fixed"


class ImportRefused(ApiError):
    status = 422
    code = "import_refused"

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


class ImportNotFound(ApiError):
    status = 404
    code = "import_not_found"

    def __init__(self) -> None:
        super().__init__("这次导入已经收下、放弃或过期，请重新选择文件。")
