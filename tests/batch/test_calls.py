"""Calls of an event loop: few threads, however many wait."""

from __future__ import annotations

import asyncio
import io
import pickle
import threading
import time

import numpy as np
import pytest
from PIL import Image

from notetext import AsposeEngine, CascadeEngine, NoteText
from notetext.batch.calls import Calls
from notetext.engines import Engine, Reading, Request
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, FakeEngine, Phase

GREY = np.full((40, 60), 200, np.uint8)


class Counting(Engine):
    """Counts how many pages are under way, and how many it was asked for."""

    name = "counting"

    def __init__(self, parallel_documents: int | None = None) -> None:
        self.parallel_documents = parallel_documents
        self.go_on = threading.Event()
        self.lock = threading.Lock()
        self.asked = self.under_way = self.most = 0

    def read(self, page: PageImage, request: Request) -> Reading:
        with self.lock:
            self.asked += 1
            self.under_way += 1
            self.most = max(self.most, self.under_way)
        self.go_on.wait(30)
        with self.lock:
            self.under_way -= 1
        request.check(self.name)
        return Reading()


def note(shade: int) -> bytes:
    file = io.BytesIO()
    Image.new("L", (60, 40), shade % 256).save(file, "PNG")
    return file.getvalue()


async def until_asked(engine: Counting, times: int) -> None:
    end = time.monotonic() + 30
    while engine.asked < times and time.monotonic() < end:
        await asyncio.sleep(0.005)
    assert engine.asked == times


def test_five_hundred_calls_take_no_more_threads_than_run() -> None:
    engine = Counting()

    async def main(reader: NoteText) -> None:
        calls = [asyncio.ensure_future(reader.arecognize(GREY)) for _ in range(500)]
        await until_asked(engine, 32)
        names = [thread.name for thread in threading.enumerate()]
        assert sum(name.startswith("notetext-async") for name in names) == 32
        engine.go_on.set()
        await asyncio.gather(*calls)

    with NoteText(engine=engine) as reader:
        asyncio.run(main(reader))
    assert (engine.asked, engine.most) == (500, 32)


@pytest.mark.slow
def test_five_hundred_calls_of_a_cloud_engine_take_few_threads() -> None:
    before = threading.active_count()
    most = 0

    async def main(reader: NoteText) -> list[str]:
        nonlocal most
        calls = [asyncio.ensure_future(reader.arecognize(note(n))) for n in range(500)]
        while not all(call.done() for call in calls):
            names = [thread.name for thread in threading.enumerate()]
            most = max(most, sum(name.startswith("notetext") for name in names))
            await asyncio.sleep(0.01)
        return [call.result().text for call in calls]

    with FakeAsposeServer("Hello", ready_after_s=0.02) as server:
        engine = AsposeEngine(
            client_id="any", client_secret="any", base_url=server.url, max_in_flight=16
        )
        with NoteText(engine=engine) as reader:
            assert asyncio.run(main(reader)) == ["Hello\n"] * 500
        engine.close()
        assert len(server.submissions) == 500
    assert 1 <= most <= 16 + 1  # the calls that run, and the one that watches the clock for all
    assert threading.active_count() <= before + 16


def test_a_call_that_is_cancelled_while_it_waits_never_runs() -> None:
    engine = Counting(parallel_documents=2)

    async def main(reader: NoteText) -> None:
        calls = [asyncio.ensure_future(reader.arecognize(GREY)) for _ in range(10)]
        await until_asked(engine, 2)
        for call in calls[2:]:
            call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await calls[9]
        engine.go_on.set()
        await asyncio.gather(*calls[:2])
        await reader.arecognize(GREY)

    asyncio.run(main(NoteText(engine=engine)))
    assert engine.asked == 3


