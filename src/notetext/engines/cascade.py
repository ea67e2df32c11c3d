"""Reads with one engine, and asks another where the first is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

from notetext.engines import Engine, Reading, Request
from notetext.engines.cloud.breaker import Breaker, is_the_pages
from notetext.engines.cloud.waiting import Waiting
from notetext.engines.named import EngineLike, engine
from notetext.errors import (
    AuthenticationError,
    CancelledError,
    ConfigurationError,
    NoteTextError,
    UnsupportedLanguageError,
)
from notetext.errors.checking import check_number
from notetext.model import (
    Language,
    Mode,
    Usage,
    Word,
    describe_languages,
    languages_told,
    mean_confidence,
    mode_read,
)

if TYPE_CHECKING:
    from notetext.page_image import PageImage


class CascadeEngine(Engine):
    """Reads a page with one engine, and with a second one if the first is not sure enough.

    The second is asked where the page's confidence is below a limit or not known, and where there
    is ink but no text. If it fails, or finds nothing, the first reading stays, with a warning; it
    is provisional, so that no store keeps it, where the failure may pass. A second engine that
    keeps failing is left in peace for a minute at a time. Where the first decides between hand
    and print and the second does not, the second reads the page as what the first took most of it
    for; so it is with languages that only the first tells. ``page.engine`` says which one read a
    page, and ``result.usage`` what was spent.

    Credentials that are missing, or are refused before they ever worked, end the run with their
    own error, unless the second engine is optional. Refused later, they end the document alone.

    Threads may share it, as far as both engines allow. It closes neither of them before it is
    closed itself.

    >>> from notetext import CascadeEngine
    >>> from notetext.testing import FakeEngine
    >>> engine = CascadeEngine(FakeEngine("dear Amn", confidence=0.4), FakeEngine("Dear Ann"))
    >>> engine.below
    0.75

    Args:
        first: the name of an engine, or an engine; usually the local one.
        then: what is asked in doubt; usually the cloud.
        below: the confidence, 0 to 1, below which a page is doubtful.
        optional: whether to do without the second engine where its credentials are missing or
            refused: the first reading stays then, as with any other failure.
        waiting: the clock; for tests.

    Raises:
        ConfigurationError: ``below`` is out of range.
        UnknownNameError: there is no engine of that name.
    """

    name = "cascade"
    version = "2"

    def __init__(
        self,
        first: EngineLike,
        then: EngineLike,
        below: float = 0.75,
        *,
        optional: bool = False,
        waiting: Waiting | None = None,
    ) -> None:
        check_number("below", below)
        if not 0 <= below <= 1:
            raise ConfigurationError(f"below={below!r} is no confidence; give 0 to 1")
        self.first = engine(first)
        self.then = engine(then)
        self.below = below
        self.optional = optional
        self._breaker = Breaker(self.then.name, waiting=waiting)
        self._is_checked = False
        self.runs_in = self.first.runs_in
        self.paid = self.first.paid or self.then.paid
        self.price = self.then.price or self.first.price
        self.parallel_pages = self.first.parallel_pages
        self.parallel_documents = self.first.parallel_documents
        self.decides_mode = self.first.decides_mode
        self.tells_languages = self.first.tells_languages

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

    def tell_languages(
        self, paragraphs: Sequence[str], request: Request
    ) -> Sequence[Language | None]:
        """As the first engine tells them."""
        return self.first.tell_languages(paragraphs, request)

    def check(self) -> None:
        """Finds out whether both can run."""
        self.first.check()
        self.then.check()

    def for_worker(self) -> Engine:
        """Both engines as a worker process uses them."""
        first, then = self.first.for_worker(), self.then.for_worker()
        return CascadeEngine(first, then, self.below, optional=self.optional)

    def load(self) -> None:
        """Gets the first engine ready; the second may never be needed."""
        self.first.load()

    def read(self, image: PageImage, request: Request) -> Reading:
        """Reads a page.

        Raises:
            EngineError: the first engine failed.
            ConfigurationError: the second has no credentials, and is not optional.
            AuthenticationError: its credentials were refused, and it is not optional.
            CancelledError: the caller gave up.
        """
        self._check_second()
        reading = _signed(self.first.read(image, request), self.first)
        if not self._is_doubtful(reading, image):
            return reading
        if not self.then.decides_mode:
            request = replace(request, mode=mode_read(request.mode, _words(reading)))
        if request.tell_languages and not self.then.tells_languages:
            told = languages_told(_words(reading)) or request.languages
            request = replace(request, languages=told, tell_languages=False)
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
        second = self._read_second(handed_over, request)
        if isinstance(second, NoteTextError):
            self._raise_if_credentials(second)
            warning = f"the page is doubtful, but the engine {self.then.name!r} failed: "
            kept = _kept(reading, warning + second.message, second.usage)
            return kept if is_the_pages(second) else replace(kept, provisional=True)
        if not _words(second):
            warning = f"the page is doubtful, but the engine {self.then.name!r} found nothing"
            return _kept(reading, warning, second.usage)
        return replace(second, usage=reading.usage + second.usage)

    def close(self) -> None:
        """Closes both engines."""
        self.first.close()
        self.then.close()

    def _read_second(self, image: list[PageImage], request: Request) -> Reading | NoteTextError:
        """What the second engine reads, or why it does not."""
        try:
            request.check(self.then.name)
            with self._breaker.asking():
                return _signed(self.then.read(image.pop(), request), self.then)
        except CancelledError:
            raise
        except NoteTextError as error:
            return error

    def _check_second(self) -> None:
        """Tells before the first page what would end the run at the first doubtful one."""
        if self.optional or self._is_checked:
            return
        failure: NoteTextError | None = None
        try:
            self.then.check()
        except NoteTextError as error:
            failure = error
        if failure is not None:
            # Anything else is told if a page is doubtful.
            self._raise_if_credentials(failure)
        self._is_checked = True

    def _raise_if_credentials(self, error: NoteTextError) -> None:
        """Raises what only the caller can mend, unless the caller can do without it.

        Not while the error is handled: a cause that is raised then gets the error for its context,
        and a circle of errors can be neither pickled nor sent to an error tracker.
        """
        if self.optional:
            return
        # Who left the service in peace knows why.
        for failure in (error, error.__cause__):
            if _is_of_credentials(failure):
                # What was paid for on other pages of the document is not lost with this one.
                failure.ends_run = not self._breaker.has_answered
                raise failure

    def _is_doubtful(self, reading: Reading, image: PageImage) -> bool:
        words = _words(reading)
        if not words:
            from notetext.page_image.ink import find_ink

            return find_ink(image).bounds() is not None
        confidence = mean_confidence(words)
        return confidence is None or confidence < self.below


def _is_of_credentials(error: BaseException | None) -> TypeGuard[NoteTextError]:
    is_configuration = isinstance(error, ConfigurationError)
    return isinstance(error, AuthenticationError) or (
        is_configuration and not isinstance(error, UnsupportedLanguageError)
    )


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
