"""Stops a batch in every way at random moments, to see what is lost and what is paid twice.

    python benchmarks/killing.py            # 20 times each, some minutes; docs/figures/killing.json
    python benchmarks/killing.py --times 2 --only SIGKILL

One process reads through a fake cloud service, or two at once on one store; they are stopped and
go on again and again. Then everything is read to its end, and the service's book is compared with
the store's.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from measuring.figures import Row, table
from measuring.kept_figures import KeptFigures

from notetext import NoteText
from notetext.engines.aspose import AsposeEngine
from notetext.store import Store
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase, ReceivedRequest

FIGURES = Path(__file__).parents[1] / "docs" / "figures" / "killing.json"
_ANSWER_S = 0.02
_READY_S = 0.2
_TIMEOUT_S = 120

_READ = """
import itertools, json, signal, sys, threading, time
from pathlib import Path
from notetext import NoteText
from notetext.cli.stopping import stopped_in_order
from notetext.engines.aspose import AsposeEngine
from notetext.errors import BatchStoppedError, QuotaError

class Hurried:
    "A clock that is twenty times as fast."
    def now(self):
        return 20 * time.monotonic()
    def wait(self, seconds, cancel):
        (cancel or threading.Event()).wait(seconds / 20) if isinstance(
            cancel, threading.Event | None
        ) else self._watch(seconds, cancel)
    def _watch(self, seconds, cancel):
        end = self.now() + seconds
        while not cancel.is_set() and self.now() < end:
            time.sleep(0.005)

# Where this runs in the background, Ctrl-C may be ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
url, store, folder, given = sys.argv[1:]
most = json.loads(given)
engine = AsposeEngine(
    client_id="any", client_secret="any", base_url=url, waiting=Hurried(), parallel_pages=1,
    max_submissions=most.get("submissions"),
)
with stopped_in_order(Path(store)), NoteText(engine=engine, store=store) as reader:
    try:
        items = reader.recognize_many(sorted(Path(folder).iterdir()), workers=4)
        for item in itertools.islice(items, most.get("documents")):
            # What a budget or an account allows no more is no page's fault.
            assert item.result is not None or isinstance(item.error, QuotaError), item
        items.close()
    except BatchStoppedError:
        sys.exit(3)
