"""Prints lock lines for what is installed in this environment: the named requirements and all that they need.

``python scripts/freeze.py NAME…`` walks the installed packages' own metadata, so that whatever else lies in the
environment stays out. ``--without FILE`` leaves out what another lock already pins. Runs on Python 3.10 and 3.11.
"""

import argparse
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def installed_closure(requirements: list[str]) -> dict[str, str]:
    """Canonical name → version without its local part (``2.13.0+cpu`` is what one machine had, not what is wanted)."""
    versions: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(Requirement(line), "") for line in requirements]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        try:
            found = distribution(requirement.name)
        except PackageNotFoundError:
            # Named with a platform in mind that this build is not for, as torch does with its CUDA packages.
            continue
        name = canonicalize_name(requirement.name)
        versions[name] = found.version.partition("+")[0]
        for wanted in ("", *requirement.extras):
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                waiting += [(Requirement(line), wanted) for line in found.requires or ()]
    return versions


def named_in(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("requirements", nargs="+")
    parser.add_argument("--without", type=Path)
    arguments = parser.parse_args()
    versions = installed_closure(arguments.requirements)
    pinned = {re.split("==", line)[0] for line in named_in(arguments.without)} if arguments.without else set()
    for name in sorted(versions.keys() - pinned):
        print(f"{name}=={versions[name]}")


if __name__ == "__main__":
    main()
