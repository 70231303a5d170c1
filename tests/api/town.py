"""A town's knowledge: a home, a folder of made-up documents, and the refresh in one word."""

from collections.abc import Sequence
from pathlib import Path

from api.refresh import (
    NO_CHANGES,
    NO_GATE,
    Changes,
    EncoderChoice,
    Gate,
    RefreshReport,
    no_progress,
    refresh_store,
)
from api.refresh.selection import Progress
from index.search import Index
from knowledge.snapshot import SnapshotStore
from tests.fake_encoder import FakeEncoder

HEADER = "序号,任务名称,工作要求,牵头单位,责任单位,完成时限,公开方式\n"
PLAN = HEADER + (
    "1,公开停车收费,在政府网站公布停车收费标准并每季度更新一次。,区发展改革局,区城市管理局,2031年6月底前,政府网站\n"
    "2,开放图书馆夜场,把区图书馆开放时间延长到晚上九点并提前公告。,区文化局,区图书馆,2031年9月底前,微信公众号\n"
)
META = "title: {title}\nregion: {region}\nyear: {year}\ndoc_number: {number}\n"


class Town:
    """A knowledge home and a folder of documents, with the refresh in one word."""

    def __init__(self, folder: Path) -> None:
        self.store = SnapshotStore(folder / "home")
        self.documents = folder / "documents"
        self.documents.mkdir()
        self.corpus = folder / "corpus"
        self.corpus.mkdir()
        self.encoders_loaded = 0

    def write(self, name: str, content: str = PLAN, **meta: object) -> Path:
        path = self.documents / name
        path.write_text(content, "utf-8")
        if meta:
            said = {
                "title": "星河区便民工作分工",
                "region": "星河区",
                "year": 2031,
                "number": "星政办〔2031〕5号",
            } | meta
            path.with_name(f"{path.stem}.meta.yaml").write_text(META.format(**said), "utf-8")
        return path

    def write_corpus(self) -> None:
        (self.corpus / "sample.csv").write_text(PLAN, "utf-8")
        said = {"title": "示范区工作分工", "region": "示范区", "year": 2030, "number": "示政办〔2030〕1号"}
        (self.corpus / "sample.meta.yaml").write_text(META.format(**said), "utf-8")
        for stem, title in (("terms", "政务公开名词"), ("faq", "常见问答")):
            (self.corpus / f"{stem}.meta.yaml").write_text(f"title: {title}\n", "utf-8")
        (self.corpus / "terms.yaml").write_text("- name: 一网通办\n  explanation: 一个网站办成各种事项。\n", "utf-8")
        (self.corpus / "faq.yaml").write_text(
            "- questions: [你是谁]\n  answer: 我是政策问答助手。\n  approved_by: 编辑部\n", "utf-8"
        )

    def refresh(
        self,
        *paths: Path,
        spec: str = "fake",
        only: bool = False,
        dry_run: bool = False,
        changes: Changes = NO_CHANGES,
        questions: Gate = NO_GATE,
        progress: Progress = no_progress,
        unasked: bool = False,
        beside: Sequence[Path] = (),
    ) -> RefreshReport:
        return refresh_store(
            paths,
            store=self.store,
            encoder=EncoderChoice(spec, self._load),
            only=only,
            dry_run=dry_run,
            changes=changes,
            questions=questions,
            progress=progress,
            corpus=self.corpus,
            unasked=unasked,
            beside=beside,
        )

    def _load(self) -> FakeEncoder:
        self.encoders_loaded += 1
        return FakeEncoder()

    def index(self) -> Index:
        current = self.store.current()
        assert current
        return Index.load(self.store.folder(current), FakeEncoder())

    def titles(self) -> set[str]:
        return {document.title for document in self.index().records.documents}
