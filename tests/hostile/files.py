"""Files that are none, have strange names, lie about what they are, or change while read."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cases import READ, Case, Make
from frames import gif
from pdfs import pdf
from pictures import encoded, noise, png
from PIL import Image

if TYPE_CHECKING:
    from notetext.documents import DocumentLike

MISSING, CORRUPT, TOO_LARGE, UNKNOWN = (
    "InputNotFoundError",
    "CorruptInputError",
    "InputTooLargeError",
    "UnsupportedFormatError",
)


def files() -> Iterator[Case]:
    """All cases of this file."""
    yield from _no_files()
    yield from _names()
    yield from _lies()
    yield from _changing()


def _no_files() -> Iterator[Case]:
    yield Case("a pipe", _pipe, MISSING, words="no regular file")
    yield Case("a socket", _socket, MISSING, words="no regular file")
    yield Case("a folder", lambda folder: folder, MISSING, words="folder")
    for device in ("/dev/zero", "/dev/null", "/dev/random", "/dev/tty", "/dev/stdin"):
        yield Case(f"the device {device}", _at(device), MISSING)
    yield Case("a link to a device", lambda folder: _link(folder, "/dev/zero"), MISSING)
    yield Case("a link to itself", lambda folder: _link(folder, folder / "link"), MISSING)
    yield Case("a link to nothing", lambda folder: _link(folder, folder / "nothing"), MISSING)
    yield Case("a link to a picture", _linked, READ)
    yield Case("a file that is missing", lambda folder: folder / "missing.png", MISSING)
    yield Case("a file in a file", lambda folder: _written(folder, "note.png") / "x", MISSING)
    yield Case("a name of 5,000 letters", lambda folder: folder / ("x" * 5000), MISSING)
    yield Case("a name with a NUL", lambda folder: f"{folder}/a\0b", MISSING)
    yield Case("no name", lambda folder: "", MISSING)
    yield Case("a URL", lambda folder: "https://example.org/note.png", MISSING, words="URL")
    yield Case("a file of no byte", lambda folder: _written(folder, "note.png", b""), CORRUPT)
    yield Case("a file of a terabyte of holes", _sparse(1 << 40), TOO_LARGE)
    yield Case("a file of 60 MB of holes", _sparse(60 << 20), UNKNOWN)
    for number in ("/proc/self/mem", "/proc/self/maps", "/proc/kmsg", "/sys/kernel/notes"):
        yield Case(f"the file {number}", _at(number))


def _names() -> Iterator[Case]:
    names: dict[str, str | bytes] = {
        "a line break": "note\nnew.png",
        "a terminal's commands": "note\x1b[31m\x07.png",
        "bytes that are no text": b"note-\xff\xfe.png",
        "blanks only": "   ",
        "a dash first": "-rf.png",
        "another direction": "note\u202egnp.exe",
        "all of Unicode's kinds": "Größe 日本 \U0001f600 ﷽.png",
        "quotation marks": "\"note\" 'x' `y` $(z);&|<>.png",
        "255 bytes": "x" * 251 + ".png",
    }
    for what, name in names.items():
        yield Case(f"a name of {what}", partial(_written, name=name), READ)
        yield Case(
            f"a broken picture with a name of {what}",
            partial(_written, name=name, data=png()[:40]),
            CORRUPT,
        )
    yield Case("a path of bytes", lambda folder: os.fsencode(_written(folder, "note.png")), UNKNOWN)


def _lies() -> Iterator[Case]:
    lies: dict[str, tuple[str, bytes, str]] = {
        "a PNG that is called JPEG": ("note.jpg", png(), READ),
        "a PDF that is called PNG": ("note.png", pdf(), READ),
        "a GIF that is called PDF": ("note.pdf", gif(), READ),
        "a picture that is called text": ("note.txt", encoded(noise(), "JPEG"), READ),
        "a text that is called PDF": ("note.pdf", b"plain text", UNKNOWN),
        "a page of HTML that is called PNG": ("note.png", b"<html></html>", UNKNOWN),
        "a picture and a PDF in one file": ("note.png", png() + pdf(), READ),
        "a PDF and a ZIP in one file": ("note.pdf", pdf() + b"PK\3\4" + b"\0" * 99, READ),
    }
    for name, (file, data, outcome) in lies.items():
        yield Case(name, partial(_written, name=file, data=data), outcome)


def _changing() -> Iterator[Case]:
    frames = [noise(20, 20)] * 3
    tiff = encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    changes: dict[str, Callable[[Path], Any]] = {
        "is emptied": lambda path: path.write_bytes(b""),
        "is cut off": lambda path: os.truncate(path, 60),
        "is removed": lambda path: path.unlink(),
        "grows": lambda path: path.write_bytes(path.read_bytes() * 3),
        "becomes another": lambda path: path.write_bytes(encoded(noise(77, 55), "JPEG")),
        "becomes a pipe": _to_pipe,
        "becomes a folder": _to_folder,
        "becomes 50 times as large": lambda path: path.write_bytes(
            encoded(Image.new("L", (9000, 9000)), "PNG")
        ),
    }
    for name, data in (("note.png", png(40, 40)), ("note.tiff", tiff), ("note.pdf", pdf())):
        for what, change in changes.items():
            yield Case(
                f"a {name.partition('.')[2]} that {what} while it is read",
                partial(_written, name=name, data=data),
                during=_to(name, change),
            )


def _written(folder: Path, name: str | bytes, data: bytes | None = None) -> Path:
    path = folder / os.fsdecode(name)
    path.write_bytes(png() if data is None else data)
    return path


def _pipe(folder: Path) -> DocumentLike:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def _at(path: str) -> Make:
    return lambda folder: path


def _to(name: str, change: Callable[[Path], Any]) -> Callable[[Path], Any]:
    return lambda folder: change(folder / name)


def _to_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _to_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _socket(folder: Path) -> DocumentLike:
    os.chdir(folder)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
    return folder / "socket"


def _link(folder: Path, target: str | Path) -> Path:
    (folder / "link").symlink_to(target)
    return folder / "link"


def _linked(folder: Path) -> DocumentLike:
    return _link(folder, _written(folder, "note.png"))


def _sparse(size: int) -> Callable[[Path], DocumentLike]:
    def make(folder: Path) -> DocumentLike:
        path = folder / "holes.png"
        with path.open("wb") as file:
            file.truncate(size)
        return path

    return make
