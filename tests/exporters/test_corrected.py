"""Every format has the corrected text, where the wrong text stood."""

from __future__ import annotations

import csv
import io
import json

import pytest
from lxml import etree, html

from notetext import Correction, RecognitionResult
from notetext.exporters.named import exporters

OLD, NEW = ("photographs.",), ("pictures", "too.")


@pytest.fixture(scope="module")
def corrected(letter: RecognitionResult) -> RecognitionResult:
    """The letter, with its second line's last word corrected to two."""
    assert letter.lines[1].words[8].text == "photographs."
    return letter.corrected([Correction(page=1, line=1, word=8, old=OLD, new=NEW)])


@pytest.mark.parametrize("name", sorted({*exporters.built_in()} - {"pdf", "docx"}))
def test_a_format_has_the_corrected_words(corrected: RecognitionResult, name: str) -> None:
    rendered = corrected.to(name)
    assert isinstance(rendered, str)
    assert "pictures" in rendered
    if name not in {"json", "jsonl", "html"}:  # they say what was read as well
        assert "photographs" not in rendered


def test_the_searchable_pdf_finds_them_where_the_wrong_word_stood(
    corrected: RecognitionResult, letter: RecognitionResult
) -> None:
    import pypdfium2  # type: ignore[import-untyped]

    box = letter.lines[1].words[8].box
    assert box
    with pypdfium2.PdfDocument(corrected.to("pdf")) as pdf:
        page = pdf[0]
        scale = page.get_width() / letter.pages[0].width
        textpage = page.get_textpage()
        assert not textpage.search("photographs").get_next()
        first, count = textpage.search("pictures too").get_next()
        edges = [textpage.get_charbox(n) for n in range(first, first + count)]
        textpage.close()
        height = page.get_height()
    assert min(e[0] for e in edges) == pytest.approx(box.left * scale, abs=2)
    assert height - max(e[3] for e in edges) == pytest.approx(box.top * scale, abs=2)


def test_hocr_alto_and_csv_say_where(
    corrected: RecognitionResult, letter: RecognitionResult
) -> None:
    box = letter.lines[1].words[8].box
    assert box
    hocr = html.fromstring(str(corrected.to("hocr")).split("\n", 1)[1])
    title = str(hocr.xpath("string(//span[text()='pictures']/@title)"))
    assert int(title.split()[1]) == pytest.approx(box.left, abs=2)
    alto = etree.fromstring(str(corrected.to("alto")).encode())
    left = str(alto.xpath("string(//*[@CONTENT='pictures']/@HPOS)"))
    assert float(left) == pytest.approx(box.left, abs=1)
    (row,) = [
        row
        for row in csv.DictReader(io.StringIO(str(corrected.to("csv"))))
        if row["text"] == "too."
    ]
    assert float(row["right"]) == pytest.approx(box.right, abs=1)
    assert row["confidence"] == "1.0"


def test_json_says_what_was_read_and_what_is_right(corrected: RecognitionResult) -> None:
    data = json.loads(str(corrected.to("json")))
    assert "pictures too." in data["text"]
    assert data["corrections"][0]["old"] == [*OLD]
    assert data["uncorrected"][0]["paragraphs"][1]["lines"][0]["words"][8]["text"] == OLD[0]
