"""What reads a page image: the contract of engines."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from notetext.engines.price import CloudPrice
from notetext.engines.request import Request
from notetext.model import Language, LeftOut, Line, Mode, Usage
from notetext.registry import Part

if TYPE_CHECKING:
    from notetext.documents import Source
    from notetext.page_image import PageImage


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine found on a page, in the pixels of the image that it was given.

    An engine that finds pieces gives ``fragments``, in any order; the layout makes lines of them.
    An engine that knows the order gives ``lines``; one without words ends a paragraph. Nothing
    found is an empty reading.

    Attributes:
        fragments: pieces of written lines; each has a box.
        lines: whole lines in reading order; their boxes and their words' boxes may be ``None``.
        struck: words that the writer struck out and that can be read nevertheless, in pieces of
            lines, each with a box; the layout puts them into the lines that they stand in.
        left_out: what was found and is no part of the text, so that it can be looked at.
        warnings: sentences for the user; `notetext.model.describe_left_out` has those that count
            what was left out.
        usage: what was asked of a paid service.
        artifacts: files that came with the text, by name.
        engine: which engine read the page, if another than the one that was asked.
        provisional: whether it is a stopgap, since something failed that may pass. It is given to
            the caller, but no store keeps it, so that the page is read again.
    """

    fragments: Sequence[Line] = ()
    lines: Sequence[Line] = ()
    struck: Sequence[Line] = ()
    left_out: Sequence[LeftOut] = ()
    warnings: Sequence[str] = ()
    usage: Usage = field(default_factory=Usage)
    artifacts: Mapping[str, bytes] = field(default_factory=dict)
    engine: str | None = None
    provisional: bool = False


class Engine(Part):
    """Reads page images. Subclass it, give it a ``name``, and write `read`.

    One engine serves several threads at once. It must survive pickle if its reader is to cross
    into another process, without its models, sessions and secrets. Its version changes when the
    same page may give another text; one that has parameters writes a fingerprint of its own.

    >>> from notetext import Line
    >>> from notetext.engines import Engine, Reading
    >>> from notetext.model import Word
    >>> class Measuring(Engine):
    ...     name = "measuring"
    ...
    ...     def read(self, image, request):
    ...         size = Word(text=f"{image.width}x{image.height}")
    ...         return Reading(lines=[Line(words=(size,))])
    """

    runs_in: Literal["thread", "process"] = "thread"
    """Where a batch runs it: in threads if it mostly waits, in processes if it mostly computes."""
    paid: bool = False
    """Whether what it is sent may cost; a dry run counts that."""
    price: CloudPrice | None = None
    """What it charges for a page, if the user has said so; a dry run prints that."""
    parallel_pages: int = 1
    """How many pages of one document it takes at once."""
    parallel_documents: int | None = None
    """How many calls of `NoteText.arecognize` are under way at once, each in a thread; the others
    wait without one. ``None``: 32 of an engine that mostly waits; one a core if it computes, or if
    each takes a process (`NoteText`'s ``isolate``)."""
    decides_mode: bool = False
    """Whether it tells hand from print itself, line by line, and so takes `Mode.AUTO`. Its words
    then have a ``kind``."""
    tells_languages: bool = False
    """Whether it tells languages itself, line by line, and so takes `Request.tell_languages`. Its
    words then have a ``language``."""

    @property
    def default_preprocessors(self) -> Sequence[str]:
        """The names of the steps before this engine when the user gives none."""
        return ()

    @property
    def patch_reader(self) -> Engine | None:
        """What reads patches of a page for steps that must know what stands there.

        ``None``, for engines that cost money or do not read parts of lines: the engine ``"local"``.
        """
        return None

    def languages(self, mode: Mode) -> frozenset[Language]:
        """The languages that the engine reads in a mode (`Mode.HANDWRITTEN` or `Mode.PRINTED`)."""
        return frozenset(Language)

    def tell_languages(
        self, paragraphs: Sequence[str], request: Request
    ) -> Sequence[Language | None]:
        """Tells the languages of a page's paragraphs whose text is known, such as a text layer's.

        Args:
            paragraphs: their texts.
            request: what to take a text for that does not tell.

        Returns:
            The language of each; ``None`` where none was told, which is so for all of them if the
            engine does not tell languages.
        """
        return [None] * len(paragraphs)

    def for_worker(self) -> Engine:
        """The engine as one of several worker processes uses it.

        Returns:
            Itself, or a copy that leaves the other processes their share of the machine.
        """
        return self

    def load(self) -> None:
        """Gets ready (models into memory), so that the first page is no slower than the others."""

    @abstractmethod
    def read(self, image: PageImage, request: Request) -> Reading:
        """Reads a page; safe to call from several threads.

        Args:
            image: the page after preprocessing. It stays the caller's: an engine that waits for a
                service does not close it, but lets go of it (``del image``).
            request: the mode, the languages, when to give up.

        Returns:
            What was found, everything of it: doubt is reported as confidence; what is no text, as
            left out.

        Raises:
            EngineError: the engine failed.
            CancelledError: the caller gave up.
        """

    def close(self) -> None:
        """Frees what the engine holds. It may be used again and then loads again."""


class DocumentEngine(Engine):
    """An engine that also takes whole files, as they are, without preprocessing."""

    @abstractmethod
    def takes_document(self, head: bytes) -> bool:
        """Tells by a document's first bytes whether `read_document` is the way for it."""

    @abstractmethod
    def read_document(self, source: Source, request: Request) -> Sequence[Reading]:
        """Reads a whole document; safe to call from several threads.

        Args:
            source: the document's bytes.
            request: the mode, the languages, when to give up.

        Returns:
            A reading for each page, or a single one of all pages together if nobody can tell them
            apart. The first holds the usage, the warnings and the artifacts of the whole.

        Raises:
            EngineError: the engine failed.
            CancelledError: the caller gave up.
        """
