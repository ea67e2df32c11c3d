"""Many documents in worker processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import cloudpickle  # type: ignore[import-untyped]
import numpy as np
import pytest
from PIL import Image

from notetext import NoteText
from notetext.documents import DocumentLike
from notetext.engines import Engine, Reading, Request
from notetext.errors import (
    BatchStoppedError,
    EngineUnavailableError,
    InputNotFoundError,
)
from notetext.model import Line, Word
from notetext.page_image import PageImage
from notetext.preprocessors.step import Step

# The worker processes cannot import the tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

DEADLY, HEALTHY = (np.full((40, 60), shade, np.uint8) for shade in (6, 9))


class ProcessEngine(Engine):
    """Says in which process it reads; the shade 6 kills that process."""

    name = "process"
    runs_in = "process"

    def __init__(self) -> None:
        self.loads = 0

    def read(self, page: PageImage, request: Request) -> Reading:
        if page.grey().mean() == 6:
            os.kill(os.getpid(), signal.SIGKILL)
        self.loads += 1
        words = (Word(text=str(os.getpid())), Word(text=str(self.loads)))
        return Reading(lines=[Line(words=words)])


@pytest.mark.slow
def test_processes_read_with_a_reader_of_their_own_that_each_keeps() -> None:
    reader = NoteText(engine=ProcessEngine())
    items = list(reader.recognize_many([HEALTHY] * 12, workers=2))
    words = [item.result.words for item in items if item.result is not None]
    processes = {word[0].text for word in words}
    assert len(words) == 12
    assert len(processes) <= 2
    assert str(os.getpid()) not in processes
    for process in processes:
        counts = sorted(int(word[1].text) for word in words if word[0].text == process)
        assert counts == list(range(1, len(counts) + 1))


@pytest.mark.slow
def test_a_process_that_dies_costs_its_document_and_not_the_batch() -> None:
    sources = [HEALTHY, DEADLY, HEALTHY, HEALTHY, DEADLY, HEALTHY]
    reader = NoteText(engine=ProcessEngine())
    items = list(reader.recognize_many(sources, workers=2, ordered=True))
    assert [item.result is not None for item in items] == [True, False, True, True, False, True]
    assert isinstance(items[1].error, EngineUnavailableError)
    assert "the worker process died" in items[1].error.message


@pytest.mark.slow
def test_the_batch_stops_if_every_process_dies() -> None:
    items = NoteText(engine=ProcessEngine()).recognize_many([DEADLY] * 5, workers=2, stop_after=2)
    with pytest.raises(BatchStoppedError, match="worker process died"):
        list(items)


@pytest.mark.slow
def test_functions_and_engines_of_no_module_cross(notes: Path) -> None:
    class Local(ProcessEngine):
        name = "local-class"

    def inverted(image: Image.Image) -> Image.Image:
        return image.point(lambda value: 255 - value)

    reader = NoteText(engine=Local(), preprocessors=[inverted])
    items = list(reader.recognize_many([notes / "letter.jpg"] * 2, workers=2))
    assert [item.result is not None for item in items] == [True, True]


@pytest.mark.slow
def test_a_batch_of_processes_that_is_given_up_early_leaves_none_behind() -> None:
    def endless() -> Iterator[DocumentLike]:
        while True:
            yield HEALTHY

    items = NoteText(engine=ProcessEngine()).recognize_many(endless(), workers=2)
    first = next(items).result
    items.close()
    assert first is not None
    with pytest.raises(ProcessLookupError):
        os.kill(int(first.words[0].text), 0)


KILLED = """
import multiprocessing, os, signal, sys
from notetext import NoteText

if __name__ == "__main__":
    items = NoteText().recognize_many([sys.argv[1]] * 99, workers=2)
    next(items)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
def test_the_processes_end_when_the_one_that_runs_the_batch_is_killed(
    notes: Path, tmp_path: Path
) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    command = [sys.executable, str(script), str(notes / "shopping.jpg")]
    killed = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    assert killed.returncode == -signal.SIGKILL
    workers = [int(word) for word in killed.stdout.split()]
    assert workers
    for worker in workers:
        for _ in range(1000):
            try:
                os.kill(worker, 0)
            except ProcessLookupError:
                break
            time.sleep(0.01)
        else:
            pytest.fail(f"the worker {worker} lives on")


@pytest.mark.slow
def test_a_result_of_another_process_has_its_pixels_again(notes: Path) -> None:
    (item,) = NoteText(engine=ProcessEngine()).recognize_many([notes / "letter.jpg"], workers=2)
    assert item.result is not None
    overlay = item.result.pages[0].overlay()
    assert overlay.size == (item.result.pages[0].width, item.result.pages[0].height)


@pytest.mark.slow
def test_an_error_of_another_process_names_the_document_as_it_was_given() -> None:
    reader = NoteText(engine=ProcessEngine(), preprocessors=[Step(Image.Image.copy, version="1")])
    (item,) = reader.recognize_many(["gone.jpg"], workers=2)
    assert isinstance(item.error, InputNotFoundError)
    assert str(item.error) == "gone.jpg: there is no such file; check the path"
