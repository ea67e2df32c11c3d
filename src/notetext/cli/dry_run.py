"""``--dry-run``: what would be read and submitted, without doing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from notetext.cli.output import say
from notetext.errors import ConfigurationError, NoteTextError
from notetext.errors.wording import counted
from notetext.model import ModeLike
from notetext.reader import NoteText
from notetext.reading.options import ReadKeywords


def describe(
    reader: NoteText,
    documents: Iterable[tuple[str, str | BinaryIO]],
    mode: ModeLike,
    languages: list[str] | None,
    keywords: ReadKeywords,
) -> bool:
    """Says for each document what a run would do; nothing is read and nothing is sent.

    Args:
        reader: what would read.
        documents: by what they are called, and as the reader is given them.
        mode: for all of them.
        languages: likewise.
        keywords: likewise.

    Returns:
        Whether a file could not be opened.
    """
    failed = False
    total = 0
    for name, source in documents:
        try:
            plan = reader.plan(source, mode, languages, **keywords)
        except ConfigurationError:
            raise
        except NoteTextError as error:
            failed = True
            say(f"notetext: {error}")
            continue
        total += plan.submissions
        say(
            f"{name}: {len(plan.to_read)} of {len(plan.pages)} pages to read, "
            f"{counted(plan.submissions, 'submission')}{_cost(reader, plan.submissions)}",
            err=False,
        )
    in_all = f"{counted(total, 'submission')} in all{_cost(reader, total)}"
    say(f"{reader.engine.name}: {in_all}", err=False)
    return failed


def _cost(reader: NoteText, submissions: int) -> str:
    price = reader.engine.price
    return "" if price is None else f", {price.text(submissions)}"
