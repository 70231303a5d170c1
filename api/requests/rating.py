"""The five levels of satisfaction of 好差评 (国办发〔2019〕51号). Not rated is no level: it is counted apart."""

from api.requests.errors import RequestValueWrong

RATING_LABELS: dict[int, str] = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
BAD = frozenset({1, 2})
"""差评: each is to be called back and looked into."""


def require_level(rating: int) -> int:
    """Raises RequestValueWrong."""
    if rating not in RATING_LABELS:
        raise RequestValueWrong("rating", f"评价 {rating} 不在 1 到 5 之间（5 非常满意，1 非常不满意）。")
    return rating
