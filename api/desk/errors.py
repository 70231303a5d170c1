"""What can go wrong at the desk's search.

ApiError
└── RecordNotFound  404  no such record in the version that serves
"""

from api.errors import ApiError


class RecordNotFound(ApiError):
    status = 404
    code = "record_not_found"

    def __init__(self, record_id: str) -> None:
        super().__init__(f"现用的知识版本里没有编号为“{record_id[:60]}”的内容，它可能刚随更新改变，请重新查一次。")
