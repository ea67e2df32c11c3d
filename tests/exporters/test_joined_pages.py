"""What goes on over the break between pages."""

from __future__ import annotations

from collections.abc import Callable

from notetext import RecognitionResult
from notetext.exporters.markdown import MarkdownExporter

ResultOf = Callable[..., RecognitionResult]


def test_a_paragraph_that_ends_in_the_middle_of_a_sentence_goes_on(result_of: ResultOf) -> None:
    result = result_of([[["We went up the hill and"]], [["saw the valley."]], [["Then home."]]])
    assert result.to("markdown") == (
        "We went up the hill and\nsaw the valley.\n\n---\n\nThen home.\n"
    )
    assert str(result.to("article")).count("<section") == 2


def test_a_list_goes_on_where_its_numbers_count_on(result_of: ResultOf) -> None:
    pages = [[["1. wash", "2. dry"]], [["3. iron", "4. wear"]], [["1. cook", "2. eat"]]]
    assert result_of(pages).to("markdown") == (
        "1. wash\n2. dry\n3. iron\n4. wear\n\n---\n\n1. cook\n2. eat\n"
    )


def test_running_heads_and_page_numbers_come_after_what_goes_on(result_of: ResultOf) -> None:
    texts = ("We went up, and at the top we", "saw all of the valley,", "which was green.")
    pages = [[["Our trip 2024"], [text], ["the end of a page"]] for text in texts]
    result = result_of(pages)
    roles = [[block.role.value for block in page.blocks] for page in result.pages]
    assert roles == [["running_head", "body", "running_head"]] * 3
    assert result.to(MarkdownExporter(body_only=True)) == "\n".join(texts) + "\n"
    assert RecognitionResult.from_json(result.to_json()) == result


def test_what_two_pages_have_alike_is_no_running_head(result_of: ResultOf) -> None:
    result = result_of([[["Dear Ann,"], ["first text."]], [["Dear Ann,"], ["second text."]]])
    assert {block.role.value for page in result.pages for block in page.blocks} == {"body"}


def test_short_lines_on_pages_of_their_own_stay_there(result_of: ResultOf) -> None:
    assert result_of([[["milk"]], [["eggs"]]]).to("markdown") == "milk\n\n---\n\neggs\n"
