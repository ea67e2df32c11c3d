"""The service's own settings, typed, with one set of defaults.

The documentation and the vendor's package disagree about the defaults, so every flag is sent with
every request. Rotation is never sent: nobody knows how the service spells it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from notetext.model.parameters import Parameters


class Endpoint(StrEnum):
    """What a task is submitted to, and asked for at."""

    IMAGE = "RecognizeImage"
    PDF = "RecognizePdf"

    @property
    def path(self) -> str:
        """The path below the base URL."""
        return f"/v5.0/ocr/{self.value}"


class DsrMode(StrEnum):
    """How the service finds text on the page ("document structure recognition")."""

    REGIONS = "Regions"
    DSR_NO_FILTER = "DsrNoFilter"
    DSR_AND_FILTER = "DsrAndFilter"
    NO_DSR_NO_FILTER = "NoDsrNoFilter"
    TEXT_DETECTOR = "TextDetector"
    DSR_PLUS_DETECTOR = "DsrPlusDetector"
    POLYGONAL_TEXT_DETECTOR = "PolygonalTextDetector"
    LINE_DETECTOR = "LineDetector"


class DsrConfidence(StrEnum):
    """How sure the service must be of a region; only the combined modes use it."""

    DEFAULT = "Default"
    LOW = "Low"
    LOW_MID = "LowMid"
    MID = "Mid"
    MID_HIGH = "MidHigh"
    HIGH = "High"
    ULTRA = "Ultra"
    ALL = "All"


class _Settings(Parameters):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    endpoint: ClassVar[Endpoint]

    language: Annotated[str, Field(pattern="^[A-Za-z_]+$")] | None = None
    """The service's own name of a language, in place of the one that the mode and language give."""
    make_skew_correct: bool = True
    """Straighten text that leans by up to 15 degrees."""
    make_binarization: bool = False
    """Black and white before reading."""
    make_contrast_correction: bool = False
    """Even out the contrast before reading."""
    make_upsampling: bool = False
    """Enlarge before reading."""
    make_spell_check: bool = False
    """Replace misspelt words by dictionary words; 20 languages have a dictionary."""
    dsr_mode: DsrMode = DsrMode.REGIONS
    dsr_confidence: DsrConfidence = DsrConfidence.DEFAULT


class RecognizeImageSettings(_Settings):
    """The settings of RecognizeImage.

    >>> from notetext.engines.aspose import RecognizeImageSettings
    >>> RecognizeImageSettings(dsr_mode="TextDetector").make_contrast_correction
    True
    """

    endpoint = Endpoint.IMAGE

    make_contrast_correction: bool = True


class RecognizePdfSettings(_Settings):
    """The settings of RecognizePdf; the contrast is left alone, since that flag is deprecated."""

    endpoint = Endpoint.PDF
