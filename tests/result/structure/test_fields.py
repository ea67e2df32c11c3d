from __future__ import annotations

from notetext import Kind, Line, Paragraph, Word
from notetext.model import Block, FormField
from notetext.result.structure.finding import find_blocks

from .conftest import Note


def fields(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.label.text, block.value) for block in blocks if isinstance(block, FormField)]


def test_labels_below_each_other_are_fields(note: Note) -> None:
    blocks = find_blocks(note("Name: Helen Miller", "Born on: 12 March", "Phone:"))
    assert fields(blocks) == [("Name:", "Helen Miller"), ("Born on:", "12 March"), ("Phone:", "")]


def test_a_line_may_hold_several_fields(note: Note) -> None:
    blocks = find_blocks(note("Name: Helen      Town: Oxford", "Date: 12 March   Time: 10:30"))
    assert fields(blocks) == [
        ("Name:", "Helen"), ("Town:", "Oxford"), ("Date:", "12 March"), ("Time:", "10:30"),
    ]  # fmt: skip


def test_one_label_alone_is_a_field_only_if_it_was_filled_in() -> None:
    def signed(kind: Kind) -> list[Paragraph]:
        words = (Word(text="Signature:", kind=Kind.PRINTED), Word(text="Ann", kind=kind))
        return [Paragraph(lines=(Line(words=words),))]

    assert fields(find_blocks(signed(Kind.HANDWRITTEN))) == [("Signature:", "Ann")]
    assert fields(find_blocks(signed(Kind.PRINTED))) == []


def test_code_has_no_fields(note: Note) -> None:
    blocks = find_blocks(note("def count(limit):", "for n in range(limit):"))
    assert fields(blocks) == []
