"""File objects of every sort: those that give little at a time, wait for nobody, or are none."""

from __future__ import annotations

import asyncio
import io
import os
import random
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from notetext.documents.streams import read_to_end
from notetext.errors import CorruptInputError

DATA = random.Random(1).randbytes(256_000)


class Reader:
    """A file object whose ``read`` is a function."""

    def __init__(self, read: Callable[[int], Any]) -> None:
        self.read = read


def read(file: object, most: int = 1 << 20) -> bytes:
    return read_to_end(file, most)  # type: ignore[arg-type]


@pytest.mark.parametrize("at_once", [1, 7, 4096])
def test_a_stream_that_gives_less_than_it_is_asked_for_is_read_to_its_end(at_once: int) -> None:
    stream = io.BytesIO(DATA[:20_000])
    assert read(Reader(lambda size: stream.read(min(size, at_once)))) == DATA[:20_000]


def test_a_pipe_without_a_buffer_is_read_to_its_end() -> None:
    program = "import random, sys; sys.stdout.buffer.write(random.Random(1).randbytes(256_000))"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, bufsize=0
    ) as process:
        assert read(process.stdout) == DATA


def test_no_more_is_taken_than_tells_that_it_is_too_much() -> None:
    stream = io.BytesIO(DATA)
    assert len(read(stream, 999)) == 1000
    assert stream.tell() == 1000


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_bytes_of_every_kind_are_bytes(kind: Callable[[bytes], object]) -> None:
    stream = io.BytesIO(DATA)
    assert read(Reader(lambda size: kind(stream.read(size)))) == DATA


def test_a_read_that_always_gives_everything_gives_it_once() -> None:
    assert read(Reader(lambda _: bytearray(DATA))) == DATA


def test_a_stream_that_does_not_wait_is_told_from_one_at_its_end() -> None:
    there, end = os.pipe()
    os.set_blocking(there, False)
    os.write(end, b"%PDF-1.7 and no more yet")
    with (
        os.fdopen(there, "rb", buffering=0) as stream,
        os.fdopen(end, "wb"),
        pytest.raises(CorruptInputError, match="non-blocking"),
    ):
        read(stream)


def test_an_upload_says_what_to_await() -> None:
    class UploadFile:
        async def read(self, size: int = -1) -> bytes:
            return DATA

    with pytest.raises(CorruptInputError, match=r"UploadFile.*`await file.read\(\)`.*`file.file`"):
        read(UploadFile())

    async def piece() -> bytes:
        return DATA

    with pytest.raises(CorruptInputError, match=r"await file.read\(\)"):
        read(Reader(lambda _: piece()))

    async def asked_in_a_loop() -> None:
        with pytest.raises(CorruptInputError, match=r"await file.read\(\)"):
            read(Reader(lambda _: asyncio.ensure_future(piece())))

    asyncio.run(asked_in_a_loop())


def test_what_gives_no_bytes_says_what_it_gives() -> None:
    with pytest.raises(CorruptInputError, match="binary mode"):
        read(io.StringIO("text"))
    with pytest.raises(CorruptInputError, match="gives a list"):
        read(Reader(lambda _: [1, 2]))
