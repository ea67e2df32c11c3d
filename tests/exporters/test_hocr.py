"""hOCR, read by a reader that is not ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from ocrmypdf.hocrtransform import HocrParser, OcrElement

from notetext import Box, RecognitionResult, Word

ResultOf = Callable[..., RecognitionResult]


def hocr_of(result: RecognitionResult) -> bytes:
    text = result.to("hocr")
    assert isinstance(text, str)
    return text.encode("utf-8")


def read_by_others(result: RecognitionResult, folder: Path) -> OcrElement:
    path = folder / "note.hocr"
    path.write_bytes(hocr_of(result))
    return HocrParser(path).parse()


def test_a_public_reader_finds_every_word_at_its_place(
    letter: RecognitionResult, tmp_path: Path
) -> None:
    page = read_by_others(letter, tmp_path)
    assert [word.text for word in page.words] == [word.text for word in letter.words]
    assert len(page.lines) == len(letter.lines)
    assert len(page.paragraphs) == len(letter.pages[0].paragraphs)
    for found, word in zip(page.words, letter.words, strict=True):
        box = found.bbox
        assert word.box
        assert box
        assert 0 <= word.box.left - box.left < 1
        assert 0 <= word.box.top - box.top < 1
        assert 0 <= box.right - word.box.right < 1
        assert 0 <= box.bottom - word.box.bottom < 1
        assert found.confidence == pytest.approx(word.confidence, abs=0.005)


def test_the_page_says_its_size_resolution_and_number(
    letter: RecognitionResult, tmp_path: Path
) -> None:
    page = read_by_others(letter, tmp_path)
    assert page.bbox
    assert (page.bbox.width, page.bbox.height) == (1240, 1164)
    assert page.dpi == 150
    assert page.page_number == 0


def test_words_are_set_apart_as_in_the_text(result_of: ResultOf) -> None:
    result = result_of([[["read this: 天気 予報"]]])
    body = etree.fromstring(hocr_of(result)).find("{*}body")
    assert body is not None
    assert "".join(str(text) for text in body.itertext()).strip() == result.text.strip()


def test_a_word_that_climbs_has_its_corners_and_its_line_an_angle(
    result_of: ResultOf, slanted: Word
) -> None:
    text = hocr_of(result_of([[[slanted]]])).decode()
    assert "poly 100 300 299 276 304 315 105 339" in text
    assert "textangle 6.9" in text


def test_lines_and_words_say_whether_they_are_hand_or_print(
    signed: RecognitionResult, result_of: ResultOf, tmp_path: Path
) -> None:
    body = etree.fromstring(hocr_of(signed)).find("{*}body")
    assert body is not None
    titles = [span.get("title") for span in body.iterfind(".//{*}span")]
    assert titles == ["x_kind printed", None, "x_kind handwritten"]
    # Readers that do not know the property read on.
    assert [w.text for w in read_by_others(signed, tmp_path).words] == ["Signature:", "Ann"]
    assert b"x_kind" not in hocr_of(result_of([[["alone"]]]))


def test_a_paragraph_says_its_language_where_the_document_has_several(
    bilingual: RecognitionResult, result_of: ResultOf
) -> None:
    root = etree.fromstring(hocr_of(bilingual))
    assert root.get("lang") is None
    assert [p.get("lang") for p in root.iterfind(".//{*}p")] == ["en", "fr"]
    root = etree.fromstring(hocr_of(result_of([[["alone"]]])))
    assert root.get("lang") == "en"
    assert [p.get("lang") for p in root.iterfind(".//{*}p")] == [None]


def test_what_has_no_place_has_no_box(result_of: ResultOf) -> None:
    assert b"bbox 0 0 600 800" in hocr_of(result_of([[["alone"]]]))
    assert hocr_of(result_of([[["alone"]]])).count(b"bbox") == 1


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=5))
def test_any_text_is_well_formed_and_comes_back(result_of: ResultOf, texts: list[str]) -> None:
    box = Box.rectangle(1, 2, 30, 40)
    result = result_of([[[Word(text=text, box=box) for text in texts]]])
    root = etree.fromstring(hocr_of(result))
    found = [span.text for span in root.iterfind(".//{*}span[@class='ocrx_word']")]
    assert len(found) == len(texts)
    for text, back in zip(texts, found, strict=True):
        legal = "".join(c if c in "\t\n\r" or c >= " " else "\ufffd" for c in text)
        legal = legal.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
        # XML itself makes one line feed of what ends a line elsewhere.
        assert back == legal.replace("\r\n", "\n").replace("\r", "\n")


def test_a_page_of_two_resolutions_says_both(result_of: ResultOf) -> None:
    result = result_of([[["fax"]]])
    page = result.pages[0].model_copy(update={"dpi": 204.0, "dpi_y": 98.0})
    fax = result.model_copy(update={"pages": (page,)})
    assert b"scan_res 204 98" in hocr_of(fax)


def test_blocks_are_areas_that_say_what_they_are(result_of: ResultOf) -> None:
    result = result_of([[["To buy", "- milk", "- bread"], ["1. wash", "2. dry"]]])
    root = etree.fromstring(hocr_of(result))
    areas = root.findall(".//{*}div[@class='ocr_carea']")
    assert [area.get("title") for area in areas] == [
        "x_block paragraph", "x_block list", "x_block list",
    ]  # fmt: skip
    lines = [len(area.findall(".//{*}span[@class='ocr_line']")) for area in areas]
    assert lines == [1, 2, 2]


def test_a_line_of_two_blocks_stands_there_once(result_of: ResultOf) -> None:
    fields = [
        tuple(
            Word(text=text, box=Box.rectangle(x, y, x + 80, y + 30))
            for x, text in ((0, "Name:"), (90, "Ann"), (400, "Town:"), (490, "Oxford"))
        )
        for y in (0, 50)
    ]
    result = result_of([[fields]])
    assert len(result.pages[0].blocks) == 4
    root = etree.fromstring(hocr_of(result))
    assert len(root.findall(".//{*}span[@class='ocr_line']")) == 2
