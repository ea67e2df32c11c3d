"""HTML to read, as a browser's parser understands it."""

from __future__ import annotations

from collections.abc import Callable

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from notetext import Box, RecognitionResult, Word

ResultOf = Callable[..., RecognitionResult]


def parsed(result: RecognitionResult) -> lxml.html.HtmlElement:
    text = result.to("article")
    assert isinstance(text, str)
    return lxml.html.document_fromstring(text)


def row(top: float, *texts: str, height: float = 40) -> tuple[Word, ...]:
    return tuple(
        Word(text=text, box=Box.rectangle(400 * n, top, 400 * n + 20 * len(text), top + height))
        for n, text in enumerate(texts)
    )


def test_lists_are_nested_and_keep_their_numbers(result_of: ResultOf) -> None:
    page = parsed(result_of([[["7. wash", "- with soap", "8. dry"]]]))
    assert page.xpath("//section/ol/li/@value") == ["7", "8"]
    assert page.xpath("normalize-space(//section/ol/li[1]/ul/li)") == "with soap"


def test_tasks_are_check_boxes_that_nobody_can_change(result_of: ResultOf) -> None:
    page = parsed(result_of([[["[x] call", "[ ] write"]]]))
    boxes = page.xpath("//li/input[@type='checkbox' and @disabled]")
    assert [box.get("checked") is not None for box in boxes] == [True, False]
    assert [each.text_content().strip() for each in page.xpath("//li")] == ["call", "write"]


def test_tables_headings_fields_and_code(result_of: ResultOf) -> None:
    title = row(0, "Report", height=90)
    rows = [row(120, "Item", "Price"), row(180, "Cake", "4.50"), row(240, "Tea", "3.20")]
    code = Word(text="return", blanks=4)
    page = parsed(result_of([[[title], rows, ["Name: Ann", "Town: Oxford"], [code]]]))
    assert page.xpath("string(//h1)") == "Report"
    assert page.xpath("//thead/tr/th/text()") == ["Item", "Price"]
    assert page.xpath("//tbody/tr/td/text()") == ["Cake", "4.50", "Tea", "3.20"]
    assert page.xpath("//dl/dt/text()") == ["Name:", "Town:"]
    assert page.xpath("//dl/dd/text()") == ["Ann", "Oxford"]
    assert page.xpath("string(//pre/code)") == "    return\n"


def test_several_documents_are_articles_of_one(result_of: ResultOf) -> None:
    from notetext.exporters.named import exporter

    merger = exporter("article").merger()
    results = [result_of([[["one"]]]), result_of([[["two"]], [["three"]]])]
    pieces = [merger.add(result, result.to("article")) for result in results]
    page = lxml.html.document_fromstring("".join(map(str, [*pieces, merger.end()])))
    assert page.xpath("count(//article)") == 2
    assert page.xpath("normalize-space(//article[2]/section[2])") == "three"


@given(st.text(st.sampled_from("ab<>&\"'/=-!\x00\x0b"), min_size=1, max_size=30))
def test_whatever_was_read_is_text(result_of: ResultOf, text: str) -> None:
    page = parsed(result_of([[[Word(text=text)]]]))
    assert not page.xpath("//section//*[not(self::p or self::ul or self::li or self::br)]")
    assert not page.xpath("//script")
