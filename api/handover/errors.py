"""What can go wrong with a handed-over conversation, each with its HTTP status and a stable code."""

from api.errors import ApiError


class UnknownHandover(ApiError):
    status = 404
    code = "handover_not_found"

    def __init__(self, number: int) -> None:
        super().__init__(f"没有编号为 {number} 的人工对话。")


class HandoverTaken(ApiError):
    """Another agent was quicker."""

    status = 409
    code = "handover_taken"

    def __init__(self, by: str) -> None:
        super().__init__(f"这位市民刚刚已由 {by} 接入，请接待下一位。")


class HandoverNotYours(ApiError):
    """Only the agent who took a conversation speaks in it; after ten silent minutes it is nobody's again."""

    status = 409
    code = "handover_not_yours"

    def __init__(self, by: str | None) -> None:
        held = f"现在由 {by} 接待" if by else "还没有人接待，或因十分钟没有回应已重新排队"
        super().__init__(f"这个对话{held}，您的操作没有执行。")


class HandoverEnded(ApiError):
    status = 409
    code = "handover_ended"

    def __init__(self) -> None:
        super().__init__("这个对话已经结束，不能再操作。")


class HandoverLineWrong(ApiError):
    status = 422
    code = "invalid_value"

    def __init__(self, message: str) -> None:
        super().__init__(message, field="text")


class HandoverQueueFull(ApiError):
    status = 503
    code = "handover_queue_full"

    def __init__(self) -> None:
        super().__init__("现在等待人工的人太多，请稍后再试，或登记诉求由工作人员答复。")
