"""What a notebook shows of a result."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from PIL import Image

from notetext import Language, Line, Mode, NoteText, Page, Paragraph, RecognitionResult, Word
from notetext.engines import Engine
from notetext.model import PageError, PageStatus, SourceInfo
from notetext.result.display.notebook import MAX_PAGES, MAX_SIDE


def result_of(
    *words: Word, name: str = "note.png", warnings: tuple[str, ...] = ()
) -> RecognitionResult:
    page = Page(
        number=1,
        width=100,
        height=60,
        engine="local",
        paragraphs=(Paragraph(lines=(Line(words=words),)),),
        warnings=warnings,
    )
    return RecognitionResult(
        engine="local",
        mode=Mode.PRINTED,
        languages=(Language.ENGLISH,),
        source=SourceInfo(name=name),
        pages=(page,),
    )


def text_of(root: etree._Element) -> str:
    return "".join(str(text) for text in root.itertext())


def test_the_page_the_overlay_and_the_text_stand_side_by_side(engine: Engine, notes: Path) -> None:
    result = NoteText(engine=engine).recognize(notes / "letter.jpg")
    root = html.fromstring(result._repr_html_())
    pictures = [image.get("src", "") for image in root.iter("img")]
    assert len(pictures) == 2
    for source in pictures:
        data = base64.b64decode(source.removeprefix("data:image/jpeg;base64,"))
        assert max(Image.open(io.BytesIO(data)).size) == MAX_SIDE
        assert len(data) < 60_000
    assert "1240x1164" in text_of(root)


def test_a_doubtful_word_is_marked_and_says_how_doubtful() -> None:
    doubtful = Word(text="maybe", confidence=0.41, alternatives=("may be",))
    root = html.fromstring(result_of(Word(text="sure", confidence=0.99), doubtful)._repr_html_())
    (mark,) = root.iter("mark")
    assert mark.text == "maybe"
    assert mark.get("title") == "confidence 0.41; or: may be"


hostile = st.sampled_from(["<script>x()</script>", '"><img src=x onerror=y>', "&lt;b&gt;", "a'b"])


@given(hostile | st.text(st.characters(exclude_categories=["C"]), min_size=1), st.floats(0, 1))
def test_whatever_was_read_is_shown_and_means_nothing(text: str, confidence: float) -> None:
    word = Word(text=text, confidence=confidence, alternatives=(text,))
    page = result_of(word, name=text, warnings=(text,))._repr_html_()
    assert set(re.findall(r"<([a-zA-Z]+)", page)) <= {"div", "p", "b", "i", "mark"}
    root = html.fromstring(page)
    assert text in text_of(root)
    assert not root.xpath("//@*[starts-with(name(), 'on')]")


def test_without_the_document_the_text_is_shown_and_the_reason() -> None:
    root = html.fromstring(result_of(Word(text="alone"))._repr_html_())
    assert not list(root.iter("img"))
    assert "alone" in text_of(root)
    assert "result.attach" in text_of(root)


def test_a_page_that_failed_says_why() -> None:
    result = result_of()
    error = PageError(page=1, kind="CorruptInputError", message="torn <apart>")
    page = result.pages[0].model_copy(update={"status": PageStatus.FAILED, "error": error})
    shown = html.fromstring(result.model_copy(update={"pages": (page,)})._repr_html_())
    assert "page 1 could not be read: torn <apart>" in text_of(shown)


def test_many_pages_are_only_counted(engine: Engine) -> None:
    file = io.BytesIO()
    pages = [Image.fromarray(np.full((40, 60), 100 + n, np.uint8)) for n in range(9)]
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    root = html.fromstring(NoteText(engine=engine).recognize(file.getvalue())._repr_html_())
    assert len(list(root.iter("img"))) == 2 * MAX_PAGES
    assert f"and {9 - MAX_PAGES} more pages" in text_of(root)


def test_pages_that_failed_are_told_wherever_they_are(engine: Engine) -> None:
    file = io.BytesIO()
    shades = [100, 100, 100, 100, 0, 100, 0]
    pages = [Image.fromarray(np.full((40, 60), shade, np.uint8)) for shade in shades]
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    result = NoteText(engine=engine).recognize(file.getvalue(), on_error="keep")
    text = text_of(html.fromstring(result._repr_html_()))
    assert "2 could not be read" in text
    for number in (5, 7):
        assert f"page {number} could not be read: the page is black" in text
    assert repr(result.pages[4]) == "Page(number=5, failed: EngineError)"
    assert "failed=2" in repr(result)
