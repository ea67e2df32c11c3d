"""The words that a PDF page holds as text, and how much of it lies under pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters import TextLayer, TextLayerWord
from notetext.converters.pdf_characters import FoundWord, Naming, PageText
from notetext.converters.pdf_content import Content, is_painted
from notetext.converters.pdf_forms import annotation_text
from notetext.converters.pdf_geometry import Rectangle, View
from notetext.converters.pdf_ink import compare_with_ink
from notetext.converters.pdf_rules import rules_on
from notetext.converters.pdf_undrawn import found_undrawn
from notetext.converters.pdf_unexplained import Explained, find_unexplained
from notetext.converters.pdf_weights import Weights
from notetext.errors.wording import counted
from notetext.model import Box

if TYPE_CHECKING:
    import pypdfium2

_SCAN_SHARE = 0.5


def extract_text_layer(page: pypdfium2.PdfPage, number: int, width: int, height: int) -> TextLayer:
    """Extracts a loaded page's words; the caller holds PDFium's lock.

    A word ends at a blank, at a gap that PDFium takes for one, and at the end of a line. Words
    outside the CropBox and of no size are left out.

    Args:
        page: of pypdfium2.
        number: of the page, from 1.
        width: of the page in pixels, after /Rotate.
        height: likewise.
    """
    view = View(page.get_bbox(), page.get_rotation(), width, height)
    content = Content.of_page(page, view)
    visibility = _Visibility(content)
    with found_undrawn(content):
        textpage = page.get_textpage()
    try:
        text = PageText(textpage.raw)
        painted: list[FoundWord] = []
        unseen: list[FoundWord] = []
        for word in text.found():
            if view.shows(word.bounds):
                (painted if visibility.of_text(word) else unseen).append(word)
        compared = compare_with_ink(page, content, text, painted)
    finally:
        textpage.close()
    said = annotation_text(page, number, view)
    unseen += compared.beneath
    visible = {id(word) for word in compared.seen}
    words = sorted((*compared.seen, *unseen), key=lambda word: word.characters.start)
    # Those of annotations were drawn by what is closed by now.
    weights = Weights()
    bold = {id(word) for word in words if weights.is_bold(word)}
    fonts: dict[int, int] = {}

    def as_word(word: FoundWord, is_visible: bool) -> TextLayerWord:
        font = fonts.setdefault(word.font, len(fonts))
        box = view.box(word.bounds, word.turns)
        return TextLayerWord(word.text, box, is_visible, font, id(word) in bold)

    places: tuple[Box, ...] = ()
    if any(not word.nameless for word in (*compared.seen, *said.words)):
        explained = Explained(
            painted,
            not said.has_marks,
            [word.bounds for word in said.words],
            [word.bounds for word in compared.seen if word.nameless],
            boxes=not visibility.has_clips,
        )
        places = find_unexplained(page, content, explained)
    return TextLayer(
        (
            *(as_word(word, id(word) in visible) for word in words if not word.nameless),
            *(as_word(word, True) for word in said.words),
        ),
        places,
        (
            *_of_hidden(compared.hidden + said.hidden),
            *_of_private(sum(word.naming is Naming.PRIVATE for word in compared.seen)),
        ),
        rules_on(content) if words else (),
    )


def _of_hidden(hidden: int) -> tuple[str, ...]:
    if not hidden:
        return ()
    words = counted(hidden, "word")
    warning = (
        f"left out of the page's text: {words} that nobody can see there (covered, cut off, in a "
        "layer that is off, or of the colour of the ground)"
    )
    return (warning,)


def _of_private(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    words = counted(count, "word")
    warning = (
        f"left out of the page's text: {words} of characters that stand for nothing (of private "
        "use, or U+FFFD); what can be seen there is left to the pixels"
    )
    return (warning,)


class _Visibility:
    """Tells which text can be seen."""

    def __init__(self, content: Content) -> None:
        self._texts = content.texts
        # Some scanners put what they read under the picture instead of making it invisible.
        self._scan = content.pictures if content.picture_share >= _SCAN_SHARE else []
        self._painted: dict[int, bool] = {}
        self.has_clips = False
        """Whether some of it lets others through, which may be seen in its shape."""

    def of_text(self, word: FoundWord) -> bool:
        if not word.item:
            return False
        address = word.address
        if address not in self._painted:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(word.item)
            self.has_clips |= mode == pdfium.FPDF_TEXTRENDERMODE_CLIP
            self._painted[address] = is_painted(word.item)
        return self._painted[address] and not self._is_covered(address, word.bounds)

    def _is_covered(self, address: int, bounds: Rectangle) -> bool:
        if not self._scan:
            return False
        drawn = self._texts[address].order if address in self._texts else 0
        x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
        return any(
            later > drawn and left <= x <= right and bottom <= y <= top
            for later, (left, bottom, right, top) in self._scan
        )
