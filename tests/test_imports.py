"""Imports go one way, api → index → knowledge; the bot stands apart and speaks HTTP."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
OURS = {"api", "index", "knowledge", "bot", "bench", "scripts", "tests"}
MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "index": {"index", "knowledge"},
    "api": {"api", "index", "knowledge"},
    "bot": {"bot"},
}


def imported_by(path: Path) -> Iterator[str]:
    """Top-level names of everything a file imports, inside functions too; a relative import stays in its package."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield path.relative_to(REPOSITORY).parts[0] if node.level else (node.module or "").partition(".")[0]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    files = sorted((REPOSITORY / package).rglob("*.py"))
    assert files
    wrong = {
        f"{path.relative_to(REPOSITORY)} imports {name}"
        for path in files
        for name in set(imported_by(path)) & OURS - MAY_IMPORT[package]
    }
    assert not wrong


def test_every_kind_of_import_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "sample.py"
    path.write_text("import index.search as s\nfrom api import app\ndef f():\n    from bot.actions import x\n", "utf-8")
    assert set(imported_by(path)) == {"index", "api", "bot"}
