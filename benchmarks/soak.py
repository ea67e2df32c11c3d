"""Reads for a long time, and looks whether anything grows, leaks or changes.

    python benchmarks/soak.py --minutes 60 --processes 2 --output docs/figures/soak.json

Each process goes round the same cases: notes, scans and frames through the local engine; files that
are no documents; the cloud engine against a fake service that fails in every way; a store that is
always full; every format. A round must give what the first one gave, timings apart, and leave no
file, no thread and no memory behind. ``docs/security.md`` has the figures.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import io
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
from measuring.figures import Row, table
from measuring.kept_figures import KeptFigures
from PIL import Image

from notetext import NoteText, NoteTextError
from notetext.engines.aspose import AsposeEngine, Timeouts
from notetext.engines.local import LocalEngine
from notetext.result import RecognitionResult
from notetext.store import Store
from notetext.testing import FakeAsposeServer, FakeEngine, Fault, NoWaiting, Phase

NOTES = Path(__file__).parents[1] / "examples" / "notes"
_FORMATS = ("text", "markdown", "json", "csv", "hocr", "alto", "pdf")
_GIVEN_UP_S = 5.0
"""Where nothing comes; elsewhere a machine that is busy must not look like a fault."""
_FAULTS: dict[str, tuple[Phase, Fault]] = {
    "no token": (Phase.TOKEN, Fault.answer(500).repeated(9)),
    "a token at last": (Phase.TOKEN, Fault.unavailable(seconds=2).repeated(2)),
    "busy": (Phase.SUBMIT, Fault.rate_limited(seconds=3)),
    "uncertain": (Phase.SUBMIT, Fault.reset(after_body=True)),
    "refused": (Phase.SUBMIT, Fault.answer(400)),
    "lost token": (Phase.LOOK, Fault.expired_token()),
    "broken looks": (Phase.LOOK, Fault.reset(after_body=False).repeated(2)),
    "half an answer": (Phase.LOOK, Fault.truncated_json()),
    "silence": (Phase.LOOK, Fault.silence(9 * _GIVEN_UP_S)),
    "slow": (Phase.LOOK, Fault.slow_body(0.05)),
    "failed task": (Phase.LOOK, Fault.task_error("too dark")),
    "no Base64": (Phase.LOOK, Fault.wrong_base64()),
}


@dataclass(frozen=True, slots=True)
class Round:
    """What a round gave, and what the process holds after it.

    Attributes:
        at_s: seconds since the process began to read.
        memory_mb: resident, in 10^6 bytes.
        files: open file descriptors.
        threads: of the operating system.
        reads: documents read in this round.
        differing: what the cases gave that did not give the same as in the first round.
    """

    at_s: float
    memory_mb: float
    files: int
    threads: int
    reads: int
    differing: tuple[str, ...]


class Rounds:
    """The cases, and one process's way through them again and again.

    Args:
        folder: an empty one to work in.
    """

    def __init__(self, folder: Path) -> None:
        self._documents = dict(_documents(folder))
        self._store = folder / "notes.db"
        self._local = NoteText(engine=LocalEngine(threads=1))
        self._first: dict[str, str] = {}
        self._round = 0

    def run(self) -> tuple[int, tuple[str, ...]]:
        """Goes round once.

        Returns:
            The number of documents, and the cases that gave something else than the first time.
        """
        self._round += 1
        seen = [*self._read_locally(), *self._read_in_threads(), *self._read_in_the_cloud()]
        differing = [
            f"{name}: {digest}"
            for name, digest in seen
            if self._first.setdefault(name, digest) != digest
        ]
        return len(seen), tuple(differing)

    def _read_locally(self) -> Iterator[tuple[str, str]]:
        for name, document in self._documents.items():
            result: RecognitionResult | None = None

            def read(document: Path | bytes = document) -> RecognitionResult:
                nonlocal result
                result = self._local.recognize(document, on_error="keep")
                return result

            yield name, _digest(read)
            if name == "shopping.jpg" and result is not None:
                for name_of_format in _FORMATS:
                    result.to(name_of_format)

    def _read_in_threads(self) -> Iterator[tuple[str, str]]:
        pages = [np.full((40 + number, 60), 255, np.uint8) for number in range(32)]
        with (
            NoteText(engine=FakeEngine(lambda page: f"{page.height} rows")) as reader,
            ThreadPoolExecutor(8) as pool,
        ):
            digests = pool.map(lambda page: _digest(partial(reader.recognize, page)), pages)
            yield from ((f"thread {number}", digest) for number, digest in enumerate(digests))

    def _read_in_the_cloud(self) -> Iterator[tuple[str, str]]:
        # Small, so that it is always full; a new page each time, so that nothing comes out of it.
        with Store(self._store, max_bytes=300_000) as store:
            for name, (phase, fault) in _FAULTS.items():
                silent = name in {"silence", "slow"}
                document = _page(f"{name} {self._round} {os.getpid()}")
                with FakeAsposeServer("Dear diary,\nno rain.") as server:
                    server.script(phase, fault)
                    engine = AsposeEngine(
                        client_id="soak",
                        client_secret="soak",
                        base_url=server.url,
                        waiting=NoWaiting(),
                        timeouts=Timeouts(10, _GIVEN_UP_S, _GIVEN_UP_S) if silent else Timeouts(),
                    )
                    with NoteText(engine=engine, store=store) as reader:
                        yield name, _digest(partial(reader.recognize, document))
                    engine.close()


def _digest(read: Callable[[], RecognitionResult]) -> str:
    """What came of it, without what differs from time to time: timings, names and ids."""
    try:
        result = read()
    except NoteTextError as error:
        return type(error).__name__
    pages = [page.model_dump_json(exclude={"error": {"message"}}) for page in result.pages]
    kinds = "".join(f"{error.kind} " for error in result.errors)
    return kinds + hashlib.sha256("\n".join(pages).encode()).hexdigest()[:12]


def _documents(folder: Path) -> Iterator[tuple[str, Path | bytes]]:
    for name in ("letter.jpg", "shopping.jpg", "printed.jpg"):
        yield name, NOTES / name
    with Image.open(NOTES / "shopping.jpg") as note:
        note.load()
        halves = note.resize((note.width // 2, note.height // 2))
    for name, options in (("scan.pdf", {}), ("frames.tif", {"compression": "tiff_lzw"})):
        halves.save(folder / name, save_all=True, append_images=[halves.rotate(2)], **options)
        yield name, folder / name
    whole = (NOTES / "letter.jpg").read_bytes()
    scan = (folder / "scan.pdf").read_bytes()
    yield "half a picture", whole[: len(whole) // 2]
    yield "half a PDF", scan[: len(scan) // 2]
    yield "a PDF without pages", b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>"
    size = whole.index(b"\xff\xc0") + 5
    lying = whole[:size] + b"\xff\xff\xff\xff" + whole[size + 4 :]
    yield "a picture that lies about its size", lying
    yield "a text", b"Dear diary,"
    yield "nothing", b""
    yield "no file", folder / "gone.jpg"


def _page(note: str) -> bytes:
    """A small picture that is like no other: the ledger knows a page again that was paid."""
    seed = int.from_bytes(hashlib.sha256(note.encode()).digest()[:8])
    file = io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 255, (30, 40), np.uint8)
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def soak(seconds: float) -> Iterator[Round]:
    """Goes round for so long, at least twice; in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = Rounds(Path(folder))
        started = time.monotonic()
        for number in itertools.count(1):
            reads, differing = rounds.run()
            gc.collect()
            yield Round(
                at_s=time.monotonic() - started,
                memory_mb=_memory_mb(),
                files=len(list(Path("/proc/self/fd").iterdir())),
                threads=len(list(Path("/proc/self/task").iterdir())),
                reads=reads,
                differing=differing,
            )
            if number > 1 and time.monotonic() - started > seconds:
                return


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def rows(processes: Sequence[Sequence[Round]], minutes: float) -> list[Row]:
    """The figures of all processes, the worst of each.

    What a process holds is compared between the first and the last fifth of its rounds, after a
    first tenth in which it warms up.
    """
    reads = sum(done.reads for rounds in processes for done in rounds)
    differing = sum(len(done.differing) for rounds in processes for done in rounds)
    measured = [rounds[max(1, len(rounds) // 10) :] for rounds in processes]

    def growth(rounds: Sequence[Round], held: Callable[[Round], float]) -> tuple[float, float]:
        fifth = max(1, len(rounds) // 5)
        return median(map(held, rounds[:fifth])), median(map(held, rounds[-fifth:]))

    def worst(held: Callable[[Round], float], share: bool = False) -> float:
        grown = [growth(rounds, held) for rounds in measured]
        return max((after - before) / (before / 100 if share else 1) for before, after in grown)

    of = f"in {minutes:g} minutes, {len(processes)} processes"
    return [
        Row(f"results that differ from the first round's, of {reads:,} {of}", differing, 0, ""),
        Row("growth of memory from the first fifth to the last", worst(_memory, True), 5, "%"),
        Row("growth of open files", worst(lambda after: after.files), 0, ""),
        Row("growth of threads", worst(lambda after: after.threads), 0, ""),
    ]


def _memory(after: Round) -> float:
    return after.memory_mb


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--output", type=Path, help="a file for the figures, as JSON")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.one:
        for done in soak(given.minutes * 60):
            print(json.dumps(asdict(done)), flush=True)
        return
    command = [sys.executable, __file__, "--one", "--minutes", str(given.minutes)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(given.processes)
    ]
    with ThreadPoolExecutor(given.processes) as pool:
        processes = list(pool.map(_followed, running))
    report = rows(processes, given.minutes)
    print(table(report))
    if given.output is not None:
        asked = f"benchmarks/soak.py --minutes {given.minutes:g} --processes {given.processes}"
        KeptFigures.today(asked, report).save(given.output)


def _followed(process: subprocess.Popen[str]) -> list[Round]:
    """The rounds of a process; each is told on the way."""
    assert process.stdout is not None
    rounds = []
    for line in process.stdout:
        rounds.append(Round(**json.loads(line)))
        print(process.pid, rounds[-1], file=sys.stderr)
    if process.wait():
        raise SystemExit(f"the process {process.pid} ended with {process.returncode}")
    return rounds


if __name__ == "__main__":
    main()
