"""What a terminal is given, and what a pipe."""

from __future__ import annotations

import os
import pty
import threading
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from notetext.cli import main

SIGNS = "\x1b[2J\x9b1m\u202eab"
"""Clears the screen, makes bold and turns the rest around."""
TEXT = SIGNS * 4
SHOWN = r"\x1b[2J\x9b1m\u202eab" * 4

# Each code of the font means one of the signs above.
_CODES = "".join(f"<{code:02X}> <{ord(sign):04X}>\n" for code, sign in enumerate(SIGNS, 65))
_CMAP = f"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /A def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
{len(SIGNS)} beginbfchar
{_CODES}endbfchar
endcmap end end"""
_DRAWN = "".join(chr(65 + SIGNS.index(sign)) for sign in TEXT)
_BOX = "/MediaBox [0 0 300 100]"
_FONT = "<< /Font << /F 5 0 R >> >>"
_CONTENT = f"BT /F 8 Tf 20 50 Td ({_DRAWN}) Tj ET"


def hostile_pdf() -> bytes:
    """A PDF whose text layer holds `TEXT`."""
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {_BOX} /Contents 4 0 R /Resources {_FONT} >>",
        f"<< /Length {len(_CONTENT)} >>\nstream\n{_CONTENT}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        f"<< /Length {len(_CMAP)} >>\nstream\n{_CMAP}\nendstream",
    ]
    made = "%PDF-1.7\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(made)
    made += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
    made += f"trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return made.encode("latin-1")


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(hostile_pdf())
    return path


def on_a_terminal(arguments: Sequence[object]) -> tuple[str, int]:
    """What a terminal is written, and the exit status."""
    ours, theirs = pty.openpty()
    written = bytearray()

    def look() -> None:
        # The terminal has gone once nobody can write to it any more: an error, on Linux.
        with suppress(OSError):
            while piece := os.read(ours, 1 << 16):
                written.extend(piece)

    looking = threading.Thread(target=look)
    looking.start()
    status = 0
    with (
        os.fdopen(theirs, "w", encoding="utf-8") as terminal,
        redirect_stdout(terminal),
        redirect_stderr(terminal),
    ):
        try:
            main(list(map(str, arguments)))
        except SystemExit as ended:
            status = int(ended.code or 0)
    looking.join()
    os.close(ours)
    return written.decode().replace("\r\n", "\n"), status


def test_a_strangers_text_layer_gives_a_terminal_no_orders(pdf: Path) -> None:
    written, status = on_a_terminal([pdf, "--mode=printed", "--quiet"])
    assert (written.strip(), status) == (SHOWN, 0)


@pytest.mark.parametrize("format_", ["json", "csv", "markdown", "hocr", "alto"])
def test_no_format_does(pdf: Path, format_: str) -> None:
    written, status = on_a_terminal([pdf, "--mode=printed", f"--format={format_}"])
    assert status == 0
    assert "ab" in written
    assert set(written) & set("\x1b\x9b\u202e") == set()


def test_a_pipe_and_a_file_get_the_text_as_it_is(pdf: Path, tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, [str(pdf), "--mode=printed", "--quiet"])
    assert ran.stdout == f"{TEXT}\n"
    CliRunner().invoke(main, [str(pdf), "--mode=printed", "--output", str(tmp_path / "a.txt")])
    assert (tmp_path / "a.txt").read_text("utf-8") == f"{TEXT}\n"


def test_a_format_that_is_no_text_is_not_for_terminals(pdf: Path) -> None:
    written, status = on_a_terminal([pdf, "--format=pdf"])
    assert status == 2
    assert "write it to a file with --output" in written
    assert "letter.pdf:" not in written


NAME = "a\x1b]0;title\x07\n\u202egpj.pdf"
CLEAN = r"a\x1b]0;title\x07\n\u202egpj.pdf"


def test_names_of_files_are_lines_wherever_they_are_told(pdf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    named = pdf.rename(folder / NAME)
    torn = folder / f"torn{NAME}"
    torn.write_bytes(b"%PDF-1.7\n")
    other = folder / f"other{NAME}.txt"
    other.write_text("no document")
    store = tmp_path / f"{NAME}.db"
    told = ""
    for arguments in (
        [folder, "--mode=printed", "--store", store],
        [folder, "--dry-run"],
        [torn],
        [named, named, "--output", other],
        ["store", "info", store],
        [f"--{NAME}"],
        ["apply", "--", NAME],
        ["read", f"{NAME}", "--language", NAME],
        ["read", NAME, "--format", NAME],
        ["read", NAME, "--output", f"x.{NAME}"],
        ["languages", "--engine", NAME],
    ):
        written, _ = on_a_terminal(arguments)
        assert set(written) & set("\x1b\x07\u202e") == set(), arguments
        assert CLEAN in written or CLEAN.replace("\\", r"\\") in written, (arguments, written)
        told += written
    assert f"torn{CLEAN}" in told
    assert f"other{CLEAN}.txt" in told
