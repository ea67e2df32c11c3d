"""The commands, run inside of this process, or as a program in a terminal of its own."""

from __future__ import annotations

import errno
import fcntl
import io
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from notetext.cli import main

Run = Callable[..., CompletedProcess[str]]

_PATIENCE_S = 120.0
"""What says that something has gone wrong; nothing takes so long."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``notetext`` with arguments."""

    def run(*arguments: object, stdin: str = "") -> CompletedProcess[str]:
        typed = [str(argument) for argument in arguments]
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as ended:
            main(typed, prog_name="notetext")
        assert isinstance(ended.value.code, int)
        return CompletedProcess(typed, ended.value.code, *capsys.readouterr())

    return run


class Terminal:
    """A program in a pseudo-terminal, which is its standard input, output and error."""

    def __init__(self, command: list[str], env: dict[str, str], folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, 100))
        self.written = ""
        self._program = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ | env,
            cwd=folder,
            start_new_session=True,
            # It is the terminal from which Ctrl-C comes.
            preexec_fn=lambda: fcntl.ioctl(theirs, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)

    def until(self, text: str) -> str:
        """Reads until a text has been written since the last call; returns what came before."""
        ends = time.monotonic() + _PATIENCE_S
        seen = ""
        while text not in seen:
            assert time.monotonic() < ends, f"{text!r} never came; {self.written!r}"
            piece = self._piece()
            assert piece, f"{text!r} never came, and the program has ended; {self.written!r}"
            seen += piece
        return seen

    def type(self, keys: str) -> None:
        """Types; ``"\\x03"`` is Ctrl-C."""
        os.write(self._ours, keys.encode())

    def end(self) -> int:
        """Reads to the end; returns the exit status."""
        while self._piece():
            pass
        status = self._program.wait(timeout=_PATIENCE_S)
        os.close(self._ours)
        self._ours = -1
        return status

    def close(self) -> None:
        """Ends what has not ended by itself."""
        if self._ours >= 0:
            self._program.kill()
            self._program.wait()
            os.close(self._ours)

    def _piece(self) -> str:
        ready, _, _ = select.select([self._ours], [], [], _PATIENCE_S)
        assert ready, f"nothing is written any more; {self.written!r}"
        try:
            piece = os.read(self._ours, 1 << 16).decode(errors="replace")
        except OSError as error:
            # The terminal has gone once nobody can write to it any more.
            if error.errno != errno.EIO:
                raise
            piece = ""
        self.written += piece
        return piece


OpenTerminal = Callable[..., Terminal]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[OpenTerminal]:
    """Runs a command in a terminal: ``notetext`` with arguments, or another ``program``."""
    opened: list[Terminal] = []

    def open_(
        *arguments: object, program: list[str] | None = None, env: dict[str, str] | None = None
    ) -> Terminal:
        command = program or [sys.executable, "-m", "notetext"]
        one = Terminal([*command, *map(str, arguments)], env or {}, tmp_path)
        opened.append(one)
        return one

    yield open_
    for one in opened:
        one.close()


GATED = '''
import itertools, os, time
from pathlib import Path
from notetext.engines import Engine, Reading
from notetext.model import Line, Word

class Gated(Engine):
    """Reads a page, of whatever document, when its gate is open: a file with its number."""

    name = "gated"
    version = "1"
    runs_in = "process"

    def __init__(self, gates: str = ".", words: int = 1):
        self.gates, self.words, self.pages = Path(gates), words, itertools.count(1)

    def read(self, page, request):
        number = next(self.pages)
        (self.gates / f"begun-{number}").touch()
        while not (self.gates / f"open-{number}").exists():
            request.check(self.name)
            time.sleep(0.01)
        word = Word(text=f"page-{number}", confidence=0.9)
        return Reading(lines=[Line(words=(word,) * self.words)])
'''


class Gates:
    """An engine named ``gated`` for programs, and the gates of its pages."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        install(folder, "gated", GATED, "notetext.engines", "gated = gated:Gated")
        path = [str(folder), os.environ.get("PYTHONPATH", "")]
        self.env = {"PYTHONPATH": os.pathsep.join(filter(None, path))}
        self.options = ["--engine=gated", f"--engine-option=gates={folder}", "--converters=image"]

    def open(self, *pages: int) -> None:
        """Lets pages be read, which are counted from 1 over all documents."""
        for page in pages:
            (self._folder / f"open-{page}").touch()

    def await_page(self, page: int) -> None:
        """Waits until a page has come to its gate."""
        ends = time.monotonic() + _PATIENCE_S
        while not (self._folder / f"begun-{page}").exists():
            assert time.monotonic() < ends
            time.sleep(0.01)


@pytest.fixture
def gates(tmp_path: Path) -> Gates:
    """An engine that reads a page when it is told to."""
    return Gates(tmp_path / "gates")


def install(folder: Path, module: str, source: str, group: str, *names: str) -> None:
    """Makes a distribution with a module and with parts at its entry points."""
    (folder / f"{module}.py").write_text(source)
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("\n".join([f"[{group}]", *names]))


@pytest.fixture
def install_part() -> Callable[..., None]:
    """Makes a distribution with parts of its own; see `install`."""
    return install
