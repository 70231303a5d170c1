"""The table that is printed and the JSON that is kept under bench/results (ignored by git)."""

import json
import os
import platform
import time
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, Any]:
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    return {
        "cpu": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": os.getloadavg()[0],
        "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
    }


class Report:
    def __init__(self) -> None:
        self._sections: dict[str, dict[str, Any]] = {"machine": machine()}

    def add(self, section: str, values: dict[str, Any], target: str = "") -> None:
        self._sections.setdefault(section, {}).update(values)
        print(f"{section}" + (f"  (target: {target})" if target else ""))
        for name, value in values.items():
            print(f"    {name:<34} {value}")

    def save(self) -> Path:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / time.strftime("%Y%m%dT%H%M%S.json")
        path.write_text(json.dumps(self._sections, ensure_ascii=False, indent=1), encoding="utf-8")
        return path
