"""What the staff's pages offer, in the order of their menus: the console, where the knowledge is kept, and the desk,
where callers are answered. An item appears when its page exists and the role may open it."""

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


@dataclass(frozen=True, slots=True)
class Area:
    """Pages under one menu. ``name`` is the link that leads there from the other area; the first item is the page the
    area begins with, and its path the one that all others lie below. ``frame`` is the class of its pages."""

    name: str
    title: str
    frame: str
    items: tuple[Item, ...]

    @property
    def home(self) -> str:
        return self.items[0].path


NAVIGATION = (
    Item("概览", "/admin", "现用的知识版本和待处理的问题", ("admin", "agent")),
    Item("统计", "/admin/dashboard", "问了多少、答得怎样，各单位办得怎样"),
    Item("文件", "/admin/documents", "查看和修改收录的文件", ("admin", "agent")),
    Item("上传", "/admin/inbox", "上传文件，查看读出的内容"),
    Item("更新", "/admin/refresh", "查看变化，生成并发布新版本"),
    Item("版本", "/admin/versions", "查看保存的版本，切换到其中一个"),
    Item("待答问题", "/admin/questions", "没有答上来的问题，按意思归在一起"),
    Item("问答", "/admin/faq", "维护常见问题及其答案"),
    Item("名词", "/admin/terms", "维护名词解释"),
    Item("黄金题", "/admin/golden", "发布新版本前必须答对的题目"),
    Item("评测", "/admin/evaluations", "比较各个版本答题的结果"),
    Item("命中测试", "/admin/hit-test", "输入一个问题，查看每条候选的得分"),
    Item("账户", "/admin/accounts", "新增、停用账户，重设密码"),
    Item("个人信息", "/admin/privacy", "保存多久，清除某个人的信息"),
    Item("日志", "/admin/audit", "谁在什么时候做了什么"),
)
DESK_NAVIGATION = (
    Item("查询", "/desk", "接听时查政策，念给来电人听", ("admin", "agent")),
    Item("诉求", "/desk/requests", "受理、转办、答复和回访", ("admin", "agent")),
    Item("人工", "/desk/handovers", "接着和网上转来的人谈", ("admin", "agent")),
    Item("答复模板", "/desk/templates", "答复时可以套用的文字", ("admin", "agent")),
    Item("公开", "/desk/publications", "把办结的诉求隐去个人信息，核对后公开", ("admin", "agent")),
)
ADMIN = Area("管理", "政策问答管理", "with-menu", NAVIGATION)
DESK = Area("坐席台", "热线坐席台", "at-desk", DESK_NAVIGATION)
AREAS = (ADMIN, DESK)


def area_of(path: str) -> Area | None:
    """The area that a page lies in; None for those of citizens."""
    return next((area for area in AREAS if path == area.home or path.startswith(f"{area.home}/")), None)


def home_for(role: Role) -> str:
    """Where somebody begins who asked for no page."""
    return DESK.home if role == "agent" else ADMIN.home


def items_for(role: Role, pages: Collection[str], area: Area = ADMIN) -> list[Item]:
    return [item for item in area.items if role in item.roles and item.path in pages]


def item_of(path: str) -> Item | None:
    """The item a page belongs to: its own, or the one it lies below; below the first page lies everything."""
    area = area_of(path)
    if area is None:
        return None
    first, *others = area.items
    below = (item for item in others if f"{path}/".startswith(f"{item.path}/"))
    return first if path == first.path else next(below, None)
