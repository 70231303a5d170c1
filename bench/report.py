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
        "load before": round(os.getloadavg()[0], 2),
        "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
    }


class Report:
    def __init__(self) -> None:
        self._sections: dict[str, dict[str, Any]] = {}
        self.add("machine", machine())

    def add(self, section: str, values: dict[str, Any], target: str = "") -> None:
        self._sections.setdefault(section, {}).update(values)
        print(f"\n{section}" + (f"  [target: {target}]" if target else ""), flush=True)
        for name, value in values.items():
            shown = "  ".join(f"{key} {part}" for key, part in value.items()) if isinstance(value, dict) else value
            print(f"    {name:<32} {shown}", flush=True)

    def save(self) -> Path:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / time.strftime("%Y%m%dT%H%M%S.json")
        path.write_text(json.dumps(self._sections, ensure_ascii=False, indent=1), encoding="utf-8")
        return path
