"""Corrections: what they do to a page, and that nothing is lost by them."""

from __future__ import annotations

import json
import pickle
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext import Box, Correction, Language, Line, Mode, Page, Paragraph, RecognitionResult, Word
from notetext.errors import ConfigurationError, CorrectionError
from notetext.model import CorrectionKind
from notetext.result.corrections.review import FORMAT

TEXT = "the quick fox\njumps over\n\nthe lazy\ndog\n"


def result_of(text: str, *, places: bool = True, shift: float = 0.0) -> RecognitionResult:
    """A page of text: every character 10 pixels wide, every line 40 pixels below the one before."""
    paragraphs = []
    number = 0
    for block in text.rstrip("\n").split("\n\n"):
        lines = []
        for row in block.split("\n"):
            lines.append(line_of(row, 20 + 40 * number + shift, places))
            number += 1
        box = Box.around(line.box for line in lines if line.box) if places else None
        paragraphs.append(Paragraph(lines=tuple(lines), box=box))
    page = Page(number=1, width=400, height=400, engine="local", paragraphs=tuple(paragraphs))
    return RecognitionResult(
        engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=(page,)
    )


def line_of(row: str, top: float, places: bool) -> Line:
    words = []
    left = 10.0
    for text in row.split():
        box = Box.rectangle(left, top, left + 10 * len(text), top + 20)
        words.append(Word(text=text, box=box if places else None, confidence=0.5))
        left += 10 * (len(text) + 1)
    box = Box.rectangle(10, top, left - 10, top + 20)
    return Line(words=tuple(words), box=box if places else None)


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
def test_a_correction_changes_the_text(corrections: list[Correction], text: str) -> None:
    for places in (True, False):
        read = result_of(TEXT, places=places)
        result = read.corrected(corrections)
        assert result.text == text
        assert result.corrections == tuple(corrections)
        assert result.as_read() == read


def test_what_a_person_typed_is_sure_and_stands_where_the_old_words_stood() -> None:
    read = result_of(TEXT)
    result = read.corrected(
        [correction(0, 1, "quick fox", "quickfox"), correction(1, 1, "over", "ov er")]
    )
    the, quickfox = result.lines[0].words
    assert the == read.lines[0].words[0]
    assert quickfox == Word(text="quickfox", box=Box.rectangle(50, 20, 140, 40), confidence=1)
    _, ov, er = result.lines[1].words
    assert (ov.box, er.box) == (Box.rectangle(70, 60, 86, 80), Box.rectangle(94, 60, 110, 80))
    assert result.low_confidence() == tuple(w for w in result.words if w.confidence == 0.5)


def test_what_was_not_corrected_is_the_same_object() -> None:
    read = result_of(TEXT)
    result = read.corrected([correction(0, 1, "quick", "slow")])
    assert result.pages[0].paragraphs[1] is read.pages[0].paragraphs[1]
    assert result.lines[1] is read.lines[1]
    assert result.lines[0].box == read.lines[0].box


def test_new_words_and_lines_stand_between_their_neighbours() -> None:
    result = result_of(TEXT).corrected(
        [
            correction(0, 1, "", "very"),
            correction(0, 3, "", "today"),
            correction(1, 0, "", "in between", K.LINE_ADDED),
            correction(4, 0, "", "the end", K.LINE_ADDED),
        ]
    )
    the, very, quick, fox, today = [word.box for word in result.lines[0].words]
    assert the
    assert very
    assert quick
    assert fox
    assert today
    assert the.right <= very.left + 1
    assert very.right <= quick.left + 1
    assert today.left >= fox.right
    between, end = result.lines[1].box, result.lines[5].box
    assert between
    assert end
    assert 20 < between.top < 60
    assert end.top > 140


def test_corrections_of_a_corrected_result_replace_those_that_it_has() -> None:
    once = result_of(TEXT).corrected([correction(0, 1, "quick", "slow")])
    twice = once.corrected([*once.corrections, correction(3, 0, "dog", "cat")])
    assert twice.text == "the slow fox\njumps over\n\nthe lazy\ncat\n"
    assert once.corrected([correction(3, 0, "dog", "cat")]).text.startswith("the quick")


def test_a_corrected_result_survives_json_and_pickle() -> None:
    result = result_of(TEXT).corrected([correction(0, 1, "quick", "slow")])
    assert RecognitionResult.from_json(result.to_json()) == result
    assert pickle.loads(pickle.dumps(result)) == result
    assert json.loads(result.to_json())["text"].startswith("the slow fox")


