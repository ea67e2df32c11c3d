"""The font that names every character and draws none."""

from __future__ import annotations

import pikepdf

from notetext.exporters.searchable_pdf.glyphless_font import Fonts, clusters_of


def test_more_characters_than_a_font_has_codes_for_go_into_a_second_one() -> None:
    pdf = pikepdf.new()
    fonts = Fonts(pdf)
    characters = [chr(code) for code in range(0x10000, 0x10000 + 70_000)]
    used = {fonts.encode(characters[n : n + 1000])[0].objgen for n in range(0, 70_000, 1000)}
    assert len(used) == 2


def test_marks_stay_with_their_letters_and_numbers_keep_their_order() -> None:
    assert list(clusters_of("e\u0301a")) == ["e\u0301", "a"]
    assert "".join(clusters_of("אב12ג")) == "ג12בא"
