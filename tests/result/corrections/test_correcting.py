"""Corrections: what they do to a page, and that nothing is lost by them."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext import Correction, RecognitionResult
from notetext.errors import CorrectionError
from notetext.model import CorrectionKind

MakeResult = Callable[..., RecognitionResult]

TEXT = "the quick fox\njumps over\n\nthe lazy\ndog\n"


def correction(
    line: int,
    word: int,
    old: str = "",
    new: str = "",
    kind: CorrectionKind = CorrectionKind.WORDS,
) -> Correction:
    return Correction(
        kind=kind, page=1, line=line, word=word, old=tuple(old.split()), new=tuple(new.split())
    )


K = CorrectionKind


@pytest.mark.parametrize(
    ("corrections", "text"),
    [
        ([correction(0, 1, "quick", "slow")], "the slow fox\njumps over\n\nthe lazy\ndog\n"),
        (
            [correction(0, 1, "quick fox", "quickfox")],
            "the quickfox\njumps over\n\nthe lazy\ndog\n",
        ),
        ([correction(0, 1, "quick", "qui ck")], "the qui ck fox\njumps over\n\nthe lazy\ndog\n"),
        ([correction(0, 1, "quick")], "the fox\njumps over\n\nthe lazy\ndog\n"),
        ([correction(1, 2, "", "it")], "the quick fox\njumps over it\n\nthe lazy\ndog\n"),
        ([correction(0, 0, "", "Lo:")], "Lo: the quick fox\njumps over\n\nthe lazy\ndog\n"),
        ([correction(0, 1, "quick", "quick", K.CONFIRMED)], TEXT),
        ([correction(2, 0, "the lazy", "", K.LINE_REMOVED)], "the quick fox\njumps over\n\ndog\n"),
        (
            [
                correction(n, 0, line, "", K.LINE_REMOVED)
                for n, line in enumerate(["the quick fox", "jumps over", "the lazy", "dog"])
            ],
            "",
        ),
        ([correction(0, 1, kind=K.LINE_SPLIT)], "the\nquick fox\njumps over\n\nthe lazy\ndog\n"),
        ([correction(1, 0, kind=K.LINES_JOINED)], "the quick fox jumps over\n\nthe lazy\ndog\n"),
        (
            [correction(1, 0, kind=K.PARAGRAPH_SPLIT)],
            "the quick fox\n\njumps over\n\nthe lazy\ndog\n",
        ),
        ([correction(2, 0, kind=K.PARAGRAPHS_JOINED)], TEXT.replace("\n\n", "\n")),
        (
            [correction(2, 0, "", "and then", K.LINE_ADDED)],
            "the quick fox\njumps over\nand then\n\nthe lazy\ndog\n",
        ),
        (
            [correction(4, 0, "", "P.S.", K.PARAGRAPH_ADDED)],
            "the quick fox\njumps over\n\nthe lazy\ndog\n\nP.S.\n",
        ),
        (
            [correction(1, 0, kind=K.LINES_JOINED), correction(0, 2, "fox jumps", "foxjumps")],
            "the quick foxjumps over\n\nthe lazy\ndog\n",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0].kind.value,
)
def test_a_correction_changes_the_text(
    result_of: MakeResult, corrections: list[Correction], text: str
) -> None:
    for places in (True, False):
        read = result_of(TEXT, places=places)
        result = read.corrected(corrections)
        assert result.text == text
        assert result.corrections == tuple(corrections)
        assert result.as_read() == read


def test_what_a_person_typed_is_not_doubtful_any_more(result_of: MakeResult) -> None:
    result = result_of(TEXT).corrected([correction(0, 1, "quick fox", "quickfox")])
    assert result.low_confidence() == tuple(w for w in result.words if w.confidence == 0.5)
    assert "quickfox" not in {word.text for word in result.low_confidence()}


def test_corrections_of_a_corrected_result_replace_those_that_it_has(result_of: MakeResult) -> None:
    once = result_of(TEXT).corrected([correction(0, 1, "quick", "slow")])
    twice = once.corrected([*once.corrections, correction(3, 0, "dog", "cat")])
    assert twice.text == "the slow fox\njumps over\n\nthe lazy\ncat\n"
    assert once.corrected([correction(3, 0, "dog", "cat")]).text.startswith("the quick")


def test_a_corrected_result_survives_json_and_pickle(result_of: MakeResult) -> None:
    result = result_of(TEXT).corrected([correction(0, 1, "quick", "slow")])
    assert RecognitionResult.from_json(result.to_json()) == result
    assert pickle.loads(pickle.dumps(result)) == result
    assert json.loads(result.to_json())["text"].startswith("the slow fox")


def test_corrections_that_fit_nowhere_are_named_and_nothing_is_corrected(
    result_of: MakeResult,
) -> None:
    fitting, unfit = correction(0, 1, "quick", "slow"), correction(9, 0, "", "x")
    with pytest.raises(CorrectionError, match="1 of the corrections fit nowhere") as caught:
        result_of(TEXT).corrected([fitting, unfit])
    assert caught.value.unfit == (unfit,)
    assert pickle.loads(pickle.dumps(caught.value)).unfit == (unfit,)
    other_page = fitting.model_copy(update={"page": 2})
    at_the_end = correction(len(result_of(TEXT).lines), 0, "quick", "slow")
    for unfit in (other_page, at_the_end):
        with pytest.raises(CorrectionError) as caught:
            result_of(TEXT).corrected([unfit])
        assert caught.value.unfit == (unfit,)


words = st.text("ab.", min_size=1, max_size=4)
rows = st.lists(words, min_size=1, max_size=4).map(" ".join)
texts = st.lists(st.lists(rows, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=3).map(
    "\n\n".join
)


@given(texts, st.data(), st.booleans())
def test_words_that_are_replaced_one_by_one_are_all_replaced(
    result_of: MakeResult, text: str, data: st.DataObject, places: bool
) -> None:
    read = result_of(text, places=places)
    corrections = [
        Correction(page=1, line=n, word=k, old=(word.text,), new=tuple(new))
        for n, line in enumerate(read.lines)
        for k, word in enumerate(line.words)
        for new in [data.draw(st.lists(words, min_size=1, max_size=2))]
    ]
    shuffled = data.draw(st.permutations(corrections))
    result = read.corrected(shuffled)
    assert result.text.split() == [text for c in corrections for text in c.new]
    assert [len(p.lines) for p in result.pages[0].paragraphs] == [
        len(p.lines) for p in read.pages[0].paragraphs
    ]
    assert all((word.box is not None) is places for word in result.words)
    assert result.as_read() == read
    assert RecognitionResult.from_json(result.to_json()) == result
