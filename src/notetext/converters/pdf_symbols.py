"""What characters of private use stand for, where a font's kind says so."""

from __future__ import annotations

import unicodedata

# Fonts of symbols keep their own codes above U+F000. Adobe's encoding of Symbol, from 0x20 to 0x7E
# and from 0xA0 to 0xFE (PDF 32000-1, annex D.5).
_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_SYMBOL = {0xF020 + at: each for at, each in enumerate(_LOW)} | {
    0xF0A0 + at: each for at, each in enumerate(_HIGH) if each != "\ufffd"
}
# The bullets, arrows and ticks of Wingdings that documents use.
_WINGDINGS = {
    0xF06C: "●",
    0xF06E: "■",
    0xF06F: "□",
    0xF071: "❑",
    0xF072: "❒",
    0xF075: "◆",
    0xF076: "❖",
    0xF09F: "•",
    0xF0A7: "▪",
    0xF0A8: "◻",
    0xF0D8: "➢",
    0xF0E0: "→",
    0xF0E8: "➔",
    0xF0F0: "⇨",
    0xF0FB: "✗",
    0xF0FC: "✓",
    0xF0FD: "☒",
    0xF0FE: "☑",
}
_OF_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}

# Adobe's small capitals and old-style figures, whatever the font: the code of the plain one.
_SMALL = {0xF700 + code: chr(code) for code in (*range(0x30, 0x3A), *range(0x61, 0x7B))} | {
    0xF700 + code: chr(code) for code in range(0xE0, 0x100) if code != 0xF7
}


def is_unreadable(character: str) -> bool:
    r"""Whether a character stands for nothing that could be read.

    >>> from notetext.converters.pdf_symbols import is_unreadable
    >>> [is_unreadable(each) for each in ("a", "\uf0b7", "\ufffd")]
    [False, True, True]
    """
    return character == "\ufffd" or unicodedata.category(character) == "Co"


def is_control(text: str) -> bool:
    r"""Whether a text is nothing but control characters.

    >>> from notetext.converters.pdf_symbols import is_control
    >>> [is_control(each) for each in ("a", "\x05", "\x7f\x7f", "a\x05")]
    [False, True, True, False]
    """
    return all(unicodedata.category(character) == "Cc" for character in text)


def plain(text: str, font_name: str) -> str | None:
    r"""A text with characters of private use replaced by what they stand for.

    >>> from notetext.converters.pdf_symbols import plain
    >>> plain("\uf061\uf0b7", "ABCDEF+SymbolMT")
    'α•'
    >>> plain("\uf044", "ABCDEF+Garamond") is None
    True

    Args:
        text: with such characters.
        font_name: of the font that draws it.

    Returns:
        ``None`` if one of them stands for nothing that is known.
    """
    name = font_name.lower()
    known = next((table for word, table in _OF_FONTS.items() if word in name), _SMALL)
    told = text.translate(known).translate(_SMALL)
    return None if is_control(told) or any(map(is_unreadable, told)) else told
