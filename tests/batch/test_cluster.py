"""A cluster of Dask: real worker processes, one of which is killed."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import cloudpickle  # type: ignore[import-untyped]
import pytest
from PIL import Image

from notetext import NoteText
from notetext.documents import DocumentLike
from notetext.engines import Engine, Reading, Request
from notetext.engines.aspose import AsposeEngine
from notetext.errors import BatchStoppedError, EngineError
from notetext.model import Line, Word
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from distributed import Client

pytestmark = [
    pytest.mark.slow,
]

# The worker processes cannot import the tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


class ProcessEngine(Engine):
    """Says in which process it reads, and how many pages it has read there."""

    name = "process"
    runs_in = "process"

    def __init__(self, killer: Path | None = None) -> None:
        self.reads = 0
        self.killer = killer

    def read(self, page: PageImage, request: Request) -> Reading:
        if self.killer is not None and page.grey().mean() == 6 and not self.killer.exists():
            self.killer.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        self.reads += 1
        words = (Word(text=str(os.getpid())), Word(text=str(self.reads)))
        return Reading(lines=[Line(words=words)])


def note(shade: int) -> bytes:
    file = io.BytesIO()
    Image.new("L", (60, 40), shade).save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A cluster of two processes on this machine."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        yield client


@pytest.fixture
def executor(client: Client) -> Executor:
    """The cluster as an executor."""
    executor: Executor = client.get_executor()  # type: ignore[no-untyped-call]
    return executor


def test_the_workers_of_a_cluster_read_and_each_loads_its_engine_once(executor: Executor) -> None:
    reader = NoteText(engine=ProcessEngine())
    items = list(reader.recognize_many([note(shade) for shade in range(9, 21)], executor=executor))
    words = [item.result.words for item in items if item.result is not None]
    assert len(words) == 12
    assert str(os.getpid()) not in {word[0].text for word in words}
    for process in {word[0].text for word in words}:
        counts = sorted(int(word[1].text) for word in words if word[0].text == process)
        assert counts == list(range(1, len(counts) + 1))


def test_the_local_engine_reads_on_a_cluster(executor: Executor, notes: Path) -> None:
    (item,) = NoteText().recognize_many([notes / "shopping.jpg"], executor=executor)
    assert item.result is not None
    assert item.result.lines[0].text == "Shopping list"
    assert item.result.source.name == str(notes / "shopping.jpg")


def test_the_cloud_engine_takes_the_workers_own_credentials(
    client: Client, executor: Executor
) -> None:
    def set_credentials(value: str | None) -> None:
        for name in ("ASPOSE_CLIENT_ID", "ASPOSE_CLIENT_SECRET"):
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value

    with FakeAsposeServer(answer="Hello") as server:
        engine = AsposeEngine(client_id="mine", client_secret="my-secret", base_url=server.url)
        reader = NoteText(engine=engine)
        sources: list[DocumentLike] = [note(9)] * 9
        with pytest.raises(BatchStoppedError, match="ASPOSE_CLIENT_ID and ASPOSE_CLIENT_SECRET"):
            list(reader.recognize_many(sources, executor=executor))
        client.run(set_credentials, "theirs")
        try:
            items = list(reader.recognize_many(sources, executor=executor))
        finally:
            client.run(set_credentials, None)
    assert [item.result.text for item in items if item.result is not None] == ["Hello\n"] * 9


def test_a_worker_that_is_killed_costs_at_most_its_document(
    executor: Executor, tmp_path: Path
) -> None:
    reader = NoteText(engine=ProcessEngine(killer=tmp_path / "killed"))
    sources = [note(6 if index == 4 else 9) for index in range(16)]
    items = list(reader.recognize_many(sources, executor=executor))
    assert (tmp_path / "killed").exists()
    assert sorted(item.index for item in items) == list(range(16))
    for item in items:
        assert item.result is not None or (item.index == 4 and isinstance(item.error, EngineError))
