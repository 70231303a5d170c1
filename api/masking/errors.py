"""What can go wrong with personal data in a text."""

from collections.abc import Sequence

from api.errors import ApiError


class StillPersonal(ApiError):
    """A text for everybody to read still holds what looks like personal data; ``field`` is the text at fault."""

    status = 422
    code = "still_personal"

    def __init__(self, field: str, what: str, found: Sequence[str]) -> None:
        listed = "、".join(f"“{text[:40]}”" for text in found)
        super().__init__(f"{what}里还有像是个人信息的内容：{listed}。请删去或改写后再保存。", field=field)
