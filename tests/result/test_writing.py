"""Files of which nobody ever finds half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
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


FULL = """
import resource, signal, sys
from notetext import Line, Page, Paragraph, RecognitionResult, Word

line = Line(words=(Word(text="x" * 1_000_000),))
page = Page(number=1, width=9, height=9, engine="x", paragraphs=(Paragraph(lines=(line,)),))
result = RecognitionResult(engine="x", mode="printed", languages=("en",), pages=(page,))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    result.save(sys.argv[1])
except OSError as error:
    print(error.strerror)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limits of resources")
def test_a_disk_that_fills_up_leaves_the_old_file_alone(target: Path) -> None:
    command = [sys.executable, "-c", FULL, str(target)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout == "File too large\n"
    assert target.read_text() == OLD
    assert list(target.parent.iterdir()) == [target]


KILLED = """
import sys
from pathlib import Path
from notetext.result.writing import write

while True:
    for text in ("a", "b"):
        write(text * 8_000_000, Path(sys.argv[1]))
        print(flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="this system ends no process like that")
def test_who_is_killed_while_writing_leaves_a_whole_file(target: Path) -> None:
    for wait_s in (0.0, 0.004, 0.008):
        writer = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(target)], stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(wait_s)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        text = target.read_text()
        assert len(text) == 8_000_000
        assert set(text) in ({"a"}, {"b"})


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
