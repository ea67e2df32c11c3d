"""Markdown, judged by how a CommonMark parser that is not ours renders it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notetext import Box, RecognitionResult, Word
from notetext.exporters.markdown import MarkdownExporter

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
    text = ["thank you for the long letter", "and the photographs"]
    assert rendered(result_of([[text, ["four"]]])) == (
        "<p>thank you for the long letter\nand the photographs</p>\n<p>four</p>\n"
    )


def test_short_lines_stay_lines(result_of: ResultOf) -> None:
    shopping = ["a dozen eggs", "apples, pears", "two loaves of bread"]
    assert markdown_of(result_of([[shopping]])) == "\\\n".join(shopping) + "\n"
    assert result_of([[shopping]]).to("article").count("<br>") == 2


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
    assert (
        rendered(result_of([[["12. March", "was cold"]]])) == "<p>12. March<br />\nwas cold</p>\n"
    )


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
    assert set(re.findall(r"<(?!/)([a-z0-9]+)", page)) <= {"p", "ul", "ol", "li", "br", "strong"}
    shown = html.unescape(re.sub(r"<[^>]*>", "", page))
    if "<li>" not in page:
        assert "".join(shown.split()) == "".join(result.text.split())
    else:
        assert "".join(shown.split()) in _without_markers(result.text)


def _without_markers(text: str) -> set[str]:
    """The text without those of its lines' markers that began an item, whichever they are."""
    found = {""}
    for written in text.splitlines():
        bare = re.sub(r"^([-–*+•·‣▪◦●○□.]|\(?[0-9Il|]+[.)])\s*(?=\S)", "", written)
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


def placed(*rows: tuple[float, float, str]) -> list[tuple[Word, ...]]:
    """Lines of words, from a left edge on, each so many times as large as usual."""
    lines, top = [], 0.0
    for left, size, text in rows:
        words, x = [], left
        for word in text.split("_"):
            right = x + 20 * size * len(word)
            words.append(Word(text=word, box=Box.rectangle(x, top, right, top + 40 * size)))
            x = right + 100
        lines.append(tuple(words))
        top += 80 * size
    return lines


def test_what_a_page_is_made_of_is_what_is_rendered(result_of: ResultOf) -> None:
    heading = placed((0, 2.0, "To do"))
    items = placed((0, 1, "☑ call"), (0, 1, "☐ write"), (60, 1, "- to Ann"), (60, 1, "- to Bob"))
    assert markdown_of(result_of([[heading + items]])) == (
        "# To do\n\n- [x] call\n- [ ] write\n  - to Ann\n  - to Bob\n"
    )


def test_rows_become_a_table_and_their_bars_are_text(result_of: ResultOf) -> None:
    rows = placed((0, 1, "Item_Price"), (0, 1, "Cake_4.50"), (0, 1, "A|B_3.20"))
    assert rendered(result_of([[rows]])) == (
        "<table>\n<thead>\n<tr>\n<th>Item</th>\n<th>Price</th>\n</tr>\n</thead>\n<tbody>\n"
        "<tr>\n<td>Cake</td>\n<td>4.50</td>\n</tr>\n"
        "<tr>\n<td>A|B</td>\n<td>3.20</td>\n</tr>\n</tbody>\n</table>\n"
    )


def test_fields_are_lines_that_begin_with_their_labels(result_of: ResultOf) -> None:
    assert markdown_of(result_of([[["Name: Ann *", "Born on: 12 March"]]])) == (
        "**Name:** Ann \\*\\\n**Born on:** 12 March\n"
    )


def test_markers_that_markdown_does_not_have_stay_text(result_of: ResultOf) -> None:
    assert markdown_of(result_of([[["a) one", "b) two"]]])) == "- a) one\n- b) two\n"


def test_a_table_without_a_header_has_an_empty_one(result_of: ResultOf) -> None:
    rows = placed((0, 1, "Cake_4.50"), (0, 1, "Tea_3.20"), (0, 1, "Milk_1.10"))
    assert markdown_of(result_of([[rows]])) == (
        "|  |  |\n| --- | --- |\n| Cake | 4.50 |\n| Tea | 3.20 |\n| Milk | 1.10 |\n"
    )


def test_page_numbers_are_left_out_if_that_is_asked_for(result_of: ResultOf) -> None:
    rows = placed((0, 1, "All of the text"), (0, 1, "is here."))
    number = Word(text="7", box=Box.rectangle(300, 600, 320, 640))
    result = result_of([[rows, [number]]])
    assert markdown_of(result).endswith("\n\n7\n")
    assert result.to(MarkdownExporter(body_only=True)) == "All of the text\\\nis here.\n"


def test_a_table_goes_on_without_its_header_a_second_time(result_of: ResultOf) -> None:
    head = (0, 1, "Item_Price")
    pages = [
        [placed(head, (0, 1, "Cake_4.50"), (0, 1, "Tea_3.20"))],
        [placed(head, (0, 1, "Milk_1.10"), (0, 1, "Jam_2.30"))],
    ]
    assert markdown_of(result_of(pages)).splitlines()[2:] == [
        "| Cake | 4.50 |", "| Tea | 3.20 |", "| Milk | 1.10 |", "| Jam | 2.30 |",
    ]  # fmt: skip
