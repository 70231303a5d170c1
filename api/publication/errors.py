"""What can go wrong on the way to the public ledger, each with its HTTP status and a stable code."""

from api.errors import ApiError


class NotPublishable(ApiError):
    """The request, or its publication, does not stand where this can be done."""

    status = 409
    code = "not_publishable"


class PublicationChanged(ApiError):
    """Somebody else changed the publication since the page was made."""

    status = 409
    code = "publication_changed"

    def __init__(self, no: str) -> None:
        super().__init__(
            f"诉求 {no} 的公开稿刚刚被别人改过，您的操作没有执行。请看过最新的内容后再操作，填写的文字还在。"
        )


class PublicationNotFound(ApiError):
    status = 404
    code = "publication_not_found"

    def __init__(self, message: str = "没有找到这条公开的诉求，它可能已经撤下。") -> None:
        super().__init__(message)
