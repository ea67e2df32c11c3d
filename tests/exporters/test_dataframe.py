"""Words as a data frame."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pandas as pd
import pytest

from notetext import RecognitionResult
from notetext.errors import MissingDependencyError

ResultOf = Callable[..., RecognitionResult]


def test_a_data_frame_has_a_row_a_word_and_missing_values_where_nothing_is_known(
    letter: RecognitionResult, result_of: ResultOf
) -> None:
    frame = letter.to_dataframe()
    assert list(frame["text"]) == [word.text for word in letter.words]
    assert frame["confidence"].between(0, 1).all()
    assert result_of([[["alone"]]]).to_dataframe()["confidence"].isna().all()


def test_the_frames_of_an_empty_and_a_full_result_have_the_same_types(
    letter: RecognitionResult, result_of: ResultOf
) -> None:
    full, empty = letter.to_dataframe(), result_of([]).to_dataframe()
    assert len(empty) == 0
    assert list(full.dtypes.items()) == list(empty.dtypes.items())
    assert list(pd.concat([full, empty]).dtypes) == list(full.dtypes)


def test_without_pandas_the_extra_is_named(
    letter: RecognitionResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingDependencyError, match=r"notetext\[dataframe\]") as caught:
        letter.to_dataframe()
    assert caught.value.extra == "dataframe"
