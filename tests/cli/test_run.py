"""Runs over several documents, with an engine that reads what a picture is called for."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pikepdf
import pytest
from PIL import Image

Run = Callable[..., CompletedProcess[str]]
Install = Callable[..., None]

MEASURING = '''
from notetext.engines import Engine, Reading
from notetext.model import Line, Word

class Measuring(Engine):
    """Reads how wide a picture is."""

    name = "measuring"
    version = "1"

    def __init__(self, times: int = 1, words: tuple[str, ...] = (), secret: str | None = None):
        self.times = times
        self.words = words

    def read(self, page, request):
        words = [str(page.width)] * self.times + list(self.words)
        return Reading(lines=[Line(words=tuple(Word(text=w, confidence=1.0) for w in words))])
'''


@pytest.fixture(autouse=True)
def engine(install_part: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine named ``measuring``."""
    folder = tmp_path / "plugin"
    folder.mkdir()
    install_part(
        folder,
        "measuring_engine",
        MEASURING,
        "notetext.engines",
        "measuring = measuring_engine:Measuring",
    )
    monkeypatch.syspath_prepend(folder)
    sys.modules.pop("measuring_engine", None)


@pytest.fixture
def scans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, which is the current one, with pictures of one name in two folders."""
    folder = tmp_path / "work"
    for width, name in enumerate(["june/note.png", "july/note.png", "july/ä b.png"], 61):
        path = folder / "scans" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", (width, 40), 255).save(path)
    monkeypatch.chdir(folder)
    return folder


READ = ["--engine=measuring", "--preprocess=none", "--quiet"]


def written(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_texts_on_standard_output_are_set_apart_by_a_form_feed(run: Run, scans: Path) -> None:
    told = run("scans", *READ)
    assert (told.returncode, told.stdout, told.stderr) == (0, "62\n\f63\n\f61\n", "")


def test_json_on_standard_output_is_one_array_also_of_a_folder_of_one(
    run: Run, scans: Path
) -> None:
    told = run("scans", *READ, "--format=json")
    assert [item["source"]["name"] for item in json.loads(told.stdout)] == [
        str(Path("scans", name)) for name in ("july/note.png", "july/ä b.png", "june/note.png")
    ]
    assert len(json.loads(run("scans/june", *READ, "--format=json").stdout)) == 1
    assert isinstance(json.loads(run("scans/june/note.png", *READ, "-f", "json").stdout), dict)
    alone = run("scans/june/note.png", *READ, "-f", "json", "--merge")
    assert isinstance(json.loads(alone.stdout), list)


def test_csv_on_standard_output_has_one_head(run: Run, scans: Path) -> None:
    told = run("scans/june/note.png", "scans/july/note.png", *READ, "--format=csv")
    rows = list(csv.DictReader(io.StringIO(told.stdout, newline="")))
    assert [row["text"] for row in rows] == ["61", "62"]


def test_one_file_holds_all_documents(run: Run, scans: Path) -> None:
    assert run("scans", *READ, "-o", "all.pdf").returncode == 0
    with pikepdf.open("all.pdf") as pdf:
        assert len(pdf.pages) == 3
    assert run("scans", *READ, "-o", "all.txt").returncode == 0
    assert Path("all.txt").read_text().count("\f") == 2


def test_a_name_without_an_ending_is_a_folder_however_few_documents_there_are(
    run: Run, scans: Path
) -> None:
    assert run("scans/june/note.png", *READ, "-o", "texts").returncode == 0
    assert written(scans / "texts") == ["note.png.txt"]


def test_documents_of_one_name_keep_their_folders(run: Run, scans: Path) -> None:
    told = run("scans/june/note.png", "scans/july/note.png", *READ, "-o", "texts/")
    assert told.returncode == 0
    assert written(scans / "texts") == ["july/note.png.txt", "june/note.png.txt"]
    run("scans/june", "scans/july", *READ, "-o", "others/")
    assert written(scans / "others") == [
        "july/note.png.txt",
        "july/ä b.png.txt",
        "june/note.png.txt",
    ]


def test_several_formats_are_written_in_one_run(run: Run, scans: Path) -> None:
    assert run("scans/june", *READ, "-o", "texts/", "-f", "text, md", "-f", "json").returncode == 0
    assert written(scans / "texts") == ["note.png.json", "note.png.md", "note.png.txt"]


def test_merging_into_a_folder_gives_one_file_a_format(run: Run, scans: Path) -> None:
    assert run("scans", *READ, "-o", "texts/", "-f", "text,csv", "--merge").returncode == 0
    assert written(scans / "texts") == ["merged.csv", "merged.txt"]


def test_a_document_is_no_target(run: Run, scans: Path) -> None:
    Path("scans/june/note.pdf").write_bytes(b"%PDF-1.7\n")
    told = run("scans/june/note.pdf", *READ, "-o", "scans/june/note.pdf")
    assert told.returncode == 2
    assert "note.pdf is itself to be read" in told.stderr


def test_what_is_read_again_into_its_own_folder_grows_no_further(run: Run, scans: Path) -> None:
    for _ in range(2):
        assert run("scans/june", *READ, "-f", "pdf,text", "-o", "scans/june").returncode == 0
        assert written(scans / "scans" / "june") == [
            "note.png",
            "note.png.pdf",
            "note.png.txt",
        ]


def test_a_document_given_twice_is_read_once_into_a_folder_and_twice_into_one_text(
    run: Run, scans: Path
) -> None:
    both = ["scans/june/note.png", "scans/june/../june/note.png"]
    told = run(*both, *READ[:-1], "-o", "texts/")
    assert (told.returncode, written(scans / "texts")) == (0, ["note.png.txt"])
    assert "given twice, and read once: 1 file" in told.stderr
    assert run(*both, *READ).stdout == "61\n\f61\n"


def test_an_empty_folder_is_told_and_is_no_failure(run: Run, scans: Path) -> None:
    Path("empty").mkdir()
    told = run("empty", *READ, "--format=json")
    assert (told.returncode, told.stdout) == (0, "[]\n")
    assert "there is nothing to read" in told.stderr
    assert run("empty", *READ, "-o", "all.json").returncode == 0
    assert not Path("all.json").exists()


def test_what_fails_costs_no_other_in_one_document(run: Run, scans: Path) -> None:
    told = run("gone.png", "scans/june/note.png", *READ, "--format=json")
    assert told.returncode == 1
    assert len(json.loads(told.stdout)) == 1
    assert run("gone.png", "gone2.png", *READ, "-o", "all.txt").returncode == 1
    assert not Path("all.txt").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such pipes")
def test_a_pipe_is_read_when_it_is_named(run: Run, scans: Path) -> None:
    os.mkfifo("pipe")
    picture = Path("scans/june/note.png").read_bytes()
    writing = threading.Thread(target=Path("pipe").write_bytes, args=(picture,))
    writing.start()
    assert run("pipe", *READ).stdout == "61\n"
    writing.join()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_is_told_by_name(run: Run, scans: Path) -> None:
    told = run("scans", *READ, "-o", "/dev/full")
    assert told.returncode == 1
    assert "/dev/full cannot be written: No space left" in told.stderr


def test_the_engines_own_parameters_are_given_as_text(run: Run, scans: Path) -> None:
    note = "scans/june/note.png"
    told = run(note, *READ, "--engine-option", "times=2", "--engine-option", "words=a, b")
    assert told.stdout == "61 61 a b\n"
    for wrong, why in (
        ("times=two", "takes a whole number"),
        ("tims=2", "did you mean 'times'?"),
        ("times", "is no NAME=VALUE"),
    ):
        told = run(note, *READ, "--engine-option", wrong)
        assert told.returncode == 2
        assert why in told.stderr


def test_limits_are_amounts(run: Run, scans: Path) -> None:
    note = "scans/june/note.png"
    assert run(note, *READ, "--max-pixels=1M", "--max-file-bytes=1MiB").returncode == 0
    told = run(note, *READ, "--max-pixels=1k")
    assert told.returncode == 1
    assert "more than --max-pixels=1,000; raise it with --max-pixels" in told.stderr
    assert run(note, *READ, "--max-pixels=many").returncode == 2


def test_each_page_is_told_of_when_somebody_wants_to_know(run: Run, scans: Path) -> None:
    told = run("scans/june/note.png", *READ[:-1], "--verbose")
    assert "notetext: page 1 read by measuring" in told.stderr
    assert run("scans/june/note.png", *READ, "--verbose").returncode == 2


def test_a_command_that_is_written_wrongly_is_told(run: Run, scans: Path) -> None:
    told = run("docter")
    assert told.returncode == 2
    assert "there is no command and no file 'docter'; did you mean 'doctor'?" in told.stderr
    Path("docter").touch()
    assert "the document is empty" in run("docter").stderr


def test_ctrl_c_ends_any_command_with_its_own_status(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("notetext.cli.languages.named_engine", interrupted)
    told = run("languages")
    assert (told.returncode, told.stderr) == (130, "notetext: stopped\n")


def test_standard_input_is_read_once(run: Run, scans: Path) -> None:
    assert "given twice" in run("-", "-", *READ).stderr


def test_a_name_that_is_empty_is_no_folder(run: Run, scans: Path) -> None:
    told = run("", *READ)
    assert (told.returncode, "FILE is empty" in told.stderr) == (2, True)
