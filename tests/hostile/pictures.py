"""PNGs and JPEGs that are cut off, lie, or blow up; what other pictures are made with."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from functools import cache

import numpy as np
from cases import ANY, READ, Case, cuts, of_bytes
from PIL import Image

from notetext import Limits

CORRUPT, TOO_LARGE = "CorruptInputError", "InputTooLargeError"


def noise(width: int = 40, height: int = 30) -> Image.Image:
    """A picture that no compression makes small."""
    dice = np.random.default_rng(7)
    return Image.fromarray(dice.integers(0, 255, (height, width, 3), dtype=np.uint8))


def encoded(image: Image.Image, format: str, **options: object) -> bytes:
    """The picture as a file."""
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


@cache
def bomb() -> bytes:
    """400 MB of zeros in 400 kB."""
    return zlib.compress(bytes(400_000_000), 9)


def pictures() -> Iterator[Case]:
    """All cases of this file."""
    yield from _png()
    yield from _jpeg()


def chunk(kind: bytes, data: bytes, crc: int | None = None) -> bytes:
    """A chunk of a PNG."""
    check = zlib.crc32(kind + data) if crc is None else crc
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def png(
    width: int = 8,
    height: int = 8,
    depth: int = 8,
    colour: int = 0,
    interlace: int = 0,
    rows: bytes | None = None,
    packed: bytes | None = None,
    before: bytes = b"",
    after: bytes = b"",
) -> bytes:
    """A PNG made by hand."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    rows = (b"\0" + b"\x80" * width) * height if rows is None else rows
    image = chunk(b"IDAT", zlib.compress(rows) if packed is None else packed)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + image + after + chunk(b"IEND", b"")
    )


def _png_places(data: bytes) -> Iterator[tuple[str, int]]:
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind = data[at + 4 : at + 8].decode()
        yield f"the length of {kind}", at + 2
        yield f"the data of {kind}", at + 8 + length // 2
        yield f"the checksum of {kind}", at + 8 + length + 2
        at += 12 + length


def _png() -> Iterator[Case]:
    rich = Image.Exif()
    rich[0x0112] = 6
    whole = encoded(noise().quantize(16), "PNG", dpi=(150, 150), exif=rich)
    yield from cuts("png", whole, _png_places(whole))
    many = chunk(b"tEXt", b"note\0" + b"x" * 100) * 20_000
    yield of_bytes(
        "png of 2.5 thousand million pixels", png(50_000, 50_000, 1, rows=b""), TOO_LARGE
    )
    yield of_bytes("png of 2³¹-1 columns", png(2**31 - 1, 1, rows=b"\0"), TOO_LARGE)
    yield of_bytes("png of no column", png(0, 8), CORRUPT)
    yield of_bytes("png of no row", png(8, 0), CORRUPT)
    yield of_bytes("png of a negative size", png(2**32 - 1, 2**32 - 1, rows=b""), TOO_LARGE)
    yield of_bytes("png whose pixels are missing", png(4000, 4000, rows=b"\0\0"), CORRUPT)
    yield of_bytes("png with too many pixels", png(8, 8, rows=b"\0" * 1_000_000), READ)
    yield of_bytes("png of depth 3", png(depth=3), CORRUPT)
    yield of_bytes("png of colour type 5", png(colour=5), CORRUPT)
    yield of_bytes("png of a palette that is missing", png(colour=3), ANY)
    yield of_bytes("png of filter 9", png(rows=(b"\x09" + b"\x80" * 8) * 8), CORRUPT)
    yield of_bytes("png interlaced by 7", png(interlace=7))
    yield of_bytes("png with a wrong checksum", png().replace(b"IHDR", b"IHDR", 1)[:-1] + b"!")
    yield of_bytes(
        "png with a profile of 400 MB",
        lambda: png(before=chunk(b"iCCP", b"icc\0\0" + bomb())),
        CORRUPT,
    )
    yield of_bytes(
        "png with a text of 400 MB",
        lambda: png(before=chunk(b"zTXt", b"note\0\0" + bomb())),
        CORRUPT,
    )
    yield of_bytes("png with 20,000 texts", png(before=many), ANY)
    yield of_bytes("png with 20,000 texts behind", png(after=many), ANY)
    yield of_bytes("png whose pixels go on for 400 MB", lambda: png(packed=bomb()), READ)
    yield of_bytes(
        "png of one row in 20 million columns",
        lambda: png(20_000_000, 1, 1, rows=b"\0" * 2_500_001),
        READ,
    )
    yield of_bytes(
        "png of one column in 20 million rows",
        lambda: png(1, 20_000_000, 1, rows=b"\0\0" * 20_000_000),
        READ,
        memory_mb=500,  # Pillow keeps the address of every row
    )
    yield of_bytes(
        "png of 12,000×12,000 in 20 kB, within the default limits",
        lambda: png(12_000, 12_000, 1, rows=b"\0" * (1501 * 12_000)),
        READ,
        limits=Limits(),
        memory_mb=500,
    )
    frames = chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
    yield of_bytes("png animated for ever", png(before=frames), ANY)
    exif = chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\xff\xff\xff\xff\0\0\0\0")
    yield of_bytes("png whose EXIF points away", png(before=exif), READ)
    yield of_bytes(
        "png of an absurd resolution", png(before=chunk(b"pHYs", b"\xff" * 8 + b"\1")), READ
    )


