"""Counts over the default corpus against its ledgers, read here with nothing but the csv module."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import knowledge
from api.answers.service import AnswerService
from api.refresh import EncoderChoice, refresh_store
from api.schemas import AnswerReply, AnswerRequest
from api.schemas_query import TaskFilters
from api.tasks.table import matching_tasks
from index.search import Index
from knowledge.snapshot import SnapshotStore
from tests.api.standins import FixedKnowledge
from tests.fake_encoder import FakeEncoder

CORPUS = Path(knowledge.__file__).parent / "corpus"
GENERIC = re.compile("各|有关|相关|的单位|业务处室")
SUM = re.compile(r"共列出[^，。\n]*?(\d+)项任务")
HEAD = re.compile(r"共(\d+)项")

Row = dict[str, str]


@dataclass(frozen=True)
class Ledger:
    region: str
    year: str
    rows: list[Row]


def read(path: Path) -> Ledger:
    said = dict(
        line.split(": ", 1) for line in path.with_suffix(".meta.yaml").read_text("utf-8").splitlines() if ": " in line
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        return Ledger(said["region"], said.get("year", ""), list(csv.DictReader(file)))


LEDGERS = [read(path) for path in sorted(CORPUS.glob("*.csv"))]
BY_REGION = {ledger.region: ledger for ledger in LEDGERS}


def units(row: Row, *columns: str) -> set[str]:
    return {
        unit
        for column in columns or ("牵头单位", "责任单位")
        for unit in re.split("[、，,；;]", re.sub("等[^、；]*(?=[、；]|$)", "", row[column]))
        if unit
    }


def bare(unit: str) -> str:
    return re.sub(r"^(新区|区|管委会)(?=.{3,})", "", unit)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Index:
    store = SnapshotStore(tmp_path_factory.mktemp("corpus"))
    refresh_store((), store=store, encoder=EncoderChoice("fake", FakeEncoder))
    current = store.current()
    assert current
    return Index.load(store.folder(current), FakeEncoder())


@pytest.fixture(scope="module")
def ask(corpus: Index) -> Callable[[str], AnswerReply]:
    service = AnswerService(FixedKnowledge(corpus))
    return lambda question: service.answer(AnswerRequest(question=question))


Ask = Callable[[str], AnswerReply]


def number_in(reply: AnswerReply) -> int:
    """The number a reply gives; 0 for a no."""
    if reply.kind == "not_found":
        return 0
    match = SUM.search(reply.text) or HEAD.search(reply.text)
    assert match, reply.text
    return int(match.group(1))


def in_table(corpus: Index, reply: AnswerReply) -> int:
    """How many tasks the page behind the link of the reply shows."""
    assert reply.link
    query = parse_qs(urlsplit(reply.link.url).query)
    several = {name for name, field in TaskFilters.model_fields.items() if str(field.annotation).startswith("list")}
    filters = TaskFilters.model_validate({name: each if name in several else each[0] for name, each in query.items()})
    return len(matching_tasks(corpus, filters))


def asked_as(region: str) -> str:
    """高新区 alone may be any of them."""
    return f"{BY_REGION[region].year}年{region}" if region == "高新区" else region


NAMED = [
    (ledger.region, unit)
    for ledger in LEDGERS
    for unit in sorted({unit for row in ledger.rows for unit in units(row)})
    if not GENERIC.search(unit) and "（" not in unit
]


@pytest.mark.parametrize(("region", "unit"), NAMED, ids=lambda value: value)
def test_the_tasks_of_each_unit_are_counted_right(ask: Ask, corpus: Index, region: str, unit: str) -> None:
    rows, place = BY_REGION[region].rows, asked_as(region)
    both = sum(bare(unit) in map(bare, units(row)) for row in rows)
    leading = sum(bare(unit) in map(bare, units(row, "牵头单位")) for row in rows)
    reply = ask(f"{place}{unit}一共多少项任务")
    assert number_in(reply) == both
    assert number_in(ask(f"{place}{unit}牵头的任务有几项")) == leading
    assert number_in(ask(f"{place}{unit}的任务有哪些")) == both
    assert both == 1 or in_table(corpus, reply) == both


ALL = [row for ledger in LEDGERS for row in ledger.rows]
JINAN, TEDA = BY_REGION["济南高新区"].rows, BY_REGION["天津经济技术开发区"].rows


def due(row: Row, *days: str) -> bool:
    return any(day in row["完成时限"] for day in days)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("一共多少项任务", len(ALL)),
        ("2019年10月底前要完成的任务有哪些", sum(due(row, "7月", "8月", "10月") for row in ALL)),
        ("济南高新区8月底前完成的任务有几项", sum(due(row, "7月", "8月") for row in JINAN)),
        ("济南高新区8月前完成的任务有几项", sum(due(row, "7月") for row in JINAN)),
        ("三季度要完成的任务有哪些", sum(due(row, "7月", "8月") for row in ALL)),
        ("济南高新区年底前完成的任务有几项", sum("2019年" in row["完成时限"] for row in JINAN)),
        ("济南高新区9月以后完成的任务有几项", sum(due(row, "10月") for row in JINAN)),
        ("长期坚持的任务有几项", sum("长期坚持" in row["完成时限"] for row in ALL)),
        ("没写时限的任务有几项", sum(not row["完成时限"] for row in ALL)),
        ("写明日期的任务有几项", sum(bool(re.search("[0-9]月", row["完成时限"])) for row in ALL)),
        ("泰达及时公开的任务有几项", sum("及时" in row["完成时限"] for row in TEDA)),
        ("每年一次的任务有几项", sum("每年" in row["完成时限"] for row in ALL)),
        ("在网站公开的任务有几项", sum("网站" in row["公开方式"] for row in ALL)),
        ("泰达通过新闻发布会公开的任务有几项", sum("发布会" in row["公开方式"] for row in TEDA)),
        ("泰达在网站和新闻发布会公开的任务有几项", sum("发布会" in row["公开方式"] for row in TEDA)),
        ("泰达第二部分有几项任务", sum(row["一级任务"].startswith("二、") for row in TEDA)),
        ("仲恺第五部分有几项任务", sum(r["一级任务"].startswith("五、") for r in BY_REGION["惠州仲恺高新区"].rows)),
        ("兰州新区一共多少项任务", len(BY_REGION["兰州新区"].rows)),
        ("泰达不是行政审批局牵头的任务有几项", sum("行政审批局" not in units(r, "牵头单位") for r in TEDA)),
        ("济南高新区财政局7月底前要完成的任务有几项", sum(due(r, "7月") and "财政局" in units(r) for r in JINAN)),
    ],
)  # fmt: skip
def test_conditions_are_counted_right(ask: Ask, corpus: Index, question: str, number: int) -> None:
    reply = ask(question)
    assert number_in(reply) == number
    assert number < 2 or in_table(corpus, reply) == number


@pytest.mark.parametrize("region", BY_REGION)
def test_the_unit_with_most_tasks_is_named_first(ask: Ask, region: str) -> None:
    named = [unit for row in BY_REGION[region].rows for unit in map(bare, units(row)) if not GENERIC.search(unit)]
    most = max(map(named.count, named))
    first = next(
        line for line in ask(f"{asked_as(region)}哪个单位任务最多").text.splitlines() if line.startswith("1. ")
    )
    match = re.match(r"1\. (.+)：(\d+)项", first)
    assert match
    assert int(match.group(2)) == most
    assert named.count(bare(match.group(1))) == most


def test_the_whole_of_a_long_list_is_behind_the_link(ask: Ask, corpus: Index) -> None:
    reply = ask("兰州新区任务有哪些")
    assert "全部44项见表格" in reply.text
    assert in_table(corpus, reply) == 44
    assert len(reply.citations) == 12


def test_every_count_of_a_place_adds_up(ask: Ask) -> None:
    def parts(region: str) -> Sequence[int]:
        return [number_in(ask(f"{asked_as(region)}第{part}部分有几项任务")) for part in "一二三四五"]

    for region, ledger in BY_REGION.items():
        assert sum(parts(region)) == len(ledger.rows)
