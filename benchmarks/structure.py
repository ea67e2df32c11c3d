"""How much of what notes are made of is found: blocks, tasks, nesting, tables.

    python benchmarks/structure.py --output structure.md

Thirty kinds of notes are drawn, in fonts that look like hands and in print, none of which notetext
was trained with, each once clean, photographed on a desk, turned, and on ruled paper, every time in
another font. The Markdown that comes out is parsed and compared with the one that was drawn. Beside
it stands what RapidOCR gives in the same run, its lines as they are and the Markdown it makes, and
Tesseract's hOCR as Markdown. A second table is of notes with ruled tables, also on squared paper:
with all rules or some, cells that span columns and rows, of several lines, or empty.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib import metadata
from itertools import islice
from pathlib import Path

from measuring.contenders import Tesseract
from measuring.drawn.fonts import NEW_HANDS, PRINTS
from measuring.machine import processor
from measuring.photographs import Kind, photograph
from measuring.structure.drawing import drawn, styles
from measuring.structure.markdown import blocks_of
from measuring.structure.notes import NOTES
from measuring.structure.readers import READERS, Reader
from measuring.structure.ruled_notes import RULED_NOTES
from measuring.structure.scoring import Score, compared

CONDITIONS = {
    "clean": None,
    "photographed": Kind("photographed", on_desk=True, shade=0.5),
    "slanted": Kind("slanted", skew=4.0),
    "ruled": Kind("ruled", ruled=True),
}
ON_RULED_TABLES = {**CONDITIONS, "squared": Kind("squared", squared=True)}


def pages(
    folder: Path, notes: Sequence[str], first: int, condition: str
) -> Iterator[tuple[str, Path]]:
    """Notes in Markdown, each with its picture.

    Args:
        folder: where the pictures are written to.
        notes: those that are drawn.
        first: the number of the style in which the first is drawn.
        condition: one of `ON_RULED_TABLES`.
    """
    kind = ON_RULED_TABLES[condition]
    first += [*ON_RULED_TABLES].index(condition)
    drawn_in = islice(styles(NEW_HANDS, PRINTS[:5]), first, None)
    for note, style in zip(notes, drawn_in, strict=False):
        sheet = drawn(note, style)
        if kind is None:
            picture = sheet.scanned()
        else:
            picture = photograph(sheet.image, kind, style.seed).image
        path = folder / f"{condition}-{style.seed}.jpg"
        picture.save(path, quality=90)
        yield note, path


def scores(
    notes: Sequence[str], first: int, conditions: Sequence[str], readers: Mapping[str, Reader]
) -> Iterator[tuple[str, str, Score]]:
    """What each reader gets under each condition, and on all pages: condition, way, score."""
    totals: defaultdict[str, Score] = defaultdict(Score)
    with tempfile.TemporaryDirectory() as folder:
        for condition in conditions:
            found: defaultdict[str, Score] = defaultdict(Score)
            for note, path in pages(Path(folder), notes, first, condition):
                for read in readers.values():
                    for name, written in read(path).items():
                        blocks = blocks_of(written.markdown, written.html)
                        found[name] += compared(blocks, blocks_of(note))
            for name, score in found.items():
                totals[name] += score
                yield condition, name, score
    for name, score in totals.items():
        yield "**all**", name, score


def tables(count: int, first: int, names: Sequence[str]) -> str:
    """Both tables in Markdown."""
    readers = {name: READERS[name]() for name in names}
    rows = [
        "| pages | reader | blocks F1 | tasks found % | states right % | nesting % | TEDS |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for condition, name, score in scores([*NOTES.values()][:count], first, [*CONDITIONS], readers):
        rows.append(f"| {condition} | {name} | {score.row()} |")
    rows += [
        "",
        "| pages with ruled tables | reader | blocks F1 | TEDS | TEDS with spans |",
        "|---|---|--:|--:|--:|",
    ]
    ruled = [*RULED_NOTES.values()][:count]
    for condition, name, score in scores(ruled, first, [*ON_RULED_TABLES], readers):
        rows.append(f"| {condition} | {name} | {score.ruled_row()} |")
    return "\n".join(rows)


def main() -> None:
    """Prints or writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=len(NOTES), help="so many kinds of notes")
    parser.add_argument(
        "--first", type=int, default=0, help="the style of the first note; others give other pages"
    )
    parser.add_argument("--reader", nargs="+", choices=READERS, default=[*READERS])
    parser.add_argument("--output", type=Path, help="a file in Markdown; standard output if none")
    arguments = parser.parse_args()
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("notetext", "rapidocr"))
    said = f"{date.today()}, {processor()}; {versions}, {Tesseract.version()}."
    text = f"{tables(arguments.count, arguments.first, arguments.reader)}\n\n{said}\n"
    if arguments.output is None:
        print(text)
    else:
        arguments.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
