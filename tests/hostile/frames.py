"""GIFs and TIFFs, which have frames: cut off, lying, or blowing up."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from cases import ANY, READ, Case, cuts, of_bytes
from pictures import CORRUPT, TOO_LARGE, bomb, encoded, noise
from PIL.TiffImagePlugin import ImageFileDirectory_v2


def frames() -> Iterator[Case]:
    """All cases of this file."""
    yield from _gif()
    yield from _tiff()


def gif(
    width: int = 16,
    height: int = 16,
    frames: int = 1,
    place: tuple[int, int, int, int] = (0, 0, 1, 1),
    blocks: bytes | None = None,
    disposal: int = 0,
    code_bits: int = 2,
    end: bytes = b";",
) -> bytes:
    """A GIF made by hand; by default its codes are clear, 0, end."""
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    control = b"\x21\xf9\4" + bytes([disposal << 2]) + b"\0\0\0\0"
    descriptor = b"," + struct.pack("<HHHHB", *place, 0)
    blocks = b"\2\x44\1\0" if blocks is None else blocks
    return b"GIF89a" + screen + (control + descriptor + bytes([code_bits]) + blocks) * frames + end


def _two_faced_gif() -> bytes:
    """After an extension without blocks, Pillow takes the next frame for one more block.

    What it finds behind that, a frame of 84 million pixels, is to others the first frame's pixels.
    """
    plain = gif(frames=3)
    screen, rest = plain[:19], plain[19:]
    huge = b"," + struct.pack("<HHHHB", 0, 0, 60_000, 1_400, 0) + b"\2\2\x44\1\0"
    block = (bytes(33) + b"\0" + huge).ljust(255, b"\0")
    first = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2\xff" + block + b"\0"
    return screen + b"!\1\0" + first + rest


def _gif() -> Iterator[Case]:
    frames = [noise(16, 16).quantize(4) for _ in range(3)]
    whole = encoded(
        frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100, disposal=2
    )
    for place, at in (
        ("its version", 4),
        ("its screen", 9),
        ("its palette", 16),
        ("the first frame's control", whole.index(b"\x21\xf9") + 3),
        ("the first frame's place", whole.index(b",") + 4),
        ("the first frame's pixels", whole.index(b",") + 30),
        ("the last frame's control", whole.rindex(b"\x21\xf9") + 3),
        ("the last frame's pixels", len(whole) - 20),
        ("its end", len(whole) - 1),
    ):
        yield from cuts("gif", whole, iter([(place, at)]))
    yield of_bytes("gif of 65,535×65,535", gif(65_535, 65_535), TOO_LARGE)
    yield of_bytes("gif with a huge frame that only Pillow sees", _two_faced_gif(), ANY)
    yield of_bytes(
        "gif whose frame is larger than its screen",
        gif(8, 8, place=(0, 0, 65_535, 65_535)),
        TOO_LARGE,
    )
    yield of_bytes(
        "gif whose frame lies off its screen", gif(place=(65_000, 65_000, 500, 500)), TOO_LARGE
    )
    yield of_bytes("gif of no size", gif(0, 0, place=(0, 0, 0, 0)), CORRUPT)
    yield of_bytes("gif of a frame of no size", gif(place=(0, 0, 0, 0)))
    yield of_bytes("gif of 201 frames", gif(frames=201), TOO_LARGE)
    yield of_bytes("gif of 100,000 frames", gif(frames=100_000), TOO_LARGE)
    yield of_bytes("gif of 20 frames on a large screen", gif(4400, 4400, frames=20), READ, cpu_s=30)
    yield of_bytes(
        "gif of 20 frames on a large screen that is put back",
        gif(4400, 4400, frames=20, disposal=3),
        READ,
        cpu_s=30,
    )
    yield of_bytes("gif of 12 code bits", gif(code_bits=12))
    yield of_bytes("gif of 255 code bits", gif(code_bits=255), CORRUPT)
    yield of_bytes("gif without an end", gif(end=b""))
    yield of_bytes("gif whose blocks never end", gif(blocks=b"\xff" + b"\x44" * 300, end=b""))
    yield of_bytes(
        "gif of 20 MB of comments",
        lambda: gif(end=b"\x21\xfe" + (b"\xff" + b"x" * 255) * 80_000 + b"\0;"),
    )
    whole = gif()
    rubbish = whole[:19] + bytes(20_000_000) + whole[19:]
    yield of_bytes("gif of 20 MB of rubbish before its frame", rubbish, CORRUPT)
    yield of_bytes("gif without a frame", gif(frames=0), ANY)


_SHORT, _LONG = 3, 4


def tiff(
    entries: dict[int, tuple[int, list[int]]] | None = None,
    strip: bytes = b"\x80" * 64,
    next_at: int | None = None,
) -> bytes:
    """A TIFF of one grey strip made by hand, little-endian; ``entries`` go over its own."""
    tags: dict[int, tuple[int, list[int]]] = {
        256: (_LONG, [8]),
        257: (_LONG, [8]),
        258: (_SHORT, [8]),
        259: (_SHORT, [1]),
        262: (_SHORT, [1]),
        273: (_LONG, [8]),
        277: (_SHORT, [1]),
        278: (_LONG, [8]),
        279: (_LONG, [len(strip)]),
    }
    tags |= entries or {}
    start = 8 + len(strip)
    body = struct.pack("<H", len(tags))
    spill_at = start + 2 + 12 * len(tags) + 4
    spill = b""
    for tag, (kind, values) in sorted(tags.items()):
        packed = struct.pack(f"<{len(values)}{'H' if kind == _SHORT else 'I'}", *values)
        if len(packed) > 4:
            field = struct.pack("<I", spill_at + len(spill))
            spill += packed
        else:
            field = packed.ljust(4, b"\0")
        body += struct.pack("<HHI", tag, kind, len(values)) + field
    body += struct.pack("<I", 0 if next_at is None else next_at)
    return b"II*\0" + struct.pack("<I", start) + strip + body + spill


def chain(count: int, more: int = 0) -> bytes:
    """A TIFF of so many pages of one pixel, which share it, with so many entries of no use."""
    data = b"II*\0" + struct.pack("<I", 9) + b"\x80"
    entries = 9 + more
    size = 2 + entries * 12 + 4
    rest = b"".join(struct.pack("<HHII", 1000 + n, _LONG, 1, n) for n in range(more))
    for number in range(count):
        tags = [
            (256, 1),
            (257, 1),
            (258, 8),
            (259, 1),
            (262, 1),
            (273, 8),
            (277, 1),
            (278, 1),
            (279, 1),
        ]
        data += struct.pack("<H", entries)
        data += b"".join(struct.pack("<HHII", tag, _LONG, 1, value) for tag, value in tags)
        data += rest + struct.pack("<I", 9 + size * (number + 1) if number + 1 < count else 0)
    return data


def _tiff() -> Iterator[Case]:
    whole = tiff()
    start = 8 + 64
    for place, at in (
        ("its order", 3),
        ("its first offset", 6),
        ("its pixels", 40),
        ("the number of entries", start + 1),
        *((f"entry {n}", start + 2 + 12 * n + 6) for n in range(9)),
        ("the next offset", len(whole) - 2),
    ):
        yield from cuts("tiff", whole, iter([(place, at)]))
    yield of_bytes("tiff as it should be", whole, READ)
    yield of_bytes("tiff whose pages go round", tiff(next_at=start), ANY)
    yield of_bytes("tiff whose next page is its header", tiff(next_at=2), ANY)
    yield of_bytes("tiff whose next page is beyond its end", tiff(next_at=2**32 - 1))
    yield of_bytes("tiff of 201 pages", chain(201), TOO_LARGE)
    yield of_bytes("tiff of 50,000 pages", chain(50_000), TOO_LARGE)
    yield of_bytes("tiff of 200 pages", chain(200), READ)
    yield of_bytes("tiff of 60 pages of 10,000 entries", lambda: chain(60, 10_000), READ, cpu_s=30)
    yield of_bytes(
        "tiff of 4 thousand million pixels",
        tiff({256: (_LONG, [65_535]), 257: (_LONG, [65_535])}),
        TOO_LARGE,
    )
    yield of_bytes("tiff of 2³²-1 columns", tiff({256: (_LONG, [2**32 - 1])}), TOO_LARGE)
    yield of_bytes("tiff of no column", tiff({256: (_LONG, [0])}), CORRUPT)
    yield of_bytes("tiff whose strip is beyond its end", tiff({273: (_LONG, [2**31])}), CORRUPT)
    yield of_bytes("tiff whose strip claims 4 GB", tiff({279: (_LONG, [2**32 - 1])}))
    yield of_bytes("tiff whose strip has no byte", tiff({279: (_LONG, [0])}))
    yield of_bytes("tiff of no rows a strip", tiff({278: (_LONG, [0])}))
    yield of_bytes("tiff of 2³²-1 rows a strip", tiff({278: (_LONG, [2**32 - 1])}), READ)
    yield of_bytes("tiff of no bits", tiff({258: (_SHORT, [0])}), CORRUPT)
    yield of_bytes("tiff of 65,535 bits", tiff({258: (_SHORT, [65_535])}), CORRUPT)
    yield of_bytes("tiff of 65,535 samples", tiff({277: (_SHORT, [65_535])}), CORRUPT)
    yield of_bytes(
        "tiff of 9 bits a sample, three of them",
        tiff({258: (_SHORT, [9, 9, 9]), 277: (_SHORT, [3])}),
        CORRUPT,
    )
    yield of_bytes("tiff of an unknown compression", tiff({259: (_SHORT, [4711])}), CORRUPT)
    for code, what in (
        (2, "CCITT"),
        (3, "fax 3"),
        (4, "fax 4"),
        (5, "LZW"),
        (6, "old JPEG"),
        (7, "JPEG"),
        (8, "deflate"),
        (32773, "PackBits"),
        (34661, "JBIG"),
        (34925, "LZMA"),
        (50000, "Zstandard"),
        (50001, "WebP"),
    ):
        yield of_bytes(
            f"tiff of rubbish in {what}", tiff({259: (_SHORT, [code])}, strip=bytes(range(64)))
        )
    yield of_bytes("tiff of 400 MB in deflate", lambda: tiff({259: (_SHORT, [8])}, strip=bomb()))
    yield of_bytes("tiff of a palette that is missing", tiff({262: (_SHORT, [3])}))
    yield of_bytes(
        "tiff of a palette of one colour", tiff({262: (_SHORT, [3]), 320: (_SHORT, [1, 2, 3])})
    )
    yield of_bytes(
        "tiff of tiles of no size",
        tiff({322: (_LONG, [0]), 323: (_LONG, [0]), 324: (_LONG, [8]), 325: (_LONG, [64])}),
    )
    yield of_bytes(
        "tiff of tiles of 2³¹ columns",
        tiff({322: (_LONG, [2**31]), 323: (_LONG, [2**31]), 324: (_LONG, [8]), 325: (_LONG, [64])}),
    )
    yield of_bytes("tiff of orientation 9", tiff({274: (_SHORT, [9])}), READ)
    yield of_bytes(
        "tiff of resolution 1/0",
        tiff({296: (_SHORT, [2]), 282: (_LONG, [1]), 283: (_LONG, [0])}),
        READ,
    )
    yield of_bytes(
        "tiff of a million entries in one tag",
        lambda: tiff({50_000: (_LONG, list(range(1_000_000)))}),
        READ,
    )
    yield of_bytes("tiff with EXIF that goes round", tiff({34665: (_LONG, [start])}), READ)
    yield of_bytes("tiff whose entries are of no known type", tiff({256: (99, [8])}))
    yield of_bytes(
        "tiff of 64 bits whose offset is beyond", b"II+\0\x08\0\0\0" + b"\xff" * 8, CORRUPT
    )
    directory = ImageFileDirectory_v2()
    directory[700] = b"<x:xmpmeta>" + b"x" * 1_000_000
    yield of_bytes(
        "tiff with a megabyte of XMP", lambda: encoded(noise(), "TIFF", tiffinfo=directory), READ
    )
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "jpeg", "group4", "packbits", "zstd"):
        image = noise().convert("1") if compression == "group4" else noise()
        packed = encoded(image, "TIFF", compression=compression)
        yield of_bytes(
            f"tiff in {compression} with its middle missing", packed[:200] + packed[400:]
        )
        yield of_bytes(
            f"tiff in {compression} with ones in its middle",
            packed[:300] + b"\xff" * 100 + packed[400:],
        )
