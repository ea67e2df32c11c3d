"""What bytes and strings are that nobody here can open, and what to do about them."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notetext.documents.source import Source

_TAIL_BYTES = 1 << 16
"""A ZIP tells at its end what is in it."""

_AS_PDF = "save it as PDF with the program that it belongs to"
_AS_PNG = "save it as PNG or JPEG with a program that opens it"
_AS_JXL = (
    "save it as PNG, such as with djxl, or open it with a plug-in for Pillow and pass the picture"
)
_UNPACK = "unpack it, and pass the files that are in it"

_BY_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\xff\x0a", "a JPEG XL picture", _AS_JXL),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "a JPEG XL picture", _AS_JXL),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document or Outlook message", _AS_PDF),
    (0, b"{\\rtf", "an RTF document", _AS_PDF),
    (0, b"%!PS", "PostScript", "make a PDF of it, such as with ps2pdf"),
    (0, b"\xc5\xd0\xd3\xc6", "PostScript (EPS)", "make a PDF of it, such as with ps2pdf"),
    (0, b"AT&TFORM", "a DjVu document", "make a PDF of it, such as with ddjvu"),
    (4, b"ftypcrx ", "a camera's raw picture", _AS_PNG),
    (0, b"FUJIFILMCCD-RAW", "a camera's raw picture", _AS_PNG),
    (0, b"8BPS", "a Photoshop picture", _AS_PNG),
    (0, b"gimp xcf", "a GIMP picture", _AS_PNG),
    (0, b"\x00\x00\x01\x00", "an icon", _AS_PNG),
    (128, b"DICM", "a DICOM picture", _AS_PNG),
    (0, b"\x97JB2\r\n\x1a\n", "a JBIG2 picture", _AS_PNG),
    (0, b"P7\n", "a PAM picture", _AS_PNG),
    (0, b"II\xbc\x01", "a JPEG XR picture", _AS_PNG),
    (4, b"ftyp", "a video or another container of MPEG-4", "save the picture in it as PNG or JPEG"),
    (0, b"\x1aE\xdf\xa3", "a video", "save the picture in it as PNG or JPEG"),
    (0, b"\x1f\x8b", "packed with gzip", _UNPACK),
    (0, b"BZh", "packed with bzip2", _UNPACK),
    (0, b"\xfd7zXZ\0", "packed with xz", _UNPACK),
    (0, b"(\xb5/\xfd", "packed with zstd", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (257, b"ustar", "a TAR archive", _UNPACK),
    (0, b"\x7fELF", "a program", "pass a document"),
    (0, b"SQLite format 3\0", "a SQLite database", "pass a document"),
)

_BY_ENTRY: tuple[tuple[bytes, str, str], ...] = (
    (b"word/", "a Word document (.docx)", _AS_PDF),
    (b"xl/", "an Excel workbook (.xlsx)", _AS_PDF),
    (b"ppt/", "a PowerPoint presentation (.pptx)", _AS_PDF),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file", _AS_PDF),
    (b"mimetypeapplication/epub+zip", "an EPUB book", _AS_PDF),
    (b"FixedDocSeq.fdseq", "an XPS document", _AS_PDF),
    (b"Index/Document.iwa", "an iWork document", _AS_PDF),
)
"""What a ZIP is, by the name of a file in it, or by its first file's whole content."""

_MAIL = re.compile(
    rb"(?:From |(?:received|return-path|delivered-to|from|to|subject|date|message-id|mime-version|"
    rb"content-type|x-[a-z-]+):[ \t])[^\n]*\n(?:[ \t][^\n]*\n)*[A-Za-z-]+:",
    re.IGNORECASE,
)
_DATA_URL = re.compile(r"\s*data:[\w.+-]*/?[\w.+-]*[;,]", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_PROBE = 64
_CERTAINLY_NO_NAME = 256
"""No file system that matters has a name without a slash as long as that, in characters."""


def what_bytes_are(source: Source) -> str | None:
    """Names bytes that no converter knows, and says what to do about them, or ``None``."""
    head = source.head()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _what_a_zip_is(head + _tail(source))
    for at, magic, name, remedy in _BY_MAGIC:
        if head.startswith(magic, at):
            return f"this is {name}; {remedy}"
    return _what_text_is(head)


def what_a_string_is(given: str) -> str | None:
    """Names a string that is no path, and says what to do about it, or ``None``.

    >>> from notetext.documents.foreign_formats import what_a_string_is
    >>> what_a_string_is("data:image/png;base64,iVBORw0KGgo=")
    'this is a data URL, not a path; pass base64.b64decode(…) of what follows its comma'
    """
    if _DATA_URL.match(given[:200]):
        return "this is a data URL, not a path; pass base64.b64decode(…) of what follows its comma"
    if given[:10].lower().startswith("file://"):
        return "this is a URL, and notetext fetches nothing; pass the path that it holds"
    if _SCHEME.match(given[:_PROBE]):
        return "this is a URL, and notetext fetches nothing; download it and pass a path or bytes"
    if _is_base64(given):
        return "this looks like Base64, not like a path; pass base64.b64decode(…) of it"
    if given.lstrip()[:5] in {"<svg ", "<?xml", "<html", "<!DOC", "%PDF-"}:
        return "this is a document's content, not a path; pass it as bytes"
    return None


def _what_a_zip_is(seen: bytes) -> str:
    for entry, name, remedy in _BY_ENTRY:
        if entry in seen:
            return f"this is {name}; {remedy}"
    return f"this is a ZIP archive; {_UNPACK}"


def _tail(source: Source) -> bytes:
    with source.open() as file:
        file.seek(max(0, source.size - _TAIL_BYTES))
        return file.read(_TAIL_BYTES)


def _what_text_is(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    low = text[:1024].lower()
    if low.startswith((b"<", b"<?xml")) and b"<svg" in text.lower():
        return f"this is an SVG drawing; {_AS_PNG}, or print it to a PDF"
    if low.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "this is an HTML page; print it to a PDF with a browser"
    if low.startswith(b"<?xml"):
        return "this is XML; print it to a PDF, or pass the picture that it describes"
    if low.startswith(b"data:") and _DATA_URL.match(low[:200].decode("latin-1")):
        return "this is a data URL; pass base64.b64decode(…) of what follows its comma"
    if _MAIL.match(text):
        return "this is an e-mail; pass its attachments, or print it to a PDF"
    if b"\0" in head:
        return None
    if _is_base64(text.decode("latin-1")):
        return "this looks like Base64; pass base64.b64decode(…) of it"
    if _is_text(head):
        return "this is text already; it needs no reading"
    return None


def _is_text(head: bytes) -> bool:
    if len(head) < 16 or any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
        return False
    try:
        # The head may end within a character.
        head[:-4].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_base64(text: str) -> bool:
    """Whether a string can be Base64 and no name: by what it decodes to, or by its length."""
    start = "".join(text[: 2 * _PROBE].split())[:_PROBE]
    if not _BASE64.fullmatch(start):
        return False
    whole = start[: len(start) // 4 * 4].translate(str.maketrans("-_", "+/"))
    try:
        head = base64.b64decode(whole, validate=True)
    except binascii.Error:
        return False
    known = (b"\xff\xd8\xff", b"\x89PNG", b"%PDF-", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"PK\3\4")
    if head.startswith(known) or head[4:8] == b"ftyp":
        return True
    return len(text) > _CERTAINLY_NO_NAME and _BASE64.fullmatch("".join(text.split())) is not None