def test_what_a_review_page_gave_back_is_read_as_the_corrected_result() -> None:
    read = result_of(TEXT)
    wanted = [correction(0, 1, "quick", "slow")]
    review = {
        "format": FORMAT,
        "result": read.model_dump(mode="json"),
        "corrections": [one.model_dump(mode="json") for one in wanted],
    }
    assert RecognitionResult.from_json(json.dumps(review)) == read.corrected(wanted)
    review["corrections"] = [{"page": 0}]
    with pytest.raises(ConfigurationError, match=r"corrections\.0\.page"):
        RecognitionResult.from_json(json.dumps(review))
    review["corrections"] = [correction(0, 1, "brown", "slow").model_dump(mode="json")]
    with pytest.raises(CorrectionError, match=r"page 1, line 1 \('brown'\)"):
        RecognitionResult.from_json(json.dumps(review))


def test_corrections_find_their_words_when_the_page_is_read_anew() -> None:
    read = result_of(TEXT)
    corrections = placed(
        read,
        [
            correction(2, 1, "lazy", "sleepy"),
            correction(3, 1, "", "again"),
            correction(3, 0, kind=K.PARAGRAPH_SPLIT),
        ],
    )
    anew = result_of("A heading that was overlooked\n\nthe quick fox jumps\nlazy\ndog\n", shift=0)
    moved = {"lazy": 100.0, "dog": 140.0}
    anew = anew.model_copy(
        update={
            "pages": (
                anew.pages[0].model_copy(
                    update={
                        "paragraphs": (
                            anew.pages[0].paragraphs[0],
                            Paragraph(
                                lines=tuple(
                                    line_at(line, moved.get(line.text, 60.0))
                                    for line in anew.pages[0].paragraphs[1].lines
                                )
                            ),
                        )
                    }
                ),
            )
        }
    )
    result = anew.corrected(corrections)
    assert result.text.endswith("\nsleepy\n\ndog again\n")
    assert [(c.line, c.word) for c in result.corrections] == [(2, 0), (3, 1), (3, 0)]


def line_at(line: Line, top: float) -> Line:
    """The line of the same text at another height, where `result_of` puts "the lazy"."""
    shift = 40.0 if line.text == "lazy" else 0.0
    words = tuple(
        w.model_copy(
            update={
                "box": Box.rectangle(w.box.left + shift, top + 2, w.box.right + shift, top + 21)
            }
        )
        for w in line.words
        if w.box
    )
    return Line(words=words, box=Box.around(w.box for w in words if w.box))


def placed(result: RecognitionResult, corrections: Sequence[Correction]) -> list[Correction]:
    """With the places of their words, as a review page gives them."""
    found = []
    for one in corrections:
        words = result.lines[one.line].words
        word = words[min(one.word, len(words) - 1)]
        assert word.box
        box = word.box if one.word < len(words) else word.box.part(1, 1)
        found.append(one.model_copy(update={"box": box}))
    return found


def test_corrections_that_fit_nowhere_are_named_and_nothing_is_corrected() -> None:
    fitting, unfit = correction(0, 1, "quick", "slow"), correction(9, 0, "", "x")
    with pytest.raises(CorrectionError, match="1 of the corrections fit nowhere") as caught:
        result_of(TEXT).corrected(
            [
                fitting,
                unfit,
            ]
        )
    assert caught.value.unfit == (unfit,)
    assert pickle.loads(pickle.dumps(caught.value)).unfit == (unfit,)
    other_page = fitting.model_copy(update={"page": 2})
    at_the_end = correction(len(result_of(TEXT).lines), 0, "quick", "slow")
    for unfit in (other_page, at_the_end):
        with pytest.raises(CorrectionError) as caught:
            result_of(TEXT).corrected([unfit])
        assert caught.value.unfit == (unfit,)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (correction(0, 1, "quick", "slow"), correction(0, 1, "quick", "fast")),
        (correction(0, 0, "the quick", "a"), correction(0, 1, "quick fox", "cat")),
        (correction(0, 0, "the quick", "a"), correction(0, 1, "", "very")),
        (correction(1, 0, "jumps over", "", K.LINE_REMOVED), correction(1, 1, "over", "under")),
        (correction(1, 0, "jumps over", "", K.LINE_REMOVED), correction(1, 2, "", "it")),
    ],
)
def test_corrections_that_contradict_each_other_are_refused(
    first: Correction, second: Correction
) -> None:
    with pytest.raises(CorrectionError, match="contradict") as caught:
        result_of(TEXT).corrected([first, second])
    assert caught.value.unfit == (second,)
    assert result_of(TEXT).corrected([first])


words = st.text("ab.", min_size=1, max_size=4)
rows = st.lists(words, min_size=1, max_size=4).map(" ".join)
texts = st.lists(st.lists(rows, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=3).map(
    "\n\n".join
)


@given(texts, st.data(), st.booleans())
def test_words_that_are_replaced_one_by_one_are_all_replaced(
    text: str, data: st.DataObject, places: bool
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
