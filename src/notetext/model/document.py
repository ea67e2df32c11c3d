"""What is known of a document that was read, and of its pages: values, and nothing that acts."""

from __future__ import annotations

from pydantic import Field, computed_field, field_validator

from notetext.model.correction import Correction
from notetext.model.frozen import FrozenModel
from notetext.model.language import Language
from notetext.model.mode import Mode
from notetext.model.page import Line, PageData, PageError, mean_confidence
from notetext.model.usage import Usage
from notetext.model.word import DOUBTFUL_BELOW, Word
from notetext.model.written import Written

SCHEMA_VERSION = "1.6"


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


class Artifact(FrozenModel):
    """A file that an engine made beside the text, such as the service's own PDF."""

    page: int | None = None
    """The page that it belongs to; ``None`` for the whole document."""
    name: str
    data: bytes = Field(repr=False)


class DocumentData(Written, FrozenModel):
    """What was read, and how; what can be done with it, `notetext.RecognitionResult` knows."""

    schema_version: str = SCHEMA_VERSION
    source: SourceInfo = SourceInfo()
    engine: str
    mode: Mode
    """How the pages were read, or most of the text, if it was decided line by line: handwritten or
    printed, never auto."""
    languages: tuple[Language, ...]
    """What the text is in: what the caller said, or, of all pages, what was told, most of the text
    first."""
    timings: Timings = Timings()
    usage: Usage = Usage()
    artifacts: tuple[Artifact, ...] = ()
    pages: tuple[PageData, ...] = ()
    corrections: tuple[Correction, ...] = ()
    """What a person changed; ``pages`` and all formats have it so already."""
    uncorrected: tuple[PageData, ...] = ()
    """As they were read, those pages that were corrected."""

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
        """All words of all pages, with those that the writer struck out."""
        return tuple(word for page in self.pages for word in page.words)

    @property
    def confidence(self) -> float | None:
        """The mean over the words, weighted by characters; ``None`` if there is none to weigh."""
        return mean_confidence(self.words)

    def low_confidence(self, below: float = DOUBTFUL_BELOW) -> tuple[Word, ...]:
        """The words of all pages that are worth a look; see `Page.low_confidence`."""
        return tuple(word for page in self.pages for word in page.low_confidence(below))
