"""The bodies that Aspose.OCR Cloud takes, as the specification of its REST API 5.0 has them.

Where the specification and the documentation contradict each other, what either says is taken.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from difflib import get_close_matches
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, AliasChoices, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails, PydanticCustomError

from notetext.engines.aspose.languages import HANDWRITTEN_NAMES, PRINTED_NAMES
from notetext.engines.aspose.settings import DsrConfidence, DsrMode

LANGUAGES = frozenset({*PRINTED_NAMES.values(), *HANDWRITTEN_NAMES.values()}) | {
    "Devanagari",
    "Netherlands",
    "Palembang",
}
"""All values of ``language``; the last three are no languages of our own."""

DSR_MODES = (*(mode.value for mode in DsrMode), "CraftPoly")
"""All values of ``dsrMode``; only the documentation has the last."""

DSR_CONFIDENCES = tuple(confidence.value for confidence in DsrConfidence)
RESULT_TYPES = (
    "Text",
    "Pdf",
    "TextAndPdf",
    "Hocr",
    "TextAndHocr",
    "PdfAndHocr",
    "TextAndPdfAndHocr",
    "ImagePNG",
    "JSON",
)
TABLE_TYPES = ("Text", "Excel", "Csv", "CsvAndExcel")


def _one_of(known: Collection[str], what: str, listed: str = "") -> AfterValidator:
    """Checks that a value is one of those, and says which it could have been."""
    all_known = listed or ", ".join(known)

    def check(value: str) -> str:
        if value in known:
            return value
        hint = _nearest(value, known) or f"; the specification has {all_known}"
        said = {"sent": repr(value[:40]), "what": what, "hint": hint}
        raise PydanticCustomError("value", "{sent} is no {what}{hint}", said)

    return AfterValidator(check)


def _nearest(value: str, known: Collection[str]) -> str:
    folded = {name.casefold(): name for name in known}
    matches = get_close_matches(value[:40].casefold(), folded, n=1)
    return f"; did you mean {folded[matches[0]]!r}?" if matches else ""


def _base64(value: str) -> str:
    try:
        base64.b64decode(value, validate=True)
    except ValueError:
        raise PydanticCustomError("base64", "this is no Base64") from None
    return value


_Int32: TypeAlias = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]


class _Schema(BaseModel):
    """With ``additionalProperties: false``; only what may be ``null`` may be ``null``."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        strict=True,
    )


class Rect(_Schema):
    """``OCRRect``, in pixels."""

    top_left_x: _Int32 = 0
    top_left_y: _Int32 = 0
    bottom_right_x: _Int32 = 0
    bottom_right_y: _Int32 = 0

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return (
            self.top_left_x <= x <= self.bottom_right_x
            and self.top_left_y <= y <= self.bottom_right_y
        )


class Region(_Schema):
    """``OCRRegion``; one with a higher ``order`` comes later in the results."""

    rect: Rect = Rect()
    order: _Int32 = 0


class Settings(_Schema):
    """``OCRSettings…``: all endpoints have the same twelve fields, and none of them is required.

    The specification spells ``Rotate``, the documentation ``rotate``.
    """

    language: Annotated[str, _one_of(LANGUAGES, "language", "154 names, such as English")] = (
        "English"
    )
    make_skew_correct: bool = True
    make_binarization: bool = False
    make_contrast_correction: bool = False
    make_upsampling: bool = False
    make_spell_check: bool = False
    rotate: Annotated[_Int32, Field(validation_alias=AliasChoices("Rotate", "rotate"))] = 0
    dsr_mode: Annotated[str, _one_of(DSR_MODES, "dsrMode")] = DsrMode.REGIONS
    dsr_confidence: Annotated[str, _one_of(DSR_CONFIDENCES, "dsrConfidence")] = (
        DsrConfidence.DEFAULT
    )
    result_type: Annotated[
        str,
        _one_of(RESULT_TYPES, "resultType (a table's formats are values of resultTypeTable)"),
    ] = "Text"
    result_type_table: Annotated[str, _one_of(TABLE_TYPES, "resultTypeTable")] = "Text"
    regions: tuple[Region, ...] | None = None


class ImageBody(_Schema):
    """``OCRBinarizeImageBody`` and its like: a picture alone."""

    image: Annotated[str, AfterValidator(_base64), Field(repr=False)]


class RecognitionBody(ImageBody):
    """``OCRRecognizeImageBody`` and its like: a picture, or a PDF, and how to read it."""

    settings: Settings


_FIELDS = tuple(
    name
    for schema in (RecognitionBody, Settings, Region, Rect)
    for name in schema.model_json_schema(mode="validation")["properties"]
)


def wrong_fields(body: bytes, schema: type[ImageBody]) -> dict[str, list[str]]:
    """What the specification does not allow about a body, by the paths of the fields."""
    try:
        schema.model_validate_json(body)
    except ValidationError as error:
        wrong: dict[str, list[str]] = {}
        for details in error.errors(include_url=False, include_input=False):
            path = ".".join(["$", *(str(step) for step in details["loc"])])
            wrong.setdefault(path, []).append(_said(details))
        return wrong
    return {}


def _said(details: ErrorDetails) -> str:
    if details["type"] == "extra_forbidden":
        name = str(details["loc"][-1])
        return "the specification has no such field" + _nearest(name, _FIELDS)
    return details["msg"]
