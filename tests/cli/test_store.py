"""``notetext store``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from notetext.result import Page
from notetext.store import Store, StoredPage

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with two pages and a task whose result has not come."""
    path = tmp_path / "notes.db"
    with Store(path) as store:
        for number in (1, 2):
            page = Page(number=number, width=60, height=40, engine="x")
            store.put(str(number).encode(), StoredPage(page=page))
        store.ledger.intend("task")
    return path


def figures(told: CompletedProcess[str]) -> dict[str, str]:
    """What stands behind each name."""
    assert told.returncode == 0, told.stderr
    rows = [line.rsplit(maxsplit=1) for line in told.stdout.splitlines()[1:]]
    return {name.strip(): figure for name, figure in rows}


def test_what_a_store_holds_is_told(run: Run, path: Path) -> None:
    told = run("store", "info", path)
    assert told.stdout.splitlines()[0] == str(path)
    held = figures(told)
    assert (held["pages"], held["unfinished tasks"], held["uncertain tasks"]) == ("2", "1", "0")
    assert int(held["bytes"].replace(",", "")) > 1000


def test_a_store_is_emptied_once_that_is_confirmed(run: Run, path: Path) -> None:
    refused = run("store", "clear", path, stdin="n\n")
    assert refused.returncode == 1
    assert "read, and paid, anew" in refused.stdout
    assert figures(run("store", "info", path))["pages"] == "2"
    assert run("store", "clear", path, "--yes").returncode == 0
    held = figures(run("store", "info", path))
    assert (held["pages"], held["unfinished tasks"]) == ("0", "0")


@pytest.mark.parametrize("command", ["info", "clear"])
def test_a_file_that_is_no_store_is_wrong_usage_and_stays_as_it_is(
    run: Run, tmp_path: Path, command: str
) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_text("Dear diary")
    told = run("store", command, diary, stdin="y\n")
    assert told.returncode == 2
    assert "is no store of notetext" in told.stderr
    assert diary.read_text() == "Dear diary"
    assert run("store", command, tmp_path / "gone.db").returncode == 2
