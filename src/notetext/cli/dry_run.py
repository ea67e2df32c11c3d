"""``--dry-run``: what would be read and submitted, without doing it."""

from __future__ import annotations

from collections.abc import Sequence

from notetext.cli.output import say
from notetext.errors import ConfigurationError, NoteTextError
from notetext.errors.wording import counted
from notetext.model import ModeLike
from notetext.reader import NoteText
from notetext.reading.options import ReadKeywords


def describe(
    reader: NoteText,
    files: Sequence[str],
    mode: ModeLike,
    languages: list[str],
    keywords: ReadKeywords,
) -> bool:
    """Says for each file what a run would do; nothing is read and nothing is sent.

    Returns:
        Whether a file could not be opened.
    """
    failed = False
    total = 0
    for name in files:
        try:
            plan = reader.plan(name, mode, languages, **keywords)
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
