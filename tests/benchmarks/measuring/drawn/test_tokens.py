"""Tokens of every kind, the same each time."""

from __future__ import annotations

from pathlib import Path

from measuring.drawn.tokens import KINDS, hand_tokens, print_tokens


def test_tokens_of_every_kind_are_drawn_the_same_each_time(tmp_path: Path) -> None:
    once, again = tmp_path / "once", tmp_path / "again"
    for folder in (once, again):
        folder.mkdir()
    first, second = hand_tokens(tmp_path, once), hand_tokens(tmp_path, again)
    assert {image.path.name.split("-")[0] for image in first} == set(KINDS)
    assert [image.text for image in first] == [image.text for image in second]
    assert all(
        one.path.read_bytes() == other.path.read_bytes()
        for one, other in zip(first, second, strict=True)
    )


def test_print_has_signs_that_hands_lack(tmp_path: Path) -> None:
    printed = {image.text for image in print_tokens(tmp_path, tmp_path)}
    by_hand = {image.text for image in hand_tokens(tmp_path, tmp_path)}
    assert any("°" in text for text in printed)
    assert len(printed) > len(by_hand)
