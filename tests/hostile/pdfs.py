"""PDFs that are cut off, lie, go round, or blow up."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping

import pikepdf
from cases import ANY, READ, Case, cuts, of_bytes

from notetext import Limits

CORRUPT, TOO_LARGE, ENCRYPTED = "CorruptInputError", "InputTooLargeError", "EncryptedPdfError"

CATALOG, PAGES, PAGE, CONTENT = 1, 2, 3, 4


def stream(data: bytes, entries: str = "", length: str | None = None) -> bytes:
    """A stream object."""
    length = str(len(data)) if length is None else length
    return f"<< /Length {length} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def flate(data: bytes, entries: str = "") -> bytes:
    """A compressed stream object."""
    return stream(zlib.compress(data, 9), f"/Filter /FlateDecode {entries}")


def pdf(
    content: bytes = b"0 g 30 240 100 40 re f",
    page: str = "",
    resources: str = "",
    objects: Mapping[int, bytes] | None = None,
    trailer: str = "",
    media_box: str = "[0 0 200 100]",
    start: int | None = None,
) -> bytes:
    """A PDF of one page made by hand.

    Args:
        content: the page's stream.
        page: more entries of the page.
        resources: entries of its resources.
        objects: more objects, or others in the place of its own.
        trailer: more entries of the trailer.
        media_box: of the page.
        start: where the cross-references are said to be.
    """
    parts: dict[int, bytes] = {
        CATALOG: b"<< /Type /Catalog /Pages 2 0 R >>",
        PAGES: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE: (
            f"<< /Type /Page /Parent 2 0 R /MediaBox {media_box} /Contents 4 0 R "
            f"/Resources << {resources} >> {page} >>"
        ).encode(),
        CONTENT: stream(content),
    }
    parts |= objects or {}
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = {}
    for number, body in sorted(parts.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += f"{number} 1\n{place:010} 00000 n \n".encode()
    size = max(parts) + 1
    data += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n".encode()
    return data + f"startxref\n{table if start is None else start}\n%%EOF\n".encode()


def pdfs() -> Iterator[Case]:
    """All cases of this file."""
    yield from _cut()
    yield from _sizes()
    yield from _trees()
    yield from _encrypted()


def _cut() -> Iterator[Case]:
    whole = pdf()
    for match in re.finditer(rb"\d obj|endobj|stream|xref|trailer|startxref|%%EOF|>>", whole):
        yield from cuts(
            "pdf", whole, iter([(f"{match[0].decode()} at {match.start()}", match.start() + 2)])
        )
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole)) as document:
        document.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    packed = file.getvalue()
    for tenth in range(1, 10):
        yield from cuts(
            "pdf of object streams", packed, iter([(f"{tenth} tenths", len(packed) * tenth // 10)])
        )
    yield of_bytes("pdf of nothing but a header", b"%PDF-1.7\n", CORRUPT)
    yield of_bytes("pdf of a header and rubbish", b"%PDF-1.7\n" + bytes(range(256)) * 1000, CORRUPT)
    yield of_bytes("pdf behind 1,000 bytes of rubbish", b"x" * 1000 + whole, READ)


def _sizes() -> Iterator[Case]:
    for box, outcome in (
        ("[0 0 0 0]", ANY),
        ("[0 0 1 1]", READ),
        ("[0 0 0.0001 0.0001]", READ),
        ("[0 0 14400 14400]", READ),
        ("[0 0 1000000 1000000]", READ),
        ("[0 0 1000000000 1]", ANY),
        ("[0 0 1e38 1e38]", ANY),
        ("[0 0 3.4e38 0.1]", ANY),
        ("[-1e38 -1e38 1e38 1e38]", ANY),
        ("[0 0 99999999999999999999999999999999999999999999 9]", ANY),
        ("[200 100 0 0]", READ),
        ("[0 0 -200 -100]", READ),
        ("[0 0 nan inf]", ANY),
        ("[0 0 200]", ANY),
        ("[]", ANY),
        ("(text)", ANY),
        ("[0 0 (a) /b]", ANY),
        ("[[0] [0] [200] [100]]", ANY),
        ("null", ANY),
    ):
        yield of_bytes(f"pdf of the media box {box}", pdf(media_box=box), outcome)
    for box in ("[0 0 0 0]", "[500 500 600 600]", "[0 0 1e30 1e30]", "[10 10 10.0001 10.0001]"):
        yield of_bytes(f"pdf of the crop box {box}", pdf(page=f"/CropBox {box}"))
    for rotation in ("1", "45", "-90", "99999999999", "2147483640", "(x)"):
        yield of_bytes(f"pdf turned by {rotation}", pdf(page=f"/Rotate {rotation}"))
    for unit in ("0", "-1", "1e9", "(x)"):
        yield of_bytes(f"pdf of the user unit {unit}", pdf(page=f"/UserUnit {unit}"), READ)
    for dpi in (20.0, 10_000.0):
        yield of_bytes(f"pdf at {dpi:g} dpi", pdf(), READ, dpi=dpi)
    yield of_bytes(
        "pdf of 200 inches at 10,000 dpi", pdf(media_box="[0 0 14400 14400]"), READ, dpi=10_000
    )
    yield of_bytes(
        "pdf at the default limits",
        pdf(media_box="[0 0 14400 14400]"),
        READ,
        limits=Limits(),
        memory_mb=1300,
        cpu_s=20,
    )


def _trees() -> Iterator[Case]:
    def kids(text: str, **more: bytes) -> bytes:
        return pdf(objects={PAGES: text.encode()})

    yield of_bytes(
        "pdf that claims 2 thousand million pages",
        kids("<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"),
    )
    yield of_bytes(
        "pdf that claims 201 pages", kids("<< /Type /Pages /Kids [3 0 R] /Count 201 >>"), TOO_LARGE
    )
    yield of_bytes(
        "pdf that claims 50 pages and has one", kids("<< /Type /Pages /Kids [3 0 R] /Count 50 >>")
    )
    yield of_bytes("pdf that claims -1 pages", kids("<< /Type /Pages /Kids [3 0 R] /Count -1 >>"))
    yield of_bytes("pdf that claims no page", kids("<< /Type /Pages /Kids [3 0 R] /Count 0 >>"))
    yield of_bytes("pdf without a page", kids("<< /Type /Pages /Kids [] /Count 0 >>"), CORRUPT)
    yield of_bytes(
        "pdf whose pages are their own kids",
        kids("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 4 >>"),
    )
    yield of_bytes(
        "pdf of 201 pages that are one",
        kids(f"<< /Type /Pages /Kids [{'3 0 R ' * 201}] /Count 201 >>"),
        TOO_LARGE,
    )
    yield of_bytes(
        "pdf of 100 pages that are one",
        kids(f"<< /Type /Pages /Kids [{'3 0 R ' * 100}] /Count 100 >>"),
        ANY,
    )
    yield of_bytes("pdf whose page is a number", pdf(objects={PAGE: b"7"}))
    yield of_bytes("pdf whose page is itself", pdf(objects={PAGE: b"3 0 R"}))
    yield of_bytes("pdf whose page is missing", kids("<< /Type /Pages /Kids [99 0 R] /Count 1 >>"))
    yield of_bytes(
        "pdf whose catalog is a page", pdf(objects={CATALOG: b"<< /Type /Page >>"}), CORRUPT
    )
    deep = {
        10 + n: f"<< /Type /Pages /Kids [{11 + n} 0 R] /Count 1 >>".encode() for n in range(3000)
    }
    deep[3010] = b"<< /Type /Page /Parent 3009 0 R /MediaBox [0 0 200 100] >>"
    yield of_bytes(
        "pdf of 3,000 trees within trees",
        pdf(objects={PAGES: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>", **deep}),
    )
    wide = {
        10
        + n: f"<< /Type /Pages /Kids [{f'{11 + n} 0 R ' * 10}] /Count {10 ** (9 - n)} >>".encode()
        for n in range(9)
    }
    wide[19] = b"<< /Type /Page /MediaBox [0 0 200 100] >>"
    yield of_bytes(
        "pdf of a thousand million leaves",
        pdf(objects={PAGES: b"<< /Type /Pages /Kids [10 0 R] /Count 1000000000 >>", **wide}),
    )
    yield of_bytes(
        "pdf whose parents go round",
        pdf(
            objects={
                PAGES: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>",
                PAGE: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            }
        ),
    )


def _encrypted() -> Iterator[Case]:
    def locked(**options: object) -> bytes:
        file = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf())) as document:
            document.save(file, encryption=pikepdf.Encryption(owner="o", **options))  # type: ignore[arg-type]
        return file.getvalue()

    for revision in (2, 3, 4, 6):
        weak = {"aes": False, "metadata": False} if revision < 4 else {}
        data = locked(user="secret", R=revision, **weak)
        yield of_bytes(f"pdf encrypted by revision {revision}", data, ENCRYPTED, words="password")
        yield from cuts(
            f"pdf encrypted by revision {revision}", data, iter([("its middle", len(data) // 2)])
        )
    yield of_bytes("pdf encrypted for its owner only", locked(user=""), READ)
    for text in (
        "<< /Filter /Standard /V 99 /R 99 >>",
        "<< /Filter /Nonsense >>",
        "99 0 R",
        "<< /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -1 >>",
        "<< /Filter /Standard /V 5 /R 6 /Length 2147483647 /O (x) /U (x) /OE (x) /UE (x) /P -1 /CF << /StdCF << /CFM /AESV3 >> >> /StmF /StdCF /StrF /StdCF >>",
    ):
        yield of_bytes(f"pdf encrypted by {text[:44]}", pdf(trailer=f"/Encrypt {text}"))
