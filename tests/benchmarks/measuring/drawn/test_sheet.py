from __future__ import annotations

import numpy as np
from measuring.drawn.fonts import HANDS, PRINTS
from measuring.drawn.sheet import PENS, Sheet, Writing, text_width, wrapped

HAND = Writing(HANDS[0], 20, PENS[0], by_hand=True)
PRINT = Writing(PRINTS[0], 15)


def scan_of(seed: int) -> bytes:
    sheet = Sheet(400, 120, seed)
    sheet.write(20, 60, "call Ruth at 7", HAND)
    return sheet.scanned().tobytes()


def test_the_same_seed_gives_the_same_sheet() -> None:
    assert scan_of(1) == scan_of(1)
    assert scan_of(1) != scan_of(2)


def test_a_word_has_its_ink_where_it_is_said_to_stand() -> None:
    sheet = Sheet(600, 120, 1)
    places = sheet.write(20, 60, "call Ruth at 7", HAND)
    assert [place.text for place in places] == ["call", "Ruth", "at", "7"]
    ink = np.asarray(sheet.image.convert("L")) < 128
    for place in places:
        left, right = round(place.left), round(place.right)
        word = ink[round(place.top) : round(place.bottom), left:right]
        assert word.any()
        ink[:, left - 1 : right + 1] = False
    assert not ink.any()


def test_what_is_written_to_the_right_ends_there() -> None:
    sheet = Sheet(400, 120, 1)
    sheet.write_right(350, 60, "12.50", PRINT)
    ink = np.asarray(sheet.image.convert("L")) < 128
    assert 340 < np.flatnonzero(ink.any(axis=0)).max() <= 352


def test_wrapped_lines_hold_all_words_and_fit() -> None:
    text = "It is a truth universally acknowledged, that a single man in possession"
    lines = wrapped(text, PRINT, 250)
    assert " ".join(lines) == text
    assert len(lines) > 1
    assert all(text_width(line, PRINT) <= 250 for line in lines)
