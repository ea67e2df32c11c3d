"""Tries hostile cases one after the other: ``python run.py FAMILY [AFTER]``.

Before each case its name is printed, then a line of JSON with what became of it. If the process
ends in between, that case has killed it; `benchmarks/hostile.py` then starts another.
"""

from __future__ import annotations

import faulthandler
import json
import resource
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cases import READ, Case
from files import files
from frames import frames
from memory import memory
from other_pictures import other_pictures
from pdf_contents import pdf_contents
from pdfs import pdfs
from pictures import pictures

from notetext import NoteText
from notetext.engines import Engine
from notetext.errors import NoteTextError
from notetext.page_image import PageImage
from notetext.testing import FakeEngine

FAMILIES: dict[str, Callable[[], Iterator[Case]]] = {
    "pictures": pictures,
    "frames": frames,
    "other pictures": other_pictures,
    "PDFs": pdfs,
    "contents of PDFs": pdf_contents,
    "in memory": memory,
    "files": files,
}
_WALL_S = 120
_TIMEOUT_S = 3.0
_MEMORY_BYTES = 4 << 30


def main(family: str, after: str = "") -> None:
    """Tries the cases of a family, those behind the case ``after``."""
    faulthandler.enable(all_threads=False)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))
    waiting = bool(after)
    for case in FAMILIES[family]():
        if waiting:
            waiting = case.name != after
            continue
        _say({"name": case.name})
        _say(_tried(case))


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


def _tried(case: Case) -> dict[str, Any]:
    """What became of a case, and whether that is as it should be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = case.make(folder)
        before_mb = _peak_mb(reset=True)
        threads, began = threading.active_count(), time.process_time()
        # Signals that nobody catches end native code as well.
        signal.setitimer(signal.ITIMER_PROF, case.cpu_s)
        signal.alarm(_WALL_S)
        outcome, message = _outcome(case, given, folder)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        memory_mb = round(_peak_mb() - before_mb)
    complaints = []
    if outcome not in (case.outcome or outcome).split("|") or outcome.startswith("foreign"):
        complaints.append(f"it should be {case.outcome or 'read, or an error of ours'}")
    if case.words not in message:
        complaints.append(f"the message should say {case.words!r}")
    if memory_mb > case.memory_mb:
        complaints.append(f"it may take {case.memory_mb} MB")
    if threading.active_count() > threads:
        complaints.append("a thread is left")
    return {
        "outcome": outcome,
        "message": message,
        "cpu_s": time.process_time() - began,
        "memory_mb": memory_mb,
        "complaints": complaints,
    }


def _outcome(case: Case, given: Any, folder: Path) -> tuple[str, str]:
    """How reading ends, and what the error says."""
    try:
        with _reader(case, folder) as reader:
            result = reader.recognize(given, dpi=case.dpi, on_error="raise")
        for name in ("json", "hocr", "alto"):
            result.to(name)
    except NoteTextError as error:
        # A name that is no text must not break a log.
        str(error).encode()
        return type(error).__name__, str(error)
    except Exception as error:  # noqa: BLE001 (a foreign exception is what is looked for)
        return f"foreign {type(error).__name__}", str(error)
    return READ, ""


def _reader(case: Case, folder: Path) -> NoteText:
    if case.local:
        return NoteText(limits=case.limits)
    limits = case.limits
    if case.endless:
        limits = limits.model_copy(update={"timeout_s": _TIMEOUT_S, "max_memory_bytes": 1 << 30})
    return NoteText(engine=_engine(case, folder), preprocessors=case.steps, limits=limits)


def _engine(case: Case, folder: Path) -> Engine:
    changes = [] if case.during is None else [case.during]

    def look(page: PageImage) -> str:
        while changes:
            changes.pop()(folder)
        return f"{page.pixels.shape[1]}x{page.pixels.shape[0]}"

    return FakeEngine(look)


def _peak_mb(*, reset: bool = False) -> float:
    """The most memory that this process has had since the last reset, in MB."""
    if reset:
        # What the case was made with is not what the library takes.
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