def _jpeg_places(data: bytes) -> Iterator[tuple[str, int]]:
    at = 2
    while at < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        yield f"the length of {marker:02x} at {at}", at + 3
        yield f"the segment {marker:02x} at {at}", at + 2 + length // 2
        at += 2 + length
        if marker == 0xDA:
            break
    yield "its first pixels", at + 20
    yield "its last pixels", len(data) - 40


def _jpeg() -> Iterator[Case]:
    whole = encoded(noise(), "JPEG", dpi=(200, 200))
    yield from cuts("jpeg", whole, _jpeg_places(whole))
    frame = whole.index(b"\xff\xc0")
    yield of_bytes(
        "jpeg of 65,500×65,500",
        whole[: frame + 5] + b"\xff\xdc\xff\xdc" + whole[frame + 9 :],
        TOO_LARGE,
    )
    yield of_bytes(
        "jpeg larger than its pixels", whole[: frame + 5] + b"\x0f\xa0\x0f\xa0" + whole[frame + 9 :]
    )
    yield of_bytes(
        "jpeg of no size", whole[: frame + 5] + b"\0\0\0\0" + whole[frame + 9 :], CORRUPT
    )
    yield of_bytes(
        "jpeg of 9 components", whole[: frame + 9] + b"\x09" + whole[frame + 10 :], CORRUPT
    )
    yield of_bytes("jpeg of 12 bits", whole[: frame + 4] + b"\x0c" + whole[frame + 5 :])
    yield of_bytes("jpeg lossless", whole[: frame + 1] + b"\xc3" + whole[frame + 2 :], CORRUPT)
    yield of_bytes(
        "jpeg that sets one restart after another", whole[:2] + b"\xff\xdd\0\4\0\1" + whole[2:]
    )
    yield of_bytes(
        "jpeg of 50 MB of comments",
        lambda: whole[:2] + (b"\xff\xfe\xff\xff" + b"x" * 65_533) * 760 + whole[2:],
        READ,
    )
    exif = (
        b"Exif\0\0MM\0*\0\0\0\x08"
        + struct.pack(">H", 65_535)
        + b"\x01\x12\0\x03\0\0\0\1\0\6\0\0" * 5000
    )
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    yield of_bytes("jpeg whose EXIF claims 65,535 entries", whole[:2] + segment + whole[2:], READ)
    loop = b"Exif\0\0II*\0\x08\0\0\0\1\0\x69\x87\4\0\1\0\0\0\x08\0\0\0\x08\0\0\0"
    yield of_bytes(
        "jpeg whose EXIF goes round",
        whole[:2] + b"\xff\xe1" + struct.pack(">H", len(loop) + 2) + loop + whole[2:],
        READ,
    )
    for value in (0, 9, 65_535):
        odd = (
            b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\x03\0\0\0\1"
            + struct.pack(">H", value)
            + b"\0\0\0\0\0\0"
        )
        yield of_bytes(
            f"jpeg of orientation {value}",
            whole[:2] + b"\xff\xe1" + struct.pack(">H", len(odd) + 2) + odd + whole[2:],
            READ,
        )
    for what, one in (
        ("EXIF", b"\xff\xe1\0\x09Exif\0\0x"),
        ("nothing", b"\xff\xe1\0\x02"),
        ("rubbish", b"\xff" * 10),
    ):
        many = whole[:2] + one * 2_000_000 + whole[2:]
        yield of_bytes(f"jpeg of 2 million times {what}", many, CORRUPT)
    scans = encoded(noise(200, 200), "JPEG", progressive=True)
    start = scans.rindex(b"\xff\xda")
    yield of_bytes("jpeg of 3,000 scans", scans[:start] + scans[start:-2] * 3000 + scans[-2:])
    yield of_bytes("jpeg of the first bytes only", b"\xff\xd8\xff", CORRUPT)
    yield of_bytes("jpeg that goes on with rubbish", whole + b"\0" * 1_000_000, READ)
    yield of_bytes("jpeg in CMYK", encoded(noise().convert("CMYK"), "JPEG"), READ)
    mpo = encoded(noise(), "MPO", save_all=True, append_images=[noise()])
    yield of_bytes("mpo whose index is rubbish", mpo.replace(b"MPF\0", b"MPF\0\xff\xff", 1), READ)
