"""``--dry-run``: what would be read and submitted."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from PIL import Image

from notetext import AsposeEngine, NoteText
from notetext.cli.dry_run import describe
from notetext.errors import ConfigurationError
from notetext.testing import FakeAsposeServer, FakeEngine, NoWaiting

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A TIFF of three pages."""
    path = tmp_path / "scan.tiff"
    pages = [Image.new("L", (60, 40), shade) for shade in (10, 20, 30)]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    path.write_bytes(file.getvalue())
    return path


def test_pages_and_submissions_are_counted_and_nothing_is_sent(
    scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeAsposeServer("Hello") as server:
        engine = AsposeEngine(
            client_id="any", client_secret="any", base_url=server.url, waiting=NoWaiting()
        )
        assert not describe(
            NoteText(engine=engine), [(str(scan), str(scan))] * 2, "auto", ["en"], {"pages": "2-3"}
        )
        engine.close()
        assert server.requests == []
    assert capsys.readouterr().out.splitlines() == [
        f"{scan}: 2 of 2 pages to read, 2 submissions",
        f"{scan}: 2 of 2 pages to read, 2 submissions",
        "aspose: 4 submissions in all",
    ]


def test_what_cannot_be_opened_is_told_beside_the_rest(
    scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = NoteText(engine=FakeEngine())
    assert describe(reader, [("gone.jpg", "gone.jpg"), ("scan", str(scan))], "auto", ["en"], {})
    out, err = capsys.readouterr()
    assert "gone.jpg: there is no such file" in err
    assert "3 of 3 pages to read, 0 submissions" in out


def test_wrong_options_are_no_files_fault(scan: Path) -> None:
    with pytest.raises(ConfigurationError):
        describe(
            NoteText(engine=FakeEngine()),
            [("scan", str(scan))],
            "scribbled",  # type: ignore[arg-type]
            ["en"],
            {},
        )


def test_what_the_store_has_would_not_be_read_again(run: Run, scan: Path, tmp_path: Path) -> None:
    store = tmp_path / "notes.db"
    assert run(scan, "--pages=1", f"--store={store}", "--quiet").returncode == 0
    told = run(scan, f"--store={store}", "--dry-run")
    assert told.returncode == 0
    assert told.stdout.splitlines()[0].endswith("2 of 3 pages to read, 0 submissions")
