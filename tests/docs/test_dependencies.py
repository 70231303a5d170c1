"""docs/dependencies.md gives a reason for every direct dependency, and the lock files pin them all."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
LOCKS = REPOSITORY / "requirements"


def direct() -> set[str]:
    named = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    named += [line for line in (LOCKS / "rasa.in").read_text().splitlines() if line and not line.startswith("#")]
    return {re.match(r"[A-Za-z0-9._-]+", line).group().lower() for line in named}  # type: ignore[union-attr]


def test_every_direct_dependency_has_a_reason() -> None:
    rows = re.findall(r"^\| ([A-Za-z0-9._-]+) \| \d", (REPOSITORY / "docs/dependencies.md").read_text(), re.MULTILINE)
    assert direct() <= {row.lower() for row in rows}


def test_every_line_of_a_lock_pins_one_public_version() -> None:
    for lock in LOCKS.glob("*.txt"):
        lines = [line for line in lock.read_text().splitlines() if not line.startswith("#")]
        assert all(re.fullmatch(r"[a-z0-9._-]+==[0-9][A-Za-z0-9.]*", line) for line in lines), lock.name


def test_every_direct_dependency_is_pinned() -> None:
    pinned = {line.partition("==")[0] for lock in LOCKS.glob("*.txt") for line in lock.read_text().splitlines()}
    assert direct() <= pinned


def imported(folder: str) -> Iterator[str]:
    for path in (REPOSITORY / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def test_the_packages_import_nothing_that_is_not_a_direct_dependency() -> None:
    """starlette and pydantic_core are the lower halves of fastapi and pydantic."""
    ours = {"api", "index", "knowledge", "starlette", "pydantic_core"} | set(sys.stdlib_module_names)
    others = {name for folder in ("api", "index", "knowledge") for name in imported(folder)} - ours
    providers = packages_distributions()
    undeclared = {
        name for name in others if not {re.sub("[_.]", "-", p.lower()) for p in providers.get(name, [])} & direct()
    }
    assert not undeclared
