"""Files of which nobody ever finds half."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notetext import Language, Mode, RecognitionResult
from notetext.errors import NoteTextError
from notetext.exporters import Exporter, PageImages
from notetext.result.writing import write

OLD = "what stood there before"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(OLD)
    return path


def test_text_is_utf_8_and_bytes_are_as_they_are(target: Path) -> None:
    write("håndskrift\n", target)
    assert target.read_bytes() == "håndskrift\n".encode()
    write(b"\xff\x00\r\n", target)
    assert target.read_bytes() == b"\xff\x00\r\n"
    assert list(target.parent.iterdir()) == [target]


def test_text_that_cannot_be_written_leaves_the_old_file_alone(target: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write("half of it \udcff", target)
    assert target.read_text() == OLD
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_in_the_way_is_an_error_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "note.txt").mkdir()
    with pytest.raises(OSError, match=r"note\.txt"):
        write("text", tmp_path / "note.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
    assert list((tmp_path / "note.txt").iterdir()) == []


CUT_SHORT = """
import resource, signal, sys
from notetext import Line, Page, Paragraph, RecognitionResult, Word

line = Line(words=(Word(text="x" * 1_000_000),))
page = Page(number=1, width=9, height=9, engine="x", paragraphs=(Paragraph(lines=(line,)),))
result = RecognitionResult(engine="x", mode="printed", languages=("en",), pages=(page,))
signal.signal(signal.SIGXFSZ, getattr(signal, sys.argv[2]))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    result.save(sys.argv[1])
except OSError as error:
    print(error.strerror)
"""
"""Saves a result in a process that may write a tenth of it."""

unix = pytest.mark.skipif(sys.platform == "win32", reason="this system has no limits of resources")


@unix
def test_a_disk_that_fills_up_leaves_the_old_file_alone(target: Path) -> None:
    command = [sys.executable, "-c", CUT_SHORT, str(target), "SIG_IGN"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout == "File too large\n"
    assert target.read_text() == OLD
    assert list(target.parent.iterdir()) == [target]


@unix
def test_who_is_killed_while_writing_leaves_the_old_file_alone(target: Path) -> None:
    command = [sys.executable, "-c", CUT_SHORT, str(target), "SIG_DFL"]
    killed = subprocess.run(command, check=False)
    assert killed.returncode == -signal.SIGXFSZ
    assert target.read_text() == OLD
    write("new", target)
    assert target.read_text() == "new"


def test_threads_that_write_the_same_file_leave_what_one_of_them_wrote(target: Path) -> None:
    texts = [str(number) * 100_000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: write(text, target), texts))
    assert target.read_text() in texts
    assert list(target.parent.iterdir()) == [target]


@unix
def test_a_link_stays_a_link_and_a_file_keeps_its_permissions(target: Path) -> None:
    target.chmod(0o640)
    link = target.with_name("link.txt")
    link.symlink_to(target)
    write("new", link)
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


class Torn(Exporter):
    """Fails as it was told."""

    name = "torn"
    suffixes = (".torn",)

    def __init__(self, error: Exception | None) -> None:
        self._error = error

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        if self._error is not None:
            raise self._error
        return "whole \udcff"


@pytest.mark.parametrize("error", [NoteTextError("torn"), KeyError("torn"), None])
def test_a_result_that_cannot_be_saved_leaves_the_old_file_alone(
    target: Path, error: Exception | None
) -> None:
    result = RecognitionResult(engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,))
    with pytest.raises((NoteTextError, KeyError, UnicodeEncodeError)):
        result.save(target, format=Torn(error))
    assert target.read_text() == OLD
    assert list(target.parent.iterdir()) == [target]
