"""Kills a batch at random moments and lets it go on, to see what is lost and what is paid twice."""

from __future__ import annotations

import contextlib
import hashlib
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from notetext import NoteText
from notetext.engines.aspose import AsposeEngine
from notetext.store import Store
from notetext.testing import FakeAsposeServer, NoWaiting

_READ_ALL = """
import sys
from pathlib import Path
from notetext import NoteText
from notetext.engines.aspose import AsposeEngine
from notetext.testing import NoWaiting
url, store, folder = sys.argv[1:]
engine = AsposeEngine(
    client_id="any", client_secret="any", base_url=url, waiting=NoWaiting(), parallel_pages=1
)
with NoteText(engine=engine, store=store) as reader:
    for item in reader.recognize_many(sorted(Path(folder).iterdir()), workers=4):
        assert item.result is not None and not item.result.errors, item
"""


@dataclass(frozen=True)
class Outcome:
    """What became of a batch that was killed again and again.

    Attributes:
        pages: how many were to be read.
        right: those whose text is there in the end, and right.
        kills: how often the process was killed.
        submitted: tasks that the service took.
        submitted_again: of them, those that it had taken before.
        uncertain: submissions that the ledger counts as perhaps repeated.
        asked_again: what the last look at all pages cost.
        sound: whether SQLite finds the file in order.
    """

    pages: int
    right: int
    kills: int
    submitted: int
    submitted_again: int
    uncertain: int
    asked_again: int
    sound: bool


def read_with_kills(folder: Path, pages: int, kills: int, seed: int) -> Outcome:
    """Reads made-up pages through a fake service while the reading process is killed.

    Args:
        folder: an empty one to work in.
        pages: how many.
        kills: how often the process is killed, each time after a random part of the pages.
        seed: for the moments.
    """
    chance = random.Random(seed)
    texts = _draw(folder / "pages", pages)
    store = folder / "notes.db"
    by_hash = {hashlib.sha256(path.read_bytes()).digest(): text for path, text in texts.items()}
    killed = 0
    with FakeAsposeServer(lambda image: by_hash[hashlib.sha256(image).digest()]) as server:
        command = [sys.executable, "-c", _READ_ALL, server.url, str(store), str(folder / "pages")]
        for _ in range(kills):
            with _started(command) as process:
                enough = len(server.submissions) + chance.randint(1, 2 * pages // (kills + 1))
                while process.poll() is None and len(server.submissions) < enough:
                    time.sleep(0.001)
                time.sleep(chance.uniform(0, 0.02))
                killed += process.poll() is None
                process.kill()
        with _started(command) as process:
            assert process.wait() == 0
        submitted = Counter(server.submissions)
        engine = AsposeEngine(
            client_id="any", client_secret="any", base_url=server.url, waiting=NoWaiting()
        )
        with NoteText(engine=engine, store=store) as reader:
            results = {path: reader.recognize(path) for path in texts}
        engine.close()
    with Store(store) as opened:
        uncertain = opened.info().uncertain_tasks
    connection = sqlite3.connect(store)
    sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    return Outcome(
        pages=pages,
        right=sum(results[path].text == f"{text}\n" for path, text in texts.items()),
        kills=killed,
        submitted=submitted.total(),
        submitted_again=submitted.total() - len(submitted),
        uncertain=uncertain,
        asked_again=sum(result.usage.submissions for result in results.values()),
        sound=sound,
    )


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


@contextlib.contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
