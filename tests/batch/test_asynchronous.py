"""Reading beside other work of an event loop."""

from __future__ import annotations

import asyncio
import io
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import NoteText
from notetext.documents import DocumentLike
from notetext.engines import Engine, Reading, Request
from notetext.engines.aspose import AsposeEngine
from notetext.errors import BatchStoppedError, EngineUnavailableError, InputNotFoundError
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Phase

GREY = np.full((40, 60), 200, np.uint8)


class Blocking(Engine):
    """Holds its thread until it is let go; asks in the end whether anybody still waits."""

    name = "blocking"

    def __init__(self) -> None:
        self.begun, self.go_on, self.dropped = (threading.Event() for _ in range(3))

    def read(self, page: PageImage, request: Request) -> Reading:
        self.begun.set()
        self.go_on.wait(10)
        if request.cancel is not None and request.cancel.is_set():
            self.dropped.set()
        request.check(self.name)
        return Reading()


async def set_within(event: threading.Event, seconds: float = 10.0) -> bool:
    """Whether an event of another thread comes, without keeping the loop."""
    end = time.monotonic() + seconds
    while not event.is_set() and time.monotonic() < end:
        await asyncio.sleep(0.005)
    return event.is_set()


def note() -> bytes:
    file = io.BytesIO()
    Image.new("L", (60, 40), 9).save(file, "PNG")
    return file.getvalue()


def test_a_document_is_read_and_its_errors_are_raised(engine: Engine) -> None:
    reader = NoteText(engine=engine)
    result = asyncio.run(reader.arecognize(GREY, mode="printed", region=(0, 0, 20, 20)))
    assert result.text == "20x20 200 printed\n"
    with pytest.raises(InputNotFoundError, match=r"gone\.jpg"):
        asyncio.run(reader.arecognize("gone.jpg"))


def test_the_loop_goes_on_while_a_page_is_read() -> None:
    engine = Blocking()

    async def main() -> None:
        reading = asyncio.create_task(NoteText(engine=engine).arecognize(GREY))
        assert await set_within(engine.begun)
        engine.go_on.set()
        assert (await reading).text == ""

    asyncio.run(main())


def test_cancelling_returns_while_the_page_is_still_under_way_and_drops_it() -> None:
    engine = Blocking()

    async def main() -> None:
        reading = asyncio.create_task(NoteText(engine=engine).arecognize(GREY))
        assert await set_within(engine.begun)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert not engine.dropped.is_set()
        engine.go_on.set()
        assert await set_within(engine.dropped)

    asyncio.run(main())


def test_a_cloud_task_is_deleted_when_its_caller_gives_up() -> None:
    async def main(server: FakeAsposeServer) -> None:
        engine = AsposeEngine(client_id="any", client_secret="any", base_url=server.url)
        reading = asyncio.create_task(NoteText(engine=engine).arecognize(note()))
        while not server.requests_for(Phase.SUBMIT):
            await asyncio.sleep(0.005)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        while not server.deleted:
            await asyncio.sleep(0.005)
        engine.close()

    with FakeAsposeServer(ready_after_s=1000) as server:
        asyncio.run(asyncio.wait_for(main(server), 20))


def test_with_a_store_it_is_kept_and_its_result_is_fetched_for_the_next_caller(
    tmp_path: Path,
) -> None:
    async def main(server: FakeAsposeServer) -> None:
        engine = AsposeEngine(client_id="any", client_secret="any", base_url=server.url)
        with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
            reading = asyncio.create_task(reader.arecognize(note()))
            while not server.submissions:
                await asyncio.sleep(0.005)
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
            result = await reader.arecognize(note())
        assert (result.text, result.usage.submissions) == ("Hello\n", 0)
        engine.close()

    with FakeAsposeServer("Hello", ready_after_s=0.5) as server:
        asyncio.run(asyncio.wait_for(main(server), 20))
        assert server.deleted == []
        assert len(server.submissions) == 1


def test_many_documents_come_one_after_the_other(engine: Engine, notes: Path) -> None:
    async def main() -> list[int]:
        sources: list[DocumentLike] = [note(), "gone.jpg", notes / "letter.jpg"]
        items = NoteText(engine=engine).arecognize_many(sources, ordered=True)
        return [item.index async for item in items if item.error is None]

    assert asyncio.run(main()) == [0, 2]


def test_a_batch_that_stops_says_so() -> None:
    class Failing(Engine):
        name = "failing"

        def read(self, page: PageImage, request: Request) -> Reading:
            raise EngineUnavailableError("nobody answers", engine=self.name)

    async def main() -> None:
        async for _ in NoteText(engine=Failing()).arecognize_many([GREY] * 9, stop_after=3):
            pass

    with pytest.raises(BatchStoppedError):
        asyncio.run(main())


def test_cancelling_a_batch_returns_at_once_and_drops_what_is_under_way() -> None:
    engine = Blocking()

    async def read_all() -> None:
        async for _ in NoteText(engine=engine).arecognize_many([GREY] * 9):
            pass

    async def main() -> None:
        batch = asyncio.create_task(read_all())
        assert await set_within(engine.begun)
        batch.cancel()
        with pytest.raises(asyncio.CancelledError):
            await batch
        assert not engine.dropped.is_set()
        engine.go_on.set()
        assert await set_within(engine.dropped)

    asyncio.run(main())


def test_leaving_the_loop_early_ends_the_batch(engine: Engine) -> None:
    pulled = []

    def sources() -> Iterator[DocumentLike]:
        for number in range(1000):
            pulled.append(number)
            yield note()

    async def main() -> None:
        items = NoteText(engine=engine).arecognize_many(sources())
        async for item in items:
            if item.index == 3:
                break
        await items.aclose()

    asyncio.run(main())
    assert len(pulled) < 10
