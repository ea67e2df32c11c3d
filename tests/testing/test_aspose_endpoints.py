"""The endpoints, in one table."""

from __future__ import annotations

import pytest

from notetext.testing.aspose_endpoints import endpoint_at
from notetext.testing.aspose_requests import ImageBody


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v5.0/ocr/RecognizeImage", "RecognizeImage"),
        ("/v5.0/ocr/binarizeimage", "BinarizeImage"),  # as the documentation spells it
    ],
)
def test_an_endpoint_is_found_whatever_the_capitals_of_its_path(path: str, name: str) -> None:
    endpoint = endpoint_at(path)
    assert endpoint is not None
    assert endpoint.name == name


@pytest.mark.parametrize("path", ["/", "/v5.0/ocr/", "/v5.1/ocr/RecognizeImage", "RecognizeImage"])
def test_there_is_none_anywhere_else(path: str) -> None:
    assert endpoint_at(path) is None


def test_what_changes_a_picture_does_not_read_it() -> None:
    endpoint = endpoint_at("/v5.0/ocr/BinarizeImage")
    assert endpoint is not None
    assert (endpoint.reads, endpoint.body) == (False, ImageBody)


def test_the_trial_reads_without_a_token() -> None:
    endpoint = endpoint_at("/v5.0/ocr/RecognizeImageTrial")
    assert endpoint is not None
    assert (endpoint.reads, endpoint.needs_token) == (True, False)
