"""A font that can name every character and draws none."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

CELL = 1000
"""The width and the height of every glyph, in thousandths of the font's size; it has no descent."""

_CODES = 0xFFFF
# ToUnicode maps may hold so many entries in one block.
_BLOCK = 100

_TO_UNICODE = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class GlyphlessFont:
    """Gives a code to every character that a document uses, up to 65,535 of them.

    The font's only glyph is two points in opposite corners of its cell. They enclose nothing, so
    nothing is drawn even by a reader that ignores the invisible mode; but the glyph has a size,
    without which PDFium leaves out text that is turned by a quarter.
    """

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._codes: dict[str, int] = {}
        self.reference = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0))
        """The font in the document; complete after `finish`."""

    def has_room_for(self, clusters: list[str]) -> bool:
        """Whether there are codes for all of these."""
        return len(self._codes) + len(set(clusters) - self._codes.keys()) <= _CODES

    def encode(self, clusters: list[str]) -> bytes:
        """The codes of characters, two bytes each; see `clusters_of`."""
        codes = self._codes
        return b"".join(
            codes.setdefault(cluster, len(codes) + 1).to_bytes(2, "big") for cluster in clusters
        )

    def finish(self) -> None:
        """Writes the font into the document."""
        pdf = self._pdf
        file = _true_type()
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name.Glyphless,
            Flags=4,
            FontBBox=Array([0, 0, CELL, CELL]),
            ItalicAngle=0,
            Ascent=CELL,
            # Poppler takes 0 for a descent that was left out.
            Descent=-1,
            CapHeight=CELL,
            StemV=80,
            FontFile2=pdf.make_stream(file, Length1=len(file)),
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name.Glyphless,
            CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
            ),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=CELL,
            # Every code is the one glyph.
            CIDToGIDMap=pdf.make_stream(b"\0\1" * (len(self._codes) + 1)),
        )
        self.reference.BaseFont = Name.Glyphless
        self.reference.Encoding = Name("/Identity-H")
        self.reference.DescendantFonts = Array([pdf.make_indirect(descendant)])
        self.reference.ToUnicode = pdf.make_stream(self._to_unicode())

    def _to_unicode(self) -> bytes:
        lines = [
            f"<{code:04X}> <{cluster.encode('utf-16-be', 'replace').hex().upper()}>"
            for cluster, code in self._codes.items()
        ]
        blocks = []
        for start in range(0, len(lines), _BLOCK):
            block = lines[start : start + _BLOCK]
            blocks.append("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]))
        return _TO_UNICODE.format(blocks="\n".join(blocks)).encode("ascii")


class Fonts:
    """As many glyphless fonts as a document needs; nearly always one."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._fonts = [GlyphlessFont(pdf)]

    def encode(self, clusters: list[str]) -> tuple[Object, bytes]:
        """A font, and the codes of characters in it."""
        if not self._fonts[-1].has_room_for(clusters):
            self._fonts.append(GlyphlessFont(self._pdf))
        font = self._fonts[-1]
        return font.reference, font.encode(clusters)

    def finish(self) -> None:
        """Writes the fonts into the document."""
        for font in self._fonts:
            font.finish()


def clusters_of(text: str) -> Iterator[str]:
    r"""Characters with the marks that stand over or under them, from left to right as written.

    PDF text is in the order in which it stands on the paper, and readers turn words of scripts that
    run from right to left around.

    >>> from notetext.exporters.searchable_pdf.glyphless_font import clusters_of
    >>> [len(cluster) for cluster in clusters_of("a\u0302b")]
    [2, 1]
    """
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.category(character).startswith("M"):
            clusters[-1] += character
        else:
            clusters.append(character)
    if not any(unicodedata.bidirectional(cluster[0]) in {"R", "AL"} for cluster in clusters):
        return iter(clusters)
    return iter(_right_to_left(clusters))


def _right_to_left(clusters: list[str]) -> list[str]:
    """Turned around, but for numbers and Latin words in it."""
    turned: list[str] = []
    run: list[str] = []
    for cluster in reversed(clusters):
        if unicodedata.bidirectional(cluster[0]) in {"L", "EN", "AN"}:
            run.insert(0, cluster)
        else:
            turned += [*run, cluster]
            run = []
    return turned + run


def _true_type() -> bytes:
    """A TrueType file with ``.notdef`` and one glyph, and no more tables than PDF asks for."""
    # Two contours of one point each: their ends, no instructions, flags, x and y differences.
    glyph = struct.pack(">5h", 2, 0, 0, CELL, CELL)
    glyph += struct.pack(">3H2B4h", 0, 1, 0, 1, 1, 0, CELL, 0, CELL)
    tables = {
        b"glyf": glyph,
        b"head": struct.pack(
            ">4I2H2q4h2H3h",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, CELL, 0, 0),
            *(0, 0, CELL, CELL, 0, 8, 2, 0, 0),
        ),
        b"hhea": struct.pack(
            ">I3hH11hH", 0x10000, CELL, 0, 0, CELL, 0, 0, CELL, 1, 0, 0, 0, 0, 0, 0, 0, 2
        ),
        b"hmtx": struct.pack(">HhHh", CELL, 0, CELL, 0),
        b"loca": struct.pack(">3H", 0, 0, len(glyph) // 2),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 2, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    search = 16 * 2 ** (len(tables).bit_length() - 1)
    header = struct.pack(
        ">I4H",
        *(0x10000, len(tables), search, search.bit_length() - 5, 16 * len(tables) - search),
    )
    body = b""
    for tag, data in tables.items():
        padded = data + b"\0" * (-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        start = 12 + 16 * len(tables) + len(body)
        header += struct.pack(">4s3I", tag, checksum, start, len(data))
        body += padded
    return header + body
