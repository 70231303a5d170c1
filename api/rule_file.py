"""Rules that an operator writes as a YAML file: deadline profiles, working-day tables, the menu of an account.

A wrong file is refused as a whole, with the file, the line, the place in it and the value found. Beyond safe YAML a key
given twice is refused, since YAML lets the last one win silently, and aliases are, since a short file can stand for an
endless one.
"""

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from api.errors import ApiError

MAX_BYTES = 256 * 1024
OWN_RULE = "own_rule"
"""Type of the errors that a form's own validators raise; their message is Chinese and names the value."""
_SHOWN = 60
_EXPECTED = {
    "missing": "不能缺少",
    "extra_forbidden": "不是可用的名称",
    "int_type": "应为整数",
    "bool_type": "应为 true 或 false",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_too_long": "最多 {max_length} 个字",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "date_type": "应为日期，例如 2027-01-31",
    "list_type": "应为列表",
    "dict_type": "应为“名称: 值”的写法",
    "model_type": "应为“名称: 值”的写法",
    "literal_error": "只能是 {expected} 之一",
}
_WITHOUT_VALUE = frozenset({"missing", "dict_type", "model_type", "list_type"})
Rules = TypeVar("Rules", bound=BaseModel)


class RuleFileInvalid(ApiError):
    """Stops the start, like a wrong setting."""

    code = "rule_file_invalid"

    def __init__(self, path: Path, line: int | None, problem: str) -> None:
        where = f"规则文件“{path}”第 {line} 行" if line else f"规则文件“{path}”"
        super().__init__(f"{where}：{problem}。")


def read_rules(path: Path, form: type[Rules]) -> Rules:
    """The file as ``form``, which sees values as YAML types them and should be strict. Raises RuleFileInvalid."""
    try:
        node, data = _parse(_text_of(path))
    except _Fault as fault:
        raise RuleFileInvalid(path, fault.line, fault.problem) from fault
    if not isinstance(data, dict) or node is None:
        raise RuleFileInvalid(path, None, "应为“名称: 值”的写法，文件是空的或写成了别的样子")
    try:
        return form.model_validate(data)
    except ValidationError as error:
        # A misspelt name is missing too; the name as it stands tells more.
        first = min(error.errors(), key=lambda finding: finding["type"] != "extra_forbidden")
        raise RuleFileInvalid(path, _line(node, first["loc"]), _problem(first)) from error


class _Fault(Exception):
    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line


def _text_of(path: Path) -> str:
    if not path.is_file():
        raise _Fault("没有这个文件")
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _Fault("读不出来，请检查文件的权限") from error
    if len(content) > MAX_BYTES:
        raise _Fault(f"超过 {MAX_BYTES // 1024} KB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Fault("不是 UTF-8 编码，请另存为 UTF-8", content.count(b"\n", 0, error.start) + 1) from error


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
            raise _Fault("不能用 * 引用别处的内容，请把值写全", line)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise _Fault(f"“{key.value[:_SHOWN]}”写了两次", key.start_mark.line + 1)
                seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """What YAML takes for a date or a number may be none: 2027-02-30."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError) as error:
            problem = f"“{str(node.value)[:_SHOWN]}”不是有效的日期或数字"
            raise _Fault(problem, node.start_mark.line + 1) from error


def _parse(text: str) -> tuple[yaml.Node | None, object]:
    """The tree with its line numbers, and the values."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _Fault("不是正确的 YAML 写法，请检查缩进、冒号和引号", mark.line + 1 if mark else None) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _Fault("不是正确的 YAML 写法：有不可见的控制字符，或层次太深") from error


def _line(node: yaml.Node, place: tuple[int | str, ...]) -> int | None:
    """The line of the value at ``place``, or of the innermost part that is there; None for the file as a whole."""
    if not place:
        return None
    line = node.start_mark.line
    for part in place:
        step = _step(node, part)
        if step is None:
            break
        line, node = step
    return line + 1


def _step(node: yaml.Node, part: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line, value) for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part].start_mark.line, node.value[part]
    return None


def _problem(finding: Any) -> str:
    place = " → ".join(str(part)[:_SHOWN] for part in finding["loc"] if part != "[key]")
    if finding["type"] == OWN_RULE:
        return f"{place}：{finding['msg']}" if place else str(finding["msg"])
    expected = _EXPECTED.get(finding["type"], "格式不对").format_map(_readable(finding.get("ctx") or {}))
    value = "" if finding["type"] in _WITHOUT_VALUE else f"“{str(finding['input'])[:_SHOWN]}”"
    return f"{place} 的值{value}不对，{expected}" if value else f"{place} {expected}"


def _readable(context: dict[str, Any]) -> dict[str, str]:
    return {
        name: str(value).replace("'", "").replace(", ", "、").replace(" or ", "、") for name, value in context.items()
    }
