"""What form fields and other annotations say on a PDF page, as it is shown."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_characters import FoundWord, PageText
from notetext.converters.pdf_content import Content, bounds_of, is_painted, matrix_of
from notetext.converters.pdf_geometry import Rectangle, View, around, moved
from notetext.converters.pdf_ink import compare_with_ink

_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW

# Those that only mark or lead on, and never say anything on the page itself.
_WORDLESS = frozenset(
    {
        pdfium.FPDF_ANNOT_LINK,
        pdfium.FPDF_ANNOT_POPUP,
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_FILEATTACHMENT,
    }
)
# Stamps may hold anything; of widgets, those of an unknown kind, and signatures.
_DRAWN = frozenset({pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT})
_DRAWN_FIELDS = frozenset({pdfium.FPDF_FORMFIELD_UNKNOWN, pdfium.FPDF_FORMFIELD_SIGNATURE})

# The state of a box is a mark and no word, whatever font it is drawn with.
_BOXES = frozenset({pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON})
_VALUES = frozenset({pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX})
_PASSWORD = 1 << 13


@dataclass(frozen=True, slots=True)
class _Annotation:
    """An annotation that is shown.

    Attributes:
        subtype: PDFium's.
        field: the kind of form field, 0 if it is none.
        bounds: in points.
        value: the text that the field holds, empty if it is none that could be shown.
    """

    subtype: int
    field: int
    bounds: Rectangle
    value: str

    def may_be_drawn(self, has_pictures: bool) -> bool:
        """Whether the strokes or pictures of its appearance may be writing."""
        if self.subtype != pdfium.FPDF_ANNOT_WIDGET:
            return self.subtype in _DRAWN
        if self.field in _BOXES:
            return False
        return has_pictures or self.field in _DRAWN_FIELDS


@dataclass(frozen=True, slots=True)
class AnnotationText:
    """What the annotations of a page say.

    Attributes:
        words: those that can be seen.
        hidden: how many others there are.
        has_marks: whether there may be more to read: strokes, pictures, characters without names.
    """

    words: tuple[FoundWord, ...] = ()
    hidden: int = 0
    has_marks: bool = False


def annotation_text(page: pypdfium2.PdfPage, number: int, view: View) -> AnnotationText:
    """Extracts what fields and other annotations say; the caller holds PDFium's lock.

    What is shown is what an annotation's appearance draws. So they are drawn into a copy of the
    page, of which the text is taken as from any page. Where that is the field's own value, the
    value says where its words end; where the appearance names no characters, the value does.

    Args:
        page: of pypdfium2, in a document whose forms are initialized.
        number: of the page, from 1.
        view: of the page.
    """
    annotations = list(_shown(page))
    has_ink = any(each.subtype == pdfium.FPDF_ANNOT_INK for each in annotations)
    if not any(_may_speak(each) for each in annotations):
        return AnnotationText(has_marks=has_ink)
    try:
        with _flattened(page, number) as (copy, first):
            drawn = _Drawn(copy, first, view, annotations)
            words, hidden = drawn.words()
            return AnnotationText(words, hidden, has_ink or drawn.has_marks)
    except pypdfium2.PdfiumError:
        # They can still be seen, and so be read.
        return AnnotationText(has_marks=True)


def _may_speak(annotation: _Annotation) -> bool:
    if annotation.subtype == pdfium.FPDF_ANNOT_INK:
        return False
    return annotation.field not in _BOXES


class _Drawn:
    """The annotations as they are drawn into a page."""

    def __init__(
        self,
        page: pypdfium2.PdfPage,
        first: int,
        view: View,
        annotations: Sequence[_Annotation],
    ) -> None:
        """Looks through what was drawn.

        Args:
            page: with the annotations in it.
            first: the index of the first object that was none of the page before.
            view: of the page.
            annotations: all that are shown.
        """
        self._page = page
        self._view = view
        self._annotations = annotations
        self._rectangles = np.array([each.bounds for each in annotations], np.float64)
        left, bottom, right, top = self._rectangles.T
        self._sizes = (right - left) * (top - bottom)
        self._content = Content(view)
        self.has_marks = False
        for index in range(first, pdfium.FPDFPage_CountObjects(page)):
            self._add(pdfium.FPDFPage_GetObject(page, index))

    def words(self) -> tuple[tuple[FoundWord, ...], int]:
        """The words that can be seen, and how many cannot."""
        textpage = self._page.get_textpage()
        try:
            text = PageText(textpage.raw)
            mine = [word for word in text.found() if word.address in self._content.texts]
            mine = [word for word in mine if self._view.shows(word.bounds)]
            painted = [word for word in mine if is_painted(word.item)]
            compared = compare_with_ink(self._page, self._content, text, painted)
            visible = compared.seen
            words: list[FoundWord] = []
            said: dict[int, list[FoundWord]] = {}
            for word in visible:
                said.setdefault(self._index_of(word.bounds), []).append(word)
            unseen = {self._index_of(word.bounds) for word in mine} - said.keys()
            for index, annotation in enumerate(self._annotations):
                if annotation.field in _BOXES:
                    continue
                found = said.get(index, [])
                if index not in unseen:
                    found = _spelled(annotation, found, text)
                self.has_marks |= any(word.nameless for word in found)
                words += (word for word in found if not word.nameless)
            words += (word for word in said.get(-1, ()) if not word.nameless)
            return tuple(words), compared.hidden
        finally:
            textpage.close()

    def _add(self, item: pdfium.FPDF_PAGEOBJECT) -> None:
        """Adds what PDFium has drawn, which is a form of a form for each annotation."""
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
            self._content.add(item)
            return
        matrix = matrix_of(item)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            appearance = pdfium.FPDFFormObj_GetObject(item, index)
            pictures, segments = len(self._content.pictures), self._content.segments
            self._content.add(appearance, matrix)
            has_pictures = len(self._content.pictures) > pictures
            has_strokes = self._content.segments > segments
            if has_pictures or has_strokes:
                at = self._index_of(moved(bounds_of(appearance), matrix))
                kind = self._annotations[at] if at >= 0 else None
                self.has_marks |= kind is None or kind.may_be_drawn(has_pictures)

    def _index_of(self, bounds: Rectangle) -> int:
        """The smallest annotation at a place, -1 if there is none."""
        x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
        left, bottom, right, top = self._rectangles.T
        here = np.flatnonzero((left <= x) & (x <= right) & (bottom <= y) & (y <= top))
        return int(here[self._sizes[here].argmin()]) if here.size else -1


def _spelled(annotation: _Annotation, drawn: list[FoundWord], text: PageText) -> list[FoundWord]:
    """The words of an annotation: its own value's, where that is what is drawn."""
    if not annotation.value:
        return drawn
    if not drawn:
        return list(_spread(annotation.value, annotation.bounds))
    places = [index for word in drawn for index in word.characters]
    letters = "".join(annotation.value.split())
    if "".join(word.text for word in drawn) == letters and len(places) == len(letters):
        return list(_at_characters(annotation.value, drawn, places, text))
    if any(word.nameless for word in drawn):
        if len(places) == len(letters):
            return list(_at_characters(annotation.value, drawn, places, text))
        return list(_spread(annotation.value, around(word.bounds for word in drawn)))
    return drawn


