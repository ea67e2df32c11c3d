"""Reads with one engine, and asks another where the first is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from notetext.engines import Engine, Reading, Request
from notetext.engines.named import engine
from notetext.errors import CancelledError, ConfigurationError, NoteTextError
from notetext.model import (
    Language,
    Mode,
    Usage,
    Word,
    describe_languages,
    mean_confidence,
    mode_read,
)

if TYPE_CHECKING:
    from notetext.page_image import PageImage


class CascadeEngine(Engine):
    """Reads a page with one engine, and with a second one if the first is not sure enough.

    The second is asked where the page's confidence is below a limit or not known, and where there
    is ink but no text. If it fails, or finds nothing, the first reading stays, with a warning.
    Where the first decides between hand and print and the second does not, the second reads the
    page as what the first took most of it for.
    ``page.engine`` says which one read a page, and ``result.usage`` what was spent.

    Threads may share it, as far as both engines allow. It closes neither of them before it is
    closed itself.

    >>> from notetext.testing import FakeEngine
    >>> engine = CascadeEngine(FakeEngine("dear Amn", confidence=0.4), FakeEngine("Dear Ann"))
    >>> engine.below
    0.75

    Args:
        first: the name of an engine, or an engine; usually the local one.
        then: what is asked in doubt; usually the cloud.
        below: the confidence, 0 to 1, below which a page is doubtful.

    Raises:
        ConfigurationError: ``below`` is out of range.
        UnknownNameError: there is no engine of that name.
    """

    name = "cascade"
    version = "2"

    def __init__(self, first: Engine | str, then: Engine | str, below: float = 0.75) -> None:
        if not 0 <= below <= 1:
            raise ConfigurationError(f"below={below!r} is no confidence; give 0 to 1")
        self.first = engine(first)
        self.then = engine(then)
        self.below = below
        self.runs_in = self.first.runs_in
        self.paid = self.first.paid or self.then.paid
        self.parallel_pages = self.first.parallel_pages
        self.decides_mode = self.first.decides_mode

    @property
    def fingerprint(self) -> str | None:
        """Identifies both engines and the limit; ``None`` if one has no fingerprint."""
        first, then = self.first.fingerprint, self.then.fingerprint
        if first is None or then is None:
            return None
        return f"{self.name}/{self.version}({first}, {then}, below={self.below})"

    @property
    def default_preprocessors(self) -> Sequence[str]:
        """Those of the first engine; the second sees the same picture."""
        return self.first.default_preprocessors

    @property
    def patch_reader(self) -> Engine | None:
        """That of the first engine."""
        return self.first.patch_reader

    def languages(self, mode: Mode) -> frozenset[Language]:
        """Those of the first engine, which sees every page."""
        return self.first.languages(mode)

    def check(self) -> None:
        """Finds out whether both can run."""
        self.first.check()
        self.then.check()

    def for_worker(self) -> Engine:
        """Both engines as a worker process uses them."""
        return CascadeEngine(self.first.for_worker(), self.then.for_worker(), self.below)

    def load(self) -> None:
        """Gets the first engine ready; the second may never be needed."""
        self.first.load()

    def read(self, image: PageImage, request: Request) -> Reading:
        """Reads a page.

        Raises:
            EngineError: the first engine failed.
            CancelledError: the caller gave up.
        """
        reading = _signed(self.first.read(image, request), self.first)
        if not self._is_doubtful(reading, image):
            return reading
        if not self.then.decides_mode:
            request = replace(request, mode=mode_read(request.mode, _words(reading)))
        strangers = set(request.languages) - self.then.languages(request.mode)
        if strangers:
            return _kept(
                reading,
                f"the page is doubtful, but the engine {self.then.name!r} does not read "
                f"{describe_languages(sorted(strangers))} in {request.mode.value} mode",
            )
        # Handed over, so that the pixels need not stay while a service works on them.
        handed_over = [image]
        del image
        try:
            second = _signed(self.then.read(handed_over.pop(), request), self.then)
        except CancelledError:
            raise
        except NoteTextError as error:
            warning = f"the page is doubtful, but the engine {self.then.name!r} failed: "
            return _kept(reading, warning + error.message, error.usage)
        if not _words(second):
            warning = f"the page is doubtful, but the engine {self.then.name!r} found nothing"
            return _kept(reading, warning, second.usage)
        return replace(second, usage=reading.usage + second.usage)

    def close(self) -> None:
        """Closes both engines."""
        self.first.close()
        self.then.close()

    def _is_doubtful(self, reading: Reading, image: PageImage) -> bool:
        words = _words(reading)
        if not words:
            from notetext.page_image.ink import find_ink

            return find_ink(image).bounds() is not None
        confidence = mean_confidence(words)
        return confidence is None or confidence < self.below


def _words(reading: Reading) -> list[Word]:
    return [word for line in (*reading.fragments, *reading.lines) for word in line.words]


def _signed(reading: Reading, engine: Engine) -> Reading:
    """The reading with the name of who read it."""
    return replace(reading, engine=reading.engine or engine.name)


def _kept(reading: Reading, warning: str, usage: Usage | None = None) -> Reading:
    """The first reading, with what is to be said of the second."""
    return replace(
        reading,
        warnings=[*reading.warnings, warning],
        usage=reading.usage + (usage or Usage()),
    )
