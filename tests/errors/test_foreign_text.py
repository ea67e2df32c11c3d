"""What strangers wrote, on a line and on a terminal."""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.errors.foreign_text import for_terminal, one_line

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
JOINERS = "\u200c\u200d"
OBEYED = ["\x1b[2J", "\x9b2J", "\u202e", "\u2066", "\u2028", "\x7f", "\ud800", "\ufeff", "\x00"]


@pytest.mark.parametrize("text", OBEYED, ids=ascii)
def test_what_would_be_obeyed_is_spelled_out(text: str) -> None:
    for shown in (one_line(f"a{text}b"), for_terminal(f"a{text}b")):
        assert shown == f"a{ascii(text)[1:-1]}b"


@pytest.mark.parametrize(
    "text", ["Straße", "नमस्ते", "می\u200cخواهم", "👩\u200d🔬", "漢字\u3000仮名", "a b"]
)
def test_what_people_write_stays(text: str) -> None:
    assert one_line(text) == for_terminal(text) == text


def test_a_terminal_gets_lines_and_tabs() -> None:
    assert for_terminal("a\tb\r\nc\n\fd\re\x0bf") == "a\tb\nc\n\nd\\re\\x0bf"
    assert one_line("a\tb\nc") == r"a\tb\nc"


@given(ANY_TEXT, st.integers(5, 50))
def test_a_line_is_one_of_at_most_so_many_characters_that_can_be_written(
    text: str, limit: int
) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert line.splitlines() in ([line], [])
    line.encode()
    assert all(unicodedata.category(c) not in {"Cc", "Cs", "Zl", "Zp"} for c in line)


@given(ANY_TEXT)
def test_a_terminal_can_be_written_to_whatever_the_text(text: str) -> None:
    shown = for_terminal(text)
    shown.encode()
    assert all(c in "\n\t" or unicodedata.category(c) != "Cc" for c in shown)
    assert for_terminal(shown) == shown


def test_a_long_name_keeps_its_ends() -> None:
    shown = one_line("a" * 10_000_000 + ".jpg", 50)
    assert (len(shown), shown[:3], shown[-4:]) == (50, "aaa", ".jpg")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a program that logs to a stream gets of the library's records."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("notetext")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield stream
    logger.setLevel(level)
    logger.removeHandler(handler)


def test_a_record_is_one_line_whatever_its_arguments_say(log: io.StringIO) -> None:
    logger = logging.getLogger("notetext")
    logger.info("%s: %d of %.1f, since %s", "a\nERROR: forged", 3, 0.5, OSError("\x1b[2J"))
    logger.info("%d words, %.1f", np.int64(7), np.float32(0.5))
    logger.info("%(name)s again", {"name": "\u202e"})
    logger.info("no argument\r")
    assert log.getvalue().split("\n") == [
        r"a\nERROR: forged: 3 of 0.5, since \x1b[2J",
        "7 words, 0.5",
        r"\u202e again",
        r"no argument\r",
        "",
    ]
