"""What can go wrong with a request, each with its HTTP status and a stable code."""

from api.errors import ApiError


class IllegalTransition(ApiError):
    """The action is not allowed in the state the request is in."""

    status = 409
    code = "illegal_transition"

    def __init__(self, no: str, state: str, action: str) -> None:
        super().__init__(f"诉求 {no} 现在是“{state}”，不能{action}。")


class RequestErased(IllegalTransition):
    """The personal part is gone, and it is not cleared a second time: nothing new may be written to it."""

    def __init__(self, no: str, action: str) -> None:
        ApiError.__init__(self, f"诉求 {no} 的个人信息已经清除，不能再{action}。")


class RequestChanged(ApiError):
    """Somebody else changed the request since the page was made."""

    status = 409
    code = "request_changed"

    def __init__(self, no: str, by: str) -> None:
        super().__init__(f"诉求 {no} 刚刚被{by}改过，您的操作没有执行。请看过最新的内容后再操作，填写的文字还在。")


class UnknownRequest(ApiError):
    """No request of this number; only staff are told so (a citizen gets RequestNotFound)."""

    status = 404
    code = "request_not_found"

    def __init__(self, no: str) -> None:
        super().__init__(f"没有编号为“{no[:40]}”的诉求。", field="no")


class RequestValueWrong(ApiError):
    """A value of an action is missing or out of bounds; ``field`` names it."""

    status = 422
    code = "invalid_value"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)


class AttachmentRefused(ApiError):
    """A file of a kind that is not kept, or one too many."""

    status = 415
    code = "attachment_refused"

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


class AttachmentTooLarge(ApiError):
    status = 413
    code = "attachment_too_large"

    def __init__(self, name: str, megabytes: int) -> None:
        super().__init__(f"{name}：文件超过 {megabytes} MB，没有收下。", field="file")


class AttachmentNotFound(ApiError):
    status = 404
    code = "attachment_not_found"

    def __init__(self) -> None:
        super().__init__("这条诉求没有这个附件。")


class TemplateNotFound(ApiError):
    status = 404
    code = "template_not_found"

    def __init__(self) -> None:
        super().__init__("没有这个答复模板，它可能已被删除。")


class TemplateChanged(ApiError):
    """Somebody else changed the template since the page was made."""

    status = 409
    code = "changed_meanwhile"

    def __init__(self, by: str) -> None:
        super().__init__(f"这个模板刚被{by}改过，您的操作没有执行。请看过最新的内容再试。")
