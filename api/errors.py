"""What can go wrong at the HTTP edge, each with a status, a stable code for programs and a Chinese sentence for people.

ApiError
├── QuestionEmpty      422  nothing in the question that could be looked up
├── QuestionTooLong    422  more characters than a question may have
├── InvalidValue       422  a field of the wrong type or out of bounds; names the field
├── BodyNotUtf8        400  the body is not UTF-8
├── BodyNotJson        400  the body is not JSON
├── BodyTooLarge       413  the body is over the limit
├── RequestNotFound    404  no such request, or the wrong code for it: the same answer for both
├── AnswerNotFound     404  feedback for an answer that was never given
├── RateLimited        429  too many from one address
├── LoginRequired      401  nobody is logged in; a page sends the browser to the log-in form
├── LoginFailed        401  unknown account or wrong password: the same answer for both
├── Forbidden          403  logged in, but not with the role this needs
├── FormRefused        403  the form or call does not carry this session's token, or came from another site
├── VersionNotFound    404  no knowledge version of this id is kept
├── EvaluationNotFound 404  no evaluation of this id is kept
├── AccountNotFound    404  no account of this name
├── AccountExists      409  the name is taken
├── AccountKept        409  the last admin, or one's own account, cannot be taken out of service
├── DatabaseUnavailable 503 the database does not answer; at the start it stops the start
├── SecretKeyInvalid   500  the key file in the home folder is not a key; stops the start
└── NotReady           503  no snapshot serves, or the database is away

knowledge.errors are mapped by code in :data:`KNOWLEDGE_STATUS`; anything else is 500 ``internal``.
"""

from knowledge.errors import KnowledgeError

KNOWLEDGE_STATUS: dict[str, int] = {
    "source_error": 422,
    "source_unreadable": 422,
    "source_encrypted": 422,
    "source_too_large": 413,
    "source_without_text": 422,
    "source_empty": 422,
    "ledger_header_unknown": 422,
    "snapshot_missing": 503,
    "snapshot_corrupt": 503,
    "snapshot_write_failed": 507,
    "refresh_busy": 409,
    "refresh_cancelled": 409,
}


class ApiError(Exception):
    """``field`` names the value at fault where there is one; ``details`` are further facts for programs."""

    status = 500
    code = "internal"

    def __init__(self, message: str, *, field: str | None = None, details: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.details = details


class QuestionEmpty(ApiError):
    status = 422
    code = "question_empty"

    def __init__(self, message: str = "没有看到问题，请用文字写下您想问的事项。") -> None:
        super().__init__(message, field="question")


class QuestionTooLong(ApiError):
    status = 422
    code = "question_too_long"

    def __init__(self, length: int, limit: int = 500) -> None:
        super().__init__(f"问题有 {length} 个字，最多 {limit} 个字，请写得简短一些。", field="question")


class InvalidValue(ApiError):
    status = 422
    code = "invalid_value"


class BodyNotUtf8(ApiError):
    status = 400
    code = "body_not_utf8"

    def __init__(self) -> None:
        super().__init__("请求内容不是 UTF-8 编码，请转换编码后重试。")


class BodyNotJson(ApiError):
    status = 400
    code = "body_not_json"

    def __init__(self) -> None:
        super().__init__("请求内容不是正确的 JSON，请检查格式后重试。")


class BodyTooLarge(ApiError):
    status = 413
    code = "body_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"请求内容太大，最多 {limit} 字节。")


class RequestNotFound(ApiError):
    status = 404
    code = "request_not_found"

    def __init__(self) -> None:
        super().__init__("没有找到这条登记，请核对登记编号和查询码。")


class AnswerNotFound(ApiError):
    status = 404
    code = "answer_not_found"

    def __init__(self, answer_id: str) -> None:
        super().__init__(f"没有编号为 {answer_id} 的回答，无法评价。", field="answer_id")


class RateLimited(ApiError):
    status = 429
    code = "rate_limited"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"操作太频繁，请 {retry_after} 秒后再试。")
        self.retry_after = retry_after


class LoginRequired(ApiError):
    status = 401
    code = "login_required"

    def __init__(self) -> None:
        super().__init__("请先登录；如果之前登录过，登录已过期。")


class LoginFailed(ApiError):
    status = 401
    code = "login_failed"

    def __init__(self, message: str = "账户或密码不对，请重新输入。") -> None:
        super().__init__(message)


class Forbidden(ApiError):
    status = 403
    code = "forbidden"

    def __init__(self, message: str = "您的账户没有这项权限，请联系管理员。") -> None:
        super().__init__(message)


class FormRefused(ApiError):
    status = 403
    code = "form_refused"

    def __init__(
        self, message: str = "页面已过期或请求不是从本站页面发出的，没有执行。请返回、刷新页面后重试。"
    ) -> None:
        super().__init__(message)


class VersionNotFound(ApiError):
    status = 404
    code = "version_not_found"

    def __init__(self, snapshot_id: str) -> None:
        super().__init__(f"没有编号为“{snapshot_id}”的知识版本，它可能已被清理。", field="snapshot_id")


class EvaluationNotFound(ApiError):
    status = 404
    code = "evaluation_not_found"

    def __init__(self, run_id: str) -> None:
        super().__init__(f"没有编号为“{run_id[:40]}”的评测结果，它可能已被清理。")


class AccountNotFound(ApiError):
    status = 404
    code = "account_not_found"

    def __init__(self, name: str) -> None:
        super().__init__(f"没有名为“{name[:40]}”的账户。", field="name")


class AccountExists(ApiError):
    status = 409
    code = "account_exists"

    def __init__(self, name: str) -> None:
        super().__init__(f"已经有名为“{name}”的账户，请换一个名称。", field="name")


class AccountKept(ApiError):
    status = 409
    code = "account_kept"


class DatabaseUnavailable(ApiError):
    status = 503
    code = "database_unavailable"

    def __init__(self, message: str = "系统暂时无法保存或读取记录，请稍后再试。") -> None:
        super().__init__(message)


class SecretKeyInvalid(ApiError):
    code = "secret_key_invalid"


class NotReady(ApiError):
    status = 503
    code = "not_ready"


def status_of(error: KnowledgeError) -> int:
    return KNOWLEDGE_STATUS.get(error.code, 500)
