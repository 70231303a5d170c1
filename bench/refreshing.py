"""Refreshes of a folder of made-up policy documents: embedding speed, the same again, one changed, peak memory.

Run as a program it is one refresh in a process of its own, so that its peak memory is its own; prints what came of it.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from api.refresh import EncoderChoice, refresh_store
from bench.large import MixingEncoder, clauses
from index.encoder import Encoder, load_encoder
from knowledge.manifest import read_manifest
from knowledge.snapshot import SnapshotStore
from tests.e2e.stack import models_folder

_SECTIONS = 20
SHORT, LONG = 128, 256
"""Characters of a passage with its title and heading; real notices average 220."""
_SEED = 20200201

Figures = dict[str, float | int | str]


def measure_refresh(home: Path, passages: int, *, characters: int = SHORT, mixing: bool = False) -> dict[str, Figures]:
    """``characters`` is about the length of a passage, which the time of embedding goes by. With ``mixing`` vectors
    are made up instead of computed: for sizes whose embedding would take a quarter of an hour, where only memory and
    the time besides embedding are looked at. ``s`` and ``passages/s`` are of the whole process, ``refresh s`` of the
    refresh in it."""
    folder = home / "bench-documents"
    write_documents(folder, passages, characters)
    first = _in_own_process(home, folder, mixing=mixing)
    again = _in_own_process(home, folder, mixing=mixing)
    changed = folder / "0.txt"
    changed.write_text(changed.read_text("utf-8") + "\n二十一、新增的一节\n为便民利企，增加本节。", "utf-8")
    return {"new": first, "the same again": again, "one document changed": _in_own_process(home, folder, mixing=mixing)}


def write_documents(folder: Path, passages: int, characters: int) -> None:
    """Sections of one paragraph each, which is one passage; the words are those of the default corpus, joined anew."""
    chance, parts = random.Random(_SEED), clauses()
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(passages // _SECTIONS):
        title = f"试验市第{number}号办法"
        lines = [title, f"试政发〔2024〕{number}号", "2024年1月1日"]
        for at in range(1, _SECTIONS + 1):
            heading = f"{_han(at)}、{chance.choice(parts)[:12]}"
            length = characters - len(title) - len(heading) - len("  。")
            text = ""
            while len(text) < length:
                text += f"{chance.choice(parts)}，{chance.choice(parts)}。"
            lines += [heading, f"{text[:length]}。"]
        (folder / f"{number}.txt").write_text("\n".join(lines), "utf-8")


def _han(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("十" if tens == 1 else f"{digits[tens]}十" if tens else "") + (digits[ones] if ones or not tens else "")


def _in_own_process(home: Path, folder: Path, *, mixing: bool) -> Figures:
    command = [sys.executable, "-m", "bench.refreshing", str(home), str(folder), *(["--mixing"] if mixing else [])]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    told = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise RuntimeError(f"the refresh ended with {os.waitstatus_to_exitcode(status)}")
    figures: Figures = json.loads(told.splitlines()[-1])
    computed = int(figures["computed"])
    return {
        **figures,
        "s": round(seconds, 1),
        "passages/s": round(computed / seconds, 1) if computed else 0,
        "peak MB": usage.ru_maxrss // 1024,
    }


def _one_refresh(home: Path, folder: Path, *, mixing: bool) -> None:
    def load() -> Encoder:
        encoder = load_encoder("bundled", models_folder())
        return MixingEncoder(encoder) if mixing else encoder

    store = SnapshotStore(home)
    report = refresh_store([folder], store=store, encoder=EncoderChoice("bundled", load))
    facts = read_manifest(store.folder(report.snapshot or "")).provenance.facts
    computed = facts["vectors_computed"] if report.outcome == "published" else 0
    print(json.dumps({"outcome": report.outcome, "computed": computed, "refresh s": report.took_s}))


if __name__ == "__main__":
    _one_refresh(Path(sys.argv[1]), Path(sys.argv[2]), mixing="--mixing" in sys.argv)
