"""What is said of each document that was read."""

from __future__ import annotations

from notetext.cli.output import say
from notetext.errors.foreign_text import NAME_CHARACTERS, one_line
from notetext.errors.wording import counted
from notetext.model import PageStatus, standing
from notetext.result import RecognitionResult


def report(name: str, result: RecognitionResult, *, quiet: bool) -> bool:
    """Says what became of a document.

    Args:
        name: its path.
        result: what was read.
        quiet: say only what is to be looked at.

    Returns:
        Whether a page failed.
    """
    shown = one_line(name, NAME_CHARACTERS)
    for warning in result.warnings:
        say(f"notetext: {shown}: {warning}")
    for error in result.errors:
        say(f"notetext: {shown}, page {error.page}: {error.message}")
    if not quiet:
        read = sum(page.status is PageStatus.READ for page in result.pages)
        say(
            f"{shown}: {read} of {len(result.pages)} pages, "
            f"{counted(len(standing(result.words)), 'word')}, {result.timings.total_s:.1f} s"
        )
    return bool(result.errors)


def is_read(result: RecognitionResult) -> bool:
    """Whether there is a page that did not fail, if only a blank one."""
    return any(page.status is not PageStatus.FAILED for page in result.pages)
