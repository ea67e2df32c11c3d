"""Results of a fake task, as the client of the service understands them."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from notetext.engines.aspose.hocr import parse_hocr
from notetext.model import Box, Line, Word
from notetext.testing.aspose_results import result_entries
from notetext.testing.fake_service import FakeResult


@pytest.fixture
def picture() -> bytes:
    file = io.BytesIO()
    Image.new("L", (60, 40), 255).save(file, "PNG")
    return file.getvalue()


def entries(result: FakeResult, kinds: str, picture: bytes) -> dict[str, bytes]:
    return {
        entry["type"]: base64.b64decode(entry["data"])
        for entry in result_entries(result, kinds, picture)
    }


def test_the_formats_are_those_that_were_asked_for(picture: bytes) -> None:
    result = FakeResult("Tea & milk")
    assert list(entries(result, "Text", picture)) == ["Text"]
    found = entries(result, "TextAndPdfAndHocr", picture)
    assert set(found) == {"Text", "Hocr", "Pdf"}
    assert found["Text"] == b"Tea & milk"
    assert found["Pdf"].startswith(b"%PDF-")


def test_words_without_places_share_the_picture(picture: bytes) -> None:
    hocr = entries(FakeResult("Tea &\n\nmilk"), "Hocr", picture)["Hocr"].decode()
    (page,) = parse_hocr(hocr)
    assert [line.text for line in page.lines] == ["Tea &", "milk"]
    assert page.lines[0].words[1].box == Box.rectangle(30, 0, 60, 20)
    assert page.lines[0].words[1].confidence == 0.9


def test_words_with_places_stand_where_they_stand(picture: bytes) -> None:
    word = Word(text="Tea", box=Box.rectangle(1, 2, 30, 20))
    lines = (Line(words=(word,)), Line())
    hocr = entries(FakeResult("Tea", lines), "Hocr", picture)["Hocr"].decode()
    (page,) = parse_hocr(hocr)
    assert [line.words[0].box for line in page.lines] == [word.box]
