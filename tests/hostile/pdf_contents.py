"""PDFs whose objects, streams and drawings lie, go round, or blow up."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from cases import ANY, READ, Case, of_bytes
from pdfs import CATALOG, CONTENT, flate, pdf, stream
from pictures import bomb


def pdf_contents() -> Iterator[Case]:
    """All cases of this file."""
    yield from _references()
    yield from _streams()
    yield from _drawing()


def _references() -> Iterator[Case]:
    whole = pdf()
    table = whole.rindex(b"xref\n0 1")
    yield of_bytes("pdf whose cross-references are nowhere", pdf(start=10**9), READ)
    yield of_bytes("pdf whose cross-references are at -1", pdf(start=-1))
    yield of_bytes("pdf whose cross-references go round", pdf(trailer=f"/Prev {table}"))
    yield of_bytes(
        "pdf whose older references are beyond its end", pdf(trailer="/Prev 99999999999")
    )
    yield of_bytes("pdf of 2³¹ objects", whole.replace(b"/Size 5", b"/Size 2147483647"))
    yield of_bytes(
        "pdf whose references claim 4 thousand million objects",
        whole.replace(b"xref\n0 1", b"xref\n0 4294967295"),
    )
    yield of_bytes("pdf without a root", whole.replace(b"/Root 1 0 R", b""), ANY)
    yield of_bytes(
        "pdf of two trailers that disagree", whole + whole.replace(b"/Root 1", b"/Root 4")
    )
    yield of_bytes(
        "pdf whose length is itself", pdf(objects={CONTENT: stream(b"0 g", length="4 0 R")})
    )
    yield of_bytes(
        "pdf whose length is 2³¹", pdf(objects={CONTENT: stream(b"0 g", length="2147483647")})
    )
    yield of_bytes(
        "pdf whose length is negative", pdf(objects={CONTENT: stream(b"0 g", length="-5")})
    )
    yield of_bytes("pdf of references that go round", pdf(objects={CONTENT: b"5 0 R", 5: b"4 0 R"}))
    objects = b"5 0 6 3 " + b"<< >> << >>"
    yield of_bytes(
        "pdf whose object stream is in itself",
        pdf(objects={5: stream(objects, "/Type /ObjStm /N 2 /First 8 /Extends 5 0 R")}),
    )
    yield of_bytes(
        "pdf of an object stream of 2³¹ objects",
        pdf(objects={5: stream(objects, "/Type /ObjStm /N 2147483647 /First 8")}),
    )
    table_stream = stream(
        b"\1" * 20, "/Type /XRef /Size 5 /W [1 2147483647 2147483647] /Root 1 0 R"
    )
    yield of_bytes(
        "pdf of references as wide as 2³¹",
        b"%PDF-1.7\n1 0 obj\n" + table_stream + b"\nendobj\nstartxref\n9\n%%EOF",
    )
    yield of_bytes(
        "pdf of 20,000 arrays in arrays", pdf(objects={5: b"[" * 20_000}, page="/X 5 0 R")
    )
    yield of_bytes(
        "pdf of 20,000 dictionaries in dictionaries", pdf(page="/X " + "<< /X " * 20_000)
    )
    yield of_bytes("pdf of a name of a megabyte", pdf(page="/" + "x" * 1_000_000))
    yield of_bytes(
        "pdf linearized by a lie",
        whole.replace(
            b"1 0 obj\n<<", b"1 0 obj\n<< /Linearized 1 /L 9 /H [1 2] /O 3 /E 4 /N 2147483647 /T 5"
        ),
    )
    yield of_bytes(
        "pdf of a script that opens",
        pdf(
            objects={
                CATALOG: b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while(1);) >> >>"
            }
        ),
        READ,
    )
    yield of_bytes(
        "pdf that starts a program",
        pdf(
            objects={
                CATALOG: b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >> >>"
            }
        ),
        READ,
    )
    form = b"<< /Fields [5 0 R] /XFA 5 0 R >>"
    yield of_bytes(
        "pdf of a form that is its own child",
        pdf(
            objects={
                CATALOG: b"<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R >>",
                5: b"<< /FT /Tx /T (a) /Kids [5 0 R] /Parent 5 0 R >>",
                6: form,
            }
        ),
    )
    yield of_bytes(
        "pdf of notes that answer each other",
        pdf(
            page="/Annots [5 0 R 6 0 R]",
            objects={
                5: b"<< /Subtype /Popup /Rect [0 0 9 9] /Parent 6 0 R >>",
                6: b"<< /Subtype /Text /Rect [0 0 9 9] /Popup 5 0 R /IRT 6 0 R >>",
            },
        ),
        READ,
    )
    yield of_bytes(
        "pdf of 50,000 notes",
        pdf(
            page="/Annots [" + "5 0 R " * 50_000 + "]",
            objects={5: b"<< /Subtype /Ink /Rect [0 0 9 9] /InkList [[0 0 9 9]] >>"},
        ),
    )


def picture(entries: str, data: bytes, *, width: int = 40, height: int = 40) -> bytes:
    """A PDF of one picture."""
    head = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} "
    return pdf(
        b"200 0 0 100 0 0 cm /Im Do",
        resources="/XObject << /Im 5 0 R >>",
        objects={5: stream(data, head + entries)},
    )


def _streams() -> Iterator[Case]:
    grey = "/ColorSpace /DeviceGray /BitsPerComponent 8 "
    yield of_bytes(
        "pdf of 400 MB of blanks in 400 kB",
        lambda: pdf(objects={CONTENT: flate(b" " * 400_000_000)}),
        ANY,
        memory_mb=1000,
        cpu_s=30,
    )
    yield of_bytes(
        "pdf of a picture of 400 MB in 400 kB",
        lambda: picture(grey + "/Filter /FlateDecode", bomb(), width=20_000, height=20_000),
        ANY,
        memory_mb=1000,
        cpu_s=30,
    )
    yield of_bytes(
        "pdf of a picture of 2³¹ columns",
        picture(grey, b"\0" * 100, width=2**31 - 1, height=2**31 - 1),
    )
    yield of_bytes("pdf of a picture of no size", picture(grey, b"\0", width=0, height=0), READ)
    yield of_bytes(
        "pdf of a picture of negative size", picture(grey, b"\0", width=-4, height=-4), READ
    )
    yield of_bytes(
        "pdf of a picture of 99 bits",
        picture("/ColorSpace /DeviceGray /BitsPerComponent 99", b"\0" * 100),
        READ,
    )
    yield of_bytes(
        "pdf of a picture that is its own mask", picture(grey + "/SMask 5 0 R", b"\0" * 1600)
    )
    yield of_bytes(
        "pdf of a palette of 2³¹ colours",
        picture(
            "/ColorSpace [/Indexed /DeviceRGB 2147483647 (abc)] /BitsPerComponent 8", b"\xff" * 1600
        ),
    )
    yield of_bytes(
        "pdf of colours of themselves",
        picture(
            "/ColorSpace [/Indexed 6 0 R 255 (abc)] /BitsPerComponent 8", b"\xff" * 1600
        ).replace(b"%%EOF", b"")
        + b"6 0 obj [/Indexed 6 0 R 255 (abc)] endobj",
    )
    yield of_bytes(
        "pdf of a hundred filters",
        picture(grey + "/Filter [" + "/ASCIIHexDecode " * 100 + "]", b"30" * 400),
    )
    yield of_bytes(
        "pdf of a filter that nobody knows", picture(grey + "/Filter /Nonsense", b"x" * 1600), READ
    )
    for name in (
        "DCTDecode",
        "JPXDecode",
        "JBIG2Decode",
        "CCITTFaxDecode",
        "LZWDecode",
        "RunLengthDecode",
        "ASCII85Decode",
    ):
        yield of_bytes(
            f"pdf of rubbish in {name}",
            picture(grey + f"/Filter /{name}", bytes(range(256)) * 8),
            READ,
        )
    fax = (
        grey.replace("8", "1")
        + "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {} /Rows {} >>"
    )
    yield of_bytes(
        "pdf of a fax of 2³¹ columns", picture(fax.format(2**31 - 1, 2**31 - 1), b"\0" * 100)
    )
    yield of_bytes("pdf of a fax of negative columns", picture(fax.format(-1, -1), b"\0" * 100))
    png = (
        grey
        + "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 99 >>"
    )
    yield of_bytes("pdf of a predictor of 2³¹ columns", picture(png, zlib.compress(b"\0" * 2000)))
    nested = b"\0" * 30_000_000
    for _ in range(3):
        nested = zlib.compress(nested, 9)
    yield of_bytes(
        "pdf of flate in flate in flate",
        picture(grey + "/Filter [" + "/FlateDecode " * 3 + "]", nested),
    )
    yield of_bytes("pdf of a content that is no stream", pdf(objects={CONTENT: b"(text)"}), READ)
    yield of_bytes(
        "pdf of 50,000 contents",
        pdf(objects={CONTENT: b"[" + b"5 0 R " * 50_000 + b"]", 5: stream(b"q Q ")}),
    )


def _levels(draws: int, levels: int) -> dict[int, bytes]:
    """Forms that draw forms that draw forms."""
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 200 100] "
    forms = {
        10 + level: stream(
            b"/F Do " * draws, entries + f"/Resources << /XObject << /F {11 + level} 0 R >> >>"
        )
        for level in range(levels)
    }
    forms[10 + levels] = stream(b"0 0 1 1 re f", entries)
    return forms


def _drawing() -> Iterator[Case]:
    form = "/XObject << /F 10 0 R >>"
    yield of_bytes(
        "pdf of a form that draws itself",
        pdf(
            b"/F Do",
            resources=form,
            objects={
                10: stream(
                    b"/F Do /F Do",
                    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 10 0 R >> >>",
                )
            },
        ),
        "EngineTimeoutError|EngineError|ProcessDiedError",
        endless=True,
    )
    yield of_bytes(
        "pdf of 100 forms within forms", pdf(b"/F Do", resources=form, objects=_levels(1, 100))
    )
    yield of_bytes(
        "pdf of a thousand drawings by three forms",
        pdf(b"/F Do", resources=form, objects=_levels(10, 3)),
        READ,
    )
    yield of_bytes("pdf of 50,000 states saved", pdf(b"q " * 50_000), READ)
    yield of_bytes("pdf of 50,000 states restored", pdf(b"Q " * 50_000), READ)
    yield of_bytes(
        "pdf of a path of 500,000 segments",
        lambda: pdf(b"0 0 m " + b"9 9 l 0 9 l " * 250_000 + b"f"),
        ANY,
    )
    yield of_bytes("pdf of dashes of nothing", pdf(b"[0 0] 0 d 0 0 m 200 100 l S"))
    yield of_bytes(
        "pdf of tiny dashes on a long line", pdf(b"[0.0001 0.0001] 0 d 0 0 m 1e6 1e6 l S")
    )
    yield of_bytes("pdf of a matrix of nothing", pdf(b"0 0 0 0 0 0 cm 0 0 9 9 re f"), READ)
    yield of_bytes(
        "pdf of a matrix of 1e38", pdf(b"1e38 1e38 1e38 1e38 1e38 1e38 cm 0 0 9 9 re f"), READ
    )
    yield of_bytes("pdf of numbers that are none", pdf(b"nan inf -- +-+ 1e99999 ...... re f"), READ)
    tiles = stream(
        b"0 0 1 1 re f",
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001 /Resources << >>",
    )
    yield of_bytes(
        "pdf of tiles a thousandth wide",
        pdf(
            b"/Pattern cs /P scn 0 0 200 100 re f",
            resources="/Pattern << /P 5 0 R >>",
            objects={5: tiles},
        ),
        "EngineTimeoutError|EngineError|ProcessDiedError",
        endless=True,
    )
    yield of_bytes(
        "pdf of tiles of no width",
        pdf(
            b"/Pattern cs /P scn 0 0 200 100 re f",
            resources="/Pattern << /P 5 0 R >>",
            objects={5: tiles.replace(b"0.001", b"0.000")},
        ),
        cpu_s=30,
    )
    shade = "/Shading << /S << /ShadingType {} /ColorSpace /DeviceGray /Coords [0 0 0 0 0 1e30] /Domain [0 1] /Function {} >> >>"
    program = stream(
        b"{ " + b"dup mul " * 1000 + b"}", "/FunctionType 4 /Domain [0 1] /Range [0 1]"
    )
    for kind in (1, 2, 3, 4, 5, 6, 7, 99):
        yield of_bytes(
            f"pdf of the shading {kind}",
            pdf(b"/S sh", resources=shade.format(kind, "5 0 R"), objects={5: program}),
        )
    yield of_bytes(
        "pdf of a function of itself",
        pdf(
            b"/S sh",
            resources=shade.format(2, "5 0 R"),
            objects={
                5: b"<< /FunctionType 3 /Domain [0 1] /Functions [5 0 R 5 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>"
            },
        ),
    )
    font = "/Font << /F << /Type /Font /Subtype /{} /BaseFont /X {} >> >>"
    text = b"BT /F 12 Tf 20 20 Td (words of a strange font) Tj ET"
    rubbish = {
        5: b"<< /Type /FontDescriptor /FontName /X /FontFile2 6 0 R /FontFile 6 0 R /FontFile3 6 0 R >>",
        6: stream(bytes(range(256)) * 20),
    }
    for font_kind in ("Type1", "TrueType", "Type0", "Type3", "MMType1", "Nonsense"):
        yield of_bytes(
            f"pdf of a broken {font_kind} font",
            pdf(text, resources=font.format(font_kind, "/FontDescriptor 5 0 R"), objects=rubbish),
        )
    yield of_bytes(
        "pdf of letters that draw themselves",
        pdf(
            text,
            resources="/Font << /F 5 0 R >>",
            objects={
                5: b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> /Encoding << /Differences [119 /a] >> /FirstChar 0 /LastChar 255 /Widths [] /Resources << /Font << /F 5 0 R >> >> >>",
                6: stream(text),
            },
        ),
    )
    plain = font.format("Type1", "")
    yield of_bytes(
        "pdf of letters of 1e30 points", pdf(text.replace(b"12 Tf", b"1e30 Tf"), resources=plain)
    )
    yield of_bytes(
        "pdf of letters of no size", pdf(text.replace(b"12 Tf", b"0 Tf"), resources=plain)
    )
    yield of_bytes(
        "pdf of a million letters",
        lambda: pdf(b"BT /F 1 Tf 1 1 Td (" + b"word " * 200_000 + b") Tj ET", resources=plain),
        ANY,
        cpu_s=30,
        memory_mb=600,
    )
    yield of_bytes(
        "pdf of a map of letters to surrogates",
        pdf(
            text,
            resources=font.format("Type1", "/ToUnicode 5 0 R"),
            objects={
                5: stream(
                    b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <d800> endbfrange"
                )
            },
        ),
    )
    yield of_bytes(
        "pdf of a map of letters to line breaks",
        pdf(
            text,
            resources=font.format("Type1", "/ToUnicode 5 0 R"),
            objects={
                5: stream(
                    b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <0000> endbfrange"
                )
            },
        ),
    )
    yield of_bytes(
        "pdf of a transparency that masks itself",
        pdf(
            b"/G gs 0 0 200 100 re f",
            resources="/ExtGState << /G 5 0 R >>",
            objects={
                5: b"<< /SMask << /S /Luminosity /G 6 0 R >> >>",
                6: stream(
                    b"/G gs 0 0 9 9 re f",
                    "/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Group << /S /Transparency >> /Resources << /ExtGState << /G 5 0 R >> >>",
                ),
            },
        ),
    )
