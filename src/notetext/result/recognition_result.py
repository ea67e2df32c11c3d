"""`RecognitionResult`: what was read, and what can be done with it."""

from __future__ import annotations

import json
import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Self, overload

from pydantic import PrivateAttr, field_validator

from notetext.documents import Attachment
from notetext.errors import ConfigurationError, PageRangeError
from notetext.errors.foreign_text import NAME_CHARACTERS, one_line
from notetext.errors.wording import a
from notetext.model import DocumentData, summary
from notetext.result.page import Page, picture_of
from notetext.result.page import hold as hold_page
from notetext.result.structure.collected import PageTable, PageTask, tables_on, tasks_on
from notetext.result.structure.running_heads import with_running_heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd
    from pydantic import JsonValue, SecretStr

    from notetext.converters.named import ConverterLike
    from notetext.documents import DocumentLike, Limits
    from notetext.exporters import Exporter
    from notetext.model import Correction
    from notetext.registry import BinaryFormatName, FormatName, TextFormatName


class RecognitionResult(DocumentData):
    r"""The text of a document, with everything that is known about it.

    Frozen, so threads may share it. Coordinates are pixels of each page as it came in, after its
    EXIF orientation; (0, 0) is the outer corner of the top left pixel.

    >>> from notetext import Page, RecognitionResult
    >>> from notetext import Box, Language, Line, Mode, Paragraph, Word
    >>> word = Word(text="Hello", box=Box.rectangle(0, 0, 50, 20), confidence=0.9)
    >>> paragraph = Paragraph(lines=(Line(words=(word,)),))
    >>> page = Page(number=1, width=60, height=30, engine="local", paragraphs=(paragraph,))
    >>> result = RecognitionResult(
    ...     engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=(page,)
    ... )
    >>> result.text
    'Hello\n'
    >>> print(result, end="")
    Hello
    >>> "Hell" in result, len(result), [page.number for page in result]
    (True, 1, [1])
    >>> RecognitionResult.from_json(result.to_json()) == result
    True
    """

    pages: tuple[Page, ...] = ()
    uncorrected: tuple[Page, ...] = ()
    """As they were read, those pages that were corrected."""
    _attachment: Attachment = PrivateAttr(default_factory=Attachment)

    @field_validator("pages")
    @classmethod
    def _with_running_heads(cls, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return with_running_heads(pages)

    @property
    def tasks(self) -> tuple[PageTask, ...]:
        """The items with check boxes on all pages, ticked or not."""
        return tuple(tasks_on(self.pages))

    @property
    def tables(self) -> tuple[PageTable, ...]:
        """The tables on all pages; each gives CSV and a data frame."""
        return tuple(tables_on(self.pages))

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
        from notetext.result.corrections.correcting import corrected

        copy = corrected(self, corrections)
        hold(copy, self._attachment)
        return copy

    def as_read(self) -> Self:
        """The result without corrections."""
        return self.corrected(())

    @overload
    def to(self, format: TextFormatName) -> str: ...

    @overload
    def to(self, format: BinaryFormatName) -> bytes: ...

    @overload
    def to(self, format: str | Exporter) -> str | bytes: ...

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
        from notetext.exporters.named import exporter

        return self._rendered_by(exporter(format))

    def _rendered_by(self, exporter: Exporter) -> str | bytes:
        with self._attachment.open() or nullcontext() as images:
            return exporter.render(self, images)

    def save(
        self, path: str | os.PathLike[str], format: FormatName | str | Exporter | None = None
    ) -> Path:
        """Writes the result to a file; text is UTF-8.

        Args:
            path: where to; folders above it are made. An existing file is replaced at once or
                not at all, and keeps its permissions; links, devices and pipes stay what they are.
            format: a name or an `Exporter`; chosen by the ending of ``path`` if left out.

        Returns:
            The path.

        Raises:
            ConfigurationError: no format has that ending; the message lists the endings.
            UnknownNameError: there is no such format.
            MissingSourceError: the format needs the page's pixels; see `attach`.
            ExportError: the file cannot be written; what it held is still there.
        """
        from notetext.exporters.named import exporter, exporter_for
        from notetext.result.writing import write

        if not isinstance(path, (str, os.PathLike)):
            raise ConfigurationError(
                f"{a(type(path).__name__)} is no path; of an open file, "
                'write(result.to("text")) or the like'
            )
        target = Path(path)
        chosen = exporter_for(target.name) if format is None else exporter(format)
        write(self._rendered_by(chosen), target)
        return target

    def attach(
        self,
        document: DocumentLike,
        *,
        password: str | SecretStr | None = None,
        limits: Limits | None = None,
        converters: Sequence[ConverterLike] | ConverterLike | None = None,
    ) -> Self:
        """Brings the document back that the result was read from.

        A result of `NoteText.recognize` has it already. One that came from JSON, a store or
        another process has left it behind, and formats and pictures that show the page need it.

        Args:
            document: whatever `NoteText.recognize` takes; a path is opened only when needed.
            password: for an encrypted document.
            limits: how much the document may ask of the machine.
            converters: what opens it: names or `Converter` objects; if left out, all that come with
                notetext, and those of plug-ins.

        Returns:
            The result itself. Its value, its JSON and what it is equal to stay as they were.

        Raises:
            MissingSourceError: this is not the document that the result was read from.
            InputError: it cannot be opened.
        """
        from notetext.result.attaching import attachment_for

        attachment = attachment_for(
            self, document, password=password, limits=limits, openers=converters
        )
        hold(self, attachment)
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
        from notetext.result.display.overlay import show

        pages = {page.number: page for page in reversed(self.pages)}
        page = self.pages[0] if number is None and self.pages else pages.get(number or 0)
        if page is None:
            known = ", ".join(str(page.number) for page in self.pages) or "none"
            raise PageRangeError(f"the result has no page {number}; it has {known}")
        show(page.overlay(), self.source.name)

    def _repr_html_(self) -> str:
        """What a notebook shows: the pages, what was read on them, and the text."""
        from notetext.result.display.notebook import render_html

        return render_html(self, lambda place: picture_of(self.pages[place]))

    def __repr__(self) -> str:
        name = self.source.name and one_line(self.source.name, NAME_CHARACTERS)
        what = f"source={name!r}, pages={len(self.pages)}"
        if self.errors:
            what += f", failed={len(self.errors)}"
        return f"RecognitionResult({what}, {summary(self.words)})"

    def __len__(self) -> int:
        return len(self.pages)

    # Of a pydantic model that would be its fields, which nobody means who writes a loop.
    def __iter__(self) -> Iterator[Page]:  # type: ignore[override]
        return iter(self.pages)

    @overload
    def __getitem__(self, place: int) -> Page: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Page, ...]: ...

    def __getitem__(self, place: int | slice) -> Page | tuple[Page, ...]:
        return self.pages[place]

    def __contains__(self, part: object) -> bool:
        return part in self.pages if isinstance(part, Page) else super().__contains__(part)

    def __bool__(self) -> bool:
        return True

    def to_dict(self) -> dict[str, JsonValue]:
        """The whole result as what `json.dump` writes: dictionaries, lists, strings and numbers.

        It has the keys of `to_json`, and `from_dict` gives back an equal result.
        """
        return self.model_dump(mode="json")

    @classmethod
    def from_dict(cls, data: Mapping[str, JsonValue]) -> Self:
        """Reads what `to_dict` gave.

        Raises:
            ConfigurationError: it is no such dictionary; see `from_json`.
        """
        return cls.from_json(json.dumps(data))

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

        from notetext.result.corrections.review import review_in

        try:
            review = review_in(data)
            if review is None:
                return cls.model_validate_json(data)
            read = cls.model_validate(review.result.model_dump())
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"]) or "the top"
            raise ConfigurationError(
                f"this is no recognition result in JSON: at {place}: {first['msg']}"
            ) from None
        return read.corrected(review.corrections)


def hold(result: RecognitionResult, attachment: Attachment) -> None:
    """Makes a result and its pages keep the document that they were read from."""
    result._attachment = attachment
    for page in result.pages:
        hold_page(page, attachment)


def has_document(result: RecognitionResult) -> bool:
    """Whether a result knows the document that it was read from."""
    return not result._attachment.is_empty
