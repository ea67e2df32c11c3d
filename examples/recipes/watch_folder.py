"""Reads what arrives in a folder, for as long as it runs.

    python watch_folder.py scans/ texts/

A file is read once its size has stayed the same for a while. The store remembers what was read, so
that a restart reads nothing twice; a file with the text beside it says that it is done.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from notetext import NoteText


def arriving(folder: Path, done: Path, pause_s: float, once: bool) -> Iterator[Path]:
    """Gives files as they are complete, without end."""
    sizes: dict[Path, int] = {}
    given: set[Path] = set()
    while True:
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            size = path.stat().st_size
            if path not in given and sizes.get(path) == size and not target(path, done).exists():
                given.add(path)
                yield path
            sizes[path] = size
        if once and set(sizes) <= given | {path for path in sizes if target(path, done).exists()}:
            return
        time.sleep(pause_s)


def target(path: Path, done: Path) -> Path:
    """Where a document's text goes."""
    return done / f"{path.name}.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two looks")
    parser.add_argument("--once", action="store_true", help="end when all that is there is read")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    reader = NoteText(store=arguments.output / "notes.db")
    sources = arriving(arguments.folder, arguments.output, arguments.pause, arguments.once)
    for item in reader.recognize_many(sources):
        path = Path(str(item.source))
        if item.result is None:
            print(f"{path.name}: {item.error}")
        else:
            item.result.save(target(path, arguments.output))
            print(f"{path.name}: {len(item.result.words)} words")


if __name__ == "__main__":
    main()
