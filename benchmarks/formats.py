"""Measures what exporting costs: a page of 500 words in every format.

    python benchmarks/formats.py --output formats.md

Modules are imported before the clock starts. The searchable PDF is measured against one of the same
page without words: the difference is the text.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from measuring.figures import Row, table
from measuring.made_pages import page_of_words

_WORDS = 500
_TEXT_FORMATS = ("text", "json", "markdown", "hocr", "alto", "csv")
_TEXT_AT_MOST_MS = 20.0
_PDF_AT_MOST_MS = 100.0


def milliseconds(call: Callable[[], object], repeats: int) -> float:
    """The median over several calls, after one that is not counted."""
    call()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - started))
    return median(times)


def measure(repeats: int) -> list[Row]:
    """A row a format."""
    result, blank = page_of_words(_WORDS), page_of_words(0)
    assert len(result.words) == _WORDS
    rows = [
        Row(name, milliseconds(partial(result.to, name), repeats), _TEXT_AT_MOST_MS, "ms")
        for name in _TEXT_FORMATS
    ]
    image_ms = milliseconds(lambda: blank.to("pdf"), repeats)
    pdf_ms = milliseconds(lambda: result.to("pdf"), repeats)
    rows.append(Row("pdf, its text", pdf_ms - image_ms, _PDF_AT_MOST_MS, "ms"))
    rows.append(Row("pdf, its image (a JPEG)", image_ms, None, "ms"))
    rows.append(Row("DataFrame", milliseconds(result.to_dataframe, repeats), None, "ms"))
    rows.append(Row("overlay", milliseconds(result.pages[0].overlay, repeats), None, "ms"))
    rows.append(Row("in a notebook", milliseconds(result._repr_html_, repeats), None, "ms"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--output", type=Path, help="a file for the table")
    arguments = parser.parse_args()
    rows = measure(arguments.repeats)
    report = table(rows)
    print(report)
    if arguments.output is not None:
        arguments.output.write_text(f"{report}\n", encoding="utf-8")
    late = [row.what for row in rows if not row.is_met]
    if late:
        raise SystemExit(f"over the limit: {', '.join(late)}")


if __name__ == "__main__":
    main()
