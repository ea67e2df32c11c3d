"""What can be asked of Aspose.OCR Cloud, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from notetext.testing import aspose_results as results
from notetext.testing.aspose_requests import ImageBody, RecognitionBody, Settings
from notetext.testing.fake_service import FakeResult

Entries: TypeAlias = "Callable[[FakeResult, Settings, bytes], list[dict[str, str]]]"

BASE_PATH = "/v5.0/ocr/"
TOKEN_PATH = "/connect/token"  # noqa: S105 (a path)
STATUS_PATH = f"{BASE_PATH}Utilities/GetTaskStatus"


@dataclass(frozen=True, slots=True)
class TaskEndpoint:
    """Where tasks are submitted, looked at and cancelled.

    Attributes:
        name: the last part of its path.
        entries: makes the entries of ``results`` from what was read, the settings and the picture.
        body: what is submitted.
        needs_token: whether it is refused without a good token.
    """

    name: str
    entries: Entries
    body: type[ImageBody] = RecognitionBody
    needs_token: bool = True

    @property
    def path(self) -> str:
        """As the specification spells it."""
        return BASE_PATH + self.name

    @property
    def reads(self) -> bool:
        """Whether it reads the picture, rather than to change it."""
        return self.body is RecognitionBody


ENDPOINTS = (
    TaskEndpoint("RecognizeImage", results.read),
    TaskEndpoint("RecognizeImageTrial", results.read_in_part, needs_token=False),
    TaskEndpoint("RecognizePdf", results.read),
    TaskEndpoint("RecognizeRegions", results.read_regions),
    TaskEndpoint("DetectRegions", results.found_regions),
    TaskEndpoint("RecognizeTable", results.read_table),
    TaskEndpoint("RecognizeReceipt", results.read),
    TaskEndpoint("RecognizeLabel", results.read),
    TaskEndpoint("RecognizeAndParseInvoice", results.read_invoice),
    TaskEndpoint("BinarizeImage", results.same_picture, ImageBody),
    TaskEndpoint("DeskewImage", results.same_picture, ImageBody),
    TaskEndpoint("DewarpImage", results.same_picture, ImageBody),
    TaskEndpoint("UpscaleImage", results.same_picture, ImageBody),
)
_BY_PATH = {endpoint.path.casefold(): endpoint for endpoint in ENDPOINTS}


def endpoint_at(path: str) -> TaskEndpoint | None:
    """The endpoint of a path, whose capitals the documentation itself does not always mind."""
    return _BY_PATH.get(path.casefold())
