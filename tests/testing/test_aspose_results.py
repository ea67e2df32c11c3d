"""Results of a fake task, as the client of the service understands them."""

from __future__ import annotations

import base64
import io
import json

import pytest
from PIL import Image

from notetext.engines.aspose.hocr import parse_hocr
from notetext.model import Box, Line, Word
from notetext.testing.aspose_requests import Settings
from notetext.testing.aspose_results import (
    found_regions,
    read_in_part,
    read_regions,
    read_table,
    result_entries,
)
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


def wanted(**settings: object) -> Settings:
    return Settings.model_validate_json(json.dumps(settings))


def region(left: int, top: int, right: int, bottom: int, order: int = 0) -> dict[str, object]:
    rect = {"topLeftX": left, "topLeftY": top, "bottomRightX": right, "bottomRightY": bottom}
    return {"rect": rect, "order": order}


def decoded(entries: list[dict[str, str]]) -> list[tuple[str, bytes]]:
    return [(entry["type"], base64.b64decode(entry["data"])) for entry in entries]


def test_blocks_of_json_have_corners_and_text(picture: bytes) -> None:
    found = entries(FakeResult("Tea &\nmilk"), "JSON", picture)
    assert json.loads(found["JSON"]) == [
        {"topLeftX": 0, "topLeftY": 0, "bottomRightX": 60, "bottomRightY": 20, "text": "Tea &"},
        {"topLeftX": 0, "topLeftY": 20, "bottomRightX": 60, "bottomRightY": 40, "text": "milk"},
    ]


def test_a_picture_can_be_the_result(picture: bytes) -> None:
    with Image.open(io.BytesIO(entries(FakeResult(""), "ImagePNG", picture)["ImagePNG"])) as png:
        assert (png.format, png.size) == ("PNG", (60, 40))


def test_each_region_has_an_entry_in_their_order(picture: bytes) -> None:
    regions = [region(0, 20, 60, 40, 2), region(0, 0, 30, 40, 1), {"order": 3}]
    result = FakeResult("Tea &\nmilk now")
    read = read_regions(result, wanted(regions=regions), picture)
    assert decoded(read) == [("Text", b"Tea\nmilk"), ("Text", b"milk now"), ("Text", b"")]
    assert decoded(read_regions(result, wanted(), picture)) == [("Text", b"Tea &\nmilk now")]


def test_a_regions_hocr_is_of_the_whole_pictures_pixels(picture: bytes) -> None:
    settings = wanted(regions=[region(30, 0, 60, 20)], resultType="Hocr")
    ((_, hocr),) = decoded(read_regions(FakeResult("Tea &\nmilk"), settings, picture))
    (page,) = parse_hocr(hocr.decode())
    assert [(word.text, word.box) for line in page.lines for word in line.words] == [
        ("&", Box.rectangle(30, 0, 60, 20))
    ]


def test_regions_are_found_where_lines_are(picture: bytes) -> None:
    assert decoded(found_regions(FakeResult("Tea\nmilk"), wanted(), picture)) == [
        ("Other", b"[[0, 0, 60, 20], [0, 20, 60, 40]]")
    ]
    assert decoded(found_regions(FakeResult(""), wanted(), picture)) == [("Other", b"[]")]


@pytest.mark.parametrize(
    ("kind", "types"),
    [("Text", ["Text"]), ("Csv", ["Csv"]), ("CsvAndExcel", ["Csv", "Excel"])],
)
def test_a_tables_formats_are_its_own(picture: bytes, kind: str, types: list[str]) -> None:
    settings = wanted(resultTypeTable=kind, resultType="Hocr")
    found = dict(decoded(read_table(FakeResult("tea\t2"), settings, picture)))
    assert list(found) == types
    assert found.get("Csv", b"0,1\ntea,2\n") == b"0,1\ntea,2\n"


def test_the_trial_hides_every_tenth_word(picture: bytes) -> None:
    words = [f"word{number}" for number in range(1, 21)]
    ((_, text),) = decoded(read_in_part(FakeResult(", ".join(words)), wanted(), picture))
    told = text.decode().split(", ")
    assert [place for place in range(20) if told[place] != words[place]] == [9, 19]
    assert told[9] == "******"