def test_nothing_that_was_cancelled_while_it_waited_is_submitted() -> None:
    async def main(server: FakeAsposeServer) -> None:
        engine = AsposeEngine(
            client_id="any", client_secret="any", base_url=server.url, max_in_flight=3
        )
        reader = NoteText(engine=engine)
        calls = [asyncio.ensure_future(reader.arecognize(note(n))) for n in range(50)]
        while len(server.requests_for(Phase.SUBMIT)) < 3:
            await asyncio.sleep(0.005)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        while len(server.deleted) < 3:
            await asyncio.sleep(0.005)
        reader.close()
        engine.close()

    with FakeAsposeServer(ready_after_s=1000) as server:
        asyncio.run(asyncio.wait_for(main(server), 30))
        assert len(server.requests_for(Phase.SUBMIT)) == 3


def test_calls_that_run_are_no_more_than_the_engine_takes_from_all_loops_together() -> None:
    engine = Counting(parallel_documents=3)
    reader = NoteText(engine=engine)

    async def main(reader: NoteText) -> None:
        await asyncio.gather(*(reader.arecognize(GREY) for _ in range(5)))

    loops = [
        threading.Thread(target=asyncio.run, args=(main(one),))
        for one in (reader, reader, reader.with_options(preprocessors=()))
    ]
    for loop in loops:
        loop.start()
    asyncio.run(until_asked(engine, 3))
    time.sleep(0.05)
    engine.go_on.set()
    for loop in loops:
        loop.join(30)
    assert (engine.asked, engine.most) == (15, 3)


def test_how_many_is_the_engines_say() -> None:
    class Computing(FakeEngine):
        runs_in = "process"

    cloud = AsposeEngine(client_id="i", client_secret="s")
    cores = Calls(Computing()).at_once
    assert cores >= 1
    assert Calls(cloud).at_once == 32
    assert Calls(cloud, isolated=True).at_once == cores
    assert Calls(AsposeEngine(client_id="i", client_secret="s", max_in_flight=100)).at_once == 100
    assert Calls(CascadeEngine(Computing(), cloud)).at_once == cores
    assert Calls(Counting(parallel_documents=7)).at_once == 7


def test_a_reader_that_was_closed_or_has_crossed_takes_calls_again() -> None:
    reader = NoteText(engine=FakeEngine("Dear Ann"))
    for one in (reader, reader, pickle.loads(pickle.dumps(reader))):
        assert asyncio.run(one.arecognize(GREY)).text == "Dear Ann\n"
        one.close()


def test_a_turn_that_has_come_to_who_was_cancelled_goes_to_the_next() -> None:
    engine = Counting(parallel_documents=1)

    async def main(reader: NoteText) -> None:
        first = asyncio.ensure_future(reader.arecognize(GREY))
        others = [asyncio.ensure_future(reader.arecognize(GREY)) for _ in range(3)]
        await until_asked(engine, 1)
        engine.go_on.set()
        # Its turn comes while the loop is busy, and then it is cancelled.
        time.sleep(0.1)
        others[0].cancel()
        await asyncio.gather(first, *others[1:])
        assert others[0].cancelled()

    asyncio.run(asyncio.wait_for(main(NoteText(engine=engine)), 30))
    assert engine.asked == 3


def test_a_loop_that_is_given_up_leaves_no_turn_behind() -> None:
    engine = Counting(parallel_documents=1)
    reader = NoteText(engine=engine)

    async def main() -> None:
        calls = [asyncio.ensure_future(reader.arecognize(GREY)) for _ in range(5)]
        await until_asked(engine, 1)
        assert not any(call.done() for call in calls)

    asyncio.run(main())
    engine.go_on.set()
    asyncio.run(asyncio.wait_for(reader.arecognize(GREY), 30))
    assert engine.asked == 2
    assert not reader._calls._waiting


def test_errors_leave_no_turn_behind() -> None:
    reader = NoteText(engine=Counting(parallel_documents=1))

    async def main() -> None:
        calls = [reader.arecognize("gone.jpg") for _ in range(5)]
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(result).__name__ for result in results] == ["InputNotFoundError"] * 5

    asyncio.run(asyncio.wait_for(main(), 30))
    assert reader._calls._under_way == 0
