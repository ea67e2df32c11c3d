"""What can be said to the plug-in, on OCRmyPDF's command line and in its Python interface."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from notetext.model import Mode
from notetext.registry import ENGINES
from ocrmypdf import BadArgsError, OcrOptions

NAME = "notetext"
"""What ``--ocr-engine`` calls it, and what its options begin with."""


@dataclass(frozen=True, slots=True)
class PluginOptions:
    """The options; each is a keyword of ``ocrmypdf.ocr``, such as ``notetext_mode``.

    Attributes:
        mode: what kind of writing to expect.
        engine: what reads, by its name.
        weights: of the local engine: ``"auto"``, ``"general"``, or the path of an ONNX file.
        preprocess: steps before the engine, with commas; ``"none"`` for none; ``None``: the
            engine's own.
        timeout: seconds that a page may take; one that takes longer stays without text.
        threads: that the local engine uses for a page; `share_cores` sets it.
        user_words: OCRmyPDF's own ``--user-words``: a file of words, a line each.
    """

    mode: str = Mode.AUTO.value
    engine: str = "local"
    weights: str = "auto"
    preprocess: str | None = None
    timeout: float | None = None
    threads: int = 1
    user_words: str | None = None

    @classmethod
    def of(cls, options: OcrOptions) -> PluginOptions:
        """What a user said.

        Raises:
            BadArgsError: a keyword that begins with ``notetext_`` is none of ours.
        """
        said: dict[str, Any] = {
            name.removeprefix(f"{NAME}_"): value
            for name, value in options.extra_attrs.items()
            if name.startswith(f"{NAME}_") and value is not None
        }
        unknown = sorted(said.keys() - {field.name for field in fields(cls)})
        if unknown:
            raise BadArgsError(f"there is no option {NAME}_{unknown[0]}")
        if options.user_words is not None:
            said["user_words"] = str(options.user_words)
        return cls(**said)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options to OCRmyPDF's command line, and the name to its engines."""
    for action in parser._actions:  # argparse gives no other way to what is there
        if "--ocr-engine" in action.option_strings and NAME not in (action.choices or ()):
            action.choices = [*(action.choices or ()), NAME]
    group = parser.add_argument_group(
        NAME, "Read handwriting and print with notetext, offline unless a cloud engine is named"
    )
    group.add_argument(
        "--notetext-mode",
        choices=[mode.value for mode in Mode],
        help="What kind of writing to expect; auto (the default) tells line by line.",
    )
    group.add_argument(
        "--notetext-engine",
        metavar="NAME",
        help=f"What reads: local (the default), or a service that sees the pages and costs money; "
        f"notetext has {' and '.join(ENGINES)}.",
    )
    group.add_argument(
        "--notetext-weights",
        metavar="WEIGHTS",
        help="Of the local engine: auto (the default), general, or an ONNX file of your own.",
    )
    group.add_argument(
        "--notetext-preprocess",
        metavar="STEPS",
        help="Steps before the engine, with commas, such as deskew,contrast; none for no step at "
        "all. They change what is read, not what is seen. By default the engine's own.",
    )
    group.add_argument(
        "--notetext-timeout",
        metavar="SECONDS",
        type=_seconds,
        help="Give a page up after so long; it stays as it is, without text. By default never.",
    )


def _seconds(given: str) -> float:
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if seconds <= 0:
        raise argparse.ArgumentTypeError(f"{given!r} is no time; give seconds above 0")
    return seconds


def lexicon_of(path: str | None) -> frozenset[str]:
    """The words of a file, a line each.

    Raises:
        BadArgsError: it cannot be read.
    """
    if path is None:
        return frozenset()
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise BadArgsError(f"--user-words: {path} cannot be read as UTF-8 text") from error
    return frozenset(word for line in lines if (word := line.strip()))
