"""What a recognition returns: pages → paragraphs → lines → words, frozen."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pydantic import Field, PrivateAttr, computed_field, field_validator

from notetext.attachment import Attachment
from notetext.corrections import Correction
from notetext.errors import ConfigurationError
from notetext.language import Language
from notetext.options import Mode
from notetext.page import (
    FrozenModel,
    Line,
    Page,
    PageError,
    PageStatus,
    Paragraph,
    Word,
    mean_confidence,
    summary,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from pydantic import SecretStr

    from notetext.exporters import Exporter
    from notetext.opening import DocumentLike
    from notetext.options import Limits

SCHEMA_VERSION = "1.1"

__all__ = [
    "SCHEMA_VERSION",
    "Artifact",
    "Line",
    "Page",
    "PageError",
    "PageStatus",
    "Paragraph",
    "RecognitionResult",
    "SourceInfo",
    "Timings",
    "Usage",
    "Word",
]


class SourceInfo(FrozenModel):
    """Which document was read."""

    name: str | None = None
    """The path as given, or the file object's name; ``None`` for bytes, pictures and arrays."""
    sha256: str | None = None
    """Of the document's bytes, in hex; ``None`` for pictures and arrays, which have none."""
    index: int | None = None
    """The place in a batch, from 0."""

    @field_validator("name")
    @classmethod
    def _writable(cls, value: str | None) -> str | None:
        """A file's name may hold bytes that are no text; JSON cannot, so they are spelled out."""
        return value and value.encode("utf-8", "backslashreplace").decode()


class Timings(FrozenModel):
    """Where the time went, in seconds, summed over the pages."""

    convert_s: float = 0.0
    preprocess_s: float = 0.0
    engine_s: float = 0.0
    layout_s: float = 0.0
    total_s: float = 0.0

    def __add__(self, other: Timings) -> Timings:
        return Timings(
            convert_s=self.convert_s + other.convert_s,
            preprocess_s=self.preprocess_s + other.preprocess_s,
            engine_s=self.engine_s + other.engine_s,
            layout_s=self.layout_s + other.layout_s,
            total_s=self.total_s + other.total_s,
        )


class Usage(FrozenModel):
    """What a paid service was asked for."""

    submissions: int = 0
    """Tasks sent."""
    looks: int = 0
    """Times that a task's state was asked for."""
    uncertain: int = 0
    """Submissions of which nobody knows whether the service took them."""

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            submissions=self.submissions + other.submissions,
            looks=self.looks + other.looks,
            uncertain=self.uncertain + other.uncertain,
        )


class Artifact(FrozenModel):
    """A file that an engine made beside the text, such as the service's own PDF."""

    page: int | None = None
    """The page that it belongs to; ``None`` for the whole document."""
    name: str
    data: bytes = Field(repr=False)


