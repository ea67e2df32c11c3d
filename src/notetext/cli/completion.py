"""``notetext completion``: what the Tab key offers in bash, zsh and fish."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from notetext.cli.commands import PROGRAM, FilesOrCommand
from notetext.cli.output import say
from notetext.cli.shells import SHELLS, Shell
from notetext.cli.suggestions import OneOf
from notetext.errors import ExportError
from notetext.result.writing import write as write_file

_VARIABLE = f"_{PROGRAM.upper()}_COMPLETE"


@click.command()
@click.argument("shell", type=OneOf([*SHELLS]), required=False)
@click.option("--install", is_flag=True, help="Set it up for the user, and say what was written.")
@click.pass_context
def completion(context: click.Context, shell: str | None, install: bool) -> None:
    r"""Completes commands, options, formats, engines, languages and files by the Tab key.

    SHELL is bash, zsh or fish. [default: the one that $SHELL names, or else the login shell]

    \b
      notetext completion --install     sets it up; open a new terminal then
      notetext completion bash          prints the script, for packages
    """
    chosen = SHELLS[shell or _own_shell()]
    group = context.find_root().command
    assert isinstance(group, FilesOrCommand)
    script = _script(chosen, group)
    if not install:
        click.echo(script, nl=False)
        return
    try:
        _install(chosen, script)
    except ExportError as error:
        say(f"notetext: {error}")
        context.exit(1)


def _own_shell() -> str:
    name = Path(os.environ.get("SHELL") or _login_shell()).name
    if name not in SHELLS:
        raise click.UsageError(
            f"say which shell: {', '.join(SHELLS)} (yours is {name or 'unknown'})"
        )
    return name


def _login_shell() -> str:
    """Returns the account's shell, or "": containers and services often leave $SHELL unset."""
    if sys.platform == "win32":
        return ""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_shell
    except KeyError:  # an account without a name, as in many containers
        return ""


def _script(shell: Shell, group: FilesOrCommand) -> str:
    made_by = get_completion_class(shell.name)
    assert made_by is not None
    return made_by(group, {}, PROGRAM, _VARIABLE).source().rstrip("\n") + "\n"


def _install(shell: Shell, script: str) -> None:
    """Writes the script to a file of its own, and lets the shell load it.

    Raises:
        ExportError: a file cannot be written.
    """
    target = shell.script()
    write_file(script, target)
    say(f"{target}: written", err=False)
    settings = shell.settings()
    if settings is None:
        return
    lines = shell.loading(target)
    held = _held(settings)
    if lines not in held:
        gap = "" if not held or held.endswith("\n") else "\n"
        write_file(f"{held}{gap}{lines}", settings)
        say(f"{settings}: loads it now", err=False)
    say("open a new terminal to use it", err=False)


def _held(settings: Path) -> str:
    try:
        return settings.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ExportError(f"{settings} cannot be read: {error.strerror}") from error
