import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from api.clock import CHINA
from api.errors import NotReady
from api.refresh.jobs import RefreshJobs
from api.refresh.journal import Order
from api.refresh.watch import Watch
from api.settings import Settings
from knowledge.errors import RefreshBusy


class Ordered(RefreshJobs):
    """Takes orders and carries none out."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.orders: list[Order] = []
        self.busy = False

    def start(self, order: Order) -> str:
        if self.busy:
            raise RefreshBusy("另一个更新正在进行")
        self.orders.append(order)
        return str(len(self.orders))


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 25, 2, 0, tzinfo=CHINA)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "共享").mkdir()
    return tmp_path / "共享"


@pytest.fixture
def settings(tmp_path: Path, folder: Path) -> Settings:
    (tmp_path / "var").mkdir()
    return Settings(home=tmp_path / "var", watch=str(folder), refresh_at="03:30")


@pytest.fixture
def jobs(settings: Settings) -> Ordered:
    return Ordered(settings)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(settings: Settings, jobs: Ordered, clock: Clock) -> Watch:
    return Watch(settings, jobs, now=clock)


def looks(watch: Watch, times: int = 2) -> list[str | None]:
    return [watch.look() for _ in range(times)]


def test_a_new_file_is_taken_up_once_it_stands_still(watch: Watch, jobs: Ordered, folder: Path) -> None:
    assert looks(watch) == [None, None]
    (folder / "a.txt").write_text("一半")
    assert watch.look() is None
    (folder / "a.txt").write_text("一半和另一半")
    assert looks(watch) == [None, "1"]
    assert jobs.orders == [Order("监视文件夹", (str(folder.resolve()),))]
    assert looks(watch) == [None, None]


def test_a_changed_file_is_taken_up_again_even_after_a_restart(
    watch: Watch, settings: Settings, jobs: Ordered, folder: Path, clock: Clock
) -> None:
    (folder / "a.txt").write_text("旧")
    looks(watch)
    restarted = Watch(settings, jobs, now=clock)
    assert looks(restarted) == [None, None]
    (folder / "a.txt").write_text("新的内容")
    assert looks(restarted) == [None, "2"]


def test_an_empty_folder_and_lock_files_start_nothing(watch: Watch, jobs: Ordered, folder: Path) -> None:
    (folder / "~$a.docx").write_text("锁")
    (folder / ".hidden").write_text("x")
    looks(watch, 3)
    assert jobs.orders == []


def test_a_share_that_is_not_mounted_any_more_starts_nothing(watch: Watch, jobs: Ordered, folder: Path) -> None:
    (folder / "a.txt").write_text("在")
    looks(watch)
    (folder / "a.txt").unlink()
    looks(watch, 3)
    assert len(jobs.orders) == 1


def test_while_another_refresh_runs_the_change_waits(watch: Watch, jobs: Ordered, folder: Path) -> None:
    (folder / "a.txt").write_text("在")
    jobs.busy = True
    looks(watch, 3)
    jobs.busy = False
    assert watch.look() == "1"


def test_a_look_that_fails_whatever_the_reason_is_not_the_last(settings: Settings, folder: Path, clock: Clock) -> None:
    class Away(Ordered):
        def start(self, order: Order) -> str:
            super().start(order)
            raise NotReady("更新程序启动不了")

    jobs = Away(settings)
    (folder / "a.txt").write_text("在")
    eager = Watch(settings.model_copy(update={"watch_seconds": 0.01}), jobs, now=clock)

    async def watch_until_it_has_tried_twice() -> None:
        task = asyncio.create_task(eager.run())
        async with asyncio.timeout(5):
            while len(jobs.orders) < 2 and not task.done():
                await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(watch_until_it_has_tried_twice())
    assert len(jobs.orders) >= 2


def test_the_daily_hour_comes_once_a_day(watch: Watch, jobs: Ordered, clock: Clock) -> None:
    looks(watch)
    clock.time = clock.time.replace(hour=3, minute=31)
    looks(watch, 3)
    assert [order.by for order in jobs.orders] == ["定时"]
    clock.time += timedelta(days=1)
    looks(watch, 3)
    assert [order.by for order in jobs.orders] == ["定时", "定时"]


def test_an_hour_that_passed_before_the_start_waits_for_tomorrow(
    settings: Settings, jobs: Ordered, clock: Clock
) -> None:
    clock.time = clock.time.replace(hour=9)
    late = Watch(settings, jobs, now=clock)
    looks(late)
    assert jobs.orders == []


def test_after_going_back_by_hand_nothing_comes_by_itself(
    watch: Watch, jobs: Ordered, clock: Clock, folder: Path, settings: Settings
) -> None:
    snapshots = settings.home / "snapshots"
    older, newer = "20261124T000000000000Z", "20261125T000000000000Z"
    for snapshot_id in (older, newer):
        (snapshots / snapshot_id).mkdir(parents=True)
    (snapshots / "CURRENT").write_text(f"{older}\n")
    (folder / "a.txt").write_text("在")
    clock.time = clock.time.replace(hour=3, minute=31)
    looks(watch, 3)
    assert jobs.orders == []
    (snapshots / "CURRENT").write_text(f"{newer}\n")
    looks(watch, 3)
    assert [order.by for order in jobs.orders] == ["定时"]


def test_the_setting_names_folders_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such folder"):
        Settings(home=tmp_path, watch=str(tmp_path / "没有"))
