"""What goes from one process to another."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from notetext.errors import ConfigurationError
from notetext.reading.processes.packing import pack, unpack


def test_functions_of_no_module_cross_with_what_they_hold() -> None:
    strength = 2
    doubled = unpack(pack(lambda value: value * strength, {}, ""))
    assert doubled(21) == 42


def test_the_part_that_does_not_cross_is_blamed_with_what_to_do() -> None:
    parts: dict[str, object] = {"the step 'good'": [1], "the step 'bad'": threading.Lock()}
    with pytest.raises(ConfigurationError) as caught:
        pack(parts, parts, "stay at home")
    assert caught.value.message.startswith("the step 'bad' cannot cross into another process: ")
    assert caught.value.message.endswith("or stay at home")


def test_if_no_part_is_to_blame_the_reader_is() -> None:
    with pytest.raises(ConfigurationError, match="the reader cannot cross"):
        pack(threading.Lock(), {"the step 'good'": [1]}, "stay at home")


def test_the_same_bytes_give_the_same_object() -> None:
    packed = pack([1, 2], {}, "")
    assert unpack(packed) is unpack(packed)
    assert unpack(pack([1, 3], {}, "")) == [1, 3]


class Slow:
    """Takes its time to unpack."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        time.sleep(0.05)
        self.__dict__ |= state


def test_threads_that_want_the_same_bytes_at_once_get_one_object() -> None:
    slow = Slow()
    slow.__dict__["mark"] = time.time()
    packed = pack(slow, {}, "")
    with ThreadPoolExecutor(8) as pool:
        copies = list(pool.map(unpack, [packed] * 8))
    assert len({id(copy) for copy in copies}) == 1


def test_what_cannot_be_unpacked_says_what_the_process_needs() -> None:
    with pytest.raises(ConfigurationError, match="needs the same packages and modules"):
        unpack(b"no reader")