def _at_characters(
    value: str, drawn: Sequence[FoundWord], places: Sequence[int], text: PageText
) -> Iterator[FoundWord]:
    """The words of a value, whose characters stand where others are drawn."""
    start = 0
    for word in value.split():
        characters = places[start : start + len(word)]
        start += len(word)
        bounds = around(text.bounds(range(each, each + 1)) for each in characters)
        first = next(each for each in drawn if characters[0] in each.characters)
        yield FoundWord(word, bounds, first.turns, first.characters, first.item)


def _spread(value: str, bounds: Rectangle) -> Iterator[FoundWord]:
    """The words of a value, whose lines fill a rectangle."""
    left, bottom, right, top = bounds
    lines = [line for line in value.splitlines() if line.strip()]
    height = (top - bottom) / max(1, len(lines))
    for row, line in enumerate(lines):
        width = (right - left) / len(line)
        at = 0
        for word in line.split():
            at = line.index(word, at)
            yield FoundWord(
                word,
                (
                    left + at * width,
                    top - (row + 1) * height,
                    left + (at + len(word)) * width,
                    top - row * height,
                ),
            )
            at += len(word)


def _shown(page: pypdfium2.PdfPage) -> Iterator[_Annotation]:
    """The annotations of a page that are shown and are not wordless."""
    rectangle = pdfium.FS_RECTF()
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        item = pdfium.FPDFPage_GetAnnot(page, index)
        if not item:
            continue
        try:
            subtype = pdfium.FPDFAnnot_GetSubtype(item)
            if subtype in _WORDLESS or pdfium.FPDFAnnot_GetFlags(item) & _UNSEEN:
                continue
            if not pdfium.FPDFAnnot_GetRect(item, rectangle):
                continue
            bounds = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            field, value = 0, ""
            if subtype == pdfium.FPDF_ANNOT_WIDGET and page.formenv:
                field = max(0, pdfium.FPDFAnnot_GetFormFieldType(page.formenv, item))
                value = _value(page, item, field)
            yield _Annotation(subtype, field, bounds, value)
        finally:
            pdfium.FPDFPage_CloseAnnot(item)


def _value(page: pypdfium2.PdfPage, item: pdfium.FPDF_ANNOTATION, field: int) -> str:
    """What a field holds, if that may be shown as it is."""
    if field not in _VALUES:
        return ""
    is_text = field == pdfium.FPDF_FORMFIELD_TEXTFIELD
    if is_text and pdfium.FPDFAnnot_GetFormFieldFlags(page.formenv, item) & _PASSWORD:
        return ""
    size = pdfium.FPDFAnnot_GetFormFieldValue(page.formenv, item, None, 0)
    units = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetFormFieldValue(page.formenv, item, units, size)
    return bytes(units)[: max(0, size - 2)].decode("utf-16-le", "replace")


@contextmanager
def _flattened(page: pypdfium2.PdfPage, number: int) -> Iterator[tuple[pypdfium2.PdfPage, int]]:
    """A copy of a page with its annotations drawn into it, and how many objects it had before."""
    copy = pypdfium2.PdfDocument.new()
    try:
        copy.import_pages(page.pdf, [number - 1])
        before = copy[0]
        first = pdfium.FPDFPage_CountObjects(before)
        done = pdfium.FPDFPage_Flatten(before, pdfium.FLAT_NORMALDISPLAY)
        before.close()
        if done == pdfium.FLATTEN_FAIL:
            raise pypdfium2.PdfiumError("The annotations cannot be drawn into the page.")
        after = copy[0]
        try:
            yield after, first
        finally:
            after.close()
    finally:
        copy.close()
