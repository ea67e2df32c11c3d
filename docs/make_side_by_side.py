"""Shows notes beside what their Markdown renders to, in docs/pictures/side-by-side/.

    python docs/make_side_by_side.py                    # the example notes
    python docs/make_side_by_side.py --noteshrink DIR   # and notes of github.com/mzucker/noteshrink

``DIR`` is that project's folder ``examples``; its notes are MIT-licensed (Copyright 2016 Matt
Zucker). Needs ``chromium``, and markdown-it-py of the group ``benchmarks``.
"""

import argparse
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from make_pictures import NOTES, PICTURES, side_by_side, trimmed
from markdown_it import MarkdownIt
from PIL import Image, ImageOps

from notetext import NoteText

FOLDER = PICTURES / "side-by-side"
EXAMPLES = ("shopping", "minutes", "letter", "printed")
NOTESHRINK = ("notesA1", "notesB1")

STYLE = """
body { font: 17px/1.4 sans-serif; margin: 24px; width: 640px; background: white; }
table { border-collapse: collapse; } td, th { border: 1px solid #999; padding: 3px 10px; }
li:has(> input), li:has(> p > input) { list-style: none; } input { margin-left: -1.4em; }
h1, h2, h3 { margin: 0.5em 0; } pre { background: #eee; padding: 8px; }
"""
SHORTEST, TALLEST = 300, 3000
"""Pixels of the page that is rendered."""


def rendered(markdown: str, browser: str) -> Image.Image:
    """What a browser shows of a text in GitHub's Markdown."""
    body = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    body = re.sub(
        r"(<li>(?:\s*<p>)?)\[([ xX])\] ",
        lambda box: f'{box[1]}<input type="checkbox"{"" if box[2] == " " else " checked"}> ',
        body,
    )
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "note.html", Path(folder) / "shot.png"
        page.write_text(
            f'<!DOCTYPE html><meta charset="utf-8"><style>{STYLE}</style>{body}', encoding="utf-8"
        )
        arguments = ["--headless", "--no-sandbox", "--hide-scrollbars"]
        arguments += [f"--window-size=700,{TALLEST}", f"--screenshot={shot}", page.as_uri()]
        subprocess.run(  # noqa: S603
            [browser, *arguments],
            check=True,
            capture_output=True,
        )
        seen = trimmed(Image.open(shot).convert("RGB"))
    sheet = Image.new("RGB", (700, max(SHORTEST, seen.height + 48)), "white")
    sheet.paste(seen, (24, 24))
    return sheet


def notes(noteshrink: Path | None) -> Iterator[Path]:
    """The pictures that are shown."""
    yield from (NOTES / f"{name}.jpg" for name in EXAMPLES)
    if noteshrink is not None:
        yield from (noteshrink / f"{name}.jpg" for name in NOTESHRINK)


def main() -> None:
    """Writes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--noteshrink", type=Path, help="the folder examples of noteshrink")
    arguments = parser.parse_args()
    browser = shutil.which("chromium")
    if browser is None:
        parser.error("there is no chromium to render with")
    FOLDER.mkdir(exist_ok=True)
    reader = NoteText()
    for path in notes(arguments.noteshrink):
        markdown = str(reader.recognize(path, "auto", "en").to("markdown"))
        note = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        pair = side_by_side(note, framed(rendered(markdown, browser)), width=1000)
        pair.save(FOLDER / f"{path.stem}.jpg", quality=75, optimize=True)


def framed(sheet: Image.Image) -> Image.Image:
    """A sheet with a thin line around it."""
    return ImageOps.expand(sheet, 2, "#bbbbbb")


if __name__ == "__main__":
    main()
