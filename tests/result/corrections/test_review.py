"""What a review page holds and gives back."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from notetext import Correction, RecognitionResult
from notetext.errors import ConfigurationError, CorrectionError
from notetext.result.corrections.review import FORMAT, review_in

MakeResult = Callable[..., RecognitionResult]


def correction(old: str) -> Correction:
    return Correction(page=1, line=0, word=1, old=(old,), new=("slow",))


def download(result: RecognitionResult, *corrections: object) -> str:
    """What a page's button saves."""
    review = {
        "format": FORMAT,
        "result": result.model_dump(mode="json"),
        "corrections": list(corrections),
    }
    return json.dumps(review)


def test_a_download_is_read_as_the_corrected_result(result_of: MakeResult) -> None:
    read = result_of("the quick fox\n")
    wanted = correction("quick")
    data = download(read, wanted.model_dump(mode="json"))
    assert RecognitionResult.from_json(data) == read.corrected([wanted])
    review = review_in(data)
    assert review is not None
    assert review.corrections == (wanted,)
    assert review.result.text == "the quick fox\n"


def test_other_json_is_no_review(result_of: MakeResult) -> None:
    assert review_in(result_of("the quick fox\n").to_json()) is None
    assert review_in(b"{}") is None


def test_a_damaged_download_says_where_it_is_damaged(result_of: MakeResult) -> None:
    read = result_of("the quick fox\n")
    with pytest.raises(ValidationError):
        review_in(download(read, {"page": 0}))
    with pytest.raises(ConfigurationError, match=r"corrections\.0\.page"):
        RecognitionResult.from_json(download(read, {"page": 0}))


def test_corrections_of_another_reading_are_named(result_of: MakeResult) -> None:
    data = download(result_of("the quick fox\n"), correction("brown").model_dump(mode="json"))
    with pytest.raises(CorrectionError, match=r"page 1, line 1 \('brown'\)"):
        RecognitionResult.from_json(data)
