"""Many threads, one reader: the same results as one after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from notetext import NoteText, RecognitionResult
from notetext.engines.local import LocalEngine
from notetext.page_image import PageImage
from notetext.testing import FakeEngine

THREADS = 16


def without_timings(result: RecognitionResult) -> str:
    return result.model_dump_json(exclude={"timings"})


def in_threads(
    read: Callable[[NDArray[np.uint8]], RecognitionResult], pages: list[NDArray[np.uint8]]
) -> list[str]:
    with ThreadPoolExecutor(THREADS) as pool:
        return [without_timings(result) for result in pool.map(read, pages)]


@pytest.mark.slow
def test_sixteen_threads_read_two_thousand_pages_as_one_does() -> None:
    def written(page: PageImage) -> str:
        return f"page {page.width}\nof {int(page.grey().mean())}"

    pages = [np.full((20, 20 + n % 50), n % 251, np.uint8) for n in range(2000)]
    reader = NoteText(engine=FakeEngine(written), preprocessors=["contrast", "deskew"])
    one_by_one = [without_timings(reader.recognize(page)) for page in pages]
    assert len(set(one_by_one)) > 1000
    assert in_threads(reader.recognize, pages) == one_by_one


@pytest.mark.slow
def test_sixteen_threads_share_the_local_engine(notes: Path) -> None:
    with Image.open(notes / "letter.jpg") as letter:
        grey = np.asarray(letter.convert("L"))
    lines = [grey[top : top + 80, :620] for top in range(100, 1100, 50)]
    with NoteText(engine=LocalEngine(threads=1)) as reader:
        one_by_one = [without_timings(reader.recognize(line)) for line in lines]
        assert in_threads(reader.recognize, lines * 5) == one_by_one * 5
    assert sum('"text"' in result for result in one_by_one) > 10
