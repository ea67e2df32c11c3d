"""BMPs, WebPs, HEIFs, AVIFs, JPEG 2000s and Netpbms that are cut off, lie, or blow up."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from cases import ANY, READ, Case, cuts, of_bytes
from pictures import CORRUPT, TOO_LARGE, encoded, noise


def other_pictures() -> Iterator[Case]:
    """All cases of this file."""
    yield from _bmp()
    yield from _webp()
    yield from _heif()
    yield from _avif()
    yield from _jpeg_2000()
    yield from _netpbm()


def bmp(
    width: int = 8,
    height: int = 8,
    bits: int = 24,
    compression: int = 0,
    colours: int = 0,
    header_size: int = 40,
    offset: int = 54,
    pixels: bytes = b"\x80" * 192,
) -> bytes:
    """A BMP made by hand."""
    info = struct.pack(
        "<IiiHHIIiiII", header_size, width, height, 1, bits, compression, 0, 0, 0, colours, 0
    )
    return b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, offset) + info + pixels


def _bmp() -> Iterator[Case]:
    whole = bmp()
    for place, at in (("its header", 8), ("its size", 20), ("its depth", 29), ("its pixels", 100)):
        yield from cuts("bmp", whole, iter([(place, at)]))
    yield of_bytes("bmp as it should be", whole, READ)
    yield of_bytes("bmp upside down", bmp(height=-8), READ)
    yield of_bytes("bmp of 2³¹-1 columns", bmp(width=2**31 - 1, height=2**31 - 1), TOO_LARGE)
    yield of_bytes("bmp of -2³¹ rows", bmp(height=-(2**31)), TOO_LARGE)
    yield of_bytes("bmp of a negative width", bmp(width=-8))
    yield of_bytes("bmp of no size", bmp(0, 0), CORRUPT)
    yield of_bytes("bmp of 7 bits", bmp(bits=7), CORRUPT)
    yield of_bytes("bmp of 2³¹ colours", bmp(bits=8, colours=2**31))
    yield of_bytes("bmp of a header of 4 GB", bmp(header_size=2**32 - 1), CORRUPT)
    yield of_bytes("bmp whose pixels begin beyond its end", bmp(offset=2**31))
    yield of_bytes("bmp of an unknown compression", bmp(compression=99), CORRUPT)
    yield of_bytes(
        "bmp whose runs go over its edge",
        bmp(bits=8, compression=1, pixels=b"\0" * 1024 + b"\xff\1" * 500, offset=1078),
    )
    yield of_bytes(
        "bmp whose runs jump",
        bmp(bits=8, compression=1, pixels=b"\0" * 1024 + b"\0\2\xff\xff" * 500, offset=1078),
    )
    yield of_bytes("bmp of 4,400×4,400 without pixels", bmp(4400, 4400), CORRUPT)


def _webp() -> Iterator[Case]:
    whole = encoded(noise(), "WEBP")
    rich = encoded(noise().convert("RGBA"), "WEBP", lossless=True, exif=b"Exif\0\0" + b"x" * 50)
    for data, what in ((whole, "webp"), (rich, "webp with EXIF")):
        for at in (13, 16, 20, 25, 30, 60, len(data) // 2, len(data) - 4):
            yield from cuts(what, data, iter([(f"byte {at}", at)]))
    yield of_bytes("webp whose size is a lie", whole[:4] + b"\xff\xff\xff\xff" + whole[8:])
    yield of_bytes("webp of a chunk that nobody knows", whole[:12] + b"????" + whole[16:], CORRUPT)
    canvas = b"\xff\xff\xff" * 2
    at = rich.index(b"VP8X") + 12
    yield of_bytes("webp of a canvas of 2²⁴×2²⁴", rich[:at] + canvas + rich[at + 6 :])
    frames = [noise(16, 16)] * 300
    yield of_bytes(
        "webp of 300 frames",
        encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:]),
        READ,
    )


def _heif() -> Iterator[Case]:
    import pillow_heif

    file = io.BytesIO()
    pillow_heif.from_pillow(noise(64, 64)).save(file)
    whole = file.getvalue()
    for at in (13, 20, 30, 60, 100, 200, 300, len(whole) // 2, len(whole) - 8):
        yield from cuts("heic", whole, iter([(f"byte {at}", at)]))
    size = whole.index(b"ispe") + 8
    for width, height, outcome in (
        (65_535, 65_535, ANY),
        (2**31, 2**31, ANY),
        (0, 0, ANY),
        (64, 2_000_000, ANY),
    ):
        lie = whole[:size] + struct.pack(">II", width, height) + whole[size + 8 :]
        yield of_bytes(f"heic that claims {width}×{height}", lie, outcome)
    locations = whole.index(b"iloc")
    yield of_bytes(
        "heic whose pixels are elsewhere",
        whole[: locations + 12] + b"\xff" * 16 + whole[locations + 28 :],
    )
    yield of_bytes("heic of boxes within boxes", whole[:24] + b"\0\0\0\x08meta" * 100_000)
    yield of_bytes("heic of a box of no size", whole[:24] + b"\0\0\0\0meta" + whole[32:])
    yield of_bytes(
        "heic of a box of 2⁶⁴ bytes", whole[:24] + b"\0\0\0\1meta" + b"\xff" * 8 + whole[40:]
    )
    yield of_bytes("heic of nothing but a brand", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", CORRUPT)


def _avif() -> Iterator[Case]:
    whole = encoded(noise(64), "AVIF")
    for place, at in (("its brand", 14), ("its boxes", 100), ("its pixels", len(whole) - 200)):
        yield from cuts("avif", whole, iter([(place, at)]))
    yield of_bytes("avif as it should be", whole, READ)
    at = whole.index(b"ispe") + 8
    for name, size, outcome in (
        ("30,000×30,000", (30_000, 30_000), f"{TOO_LARGE}|{CORRUPT}"),
        ("2³²-1 columns", (2**32 - 1, 2**32 - 1), f"{TOO_LARGE}|{CORRUPT}"),
        ("no size", (0, 0), CORRUPT),
        ("another size than its pixels", (4000, 4000), ANY),
    ):
        lying = whole[:at] + struct.pack(">II", *size) + whole[at + 8 :]
        yield of_bytes(f"avif of {name}", lying, outcome)


def _jpeg_2000() -> Iterator[Case]:
    whole = encoded(noise(64), "JPEG2000")
    bare = whole[whole.index(b"\xff\x4f\xff\x51") :]
    for place, at in (("its header", 40), ("its codestream", 120), ("its pixels", len(whole) // 2)):
        yield from cuts("jpeg 2000", whole, iter([(place, at)]))
    yield of_bytes("jpeg 2000 as it should be", whole, READ)
    yield of_bytes("jpeg 2000 without boxes", bare, READ)
    box, siz = whole.index(b"ihdr") + 4, whole.index(b"\xff\x51") + 6
    for name, size, outcome in (
        ("30,000×30,000", (30_000, 30_000), TOO_LARGE),
        ("2³¹ columns", (2**31, 2**31), f"{TOO_LARGE}|{CORRUPT}"),
        ("4,000×4,000 that are 64", (4000, 4000), ANY),
    ):
        boxed = whole[:box] + struct.pack(">II", *size) + whole[box + 8 :]
        yield of_bytes(f"jpeg 2000 of {name}", boxed, outcome)
        # The codestream says it another time.
        inside = whole[:siz] + struct.pack(">II", *size) + whole[siz + 8 :]
        yield of_bytes(f"jpeg 2000 of {name} in its codestream", inside, ANY)
    yield of_bytes(
        "jpeg 2000 of tiles of no size", whole[: siz + 16] + bytes(8) + whole[siz + 24 :], ANY
    )


def _netpbm() -> Iterator[Case]:
    yield of_bytes("pgm as it should be", b"P5 64 64 255\n" + bytes(64 * 64), READ)
    yield of_bytes("pgm in numbers", b"P2 8 8 9\n" + b"7 " * 64, READ)
    yield of_bytes("ppm of 60,000×60,000", b"P6 60000 60000 255\n" + bytes(100), TOO_LARGE)
    yield of_bytes("pbm of 60,000×60,000 in digits", b"P1 60000 60000\n" + b"1" * 100, TOO_LARGE)
    yield of_bytes("pgm of 4,400×4,400 without pixels", b"P5 4400 4400 255\n", CORRUPT)
    yield of_bytes("pgm of no size", b"P5 0 0 255\n", CORRUPT)
    yield of_bytes("pgm of more levels than there are", b"P5 8 8 70000\n" + bytes(128), CORRUPT)
    yield of_bytes("pgm of a number of a million digits", b"P5 " + b"1" * 1_000_000, CORRUPT)
    yield of_bytes(
        "pgm behind a comment of 60 MB", lambda: b"P5 #\n 8 #" + b"x" * 60_000_000, CORRUPT
    )
    yield of_bytes(
        "pgm of a million comments", b"P2 8 8 9\n" + b"#\n1 " * 1_000_000 + b"1 " * 64, READ
    )
    yield of_bytes(
        "ppm of 10 million pixels in numbers",
        lambda: b"P3 3200 3200 255\n" + b"1 " * (3 * 3200 * 3200),
        READ,
    )
    yield of_bytes("pgm of unusual depth", lambda: b"P5 4400 4400 100\n" + bytes(4400 * 4400), READ)
    yield of_bytes("ppm of words", b"P3 8 8 255\n" + b"one " * 192, CORRUPT)
