"""Markdown, judged by how a CommonMark parser that is not ours renders it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notetext import Box, RecognitionResult, Word

ResultOf = Callable[..., RecognitionResult]


def markdown_of(result: RecognitionResult) -> str:
    text = result.to("markdown")
    assert isinstance(text, str)
    return text


def rendered(result: RecognitionResult) -> str:
    return str(
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown_of(result))
    )


def line(text: str, right: float) -> list[Word]:
    return [Word(text=text, box=Box.rectangle(0, 0, right, 20))]


def test_paragraphs_stay_paragraphs_and_their_lines_flow(result_of: ResultOf) -> None:
    assert rendered(result_of([[["one two", "three"], ["four"]]])) == (
        "<p>one two\nthree</p>\n<p>four</p>\n"
    )


def test_a_line_that_was_ended_on_purpose_stays_a_line(result_of: ResultOf) -> None:
    texts = {"Dear Martha,": 300.0, "thank you for the long letter": 900.0, "and": 100.0}
    words = [Word(text=t, box=Box.rectangle(0, 0, r, 30)) for t, r in texts.items()]
    assert markdown_of(result_of([[words]])) == "Dear Martha,\nthank you for the long letter\nand\n"
    words[1] = Word(text="thank", box=Box.rectangle(0, 0, 100, 30))
    words[2] = Word(text="you for the long letter", box=Box.rectangle(0, 0, 900, 30))
    assert markdown_of(result_of([[words]])) == "Dear Martha,\\\nthank\nyou for the long letter\n"


def test_bullets_and_checks_become_a_list(result_of: ResultOf) -> None:
    result = result_of([[["To buy", "- milk", "and cream", "• bread"]]])
    assert rendered(result) == (
        "<p>To buy</p>\n<ul>\n<li>milk\nand cream</li>\n<li>bread</li>\n</ul>\n"
    )


def test_numbers_that_count_up_become_a_list_and_others_do_not(result_of: ResultOf) -> None:
    assert rendered(result_of([[["3. wash", "4) dry"]]])) == (
        '<ol start="3">\n<li>wash</li>\n<li>dry</li>\n</ol>\n'
    )
    assert rendered(result_of([[["12. March", "was cold"]]])) == "<p>12. March\nwas cold</p>\n"


def test_two_lists_in_a_row_stay_two(result_of: ResultOf) -> None:
    twice = [["1. a", "2. b"], ["1. c", "2. d"], ["- e"], ["- f"]]
    page = rendered(result_of([twice]))
    assert (page.count("<ol>"), page.count("<ul>")) == (2, 2)


def test_a_rule_stands_between_pages_also_around_empty_ones(result_of: ResultOf) -> None:
    assert rendered(result_of([[["one"]], [], [["three"]]])) == (
        "<p>one</p>\n<hr />\n<hr />\n<p>three</p>\n"
    )


hostile = st.text(
    st.sampled_from("ab1 #*_-+=`<>[]()!|~\\&;:.$\"'\t"), min_size=1, max_size=30
) | st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=20)


@given(st.lists(hostile, min_size=1, max_size=4))
def test_whatever_was_read_is_shown_and_means_nothing(
    result_of: ResultOf, texts: list[str]
) -> None:
    """Only our own tags, and, but for the markers of lists, every character in its order."""
    result = result_of([[[" " + text for text in texts]]])
    page = rendered(result)
    assert set(re.findall(r"<(?!/)([a-z0-9]+)", page)) <= {"p", "ul", "ol", "li", "br"}
    shown = html.unescape(re.sub(r"<[^>]*>", "", page))
    if "<li>" not in page:
        assert "".join(shown.split()) == "".join(result.text.split())
    else:
        assert "".join(shown.split()) in _without_markers(result.text)


def _without_markers(text: str) -> set[str]:
    """The text without those of its lines' markers that began an item, whichever they are."""
    found = {""}
    for written in text.splitlines():
        bare = re.sub(r"^([-–*+•·‣▪◦●○□]|[0-9]+[.)])\s+(?=\S)", "", written)
        ends = {"".join(written.split()), "".join(bare.split())}
        found = {start + end for start in found for end in ends}
    return found


def test_a_script_stays_text(result_of: ResultOf) -> None:
    page = rendered(result_of([[["<script>alert(1)</script> [x](javascript:y) ![i](j) &lt;"]]]))
    assert "<script" not in page
    assert "href" not in page
    assert "img" not in page
    assert "&amp;lt;" in page


def spaced(text: str) -> Word:
    """A line of code whose indentation is kept."""
    return Word(text=text.lstrip(), blanks=len(text) - len(text.lstrip()))


def test_code_becomes_a_block_of_code_with_its_blank_lines(result_of: ResultOf) -> None:
    code = [[spaced("if p > *0*:"), spaced("    <b>")], [spaced("print(p)")]]
    result = result_of([[["Like this:"], *code, ["- and so on"]]])
    assert rendered(result) == (
        "<p>Like this:</p>\n"
        "<pre><code>if p &gt; *0*:\n    &lt;b&gt;\n\nprint(p)\n</code></pre>\n"
        "<ul>\n<li>and so on</li>\n</ul>\n"
    )


def test_no_run_of_backticks_ends_a_block_of_code(result_of: ResultOf) -> None:
    result = result_of([[[spaced("```` <i>"), spaced("  x")]]])
    assert rendered(result) == "<pre><code>```` &lt;i&gt;\n  x\n</code></pre>\n"
