"""``notetext watch``, in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from PIL import Image

Run = Callable[..., CompletedProcess[str]]
Open = Callable[..., Any]
CTRL_C = "\x03"


def picture(path: Path, shade: int = 200) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    other = path.with_name(f"{path.name}.part")
    Image.new("L", (60, 40), shade).save(other, "PNG")
    other.rename(path)


@pytest.mark.slow
def test_what_arrives_is_read_and_put_away_over_several_runs(
    terminal: Open, gates: Any, tmp_path: Path
) -> None:
    gates.open(*range(1, 9))
    inbox, texts, done = (tmp_path / name for name in ("inbox", "texts", "inbox/done"))
    picture(inbox / "there before.png")
    arguments = ["watch", inbox, "-o", texts, "--move-to", done, "--settle=0.1", "--every=0.2"]
    seen = terminal(*arguments, *gates.options, env=gates.env)
    seen.until("there before.png: 1 of 1 pages")
    picture(inbox / "june" / "new.png")
    seen.until("new.png: 1 of 1 pages")
    (inbox / "torn.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    seen.until("torn.png")
    picture(inbox / "torn.png")
    seen.until("torn.png: 1 of 1 pages")
    picture(inbox / "june" / "new.png", 100)
    seen.until("new.png: 1 of 1 pages")
    seen.type(CTRL_C)
    assert seen.end() == 130
    assert "Traceback" not in seen.written
    assert "notetext: stopped" in seen.written
    put_away = sorted(p.relative_to(done).as_posix() for p in done.rglob("*.png"))
    assert put_away == ["june/new-2.png", "june/new.png", "there before.png", "torn.png"]
    written = sorted(p.relative_to(texts).as_posix() for p in texts.rglob("*.txt"))
    assert written == ["june/new.png.txt", "there before.png.txt", "torn.png.txt"]


@pytest.mark.slow
def test_what_an_earlier_run_has_written_is_not_read_again(
    terminal: Open, gates: Any, tmp_path: Path
) -> None:
    gates.open(1)
    inbox, texts = tmp_path / "inbox", tmp_path / "texts"
    picture(inbox / "a.png")
    arguments = ["watch", inbox, "-o", texts, "--settle=0.1", "--every=0.2"]
    for arrived in ("a.png", "b.png"):
        if arrived == "b.png":
            picture(inbox / arrived)
        seen = terminal(*arguments, *gates.options, env=gates.env)
        seen.until(f"{arrived}: 1 of 1 pages")
        seen.type(CTRL_C)
        assert seen.end() == 130
    assert "a.png" not in seen.written.replace(str(tmp_path), "")


def test_folders_that_would_be_read_again_are_wrong_usage(run: Run, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for wrong in (["-o", inbox], ["-o", tmp_path], ["-o", tmp_path / "x", "--move-to", inbox]):
        told = run("watch", inbox, *wrong)
        assert told.returncode == 2
        assert "what is written there would be read" in told.stderr
    assert run("watch", tmp_path / "gone", "-o", tmp_path / "x").returncode == 2
    assert run("watch", inbox).returncode == 2


def test_without_watchfiles_it_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    told = run("watch", tmp_path, "-o", tmp_path / "x")
    assert told.returncode == 2
    assert 'pip install "notetext[watch]"' in told.stderr
