"""The command line says what it did in Chinese, and what went wrong in one sentence with a code and an exit status."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from api.refresh import EncoderChoice
from api.settings import Settings
from knowledge.manifest import Manifest, Provenance
from knowledge.snapshot import SnapshotStore
from tests.fake_encoder import FakeEncoder

REPOSITORY = Path(__file__).resolve().parents[2]
PLAN = (
    "序号,任务名称,工作要求,牵头单位,责任单位,完成时限,公开方式\n"
    "1,公开停车收费,在政府网站公布停车收费标准并每季度更新一次。,区发展改革局,区城市管理局,2031年6月底前,政府网站\n"
    "2,开放图书馆夜场,把区图书馆开放时间延长到晚上九点并提前公告。,区文化局,区图书馆,2031年9月底前,微信公众号\n"
)
META = "title: 星河区便民工作分工\nregion: 星河区\nyear: 2031\ndoc_number: 星政办〔2031〕5号\n"
COMMANDS = (
    "serve",
    "refresh",
    "ask",
    "search",
    "eval",
    "versions",
    "activate",
    "user",
    "keys",
    "wechat",
    "erase",
    "daily",
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("POLICYDESK_HOME", str(folder))
    monkeypatch.setenv("COLUMNS", "200")
    return folder


@pytest.fixture
def fake_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EncoderChoice, "of", lambda _settings: EncoderChoice("fake", FakeEncoder))
    monkeypatch.setattr("index.encoder.load_encoder", lambda _spec, _folder: FakeEncoder())


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_text(PLAN, "utf-8")
    path.with_name("plan.meta.yaml").write_text(META, "utf-8")
    return path


@pytest.fixture
def two_versions(home: Path) -> Iterator[tuple[Manifest, Manifest]]:
    times = iter([datetime(2031, 5, 1, 8, 30, second, tzinfo=UTC) for second in range(10)])
    store = SnapshotStore(home, clock=lambda: next(times))
    manifests = []
    for tasks in (3, 4):
        with store.lock():
            with store.stage() as folder:
                (folder / "tasks.jsonl").write_text(str(tasks), "utf-8")
                provenance = Provenance("key", (), {"documents": 1, "tasks": tasks}, {"encoder_name": "fake"})
                manifests.append(store.seal(folder, provenance))
            store.activate(manifests[-1].id)
    yield manifests[0], manifests[1]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def assert_refused(result: Result, code: str) -> None:
    assert result.exit_code == 1, result.output
    assert result.stderr.startswith("错误：")
    assert result.stderr.rstrip().endswith(f"（{code}）")
    assert "Traceback" not in result.output


# --- what there is --------------------------------------------------------------------------------------------------


def test_help_names_every_command() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for command in COMMANDS:
        assert command in result.output


@pytest.mark.parametrize("arguments", [["--help"], ["versions"]])
def test_what_needs_no_model_does_not_import_it(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom api.cli import app\n"
        f"app({arguments!r}, standalone_mode=False)\n"
        "heavy = {'torch', 'faiss', 'sentence_transformers', 'jieba', 'sqlalchemy'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# --- versions -------------------------------------------------------------------------------------------------------


def test_versions_tells_what_to_do_when_there_is_none() -> None:
    result = run("versions")
    assert result.exit_code == 0
    assert "policydesk refresh" in result.output


def test_versions_marks_a_damaged_one_and_says_which_would_serve(
    home: Path, two_versions: tuple[Manifest, Manifest]
) -> None:
    older, newer = two_versions
    (home / "snapshots" / newer.id / "tasks.jsonl").write_text("改", "utf-8")
    lines = run("versions").output.splitlines()
    assert lines[1].startswith("当前 已损坏")
    assert "已损坏" not in lines[2]
    assert f"改用最新的完好版本 {older.id}" in lines[3]
    (home / "snapshots" / older.id / "manifest.json").write_text("改", "utf-8")
    (home / "snapshots" / "CURRENT").write_text("改", "utf-8")
    output = run("versions").output
    assert output.count("已损坏") >= 2
    assert "没有别的完好版本可用" in output


def test_versions_lists_the_newest_first_and_marks_the_current_one(two_versions: tuple[Manifest, Manifest]) -> None:
    older, newer = two_versions
    lines = run("versions").output.splitlines()
    assert lines[1].startswith("当前")
    assert newer.id in lines[1]
    assert older.id in lines[2]
    assert "当前" not in lines[2]


def test_versions_shows_a_damaged_one_as_unusable(home: Path, two_versions: tuple[Manifest, Manifest]) -> None:
    (home / "snapshots" / two_versions[0].id / "manifest.json").write_text("{}", "utf-8")
    result = run("versions")
    assert result.exit_code == 0
    assert "不可用" in result.output
    assert two_versions[1].id in result.output


def test_activate_switches_to_an_earlier_version(home: Path, two_versions: tuple[Manifest, Manifest]) -> None:
    result = run("activate", two_versions[0].id)
    assert result.exit_code == 0
    assert SnapshotStore(home).current() == two_versions[0].id


def test_activate_refuses_a_damaged_version(home: Path, two_versions: tuple[Manifest, Manifest]) -> None:
    (home / "snapshots" / two_versions[0].id / "tasks.jsonl").write_text("改", "utf-8")
    assert_refused(run("activate", two_versions[0].id), "snapshot_corrupt")
    assert SnapshotStore(home).current() == two_versions[1].id


def test_activate_refuses_an_unknown_version(two_versions: tuple[Manifest, Manifest]) -> None:
    assert two_versions
    assert_refused(run("activate", "20000101T000000000000Z"), "snapshot_missing")


def test_activate_waits_for_no_refresh(home: Path, two_versions: tuple[Manifest, Manifest]) -> None:
    with SnapshotStore(home).lock():
        assert_refused(run("activate", two_versions[0].id), "refresh_busy")


# --- refresh --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("fake_encoder")
def test_refresh_publishes_and_reports_what_changed(plan: Path, home: Path) -> None:
    result = run("refresh", plan)
    assert result.exit_code == 0, result.output
    assert "星河区便民工作分工" in result.stdout
    assert "新增 2" in result.stdout
    assert (SnapshotStore(home).current() or "no") in result.stdout


@pytest.mark.usefixtures("fake_encoder")
def test_refresh_of_the_same_file_says_that_nothing_changed(plan: Path, home: Path) -> None:
    run("refresh", plan)
    result = run("refresh", plan)
    assert result.exit_code == 0
    assert "没有变化" in result.stdout
    assert len(SnapshotStore(home).ids()) == 1


@pytest.mark.usefixtures("fake_encoder")
def test_a_dry_run_publishes_nothing(plan: Path, home: Path) -> None:
    result = run("refresh", plan, "--dry-run")
    assert result.exit_code == 0
    assert "新增 2" in result.stdout
    assert SnapshotStore(home).ids() == []


@pytest.mark.usefixtures("fake_encoder")
def test_refresh_names_each_refused_file_with_its_reason(plan: Path) -> None:
    empty = plan.with_name("empty.txt")
    empty.write_bytes(b"")
    result = run("refresh", plan, empty)
    assert result.exit_code == 0
    assert "未采用" in result.stdout
    assert "empty.txt" in result.stdout
    assert "source_empty" in result.stdout


@pytest.mark.usefixtures("fake_encoder")
def test_refresh_fails_when_every_file_is_refused(tmp_path: Path, home: Path) -> None:
    result = run("refresh", tmp_path / "没有.csv")
    assert_refused(result, "nothing_taken")
    assert "没有.csv" in result.stdout
    assert SnapshotStore(home).ids() == []


def test_refresh_only_without_a_path_is_a_wrong_command_line() -> None:
    result = run("refresh", "--only")
    assert result.exit_code == 2
    assert "only_without_path" in result.stderr


def test_refresh_is_refused_while_another_runs(home: Path, plan: Path) -> None:
    with SnapshotStore(home).lock():
        assert_refused(run("refresh", plan), "refresh_busy")


def test_a_home_that_cannot_be_written_is_one_sentence(home: Path, plan: Path) -> None:
    home.mkdir()
    (home / "snapshots").write_text("不是文件夹", "utf-8")
    assert_refused(run("refresh", plan), "snapshot_write_failed")


# --- asking ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["ask", "图书馆几点关门"], ["search", "图书馆"]])
def test_asking_without_knowledge_says_what_to_run(command: list[str]) -> None:
    result = run(*command)
    assert_refused(result, "snapshot_missing")
    assert "policydesk refresh" in result.stderr


@pytest.mark.usefixtures("fake_encoder")
def test_ask_gives_an_answer_as_text_and_as_json(plan: Path) -> None:
    run("refresh", plan)
    question = "开放图书馆夜场由哪个单位牵头"
    told = run("ask", question)
    assert told.exit_code == 0, told.output
    assert told.stdout.strip()
    reply = json.loads(run("ask", question, "--json").stdout)
    assert reply["kind"] in {"answer", "clarify", "not_found"}
    assert reply["snapshot"]


@pytest.mark.usefixtures("fake_encoder")
def test_search_lists_hits_with_their_document(plan: Path) -> None:
    run("refresh", plan)
    shown = run("search", "图书馆夜场", "--region", "星河区", "--year", "2031", "--kind", "task", "--limit", "1")
    assert shown.exit_code == 0, shown.output
    assert "星河区便民工作分工" in shown.stdout
    assert "晚上九点" in shown.stdout
    (hit,) = json.loads(run("search", "图书馆夜场", "--unit", "文化局", "--json").stdout)
    assert hit["title"] == "开放图书馆夜场"


@pytest.mark.usefixtures("fake_encoder")
def test_search_that_matches_no_filter_finds_nothing(plan: Path) -> None:
    run("refresh", plan)
    result = run("search", "图书馆", "--year", "1999")
    assert result.exit_code == 0
    assert "没有找到" in result.stdout


@pytest.mark.usefixtures("fake_encoder")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--kind", "诗歌"], 1),
        (["--limit", "0"], 2),
        (["--as-of", "昨天"], 2),
        (["--year", "3"], 1),
        (["--status", "好"], 1),
    ],
)
def test_a_wrong_filter_is_named(plan: Path, arguments: list[str], status: int) -> None:
    run("refresh", plan)
    result = run("search", "图书馆", *arguments)
    assert result.exit_code == status, result.output
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("fake_encoder")
def test_a_damaged_current_version_is_mentioned_and_the_older_one_answers(plan: Path, home: Path) -> None:
    run("refresh", plan)
    plan.write_text(PLAN.replace("每季度", "每个月"), "utf-8")
    run("refresh", plan)
    current = SnapshotStore(home).current()
    (home / "snapshots" / (current or "") / "tasks.jsonl").write_text("", "utf-8")
    result = run("search", "停车收费")
    assert result.exit_code == 0, result.output
    assert "注意" in result.stderr
    assert "每季度" in result.stdout


# --- eval -----------------------------------------------------------------------------------------------------------


WHO = {"id": "q1", "kind": "who", "question": "开放图书馆夜场由谁牵头", "must": [["不可能出现的单位"]]}
WHERE = {"id": "q2", "docid": "plan", "question": "图书馆开放到几点？", "answer": "开放时间延长到晚上九点"}


def questions(folder: Path, name: str, *rows: dict[str, object]) -> Path:
    file = folder / name
    file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    return file


@pytest.mark.usefixtures("fake_encoder")
def test_eval_scores_files_of_both_kinds(plan: Path, tmp_path: Path) -> None:
    run("refresh", plan)
    files = questions(tmp_path, "who.jsonl", WHO), questions(tmp_path, "where.jsonl", WHERE)
    shown = run("eval", *files, "--json", tmp_path / "out.json")
    assert shown.exit_code == 0, shown.output
    for said in ("who.jsonl（对话题，1 题）", "不可能出现的单位", "where.jsonl（文件题，1 题）", "文件：第 1 条就对"):
        assert said in shown.stdout, said
    who, where = json.loads((tmp_path / "out.json").read_text("utf-8"))["files"]
    assert who["figures"]["pass_rate"] == {"value": 0.0, "low": 0.0, "high": 0.0, "of": 1}
    assert where["figures"]["document_recall_at_1"]["value"] == 1.0
    assert where["questions"][0]["passage_rank"] == 1


@pytest.mark.usefixtures("fake_encoder")
def test_eval_writes_json_alone_where_it_is_asked_for(plan: Path, tmp_path: Path) -> None:
    run("refresh", plan)
    found = json.loads(run("eval", questions(tmp_path, "who.jsonl", WHO), "--json", "-").stdout)
    assert found["files"][0]["total"] == 1
    assert found["snapshot"]


@pytest.mark.usefixtures("fake_encoder")
def test_eval_asks_again_without_the_documents_that_answer(plan: Path, tmp_path: Path) -> None:
    run("refresh", plan)
    shown = run("eval", questions(tmp_path, "where.jsonl", WHERE), "--without-documents", "--json", "-")
    first, second = json.loads(shown.stdout)["files"]
    assert (first["kind"], second["kind"], second["total"]) == ("documents", "without_documents", 1)
    assert second["questions"][0]["kind"] == "unanswerable"


@pytest.mark.usefixtures("fake_encoder")
def test_eval_keeps_its_figures_for_the_console_and_draws_them(home: Path, plan: Path, tmp_path: Path) -> None:
    run("refresh", plan)
    before = set((home / "evaluations").glob("*"))
    shown = run("eval", questions(tmp_path, "who.jsonl", WHO), "--keep", "--plot", tmp_path / "plot.svg")
    assert shown.exit_code == 0, shown.output
    (kept,) = set((home / "evaluations").glob("*")) - before
    assert json.loads(kept.read_text("utf-8"))["sections"][0]["failed"] == 1
    assert (tmp_path / "plot.svg").read_text("utf-8").startswith("<svg")


@pytest.mark.usefixtures("fake_encoder")
@pytest.mark.parametrize(
    ("required", "code"),
    [("pass_rate>=0", None), ("pass_rate>=0.5", "requirement_missed"), ("pass_rate>0", "requirement_invalid")],
)
def test_eval_ends_as_what_was_required_says(plan: Path, tmp_path: Path, required: str, code: str | None) -> None:
    run("refresh", plan)
    shown = run("eval", questions(tmp_path, "who.jsonl", WHO), "--require", required)
    if code:
        assert_refused(shown, code)
    else:
        assert shown.exit_code == 0, shown.output


@pytest.mark.usefixtures("fake_encoder")
def test_eval_says_where_its_result_cannot_be_written(plan: Path, tmp_path: Path) -> None:
    run("refresh", plan)
    assert_refused(run("eval", questions(tmp_path, "who.jsonl", WHO), "--json", tmp_path), "output_unwritable")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--url", "http://127.0.0.1:9"], "server_unreachable"),
        (["--chat", "没有网址"], "server_unreachable"),
        (["--url", "http://a", "--chat", "http://b"], "options_conflict"),
        (["--url", "http://a", "--without-documents"], "options_conflict"),
        ([], "snapshot_missing"),
    ],
)
def test_eval_says_why_nothing_could_be_asked(tmp_path: Path, options: list[str], code: str) -> None:
    assert_refused(run("eval", questions(tmp_path, "who.jsonl", WHO), *options), code)


@pytest.mark.parametrize("content", [None, "不是 JSON\n", '{"id": 1}\n'])
def test_eval_refuses_a_file_that_holds_no_questions(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "questions.jsonl"
    if content is not None:
        file.write_text(content, "utf-8")
    assert_refused(run("eval", file), "questions_unreadable")


# --- settings -------------------------------------------------------------------------------------------------------


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYDESK_PORT", "八千")
    result = run("versions")
    assert_refused(result, "settings_invalid")
    assert "POLICYDESK_PORT" in result.stderr


def test_the_commands_read_the_same_settings_as_the_service(home: Path) -> None:
    assert Settings().home == home
