"""What can go wrong with documents, uploads and refreshes at the HTTP edge.

ApiError
├── DocumentNotFound   404  no such document in the version that serves
├── UploadNotFound     404  no such file in the inbox
├── RefreshNotFound    404  no refresh of that id is remembered
├── UploadRefused      422  a file that cannot be taken, with the reason
├── UploadTooLarge     413  a file over the limit
├── FieldsWrong        422  values of a document that cannot be; a sentence for each field
├── DocumentFixed      409  a document that is not changed or removed here
└── ChangedMeanwhile   409  somebody else has changed what this form was made from
"""

from collections.abc import Mapping

from api.errors import ApiError


class DocumentNotFound(ApiError):
    status = 404
    code = "document_not_found"

    def __init__(self) -> None:
        super().__init__("现用的知识版本里没有这份文件，它可能已被移除，或换了标题、文号、地区或年份。")


class UploadNotFound(ApiError):
    status = 404
    code = "upload_not_found"

    def __init__(self, name: str) -> None:
        super().__init__(f"待发布的上传里没有“{name[:60]}”，它可能已经发布或删除。", field="name")


class RefreshNotFound(ApiError):
    status = 404
    code = "refresh_not_found"

    def __init__(self, refresh_id: str) -> None:
        super().__init__(f"没有编号为“{refresh_id[:40]}”的更新，它的记录可能已被清理。", field="refresh_id")


class UploadRefused(ApiError):
    status = 422
    code = "upload_refused"


class UploadTooLarge(ApiError):
    status = 413
    code = "upload_too_large"

    def __init__(self, name: str, megabytes: int) -> None:
        super().__init__(f"{name}：文件超过 {megabytes} MB，没有采用。", field="file")


class FieldsWrong(ApiError):
    """``problems`` has a Chinese sentence for each field at fault."""

    status = 422
    code = "invalid_value"

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(
            "有几处填写不对，请改正后再保存。", field=next(iter(problems)), details={"errors": dict(problems)}
        )
        self.problems = problems


class DocumentFixed(ApiError):
    status = 409
    code = "document_fixed"


class ChangedMeanwhile(ApiError):
    status = 409
    code = "changed_meanwhile"

    def __init__(self) -> None:
        super().__init__("这份文件的改动刚被别人改过，您的改动没有保存。请看过最新的内容再改。")
