"""When a document's own text is reused, and how it meets what an engine reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.converters import TextLayer, TextLayerWord
from notetext.engines import Reading
from notetext.model import Box, LeftOut, LeftOutReason, Line, Mode, Word, describe_left_out
from notetext.reading.options import TextLayerUse
from notetext.reading.text_layer import as_fragments, decide, merge

MODES = list(Mode)
ANYWHERE = Box.rectangle(0, 0, 10, 10)


def layer(visible: int = 40, invisible: int = 0, places: tuple[Box, ...] = ()) -> TextLayer:
    """A layer of words of four characters."""
    words = [
        TextLayerWord("seen" if index < visible // 4 else "ghst", ANYWHERE, index < visible // 4)
        for index in range((visible + invisible) // 4)
    ]
    return TextLayer(tuple(words), places)


def word(text: str, left: float, top: float = 0, width: float = 40, height: float = 10) -> Word:
    return Word(text=text, box=Box.rectangle(left, top, left + width, top + height))


def line(*words: Word) -> Line:
    return Line(words=words, box=Box.around(w.box for w in words if w.box))


def texts(reading: Reading) -> list[str]:
    return [fragment.text for fragment in reading.fragments]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("visible", [4, 32])
def test_a_page_of_visible_text_needs_no_reading_however_little_it_is(
    mode: Mode, visible: int
) -> None:
    decision = decide(layer(visible=visible), mode, TextLayerUse.AUTO)
    assert not decision.read_pixels
    assert [(w.text, w.confidence) for w in decision.words] == [("seen", 1.0)] * (visible // 4)


@pytest.mark.parametrize("visible", [8, 32])
def test_what_the_text_does_not_explain_is_read_beside_it(visible: int) -> None:
    places = (Box.rectangle(0, 50, 90, 80),)
    decision = decide(layer(visible=visible, places=places), Mode.AUTO, TextLayerUse.AUTO)
    assert decision.read_pixels
    assert decision.places == places
    assert len(decision.words) == visible // 4


@pytest.mark.parametrize("mode", MODES)
def test_what_a_scanner_recognized_never_replaces_the_scan(mode: Mode) -> None:
    decision = decide(layer(visible=0, invisible=400), mode, TextLayerUse.AUTO)
    assert decision.read_pixels
    assert decision.words == ()


def test_invisible_text_beside_visible_is_reused_in_printed_mode_alone() -> None:
    mixed = layer(visible=40, invisible=20)
    found = {mode: len(decide(mixed, mode, TextLayerUse.AUTO).words) for mode in MODES}
    assert found == {Mode.AUTO: 10, Mode.HANDWRITTEN: 10, Mode.PRINTED: 15}


@pytest.mark.parametrize("given_layer", [None, layer(visible=400)])
def test_a_text_layer_can_be_ignored(given_layer: TextLayer | None) -> None:
    decision = decide(given_layer, Mode.AUTO, TextLayerUse.IGNORE)
    assert (decision.read_pixels, decision.words, decision.warnings) == (True, (), ())


def test_only_the_text_layer_can_be_asked_for_and_is_then_given_whole() -> None:
    decision = decide(layer(visible=8, invisible=4), Mode.AUTO, TextLayerUse.ONLY)
    assert not decision.read_pixels
    assert len(decision.words) == 3


@pytest.mark.parametrize("given_layer", [None, TextLayer()])
def test_asking_only_for_a_text_layer_that_is_not_there_warns(
    given_layer: TextLayer | None,
) -> None:
    decision = decide(given_layer, Mode.AUTO, TextLayerUse.ONLY)
    assert not decision.read_pixels
    assert "no text layer" in decision.warnings[0]


def test_a_document_without_a_text_layer_is_read() -> None:
    assert decide(None, Mode.AUTO, TextLayerUse.AUTO).read_pixels


def test_a_page_of_signs_alone_is_compared_with_its_pixels() -> None:
    signs = TextLayer((TextLayerWord('"7+%-', Box.rectangle(0, 0, 60, 10)),))
    decision = decide(signs, Mode.AUTO, TextLayerUse.AUTO)
    assert decision.read_pixels
    reading = Reading(fragments=[line(word("Hello", 2, 1, 56, 8))])
    merged = merge(reading, decision.words, decision.doubted)
    assert texts(merged) == ["Hello"]
    unread = merge(Reading(), decision.words, decision.doubted)
    assert texts(unread) == ['"7+%-']


def test_what_the_engine_read_again_gives_way() -> None:
    # The engine's boxes are lower and wider than the layer's.
    reading = Reading(
        fragments=[
            line(word("Inv0ice", -3, 2, 88, 6)),
            line(word("handwritten", 0, 50, 90)),
            line(word("beside", 200, 2)),
        ]
    )
    merged = merge(reading, [word("In-", 0), word("voice", 43)])
    assert sorted(texts(merged)) == ["In- voice", "beside", "handwritten"]


def test_of_a_line_only_the_words_on_the_layer_give_way() -> None:
    reading = Reading(fragments=[line(word("Narne:", 0), word("Ada", 50), word("Lovelace", 100))])
    merged = merge(reading, [word("Name:", 0)])
    assert texts(merged) == ["Ada Lovelace", "Name:"]
    assert merged.fragments[0].box == Box.rectangle(50, 0, 140, 10)


@pytest.mark.parametrize("blank", ["......", "____", "Name:", "Name:......"])
def test_dots_and_lines_that_were_written_on_give_way_to_the_writing(blank: str) -> None:
    by_hand = line(word("Ada", 90, -2), word("..", 150, 2, 10))
    merged = merge(Reading(fragments=[by_hand]), [word(blank, 40, width=130)])
    said = sorted(" ".join(texts(merged)).split())
    kept = blank.strip("._")
    if blank == kept:
        assert said == [kept]
    else:
        assert said == sorted(["Ada", *([kept] if kept else [])])


def test_dots_and_lines_that_nobody_wrote_on_stay() -> None:
    merged = merge(Reading(fragments=[line(word("Ada", 300))]), [word("......", 40, width=130)])
    assert sorted(texts(merged)) == ["......", "Ada"]


def test_a_line_without_places_for_its_words_stands_or_falls_as_a_whole() -> None:
    whole = Line(words=(Word(text="Title"), Word(text="page")), box=Box.rectangle(0, 0, 90, 10))
    other = Line(words=(Word(text="ink"),), box=Box.rectangle(0, 40, 90, 50))
    merged = merge(Reading(fragments=[whole, other]), [word("Title", 0), word("page", 45)])
    assert texts(merged) == ["ink", "Title page"]


def test_nothing_is_left_out_in_the_place_of_a_layers_word() -> None:
    on_a_word = LeftOut(reason=LeftOutReason.STRUCK_OUT, box=Box.rectangle(2, 1, 38, 11))
    elsewhere, nowhere = (
        LeftOut(reason=reason, box=box)
        for reason, box in (
            (LeftOutReason.STRUCK_OUT, Box.rectangle(0, 40, 90, 50)),
            (LeftOutReason.NO_WORD, None),
        )
    )
    left_out = (on_a_word, elsewhere, nowhere)
    reading = Reading(left_out=left_out, warnings=("first", *describe_left_out(left_out)))
    merged = merge(reading, [word("Title", 0)])
    assert merged.left_out == (elsewhere, nowhere)
    assert merged.warnings == ("first", *describe_left_out([elsewhere, nowhere]))
    silent = merge(Reading(left_out=left_out, warnings=("first",)), [word("Title", 0)])
    assert silent.warnings == ("first",)


def test_nothing_is_struck_out_in_the_place_of_a_layers_word() -> None:
    struck = [line(word("Titel", 0)), line(word("ink", 0, 40))]
    merged = merge(Reading(struck=struck), [word("Title", 0)])
    assert [run.text for run in merged.struck] == ["ink"]


def test_lines_in_order_join_the_layer_as_fragments() -> None:
    merged = merge(Reading(lines=[line(word("ink", 0, 40)), Line()]), [word("Title", 0)])
    assert merged.lines == ()
    assert texts(merged) == ["ink", "Title"]


def test_an_engine_without_places_keeps_its_reading_and_says_so() -> None:
    reading = Reading(lines=[Line(words=(Word(text="all"),))], warnings=("first",))
    merged = merge(reading, [word("Title", 0)])
    assert merged.lines == reading.lines
    assert merged.fragments == ()
    assert merged.warnings[0] == "first"
    assert "no places" in merged.warnings[1]


def test_text_on_its_side_is_compared_along_its_own_direction() -> None:
    upwards = Box.of_corners([(10, 100), (10, 20), (30, 20), (30, 100)])
    reading = Reading(
        fragments=[
            Line(words=(Word(text="margin", box=upwards),), box=upwards),
            line(word("across", 0, 55, 100)),
        ]
    )
    merged = merge(reading, [Word(text="Margin", box=upwards)])
    assert texts(merged) == ["across", "Margin"]


def test_words_that_follow_each_other_are_joined_in_any_direction() -> None:
    for turns in range(4):
        words = [
            _turned(word(text, x), turns) for text, x in (("one", 0), ("line", 43), ("far", 200))
        ]
        assert [fragment.text for fragment in as_fragments(words)] == ["one line", "far"]
        assert as_fragments(words)[0].box == _turned(word("", 0, width=83), turns).box


def test_a_line_from_the_right_is_one_fragment_whose_words_come_from_the_left() -> None:
    hello, world = "\u05e9\u05dc\u05d5\u05dd", "\u05e2\u05d5\u05dc\u05dd"
    words = [word(hello, 86), word(world, 43), word("17", 0)]
    assert [fragment.words[0].text for fragment in as_fragments(words)] == ["17"]
    assert as_fragments(words)[0].box == Box.rectangle(0, 0, 126, 10)


def test_words_of_the_next_line_are_not_joined() -> None:
    words = [word("end", 100), word("begin", 0, 12), word("up", 42, 4)]
    assert len(as_fragments(words)) == 3


def _turned(given_word: Word, quarters: int) -> Word:
    corners = given_word.box.corners if given_word.box else ()
    for _ in range(quarters):
        corners = tuple((-y, x) for x, y in corners)
    return Word(text=given_word.text, box=Box.of_corners(corners))


_places = st.tuples(
    st.integers(0, 300), st.integers(0, 300), st.integers(1, 80), st.integers(1, 30)
)


@given(st.lists(_places, max_size=12), st.lists(_places, max_size=12))
def test_merging_keeps_every_layer_word_and_adds_none(
    read: list[tuple[int, int, int, int]], held: list[tuple[int, int, int, int]]
) -> None:
    reading = Reading(fragments=[line(word(f"r{i}", *place)) for i, place in enumerate(read)])
    words = [word(f"l{i}", *place) for i, place in enumerate(held)]
    merged = [w.text for fragment in merge(reading, words).fragments for w in fragment.words]
    assert len(set(merged)) == len(merged)
    assert {text for text in merged if text[0] == "l"} == {f"l{i}" for i in range(len(held))}
    assert {text for text in merged if text[0] == "r"} <= {f"r{i}" for i in range(len(read))}
