"""What is looked at before OCRmyPDF begins."""

from __future__ import annotations

from ocrmypdf.helpers import available_cpu_count

from notetext.errors import ConfigurationError, NoteTextError
from notetext.model import Mode, parse_choice
from notetext.ocrmypdf.languages import languages_named
from notetext.ocrmypdf.options import NAME, PluginOptions
from notetext.ocrmypdf.readers import reader
from ocrmypdf import BadArgsError, MissingDependencyError, OcrOptions

_MOST_THREADS = 4
"""More do not make a page faster."""


def check(options: OcrOptions) -> None:
    """Finds out whether notetext can read with these options, before anything is rasterised.

    Raises:
        BadArgsError: an option is wrong.
        MissingDependencyError: a language, weights or credentials are not here.
    """
    ours = PluginOptions.of(options)
    try:
        engine = reader(ours).engine
        known = engine.languages(parse_choice(Mode, ours.mode, "notetext_mode"))
    except ConfigurationError as error:
        raise BadArgsError(str(error)) from error
    languages_named(options.languages, known)
    try:
        engine.check()
    except NoteTextError as error:
        raise MissingDependencyError(str(error)) from error


def share_cores(pages: int, options: OcrOptions) -> None:
    """Gives each page a thread, or several where there are fewer pages than cores."""
    jobs = options.jobs or available_cpu_count()
    options.extra_attrs[f"{NAME}_threads"] = max(1, min(jobs // pages, _MOST_THREADS))
