"""The command line on folders: several processes, a store, and a run that is interrupted."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from notetext.testing import FakeAsposeServer

pytestmark = pytest.mark.slow


def notetext(*arguments: object) -> tuple[int, str, str]:
    """Runs ``notetext``; returns the exit status, standard output and standard error."""
    command = [sys.executable, "-m", "notetext", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True)
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode()


@pytest.fixture
def scans(tmp_path: Path, notes: Path) -> Path:
    """A folder with notes, a folder in it, and what is no note."""
    folder = tmp_path / "scans"
    (folder / "june").mkdir(parents=True)
    shutil.copy(notes / "shopping.jpg", folder / "list.jpg")
    shutil.copy(notes / "shopping.jpg", folder / "june" / "list.jpg")
    (folder / "june" / ".hidden.jpg").write_bytes(b"x")
    (folder / "readme.txt").write_text("scanned in June")
    return folder


def test_a_folder_is_read_with_all_below_it_into_the_same_places(
    scans: Path, tmp_path: Path
) -> None:
    status, out, err = notetext(scans, "--output", tmp_path / "out")
    assert (status, out) == (0, "")
    written = sorted(p.relative_to(tmp_path / "out") for p in (tmp_path / "out").rglob("*.*"))
    assert written == [Path("june/list.jpg.txt"), Path("list.jpg.txt")]
    assert "1 file, such as" in err


def test_a_pattern_is_for_shells_that_leave_it_alone(scans: Path) -> None:
    status, out, err = notetext(scans / "**" / "*.jpg")
    assert status == 0
    assert out.count("Shopping list") == 2
    assert out.count("\f") == 1
    assert err.count("1 of 1 pages") == 2


def test_a_pattern_that_nothing_goes_with_is_a_missing_file(scans: Path) -> None:
    status, _, err = notetext(scans / "*.tif")
    assert status == 1
    assert "there is no such file" in err


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_goes_on_where_it_was(
    scans: Path, notes: Path, tmp_path: Path, stop: signal.Signals
) -> None:
    for number, name in enumerate(["letter", "minutes", "printed"] * 2):
        picture = (notes / f"{name}.jpg").read_bytes()
        # What follows the end of a JPEG makes another document of it.
        (scans / f"{number}.jpg").write_bytes(picture + bytes([number]))
    out, store = tmp_path / "out", tmp_path / "notes.db"
    arguments = [str(scans), "--workers=2", f"--store={store}", f"--output={out}"]
    run = subprocess.Popen(
        [sys.executable, "-m", "notetext", *arguments], stderr=subprocess.PIPE, text=True
    )
    while run.poll() is None and not list(out.glob("*.txt")):
        time.sleep(0.05)
    run.send_signal(stop)
    _, told = run.communicate(timeout=60)
    assert run.returncode == 128 + stop
    assert f"stopped; go on with --store {store}" in told
    assert "Traceback" not in told
    before = len(list(out.rglob("*.txt")))
    assert before < 8
    assert notetext(*arguments)[0] == 0
    assert len(list(out.rglob("*.txt"))) == 8
    status, held, _ = notetext("store", "info", store)
    assert status == 0
    # Two of the eight documents are the same.
    assert "pages                       7" in held


def test_no_more_pages_are_sent_than_were_allowed(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "notes.db"
    with FakeAsposeServer("Hello") as server:
        monkeypatch.setenv("ASPOSE_BASE_URL", server.url)
        monkeypatch.setenv("ASPOSE_CLIENT_ID", "any")
        monkeypatch.setenv("ASPOSE_CLIENT_SECRET", "any")
        files = [notes / f"{name}.jpg" for name in ("letter", "minutes", "printed")]
        arguments = [*files, "--engine=aspose", "--max-submissions=1", f"--store={store}"]
        for done in (1, 2, 3):
            status, out, err = notetext(*arguments)
            assert len(server.submissions) == done
            assert out == "\f".join(["Hello\n"] * done)
            assert err.count("max_submissions=1 allows no more tasks") == 3 - done
            assert status == (done < 3)
    assert "submissions                 3" in notetext("store", "info", store)[1]


def test_a_file_that_is_no_store_is_wrong_usage(notes: Path) -> None:
    note = notes / "shopping.txt"
    status, _, err = notetext(notes / "shopping.jpg", f"--store={note}")
    assert status == 2
    assert "is no store of notetext" in err


def test_a_file_that_cannot_be_written_costs_itself_and_the_exit_status(
    scans: Path, tmp_path: Path
) -> None:
    (tmp_path / "out" / "june" / "list.jpg.txt").mkdir(parents=True)
    (scans / "torn.pdf").write_bytes(b"")
    status, _, err = notetext(scans, "--output", tmp_path / "out")
    assert status == 1
    assert "list.jpg.txt cannot be written: there is a folder of that name" in err
    assert "torn.pdf: the document is empty" in err
    assert (tmp_path / "out" / "list.jpg.txt").read_text().startswith("Shopping list")
