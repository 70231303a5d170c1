"""What is refused at the door of the callback. Tencent's side, or whoever poses as it, learns no more than the code."""

from api.errors import ApiError


class SignatureWrong(ApiError):
    """The signature does not fit, the time is too far off, or the same signed call came again."""

    status = 403
    code = "wechat_signature"

    def __init__(self) -> None:
        super().__init__("签名校验没有通过。")


class MessageUnreadable(ApiError):
    """Not XML as agreed, or it cannot be decrypted: the one answer for every such fault."""

    status = 400
    code = "wechat_unreadable"

    def __init__(self) -> None:
        super().__init__("消息内容无法读取。")


class WechatOff(ApiError):
    """No account is set up here."""

    status = 404
    code = "not_found"

    def __init__(self) -> None:
        super().__init__("没有这个地址，请检查网址。")
