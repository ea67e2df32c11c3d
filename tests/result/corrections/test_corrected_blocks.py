"""What a page is made of stays, but for what may be something else now."""

from __future__ import annotations

from notetext import Box, Correction, Page
from notetext.model import CorrectionKind as K
from notetext.model import Figure, LeftOut, LeftOutReason, ListBlock

from .written_notes import TABLE, TO_DO, blocks, outline, result_of, states, tick, words


def test_blocks_that_a_change_does_not_touch_are_the_same_and_ticks_stay() -> None:
    read = result_of(*TO_DO)
    added = Correction(kind=K.LINE_ADDED, page=1, line=5, new=("Good", "luck!"))
    result = read.corrected([tick(1), added])
    assert outline(blocks(result)) == [
        "heading: To do",
        "list: call the bank / post the letter / buy a new lamp",
        "paragraph: That is all. / Good luck!",
    ]
    assert blocks(result)[0] == blocks(read)[0]
    assert states(result)[0] == ("call the bank", True)


def test_ticks_stay_in_a_list_that_loses_a_line() -> None:
    read = result_of(*TO_DO)
    gone = Correction(kind=K.LINE_REMOVED, page=1, line=2, old=("post", "the", "letter"))
    result = read.corrected([gone, tick(3)])
    assert outline(blocks(result))[1] == "list: call the bank / buy a new lamp"
    assert states(result) == [("call the bank", False), ("buy a new lamp", True)]


def test_a_number_that_is_corrected_counts_and_another_marker_is_found_anew() -> None:
    read = result_of("1. wash", "2. dry", "8. iron")
    (block,) = blocks(read.corrected([words(2, 0, "8.", "3.")]))
    assert isinstance(block, ListBlock)
    assert [item.number for item in block.items] == [1, 2, 3]
    (block,) = blocks(result_of("milk", "tea").corrected([words(n, 0, "", "-") for n in (0, 1)]))
    assert isinstance(block, ListBlock)
    assert [item.text for item in block.items] == ["milk", "tea"]


def test_figures_stay_where_they_are() -> None:
    read = result_of("This is the pump.", "", "", "", "", "That is the valve.")
    drawing = LeftOut(reason=LeftOutReason.HOPELESS, box=Box.rectangle(100, 130, 400, 260))
    page = read.pages[0].model_dump(mode="json")
    page["left_out"], page["blocks"] = [drawing.model_dump(mode="json")], []
    read = read.model_copy(update={"pages": (Page.model_validate(page),)})
    added = Correction(kind=K.PARAGRAPH_ADDED, page=1, line=2, new=("The", "end"))
    kinds = [block.kind for block in blocks(read.corrected([added]))]
    assert kinds[:3] == ["paragraph", "figure", "paragraph"]
    assert any(isinstance(block, Figure) for block in blocks(read))


def test_each_line_is_in_one_block_whatever_was_changed() -> None:
    read = result_of(*TO_DO, "", *TABLE)
    for line in range(1, len(read.lines)):
        for kind in (K.LINES_JOINED, K.PARAGRAPH_SPLIT, K.PARAGRAPHS_JOINED):
            result = read.corrected([Correction(kind=kind, page=1, line=line)])
            parts = [part for block in blocks(result) for part in block.parts]
            assert {part.line for part in parts} == {*range(len(result.lines))}
            text = [word.text for part in parts for word in part.words]
            assert sorted(text) == sorted(word.text for word in result.words)
            assert all(
                part.words == result.lines[part.line].words[part.first : part.end] for part in parts
            )