"""


class Stop(StrEnum):
    """How a batch is stopped."""

    INTERRUPT = "Ctrl-C"
    TERMINATE = "SIGTERM"
    KILL = "SIGKILL"
    BUDGET = "budget"
    QUOTA = "402"
    LEFT = "left loop"

    @property
    def signal(self) -> signal.Signals | None:
        """The signal that does it."""
        signals = {"Ctrl-C": signal.SIGINT, "SIGTERM": signal.SIGTERM, "SIGKILL": signal.SIGKILL}
        return signals.get(self.value)


@dataclass(frozen=True)
class Outcome:
    """What became of a batch that was stopped again and again.

    Attributes:
        stop: how.
        processes: how many read at once.
        pages: how many were to be read.
        right: those whose text is there in the end, and right.
        stops: how often a process was stopped before it was done.
        submitted: tasks that the service took.
        submitted_again: of them, those that it had taken before.
        deleted: tasks that were deleted at the service, paid for or not.
        uncertain: submissions that the ledger counts as perhaps repeated.
        asked_again: what the last look at all pages cost.
        sound: whether SQLite finds the file in order.
    """

    stop: Stop
    processes: int
    pages: int
    right: int
    stops: int
    submitted: int
    submitted_again: int
    deleted: int
    uncertain: int
    asked_again: int
    sound: bool

    @property
    def lost(self) -> int:
        """Pages that are not there, or cost once more to be there."""
        return self.pages - self.right + self.asked_again

    @property
    def allowed_again(self) -> int:
        """How many may be submitted twice: only a kill leaves a doubt, and that is counted."""
        return self.uncertain if self.stop is Stop.KILL else 0


class _Service:
    """The fake service, which can refuse as one whose quota is used up."""

    def __init__(self, texts: Mapping[Path, str]) -> None:
        by_hash = {hashlib.sha256(path.read_bytes()).digest(): text for path, text in texts.items()}
        self.is_closed = threading.Event()
        self.server = FakeAsposeServer(
            lambda image: by_hash[hashlib.sha256(image).digest()],
            ready_after_s=_READY_S,
            on_request=self._on_request,
            keep_bodies=False,
        )

    def _on_request(self, request: ReceivedRequest) -> Fault | None:
        if request.phase is Phase.SUBMIT:
            time.sleep(_ANSWER_S)
            if self.is_closed.is_set():
                return Fault.answer(402, "no credits")
        return None


def read_with_stops(
    folder: Path, stop: Stop, pages: int, times: int, processes: int = 1, seed: int = 1
) -> Outcome:
    """Reads made-up pages through a fake service, in processes that are stopped.

    Args:
        folder: an empty one to work in.
        stop: how.
        pages: how many.
        times: how often all processes are stopped, each time after a random part of the pages.
        processes: how many read at once, on one store.
        seed: for the moments.
    """
    chance = random.Random(seed)
    texts = _draw(folder / "pages", pages)
    store = folder / "notes.db"
    service = _Service(texts)
    stopped = 0
    with service.server as server:
        command = [sys.executable, "-c", _READ, server.url, str(store), str(folder / "pages")]
        for _ in range(times):
            part = chance.randint(1, pages // (times + 1))
            stopped += _stopped_once(command, stop, part, processes, service, chance)
        with ExitStack() as started:
            last = [_start(command, "{}", started) for _ in range(processes)]
            assert [process.wait(_TIMEOUT_S) for process in last] == [0] * processes
        submitted, deleted = Counter(server.submissions), len(server.deleted)
        engine = AsposeEngine(
            client_id="any",
            client_secret="any",
            base_url=server.url,
            waiting=NoWaiting(),
        )
        with NoteText(engine=engine, store=store) as reader:
            results = {path: reader.recognize(path, on_error="keep") for path in texts}
        engine.close()
    with Store(store) as opened:
        uncertain = opened.info().uncertain_tasks
    connection = sqlite3.connect(store)
    sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    return Outcome(
        stop=stop,
        processes=processes,
        pages=pages,
        right=sum(results[path].text == f"{text}\n" for path, text in texts.items()),
        stops=stopped,
        submitted=submitted.total(),
        submitted_again=submitted.total() - len(submitted),
        deleted=deleted,
        uncertain=uncertain,
        asked_again=sum(result.usage.submissions for result in results.values()),
        sound=sound,
    )


def _stopped_once(
    command: list[str],
    stop: Stop,
    part: int,
    processes: int,
    service: _Service,
    chance: random.Random,
) -> int:
    """Starts processes and stops them after so many pages; returns how many were not done yet."""
    limits = {Stop.BUDGET: f'{{"submissions": {part}}}', Stop.LEFT: f'{{"documents": {part}}}'}
    with ExitStack() as started:
        given = limits.get(stop, "{}")
        running = [_start(command, given, started) for _ in range(processes)]
        if given == "{}":
            enough = len(service.server.submissions) + part
            while len(service.server.submissions) < enough and any(
                process.poll() is None for process in running
            ):
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.05))
        alive = [process for process in running if process.poll() is None]
        if stop is Stop.QUOTA:
            service.is_closed.set()
        for process in alive:
            if stop.signal is not None:
                process.send_signal(stop.signal)
        codes = [process.wait(_TIMEOUT_S) for process in running]
        service.is_closed.clear()
    assert stop.signal is not None or set(codes) <= {0, 3}, codes
    return len(alive)


def _start(command: list[str], given: str, started: ExitStack) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([*command, given], stderr=subprocess.DEVNULL)
    started.callback(process.wait)
    started.callback(process.kill)
    return process


def _draw(folder: Path, pages: int) -> dict[Path, str]:
    """Draws pages that are all different; the text of each is its name."""
    from PIL import Image

    folder.mkdir()
    texts = {}
    for number in range(pages):
        path = folder / f"{number:05}.png"
        Image.new("RGB", (8, 8), (number >> 16 & 255, number >> 8 & 255, number & 255)).save(path)
        texts[path] = path.stem
    return texts


def campaign(times: int, pages: int, stops: Sequence[Stop] = tuple(Stop)) -> list[Outcome]:
    """All stops, with one process and with two; ``pages`` are for each process."""
    outcomes = []
    for stop in stops:
        for processes in (1, 2):
            with tempfile.TemporaryDirectory() as folder:
                outcome = read_with_stops(Path(folder), stop, pages * processes, times, processes)
            print(outcome, file=sys.stderr)
            outcomes.append(outcome)
    return outcomes


def rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """What was promised, over all of them."""
    kills = [outcome for outcome in outcomes if outcome.stop is Stop.KILL]
    orderly = [outcome for outcome in outcomes if outcome.stop is not Stop.KILL]
    stops, pages = (
        f"{sum(number):,}" for number in ([o.stops for o in outcomes], [o.pages for o in outcomes])
    )
    deleted_or_damaged = sum(outcome.deleted + (not outcome.sound) for outcome in outcomes)
    return [
        Row(f"pages of the cloud lost, of {pages} in batches that were stopped {stops} times",
            sum(outcome.lost for outcome in outcomes), 0, ""),
        Row("pages paid twice after Ctrl-C, SIGTERM, a budget, a 402 or a left loop",
            sum(outcome.submitted_again for outcome in orderly), 0, ""),
        Row("pages paid twice after SIGKILL, and at most those counted as uncertain",
            sum(outcome.submitted_again for outcome in kills),
            sum(outcome.uncertain for outcome in kills), ""),
        Row("tasks deleted and stores damaged by that", deleted_or_damaged, 0, ""),
    ]  # fmt: skip


def details(outcomes: Sequence[Outcome]) -> str:
    """A table of each."""
    lines = [
        "| stopped by | processes | stops | pages | lost | paid twice | counted as uncertain |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {o.stop} | {o.processes} | {o.stops} | {o.pages} | {o.lost} | {o.submitted_again} | "
        f"{o.uncertain} |"
        for o in outcomes
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--pages", type=int, default=300, help="for each process")
    parser.add_argument("--only", choices=list(Stop))
    given = parser.parse_args(arguments)
    stops = [Stop(given.only)] if given.only else list(Stop)
    outcomes = campaign(given.times, given.pages, stops)
    print(details(outcomes))
    if not given.only:
        print(table(rows(outcomes)))
        KeptFigures.today("benchmarks/killing.py", rows(outcomes)).save(FIGURES)


if __name__ == "__main__":
    main()
