"""Waits that take no time."""

from __future__ import annotations

from pathlib import Path

from notetext import NoteText
from notetext.engines.aspose import AsposeEngine
from notetext.testing import FakeAsposeServer, NoWaiting, no_waiting


def test_the_clock_jumps_over_waits_and_remembers_them() -> None:
    clock = NoWaiting()
    before = clock.now()
    clock.wait(1000, None)
    clock.wait(0.5, None)
    assert 1000.5 <= clock.now() - before < 1010
    assert clock.waits == [1000, 0.5]


def test_engines_made_in_the_block_do_not_wait(notes: Path) -> None:
    with FakeAsposeServer(ready_after_looks=12) as server:
        with no_waiting() as clock:
            engine = AsposeEngine(client_id="a", client_secret="b", base_url=server.url)
        result = NoteText(engine=engine).recognize(notes / "shopping.jpg")
        engine.close()
    assert result.text == "Hello\n"
    assert sum(clock.waits) > 10


def test_the_block_ends() -> None:
    with no_waiting() as outer:
        with no_waiting() as inner:
            pass
        assert inner is not outer
    assert AsposeEngine()._waiting is not outer
