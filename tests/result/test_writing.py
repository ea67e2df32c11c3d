"""Files of which nobody ever finds half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notetext import Language, Mode, RecognitionResult
from notetext.errors import ExportError, NoteTextError
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
    with pytest.raises(ExportError, match=r"note\.txt cannot be written: there is a folder"):
        write("text", tmp_path / "note.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
    assert list((tmp_path / "note.txt").iterdir()) == []


CUT_SHORT = """
import resource, signal, sys
from notetext import Line, Page, Paragraph, RecognitionResult, Word
from notetext.errors import ExportError

line = Line(words=(Word(text="x" * 1_000_000),))
page = Page(number=1, width=9, height=9, engine="x", paragraphs=(Paragraph(lines=(line,)),))
result = RecognitionResult(engine="x", mode="printed", languages=("en",), pages=(page,))
signal.signal(signal.SIGXFSZ, getattr(signal, sys.argv[2]))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    result.save(sys.argv[1])
except ExportError as error:
    print(error)
"""
"""Saves a result in a process that may write a tenth of it."""

unix = pytest.mark.skipif(sys.platform == "win32", reason="this system has no limits of resources")


@unix
@pytest.mark.parametrize("names", [1, 2])
def test_a_disk_that_fills_up_leaves_the_old_file_alone(target: Path, names: int) -> None:
    # A file with a second name is not replaced but written into.
    for _ in range(1, names):
        target.with_name("note2.txt").hardlink_to(target)
    command = [sys.executable, "-c", CUT_SHORT, str(target), "SIG_IGN"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout == f"{target} cannot be written: File too large\n"
    assert target.read_text() == OLD
    assert len(list(target.parent.iterdir())) == names


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
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_an_existing_file_keeps_its_permissions(target: Path, mode: int) -> None:
    target.chmod(mode)
    write("new", target)
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == mode


@unix
def test_a_new_file_has_the_permissions_that_the_umask_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write("new", tmp_path / "note.txt")
    finally:
        os.umask(before)
    assert (tmp_path / "note.txt").stat().st_mode & 0o777 == 0o640


@unix
def test_a_link_stays_a_link_and_what_it_leads_to_is_written(target: Path, tmp_path: Path) -> None:
    target.chmod(0o640)
    first, second = tmp_path / "link.txt", tmp_path / "link2.txt"
    first.symlink_to("note.txt")
    second.symlink_to(first)
    write("new", second)
    assert first.is_symlink()
    assert second.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


@unix
def test_a_link_that_leads_to_nothing_yet_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to("later/note.txt")
    write("new", link)
    assert link.is_symlink()
    assert (tmp_path / "later" / "note.txt").read_text() == "new"


@unix
def test_links_in_a_circle_are_an_error(tmp_path: Path) -> None:
    for one, other in ("ab", "ba"):
        (tmp_path / one).symlink_to(other)
    with pytest.raises(ExportError, match="a cannot be written"):
        write("text", tmp_path / "a")


@unix
def test_a_file_with_two_names_keeps_both(target: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").hardlink_to(target)
    write("new", target)
    assert (tmp_path / "other.txt").read_text() == "new"
    assert target.samefile(tmp_path / "other.txt")


@unix
def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "note.txt"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(pipe.read_bytes)
        write("håndskrift", pipe)
        assert heard.result().decode() == "håndskrift"
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@unix
def test_what_standard_output_is_led_to_is_gone_on_with(target: Path, tmp_path: Path) -> None:
    # `(echo …; notetext note.jpg --output /dev/stdout) > note.txt`, and a link to that.
    (tmp_path / "link.txt").symlink_to("/dev/stdout")
    program = "import sys, pathlib; from notetext.result.writing import write; "
    program += "write('+', pathlib.Path(sys.argv[1]))"
    for given in ("/dev/stdout", str(tmp_path / "link.txt")):
        with target.open("ab") as file:
            subprocess.run([sys.executable, "-c", program, given], stdout=file, check=True)
    assert target.read_text() == OLD + "++"


@unix
def test_a_device_stays_a_device() -> None:
    write("text", Path("/dev/null"))
    assert Path("/dev/null").is_char_device()
    with pytest.raises(ExportError, match="full cannot be written: No space left"):
        write("text", Path("/dev/full"))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("x" * 300 + ".txt", "too long|too many|annot"),
        ("no\0te.txt", "null"),
        ("note.txt/a", "file"),
    ],
)
def test_a_name_that_no_file_can_have_is_an_error(target: Path, name: str, why: str) -> None:
    with pytest.raises(ExportError, match=rf"cannot be written: .*({why})"):
        write("text", target.parent / name)
    assert list(target.parent.iterdir()) == [target]


def test_a_name_as_long_as_names_can_be_is_none(tmp_path: Path) -> None:
    write("text", tmp_path / ("x" * 251 + ".txt"))
    assert [len(path.name) for path in tmp_path.iterdir()] == [255]


AS_ANOTHER = """
import os, pathlib, sys
from notetext.errors import ExportError
from notetext.result.writing import write

if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    write("new", pathlib.Path(sys.argv[1]))
except ExportError as error:
    print(error)
"""
"""Writes a file as somebody who may not do everything."""


@unix
@pytest.mark.parametrize(
    ("of_folder", "of_file", "said"),
    [
        (0o555, 0o666, ""),  # in which no file can be made beside the old one
        (0o777, 0o444, "note.txt cannot be written: it may not be written"),
        (0o777, 0o666, ""),  # if root runs this test, of an owner that another cannot keep
    ],
)
def test_a_file_is_written_that_may_be_written_and_no_other(
    of_folder: int, of_file: int, said: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = folder / "note.txt"
        target.write_text("something old")
        target.chmod(of_file)
        folder.chmod(of_folder)
        before = target.stat()
        command = [sys.executable, "-c", AS_ANOTHER, str(target)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        folder.chmod(0o777)
        after = target.stat()
        assert ran.stdout.strip() == (said and f"{folder}/{said}")
        assert target.read_text() == ("something old" if said else "new")
        assert (after.st_mode, after.st_uid) == (before.st_mode, before.st_uid)
        assert list(folder.iterdir()) == [target]


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
