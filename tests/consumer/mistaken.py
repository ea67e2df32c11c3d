"""What type checkers mark in a program of somebody else's; `test_packaging` checks that they do.

A comment that ignores nothing is an error, too.
"""

from __future__ import annotations

from notetext import NoteText


def main(reader: NoteText) -> None:
    """What a newcomer may write."""
    reader.recognize("note.jpg", mode="handwriting")  # type: ignore[arg-type]
    reader.recognize("note.jpg", on_error="ignore")  # type: ignore[arg-type]
    reader.recognize("note.jpg", text_layer="never")  # type: ignore[arg-type]
    reader.recognize("note.jpg", page=3)  # type: ignore[call-arg]
    print(reader.recognize("note.jpg").words[0].box.left)  # type: ignore[union-attr]
    for item in reader.recognize_many(["note.jpg"]):
        print(item.result.text)  # type: ignore[union-attr]
        print(item.source.stem)  # type: ignore[attr-defined]
