"""What becomes of files that others keep to test their own programs with, as a table.

    python benchmarks/public_files.py FOLDER... --output public.md

Each folder is a row: a copy of such a collection, as the test folders of pdf.js, OCRmyPDF and
Pillow or of py-pdf/sample-files, which are not ours and not in this repository. A file ends in a
text, or in an error of ours; anything else is a defect, and makes the exit status 1. Files are
tried in a process of their own, which ends when one takes too long. By default every page is drawn,
set straight and laid out, but an engine looks at it that finds nothing; `--engine local` reads it
as well.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from notetext import NoteText, NoteTextError
from notetext.engines import Engine, Reading, Request
from notetext.page_image import PageImage

_ENDINGS = frozenset(
    (
        *(".pdf", ".png", ".apng", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".webp", ".bmp"),
        *(".ppm", ".pgm", ".pbm", ".pnm", ".avif", ".heic", ".heif", ".jp2", ".j2k", ".jpx"),
        *(".jxl", ".svg", ".ico", ".tga", ".psd", ".pcx", ".icns", ".dds", ".xbm", ".mpo", ".eps"),
    )
)


class Looking(Engine):
    """Decodes a page, and finds nothing on it."""

    name = "looking"

    def read(self, page: PageImage, request: Request) -> Reading:
        assert page.pixels.size
        return Reading()


@dataclass(frozen=True)
class Outcome:
    """What became of a file.

    Attributes:
        name: of the file.
        kind: ``read``, the name of an error of ours, ``foreign …``, ``died`` or ``too long``.
        message: of an error.
        page_errors: the names of the errors of pages that could not be read.
    """

    name: str
    kind: str
    message: str = ""
    page_errors: tuple[str, ...] = ()

    @property
    def is_defect(self) -> bool:
        return self.kind.startswith(("foreign", "died", "too long"))


def tried(path: Path, reader: NoteText, pages: int) -> Outcome:
    """Reads the first pages of a file."""
    name = str(path)
    try:
        read = list(islice(reader.iter_pages(path), pages))
    except NoteTextError as error:
        return Outcome(name, type(error).__name__, error.message)
    except Exception as error:  # noqa: BLE001  what must not happen is what is looked for
        return Outcome(name, f"foreign {type(error).__name__}", str(error))
    failed = [page.error for page in read if page.error is not None]
    foreign = [error for error in failed if error.kind == "EngineError"]
    if foreign:
        return Outcome(name, f"foreign on a page: {foreign[0].message}", foreign[0].message)
    return Outcome(name, "read", page_errors=tuple(error.kind for error in failed))


def outcomes(files: Sequence[Path], engine: str, pages: int, limit_s: float) -> Iterator[Outcome]:
    """Tries files, one after the other, in a process that is started anew when it ends."""
    worker: multiprocessing.process.BaseProcess | None = None
    spawn = multiprocessing.get_context("spawn")
    for path in files:
        if worker is None:
            ours, theirs = spawn.Pipe()
            worker = spawn.Process(target=_work, args=(theirs, engine, pages), daemon=True)
            worker.start()
            theirs.close()
        ours.send(path)
        try:
            if ours.poll(limit_s):
                yield ours.recv()
                continue
            ending = Outcome(str(path), "too long", f"more than {limit_s:.0f} s")
        except EOFError:
            ending = Outcome(str(path), "died")
        worker.kill()
        worker.join()
        worker = None
        yield ending
    if worker is not None:
        worker.kill()


def _work(asked: Connection, engine: str, pages: int) -> None:
    warnings.simplefilter("ignore")
    reader = NoteText(engine=Looking() if engine == "looking" else engine)
    while True:
        asked.send(tried(asked.recv(), reader, pages))


def table(rows: dict[str, list[Outcome]]) -> str:
    """A Markdown table: a row for each collection."""
    lines = [
        "| collection | tried | read | a page of it failed | refused | with | defects |",
        "|---|--:|--:|--:|--:|---|--:|",
    ]
    for name, found in rows.items():
        read = [outcome for outcome in found if outcome.kind == "read"]
        partly = sum(bool(outcome.page_errors) for outcome in read)
        defects = sum(outcome.is_defect for outcome in found)
        refused = [one for one in found if one.kind != "read" and not one.is_defect]
        kinds = Counter(outcome.kind for outcome in refused).most_common()
        which = ", ".join(f"`{kind}` {count}" for kind, count in kinds)
        cells = (name, len(found), len(read), partly, len(refused), which, defects)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, help="each one a collection")
    parser.add_argument("--engine", default="looking", help="what reads (looking: nothing)")
    parser.add_argument("--pages", type=int, default=3, help="of each file at most (3)")
    parser.add_argument("--limit-s", type=float, default=60, help="for each file (60)")
    parser.add_argument("--every", type=int, default=1, help="only each so-manieth file (1)")
    parser.add_argument("--output", type=Path, help="a Markdown file to write")
    parser.add_argument("--all", type=Path, help="a JSON file for what became of each file")
    options = parser.parse_args()
    rows: dict[str, list[Outcome]] = {}
    for folder in options.folders:
        files = sorted(
            path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS and path.is_file()
        )[:: options.every]
        rows[folder.name] = []
        for outcome in outcomes(files, options.engine, options.pages, options.limit_s):
            rows[folder.name].append(outcome)
            if outcome.is_defect:
                print(f"{outcome.name}: {outcome.kind}: {outcome.message}", file=sys.stderr)
    print(table(rows))
    if options.output:
        options.output.write_text(f"{table(rows)}\n", encoding="utf-8")
    if options.all:
        found = [vars(outcome) for row in rows.values() for outcome in row]
        options.all.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return int(any(outcome.is_defect for row in rows.values() for outcome in row))


if __name__ == "__main__":
    raise SystemExit(main())
