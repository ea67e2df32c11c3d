"""Word documents, read back by python-docx."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document

from notetext import Box, RecognitionResult, Word
from notetext.errors import MissingDependencyError
from notetext.exporters.named import exporter

ResultOf = Callable[..., RecognitionResult]


def opened(result: RecognitionResult) -> Document:
    rendered = result.to("docx")
    assert isinstance(rendered, bytes)
    return docx.Document(io.BytesIO(rendered))


def paragraphs(document: Document) -> list[tuple[str, str]]:
    return [(str(each.style and each.style.name), each.text) for each in document.paragraphs]


def row(top: float, *texts: str, height: float = 40) -> tuple[Word, ...]:
    return tuple(
        Word(text=text, box=Box.rectangle(400 * n, top, 400 * n + 20 * len(text), top + height))
        for n, text in enumerate(texts)
    )


def test_lists_are_lists_and_tasks_have_their_boxes(result_of: ResultOf) -> None:
    lines = ["1. wash", "- with soap", "2. dry"], ["[x] call", "[ ] write"], ["a) one", "b) two"]
    assert paragraphs(opened(result_of([[*lines]]))) == [
        ("List Number", "wash"),
        ("List Bullet 2", "with soap"),
        ("List Number", "dry"),
        ("List", "☒ call"),
        ("List", "☐ write"),
        ("List", "a) one"),
        ("List", "b) two"),
    ]


def test_each_list_counts_from_its_own_first_number(result_of: ResultOf) -> None:
    document = opened(result_of([[["7. wash", "8. dry"], ["1. cook", "2. eat"]]]))
    numberings = document.part.numbering_part.element
    used = [int(each) for each in document.element.body.xpath(".//w:numId/@w:val")]
    assert used[0] == used[1] != used[2] == used[3]
    starts = [
        numberings.num_having_numId(number).lvlOverride_lst[0].startOverride.val
        for number in (used[0], used[2])
    ]
    assert starts == [7, 1]


def test_rows_are_a_table(result_of: ResultOf) -> None:
    rows = [row(0, "Item", "Price"), row(60, "Cake", "4.50"), row(120, "Tea", "3.20")]
    (table,) = opened(result_of([[rows]])).tables
    assert [[cell.text for cell in each.cells] for each in table.rows] == [
        ["Item", "Price"], ["Cake", "4.50"], ["Tea", "3.20"],
    ]  # fmt: skip


def test_headings_fields_and_code(result_of: ResultOf) -> None:
    title = row(0, "Report", height=90)
    text = [row(120, "a", "long", "line"), row(180, "and", "another", "one")]
    code = Word(text="return", blanks=4)
    result = result_of([[[title], text, ["Name: Ann", "Town: Oxford"], [code]]])
    found = paragraphs(opened(result))
    assert found[0] == ("Heading 1", "Report")
    assert found[2:] == [
        ("Normal", "Name: Ann"), ("Normal", "Town: Oxford"), ("No Spacing", "    return"),
    ]  # fmt: skip


def test_each_page_begins_a_page_and_no_character_breaks_the_file(result_of: ResultOf) -> None:
    document = opened(result_of([[["one\x01 <two>"]], [], [["three"]]]))
    assert [text.strip() for _, text in paragraphs(document)] == [
        "one\ufffd <two>",
        "",
        "",
        "three",
    ]
    breaks = document.element.body.xpath("count(.//w:br[@w:type='page'])")
    assert breaks == 2


def test_without_python_docx_it_says_what_to_install(
    result_of: ResultOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(MissingDependencyError, match=r'pip install "notetext\[docx\]"'):
        result_of([[["one"]]]).to("docx")


def test_several_documents_are_one_with_all_their_pages(result_of: ResultOf) -> None:
    merger = exporter("docx").merger()
    results = [result_of([[["one"]]]), result_of([[["two"]], [["three"]]])]
    assert [merger.add(result, b"") for result in results] == [b"", b""]
    merged = merger.end()
    assert isinstance(merged, bytes)
    texts = [text.strip() for _, text in paragraphs(docx.Document(io.BytesIO(merged)))]
    assert [text for text in texts if text] == ["one", "two", "three"]