class RecognitionResult(FrozenModel):
    r"""The text of a document, with everything that is known about it.

    Frozen, so threads may share it. Coordinates are pixels of each page as it came in, after its
    EXIF orientation; (0, 0) is the outer corner of the top left pixel.

    >>> from notetext import Box
    >>> word = Word(text="Hello", box=Box.rectangle(0, 0, 50, 20), confidence=0.9)
    >>> paragraph = Paragraph(lines=(Line(words=(word,)),))
    >>> page = Page(number=1, width=60, height=30, engine="local", paragraphs=(paragraph,))
    >>> result = RecognitionResult(
    ...     engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=(page,)
    ... )
    >>> result.text
    'Hello\n'
    >>> RecognitionResult.from_json(result.to_json()) == result
    True
    """

    schema_version: str = SCHEMA_VERSION
    source: SourceInfo = SourceInfo()
    engine: str
    mode: Mode
    """How the pages were read: handwritten or printed, never auto."""
    languages: tuple[Language, ...]
    timings: Timings = Timings()
    usage: Usage = Usage()
    artifacts: tuple[Artifact, ...] = ()
    pages: tuple[Page, ...] = ()
    corrections: tuple[Correction, ...] = ()
    """What a person changed; ``pages`` and all formats have it so already."""
    uncorrected: tuple[Page, ...] = ()
    """As they were read, those pages that were corrected."""
    _attachment: Attachment = PrivateAttr(default_factory=Attachment)

    @field_validator("schema_version")
    @classmethod
    def _same_major_schema(cls, value: str) -> str:
        if value.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
            raise ValueError(
                f"the schema {value} is not of the generation {SCHEMA_VERSION}; "
                "read it with the version of notetext that wrote it"
            )
        return value

    @computed_field  # type: ignore[prop-decorator]
    @property
    def warnings(self) -> tuple[str, ...]:
        """What the pages' warnings say, each once."""
        return tuple(dict.fromkeys(text for page in self.pages for text in page.warnings))

    @computed_field  # type: ignore[prop-decorator]
    @property
    def errors(self) -> tuple[PageError, ...]:
        """The pages that could not be read, and why."""
        return tuple(page.error for page in self.pages if page.error is not None)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """Everything: lines end in a newline, a blank line between paragraphs, a form feed between
        pages."""
        return "\f".join(page.text for page in self.pages)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines of all pages."""
        return tuple(line for page in self.pages for line in page.lines)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words of all pages."""
        return tuple(word for page in self.pages for word in page.words)

    @property
    def confidence(self) -> float | None:
        """The mean over the words, weighted by characters; ``None`` if there is none to weigh."""
        return mean_confidence(self.words)

    def low_confidence(self, below: float = 0.6) -> tuple[Word, ...]:
        """The doubtful words of all pages, with their boxes; see `Page.low_confidence`."""
        return tuple(word for page in self.pages for word in page.low_confidence(below))

    def corrected(self, corrections: Iterable[Correction]) -> Self:
        """The result with corrections, instead of those that it has.

        Corrections of another reading of the same document are found by the words and by where
        they stand on the paper.

        Args:
            corrections: of any pages, in any order.

        Returns:
            A result whose ``pages`` have them. Words that a person typed or confirmed have the
            confidence 1; they stand where the words stood that were read instead.

        Raises:
            CorrectionError: some fit nowhere; its ``unfit`` are those, and nothing was corrected.
        """
        from notetext.corrections.correcting import corrected

        return corrected(self, corrections)

    def as_read(self) -> Self:
        """The result without corrections."""
        return self.corrected(())

    def to(self, format: str | Exporter) -> str | bytes:
        """Renders the result in a format.

        Args:
            format: a name, such as ``"text"`` or ``"json"``, or an `Exporter`.

        Returns:
            A string, or bytes where the format is binary.

        Raises:
            UnknownNameError: there is no such format; the message lists those that there are.
            MissingSourceError: the format needs the page's pixels; see `attach`.
        """
        from notetext import registry

        return self._rendered_by(registry.exporter(format))

    def _rendered_by(self, exporter: Exporter) -> str | bytes:
        with self._attachment.open() or nullcontext() as images:
            return exporter.render(self, images)

    def save(self, path: str | os.PathLike[str], format: str | Exporter | None = None) -> Path:
        """Writes the result to a file; text is UTF-8.

        Args:
            path: where to; an existing file is replaced.
            format: a name or an `Exporter`; chosen by the ending of ``path`` if left out.

        Returns:
            The path.

        Raises:
            ConfigurationError: no format has that ending; the message lists the endings.
            UnknownNameError: there is no such format.
            MissingSourceError: the format needs the page's pixels; see `attach`.
        """
        from notetext import registry

        target = Path(path)
        if format is None:
            exporter = registry.exporter_for(target.name)
        else:
            exporter = registry.exporter(format)
        rendered = self._rendered_by(exporter)
        if isinstance(rendered, str):
            rendered = rendered.encode("utf-8")
        target.write_bytes(rendered)
        return target

    def attach(
        self,
        document: DocumentLike,
        *,
        password: str | SecretStr | None = None,
        limits: Limits | None = None,
    ) -> Self:
        """Brings the document back that the result was read from.

        A result of `NoteText.recognize` has it already. One that came from JSON, a store or
        another process has left it behind, and formats and pictures that show the page need it.

        Args:
            document: whatever `NoteText.recognize` takes; a path is opened only when needed.
            password: for an encrypted document.
            limits: how much the document may ask of the machine.

        Returns:
            The result itself. Its value, its JSON and what it is equal to stay as they were.

        Raises:
            MissingSourceError: this is not the document that the result was read from.
            InputError: it cannot be opened.
        """
        from notetext.attachment import attachment_for

        attachment_for(self, document, password=password, limits=limits).put_on(self)
        return self

    def to_dataframe(self) -> pd.DataFrame:
        """The words as a table of pandas, one row a word; see `notetext.exporters.words`.

        Raises:
            MissingDependencyError: pandas is not installed (``notetext[dataframe]``).
        """
        from notetext.exporters.dataframe import to_dataframe

        return to_dataframe(self)

    def show(self, number: int | None = None) -> None:
        """Shows a page with what was read on it: in a notebook, or in the system's viewer.

        Args:
            number: the page, counted from 1; the result's first if left out.

        Raises:
            PageRangeError: the result has no such page.
            MissingSourceError: the document is not to be had; see `attach`.
        """
        from notetext.display.overlay import show_page

        show_page(self, number)

    def _repr_html_(self) -> str:
        """What a notebook shows: the pages, what was read on them, and the text."""
        from notetext.display.html import render_html

        return render_html(self)

    def __repr__(self) -> str:
        what = f"source={self.source.name!r}, pages={len(self.pages)}"
        return f"RecognitionResult({what}, {summary(self.words)})"

    def to_json(self, *, indent: int | None = None) -> str:
        """The whole result as JSON; `from_json` gives back an equal one."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, data: str | bytes) -> Self:
        """Reads what `to_json` wrote, or what was downloaded from a review page.

        The result of the latter has the page's corrections.

        Raises:
            ConfigurationError: it is no such JSON, or of another generation of the schema.
            CorrectionError: the corrections do not fit the result beside them.
        """
        from pydantic import ValidationError

        from notetext.corrections.review import review_in

        try:
            review = review_in(data)
            if review is None:
                return cls.model_validate_json(data)
            read = cls.model_validate(dict(review.result))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"]) or "the top"
            raise ConfigurationError(
                f"this is no recognition result in JSON: at {place}: {first['msg']}"
            ) from None
        return read.corrected(review.corrections)
