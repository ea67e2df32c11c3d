"""What nobody here can open is called by its name, and the message says what to do."""

from __future__ import annotations

import base64
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from notetext import Limits, NoteTextError
from notetext.converters import OpenOptions
from notetext.converters.named import DEFAULT_CONVERTERS, converter
from notetext.documents import Source
from notetext.documents.opening import open_document
from notetext.documents.page_range import parse_pages
from notetext.errors import InputNotFoundError, PageRangeError, UnsupportedFormatError

OPTIONS = OpenOptions(limits=Limits())
CONVERTERS = [converter(name) for name in DEFAULT_CONVERTERS]


def said_of(given: str | bytes | Path) -> str:
    with pytest.raises(NoteTextError) as caught:
        open_document(given, CONVERTERS, OPTIONS)
    assert isinstance(
        caught.value,
        UnsupportedFormatError if isinstance(given, (bytes, Path)) else InputNotFoundError,
    )
    return caught.value.message


def zipped(*names: str, size: int = 10) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"x" * size)
    return file.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", "Minutes"
    message.set_content("See the attachment.")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("data", "name", "remedy"),
    [
        (zipped("[Content_Types].xml", "word/document.xml", size=9000), "Word", "PDF"),
        (zipped("xl/workbook.xml"), "Excel", "PDF"),
        (zipped("a.txt", "b.txt"), "ZIP", "unpack"),
        (b"PK\x05\x06" + bytes(18), "ZIP", "unpack"),
        (b"\xff\x0a\xfa\x1f", "JPEG XL", "djxl"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL", "plug-in for Pillow"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "Outlook", "PDF"),
        (b"{\\rtf1 Hello}", "RTF", "PDF"),
        (mail(), "e-mail", "attachments"),
        (b"Received: from a\r\n\tby b; Mon\r\nSubject: c\r\n\r\n", "e-mail", "attachments"),
        (b'<?xml version="1.0"?>\n<svg xmlns="a"/>', "SVG", "PNG"),
        (b"<!-- drawn --><svg/>", "SVG", "PNG"),
        ("<svg/>".encode("utf-16"), "SVG", "PNG"),
        (b"\n<!DOCTYPE html><html>", "HTML", "browser"),
        (b"<?xml version='1.0'?><alto/>", "XML", "PDF"),
        (b"%!PS-Adobe-3.0", "PostScript", "ps2pdf"),
        (b"\0\0\0\x18ftypmp42", "video", "save the picture"),
        (b"\x1f\x8b\x08" + bytes(9), "gzip", "unpack"),
        (b"Dear Ms Okafor,\n\nwe confirm your order.", "text already", "no reading"),
        (base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(90)), "Base64", "b64decode"),
        (b"data:image/png;base64,iVBORw0KGgo=", "data URL", "b64decode"),
    ],
)
def test_bytes_are_called_by_their_name(data: bytes, name: str, remedy: str) -> None:
    said = said_of(data)
    assert name in said
    assert remedy in said


def test_a_file_is_called_by_its_name_too(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(zipped("ppt/presentation.xml"))
    assert "PowerPoint" in said_of(path)


def test_bytes_that_nobody_knows_are_shown_by_their_first_few() -> None:
    said = said_of(bytes(range(128, 256)) * 100)
    assert r"\x80\x81" in said
    assert len(said) < 200


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (base64.b64encode(b"\xff\xd8\xff" + bytes(100_000)).decode(), "Base64"),
        (base64.encodebytes(b"%PDF-1.7" + bytes(1000)).decode(), "Base64"),
        (base64.urlsafe_b64encode(bytes(range(255, 0, -1)) * 9).decode(), "Base64"),
        ("data:image/jpeg;base64,/9j/" + "A" * 100_000, "data URL"),
        ("memory://a.pdf", "URL"),
        ("abfs://container/a.pdf", "URL"),
        ("file:///home/me/a.pdf", "the path that it holds"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "content"),
        ("notes/2024/minutes.pdf", "no such file"),
        ("a" * 100, "no such file"),
        ("x" * 5000 + ".png", "too long"),
    ],
)
def test_a_string_that_is_no_path_is_called_what_it_is(given: str, said: str) -> None:
    assert said in said_of(given)


def test_no_message_repeats_all_that_it_was_given() -> None:
    from notetext import NoteText

    long = "A" * 100_000
    for given in (long, f"data:image/png;base64,{long}", f"s3://{long}"):
        with pytest.raises(NoteTextError) as caught:
            NoteText().recognize(given)
        assert len(str(caught.value)) < 400
        assert len(caught.value.source or "") <= 200
    with pytest.raises(PageRangeError) as refused:
        parse_pages(long, 3)
    assert len(str(refused.value)) < 300


def test_a_tilde_is_the_users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "note.png").write_bytes(b"at home")
    source = Source.of_path("~/note.png", OPTIONS.limits)
    assert (source.name, source.read()) == ("~/note.png", b"at home")
    with pytest.raises(InputNotFoundError, match="no such file"):
        Source.of_path("~nobody-is-called-so/note.png", OPTIONS.limits)


def test_a_file_whose_name_begins_with_a_tilde_is_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("~note.png").write_bytes(b"here")
    assert Source.of_path("~note.png", OPTIONS.limits).read() == b"here"
