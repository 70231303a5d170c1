"""Pydantic's findings in Chinese: which value, and what was expected. The value itself is not repeated: it may be
personal data."""

import re
from collections.abc import Mapping
from typing import Any

_EXPECTED = {
    "missing": "不能缺少",
    "string_type": "应为文字",
    "string_unicode": "含有无法识别的字符",
    "string_pattern_mismatch": "含有不允许的字符",
    "string_too_short": "至少要有 {min_length} 个字",
    "string_too_long": "最多 {max_length} 个字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "int_parsing_size": "数字太大",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "list_type": "应为列表",
    "too_long": "最多 {max_length} 项",
    "literal_error": "只能是 {expected} 之一",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "date_type": "应为日期，例如 2026-01-31",
    "date_parsing": "应为日期，例如 2026-01-31",
    "date_from_datetime_parsing": "应为日期，例如 2026-01-31",
    "date_from_datetime_inexact": "应为日期，例如 2026-01-31",
    "model_type": "应为一个 JSON 对象",
    "model_attributes_type": "应为一个 JSON 对象",
    "dict_type": "应为一个 JSON 对象",
    "extra_forbidden": "不是可用的参数",
}


def describe(problem: Mapping[str, Any]) -> tuple[str, str]:
    """(dotted name of the value, one Chinese sentence)."""
    field = ".".join(str(part) for part in problem["loc"][1:])
    expected = _EXPECTED.get(problem["type"], "格式不对").format_map(_readable(problem.get("ctx") or {}))
    if not field:
        return "body", f"请求内容{expected}，并注明 Content-Type: application/json。"
    return field, f"参数 {field} {expected}。"


def _readable(context: Mapping[str, Any]) -> dict[str, str]:
    return {name: re.sub(", | or ", "、", str(value).replace("'", "")) for name, value in context.items()}
