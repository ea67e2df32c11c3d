"""A table of words for pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notetext.errors import MissingDependencyError
from notetext.exporters.words import WordRow, word_rows
from notetext.model import DocumentData

if TYPE_CHECKING:
    import pandas as pd

_TYPES = {
    "source": "string",
    "text": "string",
    "kind": "string",
    "language": "string",
    **dict.fromkeys(("page", "paragraph", "line", "word"), "int64"),
    **dict.fromkeys(("confidence", "left", "top", "right", "bottom"), "float64"),
}


def to_dataframe(result: DocumentData) -> pd.DataFrame:
    """The words of a result, one row each, with the columns of `WordRow`.

    The types of the columns are the same for every result, an empty one included, so that the
    tables of many documents go together.

    Raises:
        MissingDependencyError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingDependencyError(
            'a DataFrame needs pandas; install it with pip install "notetext[dataframe]"',
            extra="dataframe",
        ) from error
    return pd.DataFrame(list(word_rows(result)), columns=list(WordRow._fields)).astype(_TYPES)
