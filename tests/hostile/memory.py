"""Pictures and arrays that are already in memory, and other things that are no documents."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from cases import ANY, READ, Case
from pictures import encoded, noise, png
from PIL import Image

from notetext.preprocessors.named import preprocessors

CORRUPT, TOO_LARGE, UNKNOWN = "CorruptInputError", "InputTooLargeError", "UnsupportedFormatError"
NO_DOCUMENT = "ConfigurationError"

STEPS = tuple(name for name in preprocessors.built_in() if name != "auto")


def _case(name: str, make: Callable[[], Any], outcome: str = ANY, **options: Any) -> Case:
    return Case(name, lambda folder: make(), outcome, **options)


def memory() -> Iterator[Case]:
    """All cases of this file."""
    yield from _modes()
    yield from _arrays()
    yield from _things()
    yield from _small()


_MODES = (
    "1",
    "L",
    "P",
    "RGB",
    "RGBA",
    "CMYK",
    "YCbCr",
    "LAB",
    "HSV",
    "I",
    "F",
    "LA",
    "PA",
    "RGBX",
    "RGBa",
    "La",
    "I;16",
    "I;16B",
    "I;16L",
)


def _modes() -> Iterator[Case]:
    for mode in _MODES:
        yield _case(f"picture of mode {mode}", partial(Image.new, mode, (9, 7)), READ)
    for mode in ("1", "L", "P", "RGB", "RGBA", "CMYK", "LA", "I", "F", "I;16"):
        picture = Image.new(mode, (9, 7))
        yield _case(f"tiff of mode {mode}", partial(encoded, picture, "TIFF"), READ)
    yield _case("picture of no column", lambda: Image.new("L", (0, 5)), CORRUPT)
    yield _case("picture of no size", lambda: Image.new("RGB", (0, 0)), CORRUPT)
    yield _case(
        "picture that is not decoded yet and is cut off",
        lambda: Image.open(io.BytesIO(encoded(noise(), "PNG")[:2000])),
        CORRUPT,
    )
    yield _case("picture that was closed", _closed, CORRUPT)
    yield _case("picture larger than the limit", lambda: Image.new("1", (5000, 5000)), TOO_LARGE)
    yield _case(
        "picture of a format beyond the list",
        lambda: Image.open(io.BytesIO(encoded(noise(), "PPM"))),
        READ,
    )


def _closed() -> Image.Image:
    image = Image.open(io.BytesIO(encoded(noise(), "PNG")))
    image.close()
    return image


def _arrays() -> Iterator[Case]:
    shapes: list[tuple[str, Callable[[], Any], str]] = [
        ("of no dimension", lambda: np.zeros((), np.uint8), UNKNOWN),
        ("of one dimension", lambda: np.zeros(9, np.uint8), UNKNOWN),
        ("of four dimensions", lambda: np.zeros((2, 9, 9, 3), np.uint8), UNKNOWN),
        ("of no row", lambda: np.zeros((0, 9), np.uint8), UNKNOWN),
        ("of four channels", lambda: np.zeros((9, 9, 4), np.uint8), UNKNOWN),
        ("of two channels", lambda: np.zeros((9, 9, 2), np.uint8), UNKNOWN),
        ("of one pixel", lambda: np.zeros((1, 1), np.uint8), READ),
        ("of numbers that are none", lambda: np.full((9, 9), np.nan), UNKNOWN),
        ("of infinities", lambda: np.full((9, 9), np.inf, np.float32), UNKNOWN),
        ("of complex numbers", lambda: np.zeros((9, 9), np.complex128), UNKNOWN),
        ("of objects", lambda: np.full((9, 9), object()), UNKNOWN),
        ("of text", lambda: np.full((9, 9), "word"), UNKNOWN),
        ("of truth", lambda: np.zeros((9, 9), np.bool_), UNKNOWN),
        ("of 16 bits", lambda: np.zeros((9, 9), np.uint16), UNKNOWN),
        ("of dates", lambda: np.zeros((9, 9), "datetime64[s]"), UNKNOWN),
        ("of records", lambda: np.zeros((9, 9), [("r", "u1"), ("g", "u1")]), UNKNOWN),
        (
            "that repeats a byte 25 million times",
            lambda: np.broadcast_to(np.uint8(9), (5000, 5000)),
            TOO_LARGE,
        ),
        (
            "that repeats a byte 2⁶⁰ times",
            lambda: np.broadcast_to(np.uint8(9), (2**30, 2**30)),
            TOO_LARGE,
        ),
        ("upside down and backwards", lambda: np.zeros((9, 9, 3), np.uint8)[::-1, ::-1], READ),
        ("with a mask", lambda: np.ma.MaskedArray(np.zeros((9, 9), np.uint8), mask=True), READ),
        ("that may not be written", _read_only, READ),
    ]
    for name, make, outcome in shapes:
        yield _case(f"array {name}", make, outcome)


def _read_only() -> Any:
    array = np.zeros((9, 9), np.uint8)
    array.setflags(write=False)
    return array


class _Odd:
    """A file object that does as it likes."""

    def __init__(self, answer: Callable[[int], object]) -> None:
        self._answer = answer
        self.name = 7

    def read(self, size: int = -1) -> object:
        return self._answer(size)


def _fails(size: int) -> bytes:
    raise OSError(5, "Input/output error")


def _dies(size: int) -> bytes:
    raise RuntimeError("a file object's own fault")


def _closed_file() -> io.BytesIO:
    file = io.BytesIO(png())
    file.close()
    return file


def _things() -> Iterator[Case]:
    things: list[tuple[str, Callable[[], Any], str]] = [
        ("None", lambda: None, NO_DOCUMENT),
        ("a number", lambda: 7, NO_DOCUMENT),
        ("a list", lambda: [1, 2], NO_DOCUMENT),
        ("no bytes", lambda: b"", CORRUPT),
        ("one byte", lambda: b"\0", UNKNOWN),
        ("bytes that can be changed", lambda: bytearray(png()), READ),
        ("a view of bytes", lambda: memoryview(png()), READ),
        ("a file that is at its end", lambda: io.BytesIO(), CORRUPT),
        ("a file of text", lambda: io.StringIO("text"), CORRUPT),
        ("a file that was closed", _closed_file, ANY),
        ("a file that fails", lambda: _Odd(_fails), ANY),
        ("a file that raises", lambda: _Odd(_dies), ANY),
        ("a file that gives nothing", lambda: _Odd(lambda size: None), CORRUPT),
        (
            "a file that gives more than was asked for",
            lambda: _Odd(lambda size: b"\0" * (size + 9)),
            TOO_LARGE,
        ),
        ("a file without end", lambda: _Odd(lambda size: b"\0" * size), ANY),
    ]
    for name, make, outcome in things:
        yield _case(name, make, outcome)
    for name, data in {
        "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "an XML that blows up": b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'aaaa'>]><l>&a;</l>",
        "a program": b"\x7fELF\2\1\1" + b"\0" * 100,
        "a ZIP": b"PK\3\4" + b"\0" * 100,
        "a gzip": b"\x1f\x8b\x08" + b"\0" * 100,
        "a PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n{ } loop",
        "a Photoshop picture": b"8BPS\0\1" + b"\0" * 100,
        "an icon": b"\0\0\1\0\1\0\x10\x10" + b"\0" * 100,
        "a Targa picture": b"\0\0\2\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff\x18\0",
        "a FITS picture": b"SIMPLE  =                    T" + b" " * 100,
        "a JPEG XL": b"\xff\x0a" + b"\0" * 100,
        "a WMF": b"\xd7\xcd\xc6\x9a" + b"\0" * 100,
        "a DDS": b"DDS |\0\0\0" + b"\xff" * 120,
        "a film": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        "a page of HTML": b"<!DOCTYPE html><html><body>404</body></html>",
        "a text": "Größe\n".encode("utf-16"),
    }.items():
        yield _case(name, partial(bytes, data), UNKNOWN)


def _small() -> Iterator[Case]:
    """Odd sizes and contents through every step."""
    pages: dict[str, Callable[[], Any]] = {
        "one pixel": lambda: np.zeros((1, 1), np.uint8),
        "one row": lambda: np.zeros((1, 3000), np.uint8),
        "one column": lambda: np.zeros((3000, 1), np.uint8),
        "two pixels in colour": lambda: np.zeros((2, 1, 3), np.uint8),
        "black": lambda: np.zeros((300, 300), np.uint8),
        "white": lambda: np.full((300, 300, 3), 255, np.uint8),
        "noise": lambda: np.random.default_rng(3).integers(0, 256, (400, 300, 3), dtype=np.uint8),
        "chequered": lambda: (np.indices((400, 400)).sum(0) % 2 * 255).astype(np.uint8),
        "one black pixel": _one_black_pixel,
    }
    for name, make in pages.items():
        yield _case(f"a page of {name} through every step", make, READ, steps=STEPS)
        yield _case(
            f"a page of {name} read offline", make, READ, local=True, memory_mb=600, cpu_s=30
        )


def _one_black_pixel() -> Any:
    page = np.full((500, 500), 255, np.uint8)
    page[250, 250] = 0
    return page
