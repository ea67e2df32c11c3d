from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notetext import Box, Line, Paragraph, Word
from notetext.model import LeftOut, LeftOutReason, MarkShape
from notetext.result.structure.finding import find_blocks

from .conftest import Note

TEXTS = ("-", "1.", "2.", "a)", "☐", "[x]", "Name:", "milk", "3.20", ":", "I.", "")

words = st.builds(
    Word,
    text=st.sampled_from(TEXTS),
    box=st.none()
    | st.builds(
        Box.rectangle, *(st.integers(0, 900) for _ in range(2)), *(st.integers(0, 900),) * 2
    ),
    blanks=st.none() | st.integers(0, 9),
)
lines = st.builds(
    Line,
    words=st.lists(words, max_size=5).map(tuple),
    box=st.none() | st.just(Box.rectangle(0, 0, 0, 0)),
)
paragraphs = st.builds(Paragraph, lines=st.lists(lines, max_size=5).map(tuple))


marks = st.builds(
    LeftOut,
    reason=st.sampled_from([LeftOutReason.MARK, LeftOutReason.HOPELESS]),
    box=st.builds(Box.rectangle, *(st.integers(0, 900) for _ in range(4))),
    shape=st.none() | st.sampled_from(MarkShape),
    is_ticked=st.none() | st.booleans(),
)


@given(st.lists(paragraphs, max_size=6), st.lists(marks, max_size=4))
def test_every_word_belongs_to_one_block(page: list[Paragraph], left_out: list[LeftOut]) -> None:
    found = [
        (part.line, number)
        for block in find_blocks(page, left_out)
        for part in block.parts
        for number in range(part.first, part.end)
    ]
    flat = [line for paragraph in page for line in paragraph.lines]
    expected = [(n, word) for n, line in enumerate(flat) for word in range(len(line.words))]
    assert sorted(found) == expected


def test_what_is_below_a_list_is_another_block(note: Note) -> None:
    blocks = find_blocks(note("To buy", "", "- milk", "- bread", "", "See you on Monday, Anna"))
    assert [block.kind for block in blocks] == ["heading", "list", "paragraph"]


def test_code_in_a_fixed_pitch_keeps_its_blanks() -> None:
    code = Line(words=(Word(text="return", blanks=4), Word(text="0", blanks=1)))
    text = Line(words=(Word(text="Code:"),))
    blocks = find_blocks([Paragraph(lines=(text,)), Paragraph(lines=(code,))])
    assert [block.kind for block in blocks] == ["paragraph", "preformatted"]
    assert blocks[1].text == "    return 0\n"
