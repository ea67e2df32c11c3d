"""Progress and Ctrl-C, in a real terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

pytestmark = pytest.mark.slow

Open = Callable[..., Any]
CTRL_C = "\x03"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A TIFF of three pages, whose name has a blank."""
    path = tmp_path / "my scan.tiff"
    pages = [Image.new("L", (60, 40), shade) for shade in (10, 20, 30)]
    pages[0].save(path, "TIFF", save_all=True, append_images=pages[1:])
    return path


def test_pages_are_counted_with_their_total_as_they_are_read(
    terminal: Open, gates: Any, scan: Path
) -> None:
    seen = terminal(scan, *gates.options, env=gates.env)
    seen.until("0/3")
    gates.open(1)
    seen.until("1/3")
    gates.open(2)
    assert "pages/s" in seen.until("2/3") or "s/ pages" in seen.written
    gates.open(3)
    assert seen.end() == 0
    shown = seen.written.rpartition("\r")[2]
    assert "page-1\n\npage-2\n\npage-3" in seen.written.replace("\r\n", "\n")
    assert "/3" not in shown


def test_pages_that_other_processes_read_are_counted_too(
    terminal: Open, gates: Any, scan: Path
) -> None:
    seen = terminal(scan, scan, "--workers=2", *gates.options, env=gates.env)
    seen.until("0/6")
    gates.open(1)  # of each of the two processes
    seen.until("2/6")
    gates.open(2, 3)
    assert seen.end() == 0


def test_nobody_who_looks_away_is_shown_any(gates: Any, scan: Path) -> None:
    gates.open(1, 2, 3)
    command = [sys.executable, "-m", "notetext", str(scan), *gates.options]
    ran = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | gates.env, check=True
    )
    assert ran.stderr.startswith(f"{scan}: 3 of 3 pages, 3 words")
    assert len(ran.stderr.splitlines()) == 1


def test_quiet_shows_none_on_a_terminal(terminal: Open, gates: Any, scan: Path) -> None:
    gates.open(1, 2, 3)
    seen = terminal(scan, "--quiet", *gates.options, env=gates.env)
    assert seen.end() == 0
    assert "/3" not in seen.written


@pytest.mark.parametrize("target", ["all.txt", "texts/"])
def test_ctrl_c_ends_a_run_in_order_and_leaves_no_empty_file(
    terminal: Open, gates: Any, scan: Path, tmp_path: Path, target: str
) -> None:
    seen = terminal(scan, "--output", target, *gates.options, env=gates.env)
    gates.open(1)
    gates.await_page(2)
    seen.type(CTRL_C)
    assert seen.end() == 130
    assert "notetext: stopped; with --store FILE, a run that is stopped goes on" in seen.written
    assert "Traceback" not in seen.written
    assert not (tmp_path / target).exists()


def test_a_run_that_was_stopped_goes_on_with_the_store(
    terminal: Open, gates: Any, scan: Path, tmp_path: Path
) -> None:
    arguments = [scan, "--store=my notes.db", "--output=all.txt", *gates.options]
    first = terminal(*arguments, env=gates.env)
    gates.open(1)
    gates.await_page(2)
    first.type(CTRL_C)
    assert first.end() == 130
    assert "go on with --store 'my notes.db'" in first.written
    second = terminal(*arguments, env=gates.env)
    second.until("1/3")
    gates.open(2)
    assert second.end() == 0
    assert (tmp_path / "all.txt").read_text().count("page-") == 3


def test_ctrl_c_ends_the_question_for_a_password_too(terminal: Open, scan: Path) -> None:
    asked = terminal(scan, "--password")
    asked.until("Password: ")
    asked.type(CTRL_C)
    assert asked.end() == 130
    assert "Traceback" not in asked.written


def test_standard_input_that_is_a_terminal_is_not_waited_for(terminal: Open) -> None:
    seen = terminal("-")
    assert seen.end() == 2
    assert "standard input is a terminal" in seen.written
