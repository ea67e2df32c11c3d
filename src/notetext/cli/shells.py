"""bash, zsh and fish: where they look for completions, and what bash needs beyond click."""

from __future__ import annotations

import os
import shlex
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

# bash asks for the files itself, which it does for names with blanks as well; between them stand
# commands. Before version 4.4 it cannot leave them in their order, and on macOS it is 3.2.
_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' kind value line
    COMPREPLY=()
    while read -r line; do
        kind=${line%%%%,*} value=${line#*,}
        case $kind in
            plain) COMPREPLY+=("$value") ;;
            file | dir)
                while read -r value; do COMPREPLY+=("$value"); done < <(
                    if [[ $kind == dir ]]; then compgen -d -- "$2"; else compgen -f -- "$2"; fi
                )
                type compopt &> /dev/null && compopt -o filenames 2> /dev/null
                ;;
        esac
    done < <(
        COMP_WORDS="${COMP_LINE:0:COMP_POINT}" COMP_CWORD=0 %(complete_var)s=bash_complete "$1"
    )
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
        type compopt &> /dev/null && compopt -o nospace 2> /dev/null
    fi
    return 0
}
complete -o nosort -F %(complete_func)s %(prog_name)s 2> /dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""

# click's own takes values apart at every comma, and a list of formats has some.
_FISH = """\
function %(complete_func)s
    set -l line (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) \
COMP_CWORD=(commandline -t) %(prog_name)s)
    for completion in $line
        set -l parts (string split -m 1 "," -- $completion)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case plain
                echo $parts[2]
        end
    end
end
complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


def _whole_words(items: list[CompletionItem[str]], incomplete: str) -> list[CompletionItem[str]]:
    """Values as the words that they are the end of: ``--format=json``, not ``json``."""
    option, equals, _ = incomplete.partition("=")
    if not equals or not option.startswith("--"):
        return items
    return [
        CompletionItem(f"{option}={item.value}", type=item.type, help=item.help) for item in items
    ]


@add_completion_class
class WordsOfZsh(ZshComplete):
    """Completes ``--name=value``, which is one word there."""

    name = "zsh"

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """What the word may become."""
        return _whole_words(super().get_completions(args, incomplete), incomplete)


@add_completion_class
class WordsOfFish(FishComplete):
    """Completes ``--name=value``, and lists with commas."""

    name = "fish"
    source_template = _FISH

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """What the word may become."""
        return _whole_words(super().get_completions(args, incomplete), incomplete)


@add_completion_class
class LineOfBash(BashComplete):
    """Completes what stands on bash's line, before bash has taken it apart at equals signs."""

    name = "bash"
    source_template = _BASH

    def source(self) -> str:
        """Returns the script, for whatever version of bash."""
        return self.source_template % self.source_vars()

    def get_completion_args(self) -> tuple[list[str], str]:
        """Takes the line apart as a shell does; the last word is what is being typed."""
        line = os.environ["COMP_WORDS"]
        words = split_arg_string(line)
        if not words or line[-1:].isspace():
            words.append("")
        return words[1:-1], words[-1]


class Shell(ABC):
    """A shell, and its user's files.

    Attributes:
        name: of the program.
    """

    name: ClassVar[str]

    def script(self) -> Path:
        """Where the script is written."""
        return _data() / "notetext" / f"completion.{self.name}"

    @abstractmethod
    def settings(self) -> Path | None:
        """The file that the shell runs when it begins, if it has to be told of the script."""

    def loading(self, script: Path) -> str:
        """What is added to the settings."""
        return f"[ -f {shlex.quote(str(script))} ] && . {shlex.quote(str(script))}\n"


class _Bash(Shell):
    name = "bash"

    def settings(self) -> Path:
        return Path.home() / ".bashrc"


class _Zsh(Shell):
    name = "zsh"

    def settings(self) -> Path:
        return Path(os.environ.get("ZDOTDIR") or Path.home()) / ".zshrc"

    def loading(self, script: Path) -> str:
        # The script registers itself with the completion system, which may not be there yet.
        return (
            "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }\n"
            + super().loading(script)
        )


class _Fish(Shell):
    name = "fish"

    def script(self) -> Path:
        """Where fish looks by itself."""
        config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
        return Path(config) / "fish" / "completions" / "notetext.fish"

    def settings(self) -> None:
        return None


def _data() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


SHELLS: dict[str, Shell] = {shell.name: shell for shell in (_Bash(), _Zsh(), _Fish())}
