"""Memory of a process, from the kernel's own account. PSS divides shared pages among those who share them."""

from pathlib import Path


def memory_mb(pid: int) -> dict[str, float]:
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    return {name: round(int(fields[name.title()].split()[0]) / 1024, 1) for name in ("rss", "pss")}
