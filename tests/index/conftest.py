"""A small made-up knowledge base, indexed with the stand-in encoder."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from index.build import build_index
from index.search import Index
from knowledge.codec import write_records
from knowledge.model import Document, Faq, Locator, Passage, PlanTask, Records, Term
from tests.fake_encoder import FakeEncoder


def document(key: str, title: str, region: str, **facts: object) -> Document:
    values = {
        "doc_number": None,
        "issuer": None,
        "year": None,
        "published_on": None,
        "effective_from": None,
        "effective_to": None,
        "status": "有效",
        "superseded_by": None,
        "source_path": f"{key}.txt",
        "sha256": "0" * 64,
    }
    return Document(id=key, title=title, region=region, **{**values, **facts})  # type: ignore[arg-type]


def task(key: str, document_id: str, title: str, requirement: str, *units: str) -> PlanTask:
    return PlanTask(
        id=key,
        document_id=document_id,
        no="1",
        section=("一、加强主动公开",),
        title=title,
        requirement=requirement,
        lead=units[:1],
        responsible=units[1:],
        deadline="2021年6月底前",
        channel="门户网站",
        locator=Locator(f"{document_id}.txt", line=1),
    )


def passage(key: str, document_id: str, text: str) -> Passage:
    return Passage(key, document_id, ("第二章 补贴",), text, Locator(f"{document_id}.txt", line=1))


RECORDS = Records(
    documents=(
        document("east", "东湖新城2021年政务公开要点", "东湖新城", year=2021, doc_number="东管办发〔2021〕7号"),
        document("west", "西山开发区2020年政务公开要点", "西山开发区", year=2020, status="废止"),
        document(
            "rent",
            "东湖新城房租补贴办法",
            "东湖新城",
            year=2022,
            effective_from=date(2022, 1, 1),
            effective_to=date(2023, 12, 31),
        ),
        document("words", "术语表", ""),
    ),
    tasks=(
        task("e1", "east", "公开财政预算", "按时公开部门预算和决算，细化到款级科目。", "区财政局", "各部门"),
        task("e2", "east", "公开环境质量", "每月公布空气质量和饮用水水源水质。", "生态环境局"),
        task("w1", "west", "公开财政预算", "公开预算、决算及三公经费。", "财政处"),
        task("w2", "west", "回应社会关切", "五日内回应网上的咨询和投诉。", "办公室", "宣传处"),
    ),
    passages=(
        passage("r1", "rent", "入驻园区的小微企业可以申请房租补贴，每平方米补贴十五元，最多补贴两年。"),
        passage("r2", "rent", "申请人应当提交营业执照、租赁合同和缴费凭证，由园区服务中心受理。"),
    ),
    terms=(Term("t1", "双随机", ("双随机一公开",), "随机抽取对象，随机选派人员。", "words", Locator("terms.yaml")),),
    faqs=(
        Faq(
            "f1",
            ("怎么查办理进度", "我的申请办到哪一步了"),
            ("怎么查办公地址",),
            "凭受理编号在网上查询。",
            "words",
            "政务公开科",
            Locator("faq.yaml"),
        ),
    ),
)


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    write_records(RECORDS, folder)
    build_index(RECORDS, FakeEncoder(), folder)
    return folder


@pytest.fixture(scope="session")
def index(built: Path) -> Index:
    return Index.load(built, FakeEncoder())


@pytest.fixture
def snapshot(built: Path, tmp_path: Path) -> Path:
    """A copy that the test may spoil."""
    return shutil.copytree(built, tmp_path / "snapshot")
