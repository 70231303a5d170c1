"""What the console offers, in the order of its menu. An item appears when its page exists and the role may open it."""

from collections.abc import Collection
from dataclasses import dataclass

from api.accounts.staff import Role


@dataclass(frozen=True, slots=True)
class Item:
    """``hint`` is the line below the item on the first page."""

    label: str
    path: str
    hint: str
    roles: tuple[Role, ...] = ("admin",)


NAVIGATION = (
    Item("概览", "/admin", "现用的知识版本和待处理的问题", ("admin", "agent")),
    Item("文件", "/admin/documents", "查看和修改收录的文件", ("admin", "agent")),
    Item("上传", "/admin/inbox", "上传文件，查看读出的内容"),
    Item("更新", "/admin/refresh", "查看变化，生成并发布新版本"),
    Item("版本", "/admin/versions", "查看保存的版本，切换到其中一个"),
    Item("问答", "/admin/faq", "维护常见问题及其答案"),
    Item("名词", "/admin/terms", "维护名词解释"),
    Item("黄金题", "/admin/golden", "发布新版本前必须答对的题目"),
    Item("评测", "/admin/evaluations", "比较各个版本答题的结果"),
    Item("命中测试", "/admin/hit-test", "输入一个问题，查看每条候选的得分"),
    Item("账户", "/admin/accounts", "新增、停用账户，重设密码"),
    Item("日志", "/admin/audit", "谁在什么时候做了什么"),
)


def items_for(role: Role, pages: Collection[str]) -> list[Item]:
    return [item for item in NAVIGATION if role in item.roles and item.path in pages]


def item_of(path: str) -> Item | None:
    """The item a page belongs to: its own, or the one it lies below; below the first page lies everything."""
    first, *others = NAVIGATION
    below = (item for item in others if f"{path}/".startswith(f"{item.path}/"))
    return first if path == first.path else next(below, None)
