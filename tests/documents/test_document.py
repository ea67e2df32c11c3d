"""Open documents of every kind: the pages that they count, and no others."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from notetext.converters.named import converters
from notetext.documents import Document, DocumentLike, OpenOptions, SourcePage
from notetext.documents.opening import open_document
from notetext.errors import MissingDependencyError, PageRangeError

PICTURE, ARRAY = "a picture in memory", "an array"
KINDS = [
    *[("image", kind, 1) for kind in ("JPEG", "PNG", "BMP", "WEBP", "GIF", "TIFF")],
    *[("image", kind, 3) for kind in ("GIF", "TIFF")],
    *[(name, "PDF", pages) for name in ("pdf", "poppler") for pages in (1, 3)],
    ("heif", "HEIF", 1),
    ("image", PICTURE, 1),
    ("image", ARRAY, 1),
]


def made(kind: str, pages: int) -> DocumentLike:
    """A document of pages of 64×48 pixels."""
    images = [Image.new("RGB", (64, 48), (80 * n, 90, 90)) for n in range(pages)]
    if kind == PICTURE:
        return images[0]
    if kind == ARRAY:
        return np.asarray(images[0])
    file = io.BytesIO()
    if kind == "HEIF":
        pytest.importorskip("pillow_heif").from_pillow(images[0]).save(file)
    else:
        several = {"save_all": True, "append_images": images[1:]} if pages > 1 else {}
        images[0].save(file, kind, **several)
    return file.getvalue()


@pytest.fixture(params=KINDS, ids=lambda kind: " ".join(map(str, kind)))
def document(request: pytest.FixtureRequest) -> Document:
    """Every kind of document in turn; of one page or of three."""
    name, kind, pages = request.param
    converter = converters.make(name)
    try:
        converter.check()
    except MissingDependencyError as error:
        pytest.skip(str(error))
    opened = open_document(made(kind, pages), [converter], OpenOptions(dpi=72))[1]
    assert opened.page_count == pages
    return opened


def test_each_page_is_the_one_that_was_asked_for(document: Document) -> None:
    with document:
        for number in reversed(range(1, document.page_count + 1)):
            page = document.page(number)
            assert page.number == number
            assert page.dpi == 72
            assert page.image().size == (page.width, page.height)


@pytest.mark.parametrize("number", [-1, 0, 7])
def test_a_page_that_is_not_there_is_refused(document: Document, number: int) -> None:
    has = "one page" if document.page_count == 1 else f"{document.page_count} pages"
    with document, pytest.raises(PageRangeError, match=f"no page {number}; the document has {has}"):
        document.page(number)


def test_the_first_page_too_many_is_refused(document: Document) -> None:
    with document, pytest.raises(PageRangeError):
        document.page(document.page_count + 1)


def test_a_document_is_closed_at_the_end_of_its_block_whatever_happens_in_it() -> None:
    class Counted(Document):
        page_count = 1
        closed = 0

        def page(self, number: int) -> SourcePage:
            raise PageRangeError("there is none")

        def close(self) -> None:
            self.closed += 1

    document = Counted()
    with document as entered:
        assert entered is document
    with pytest.raises(PageRangeError), document:
        document.page(1)
    assert document.closed == 2
