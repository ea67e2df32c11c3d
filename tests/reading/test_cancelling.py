"""Giving up work that is under way."""

from __future__ import annotations

import threading

from notetext.reading.cancelling import LinkedCancel


def test_a_token_is_set_as_soon_as_the_outer_one_is() -> None:
    outer = threading.Event()
    token = LinkedCancel(LinkedCancel(outer))
    assert not token.is_set()
    outer.set()
    assert token.is_set()


def test_setting_a_token_leaves_the_outer_one_and_its_siblings_alone() -> None:
    outer = threading.Event()
    token, sibling = LinkedCancel(outer), LinkedCancel(outer)
    token.set()
    assert token.is_set()
    assert not outer.is_set()
    assert not sibling.is_set()


def test_a_token_without_an_outer_one_is_set_by_itself_alone() -> None:
    token = LinkedCancel(None)
    assert not token.is_set()
    token.set()
    assert token.is_set()
