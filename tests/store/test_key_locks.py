"""One thread at a time for each key."""

from __future__ import annotations

import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from notetext.store.key_locks import KeyLocks


def test_one_thread_at_a_time_has_a_key() -> None:
    locks = KeyLocks()
    inside = 0
    most = 0

    def enter(_: int) -> None:
        nonlocal inside, most
        with locks.lock(b"key"):
            inside += 1
            most = max(most, inside)
            entered.wait(0.002)
            inside -= 1

    entered = threading.Event()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(enter, range(32)))
    assert most == 1


def test_different_keys_do_not_wait_for_each_other() -> None:
    locks = KeyLocks()
    together = threading.Barrier(3)

    def enter(number: int) -> int:
        with locks.lock(str(number).encode()):
            return together.wait(timeout=60)

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(enter, range(3))) == [0, 1, 2]


def test_who_fails_inside_lets_the_next_one_in() -> None:
    locks = KeyLocks()

    def enter() -> bool:
        with locks.lock(b"key"):
            return True

    with pytest.raises(ZeroDivisionError), locks.lock(b"key"):
        raise ZeroDivisionError
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(enter).result(timeout=60)


def test_nothing_is_kept_of_keys_that_nobody_waits_for() -> None:
    locks = KeyLocks()

    def enter(number: int) -> None:
        with locks.lock(str(number % 3).encode()):
            entered.wait(0.001)

    entered = threading.Event()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(enter, range(48)))
    assert locks._queues == {}


def test_a_copy_in_another_process_waits_for_nobody_here() -> None:
    locks = KeyLocks()
    with locks.lock(b"key"), pickle.loads(pickle.dumps(locks)).lock(b"key"):
        pass
