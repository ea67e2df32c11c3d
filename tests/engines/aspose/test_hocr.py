"""hOCR, well-formed and not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.aspose.hocr import parse_hocr
from notetext.model import Box

TESSERACT_LIKE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>page</title><meta name="a"/></head><body>
<div class='ocr_page' id='page_1' title='image "a;b.png"; bbox 0 0 200 100; ppageno 0'>
 <div class='ocr_carea' title="bbox 10 10 190 90">
  <p class='ocr_par' lang='eng'>
   <span class='ocr_line' title="bbox 10 10 190 30; baseline 0 -3; x_size 20">
    <span class='ocrx_word' title='bbox 10 10 90 30; x_wconf 96'><strong>Tea &amp;</strong></span>
    <span class='ocrx_word' title='bbox 100 10 190 30; x_wconf 40'>milk</span>
   </span>
  </p>
  <p class='ocr_par'>
   <span class='ocr_header' title="bbox 10 60 90 90">bare words<br/></span>
  </p>
 </div>
</div></body></html>"""


def test_lines_words_boxes_and_confidences_are_found() -> None:
    (page,) = parse_hocr(TESSERACT_LIKE)
    assert page.box == (0, 0, 200, 100)
    first, between, second = page.lines
    assert [word.text for word in first.words] == ["Tea &", "milk"]
    assert [word.confidence for word in first.words] == [0.96, 0.4]
    assert first.words[1].box == Box.rectangle(100, 10, 190, 30)
    assert between.words == ()
    assert [word.text for word in second.words] == ["bare", "words"]
    assert second.words[0].box is None
    assert second.box == Box.rectangle(10, 60, 90, 90)


def test_boxes_are_scaled_by_the_box_of_the_page() -> None:
    (page,) = parse_hocr(TESSERACT_LIKE)
    scaled = page.lines_on((400, 50))
    assert scaled is not None
    assert scaled[0].box == Box.rectangle(20, 5, 380, 15)
    assert scaled[0].words[0].box == Box.rectangle(20, 5, 180, 15)
    assert page.lines_on(None) == page.lines


def test_a_page_that_does_not_begin_at_zero_is_moved() -> None:
    (page,) = parse_hocr(
        "<div class=ocr_page title='bbox 100 100 300 200'>"
        "<span class=ocr_line title='bbox 110 110 200 120'>a</span></div>"
    )
    lines = page.lines_on((200, 100))
    assert lines is not None
    assert lines[0].box == Box.rectangle(10, 10, 100, 20)


@pytest.mark.parametrize("title", ["", "bbox 0 0 0 0", "bbox 9 9 3 3", "bbox a b c d", "bbox 1 2"])
def test_a_page_without_a_box_gives_no_places(title: str) -> None:
    (page,) = parse_hocr(f"<div class='ocr_page' title='{title}'>x</div>")
    assert page.lines_on((10, 10)) is None


def test_unclosed_elements_do_no_harm() -> None:
    (page,) = parse_hocr(
        "<div class='ocr_page' title='bbox 0 0 9 9'><span class='ocr_line' title='bbox 0 0 9 4'>"
        "<span class='ocrx_word' title='bbox 0 0 4 4'>one<span class='ocrx_word' "
        "title='bbox 4 0 9 4'>two<span class='ocr_line' title='bbox 0 5 9 9'>three</b></div>"
    )
    assert [line.text for line in page.lines] == ["one two", "three"]


def test_several_pages_stay_apart() -> None:
    one = "<div class='ocr_page'><span class='ocr_line'>{}</span></div>"
    pages = parse_hocr(one.format("a") + one.format("b"))
    assert [[line.text for line in page.lines] for page in pages] == [["a"], ["b"]]


def test_elements_without_number_take_no_more_than_their_share_of_time() -> None:
    # By the square of their number it would be hours.
    deep = "<b>" * 5_000 + "</i>" * 50_000
    assert parse_hocr(deep) == []
    (page,) = parse_hocr("<p class=ocr_page>" + deep + "<b class=ocr_line>word")
    assert page.lines[0].text == "word"


def test_nothing_is_read_where_no_page_is_as_deep_or_as_full() -> None:
    line = "<p class=ocr_line>word</p>"
    assert parse_hocr("<p class=ocr_page>" + "<b>" * 20_000 + line)[0].lines == []
    (page,) = parse_hocr("<p class=ocr_page>" + line * 1000, most_pieces=100)
    assert 30 < len(page.lines) <= 100


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<",
            "</",
            "<a ",
            "<!--",
            "<!-",
            "<![CDATA[",
            "<?x",
            "<a b='",
            '<a b="',
            "&",
            "&#",
            "&#1",
        ),
        *(
            "<a b=",
            "<a b ",
            "<a\t",
            "<span class='ocr_line'>",
            "<!DOCTYPE ",
            "&#x",
            "''",
            "<a b='c'",
        ),
    ],
)
def test_what_never_closes_takes_no_more_than_its_share_of_time(piece: str) -> None:
    # By the square of its length it would be minutes.
    start = "<div class='ocr_page' title='bbox 0 0 9 9'><span class='ocr_line'>word</span>"
    assert parse_hocr(start + piece * (800_000 // len(piece)))[0].lines[0].text.startswith("word")
    parse_hocr(piece + "x" * 800_000)


def test_references_are_characters_and_what_is_none_stays() -> None:
    (page,) = parse_hocr(
        "<p class=ocr_page><b class=ocr_line>&lt;&#233;&#xe9;&nope;&amp &#99999999999; &</b>"
    )
    assert page.lines[0].text == "<éé&nope;& &#99999999999; &"


def test_comments_and_declarations_are_no_text() -> None:
    (page,) = parse_hocr(
        "<?xml version='1.0'?><!DOCTYPE html><p class=ocr_page><b class=ocr_line>one<!-- <b>2 -->"
        "<![CDATA[three]]> < four</b>"
    )
    assert page.lines[0].text == "one < four"


def test_what_is_no_hocr_has_no_pages() -> None:
    assert parse_hocr("just text") == parse_hocr("") == []


_PIECES = st.sampled_from(
    [
        "<div class='ocr_page' title='bbox 0 0 9 9'>",
        "<span class='ocr_line' title='bbox 1 1 5 5'>",
        "<span class='ocrx_word' title='bbox -1 2 99999999 3; x_wconf 900'>",
        "<p class='ocr_par'>",
        "</span>",
        "</div>",
        "</p>",
        "<br>",
        "word ",
        "&#x110000;",
        "<![CDATA[",
        "<!--",
        "<",
        "'",
    ]
)


@given(st.lists(_PIECES | st.text(max_size=5), max_size=30).map("".join))
def test_anything_can_be_read(text: str) -> None:
    for page in parse_hocr(text):
        page.lines_on((10, 10))
