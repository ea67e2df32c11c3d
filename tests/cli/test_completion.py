"""``notetext completion``, in the shells that there are."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from click.shell_completion import get_completion_class

from notetext.cli import main
from notetext.cli.shells import SHELLS

Run = Callable[..., CompletedProcess[str]]
Open = Callable[..., Any]


def offered(line: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What stands in bash's way of completing a line."""
    monkeypatch.setenv("COMP_WORDS", line)
    made_by = get_completion_class("bash")
    bash = made_by(main, {}, "notetext", "_NOTETEXT_COMPLETE")
    args, incomplete = bash.get_completion_args()
    return [
        item.value if item.type == "plain" else f"<{item.type}>"
        for item in bash.get_completions(args, incomplete)
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("notetext do", ["<file>", "doctor"]),
        ("notetext --pass", ["--password", "--password-file"]),
        ("notetext my\\ scan.pdf --merg", ["--merge"]),
        ("notetext a.pdf --format js", ["json", "jsonl"]),
        ("notetext a.pdf --format=js", ["json", "jsonl"]),
        ("notetext a.pdf -f text,mark", ["text,markdown"]),
        ("notetext a.pdf --engine ", ["local", "aspose"]),
        ("notetext a.pdf --engine-option thr", ["threads="]),
        ("notetext a.pdf --format markdown --format-option ", ["body_only=", "struck="]),
        ("notetext a.pdf --format-option str", ["struck="]),
        ("notetext a.pdf --format nonsense --format-option ", []),
        ("notetext a.pdf --engine aspose --engine-option max_sub", ["max_submissions="]),
        ("notetext a.pdf --engine aspose --engine-option client_s", []),
        ("notetext a.pdf --language en,Fren", ["en,fr"]),
        ("notetext a.pdf --mode hand", ["handwritten"]),
        ("notetext a.pdf --preprocess desk", ["deskew"]),
        ("notetext a.pdf --output ", ["<file>"]),
        ("notetext read ", ["<file>"]),
        ("notetext completion z", ["zsh"]),
    ],
)
def test_what_may_come_next_is_offered(
    line: str, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered(line, monkeypatch) == found


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.mark.parametrize(
    ("shell", "settings"), [("bash", ".bashrc"), ("zsh", ".zshrc"), ("fish", None)]
)
def test_it_is_installed_once_by_one_command(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, shell: str, settings: str | None
) -> None:
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    if settings is not None:
        (home / settings).write_text("alias ll='ls -l'")
    for _ in range(2):
        told = run("completion", "--install")
        assert told.returncode == 0
    script = SHELLS[shell].script()
    assert f"{script}: written" in told.stdout
    assert script.is_relative_to(home)
    assert "_NOTETEXT_COMPLETE" in script.read_text()
    if settings is not None:
        held = (home / settings).read_text()
        assert held.startswith("alias ll='ls -l'\n")
        assert held.count(f". {script}\n") == 1


def test_an_unknown_shell_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    assert "say which shell: bash, zsh, fish (yours is tcsh)" in run("completion").stderr
    assert "did you mean 'fish'" in run("completion", "fsh").stderr


def test_where_shell_is_unset_it_is_the_one_of_the_account(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHELL", raising=False)
    accounts = Path(pwd.getpwuid(os.getuid()).pw_shell).name
    told = run("completion")
    if accounts in SHELLS:
        assert told.returncode == 0
        assert told.stdout == run("completion", accounts).stdout
    else:
        assert f"(yours is {accounts or 'unknown'})" in told.stderr


def test_the_script_is_printed_for_packages(run: Run) -> None:
    for shell in SHELLS:
        told = run("completion", shell)
        assert told.returncode == 0
        assert "_notetext_completion" in told.stdout


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a program ``notetext`` in it, and one to complete in."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "notetext"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m notetext "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.mark.slow
def test_bash_completes_names_with_blanks_and_values(
    terminal: Open, run: Run, home: Path, program: Path, tmp_path: Path
) -> None:
    assert shutil.which("bash")
    (tmp_path / "my scan.pdf").touch()
    (home / ".bashrc").write_text("PS1='ready> '\n")
    assert run("completion", "bash", "--install").returncode == 0
    command = ["bash", "--rcfile", str(home / ".bashrc"), "-i"]
    shell = terminal(program=command, env={"TERM": "dumb"})
    shell.until("ready> ")
    shell.type("notetext my\t")
    shell.until("my\\ scan.pdf ")
    shell.type("--mer\t")
    shell.until("--merge ")
    shell.type("--format text,mark\t")
    shell.until("text,markdown ")
    shell.type("--engine-option=thr\t")
    shell.until("threads=")


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["fish", "-c", "source {script}; complete -C 'notetext a --format=text,mark'"],
        [
            "zsh",
            "-f",
            "-c",
            "autoload -Uz compinit; compinit -u; . {script}; print $_comps[notetext]",
        ],
    ],
    ids=["fish", "zsh"],
)
def test_the_other_shells_take_their_scripts(
    run: Run, home: Path, program: Path, command: list[str]
) -> None:
    assert shutil.which(command[0])
    run("completion", command[0], "--install")
    script = SHELLS[command[0]].script()
    filled = [part.format(script=script) for part in command]
    ran = subprocess.run(filled, capture_output=True, text=True)
    assert ran.stderr == ""
    assert ran.stdout.strip() in {"--format=text,markdown", "_notetext_completion"}
