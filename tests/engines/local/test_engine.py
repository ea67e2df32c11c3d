from __future__ import annotations

import pickle
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from notetext.engines import Reading, Request
from notetext.engines.local import LocalEngine, decoding, line_reading
from notetext.errors import (
    CancelledError,
    ConfigurationError,
    EngineTimeoutError,
    UnsupportedLanguageError,
)
from notetext.model import Language, LeftOutReason, Mode
from notetext.page_image import PageImage
from notetext.reading.layout import arrange

ENGLISH = Request(mode=Mode.PRINTED, languages=(Language.ENGLISH,))


def draw_page(lines: Sequence[str], *, size: int = 40, width: int = 900) -> PageImage:
    """Draws lines of text, black on white, one below the other."""
    font = ImageFont.load_default(size)
    image = Image.new("RGB", (width, 2 * size * (len(lines) + 1)), "white")
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        pen.text((size, size + row * 2 * size), line, font=font, fill="black")
    return PageImage(np.asarray(image))


@pytest.fixture(scope="session")
def printed_page() -> PageImage:
    return draw_page(["Dear Anna,", "the train leaves at 9:45", "from the old station."])


@pytest.fixture(scope="session")
def engine() -> LocalEngine:
    return LocalEngine(threads=1)


@pytest.fixture(scope="module")
def reading(engine: LocalEngine, printed_page: PageImage) -> Reading:
    return engine.read(printed_page, ENGLISH)


def text_of(reading: Reading) -> str:
    return "".join(paragraph.text for paragraph in arrange(reading))


def test_a_page_is_read_line_by_line(reading: Reading) -> None:
    assert text_of(reading) == "Dear Anna,\nthe train leaves at 9:45\nfrom the old station.\n"


def test_a_grey_page_reads_like_one_in_colour(
    engine: LocalEngine, printed_page: PageImage, reading: Reading
) -> None:
    grey = PageImage(printed_page.grey())
    assert text_of(engine.read(grey, ENGLISH)) == text_of(reading)


def test_a_picture_of_one_line_is_read_without_looking_for_it(engine: LocalEngine) -> None:
    line = engine.read_line(
        draw_page(["the old station"], width=400).cropped(30, 30, 370, 100), ENGLISH
    )
    assert line.text == "the old station"


def test_a_picture_of_an_empty_line_has_no_words(engine: LocalEngine) -> None:
    assert engine.read_line(PageImage(np.full((48, 300), 255, np.uint8)), ENGLISH).words == ()


def test_words_lie_where_their_ink_is(printed_page: PageImage, reading: Reading) -> None:
    words = {word.text: word.box for line in reading.fragments for word in line.words}
    box = words["train"]
    assert box is not None
    window = printed_page.grey()[:, round(box.left) : round(box.right)]
    ink = np.flatnonzero(window[120:160].min(axis=0) < 128)
    # As wide as the word, to within half a letter on either side.
    assert 0 <= ink[0] <= 12
    assert window.shape[1] - 12 <= ink[-1] <= window.shape[1]
    assert box.top < 140 < box.bottom


def test_confidences_are_probabilities(reading: Reading) -> None:
    words = [word for line in reading.fragments for word in line.words]
    assert all(word.confidence is not None and 0.5 < word.confidence <= 1 for word in words)


@pytest.mark.parametrize("size", [(1, 1), (40, 3000), (600, 400)])
def test_a_blank_page_is_an_empty_reading(engine: LocalEngine, size: tuple[int, int]) -> None:
    blank = PageImage(np.full(size, 255, np.uint8))
    assert engine.read(blank, ENGLISH) == Reading()


def test_what_is_hardly_writing_is_left_out_with_a_warning(
    engine: LocalEngine, printed_page: PageImage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("_HOPELESS", "_SURE"):
        monkeypatch.setattr(line_reading, limit, 0.1)  # now even print is hopeless
    nothing = engine.read(printed_page, ENGLISH)
    assert not nothing.fragments
    (warning,) = nothing.warnings
    assert warning.startswith("left out 3 lines of what is a drawing")
    assert [piece.reason for piece in nothing.left_out] == [LeftOutReason.HOPELESS] * 3
    tops = sorted(piece.box.top for piece in nothing.left_out if piece.box)
    assert np.diff(tops) == pytest.approx(80, abs=10)


def test_what_was_found_and_gives_no_word_is_told(
    engine: LocalEngine, printed_page: PageImage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        decoding.LanguageDecoder,
        "decode_lines",
        lambda _, lines, *__: [decoding.DecodedLine((), 0, (), 0.0) for _ in lines],
    )
    nothing = engine.read(printed_page, ENGLISH)
    assert not nothing.fragments
    assert [piece.reason for piece in nothing.left_out] == [LeftOutReason.NO_WORD] * 3
    assert nothing.warnings == ("left out 3 places that looked like writing, but gave no word",)


def test_threads_share_an_engine(
    engine: LocalEngine, printed_page: PageImage, reading: Reading
) -> None:
    with ThreadPoolExecutor(2) as pool:
        readings = list(pool.map(lambda _: engine.read(printed_page, ENGLISH), range(2)))
    assert readings == [reading] * 2


def test_an_engine_crosses_into_another_process(
    engine: LocalEngine, printed_page: PageImage, reading: Reading
) -> None:
    engine.load()
    copy = pickle.loads(pickle.dumps(engine))
    assert copy.threads == 1
    assert copy.read(printed_page, ENGLISH) == reading


def test_a_closed_engine_loads_again(printed_page: PageImage) -> None:
    engine = LocalEngine(threads=1)
    engine.load()
    engine.close()
    engine.close()
    assert engine.read(printed_page, ENGLISH).fragments


def test_a_cancelled_request_stops(engine: LocalEngine, printed_page: PageImage) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(CancelledError):
        engine.read(printed_page, Request(Mode.PRINTED, (Language.ENGLISH,), cancel=cancel))


def test_a_deadline_that_is_over_stops(engine: LocalEngine, printed_page: PageImage) -> None:
    request = Request(Mode.PRINTED, (Language.ENGLISH,), deadline=time.monotonic() - 1)
    with pytest.raises(EngineTimeoutError, match="timeout_s"):
        engine.read(printed_page, request)


def test_a_language_without_letters_is_refused(
    engine: LocalEngine, printed_page: PageImage
) -> None:
    with pytest.raises(
        UnsupportedLanguageError, match=r"does not read vi \(Vietnamese\).*\ben\b.*\bfr\b"
    ) as info:
        engine.read(printed_page, Request(Mode.PRINTED, (Language.VIETNAMESE,)))
    assert "fr" in info.value.known


def test_too_few_threads_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="at least 1"):
        LocalEngine(threads=0)


def test_the_fingerprint_names_engine_and_weights() -> None:
    fingerprint = LocalEngine().fingerprint
    assert fingerprint.startswith(f"local-{LocalEngine.version}(")
    assert fingerprint.endswith("/notetext/detection-2+notetext/general-2+notetext/handwriting-5")
    assert LocalEngine(threads=1).fingerprint == LocalEngine(threads=2).fingerprint


def test_what_the_engine_knows_of_the_language_is_part_of_its_fingerprint() -> None:
    assert LocalEngine(lexicon=["Xylocain"]).fingerprint != LocalEngine().fingerprint
    with pytest.raises(ConfigurationError, match="list of words"):
        LocalEngine(lexicon="Xylocain")
    with pytest.raises(ConfigurationError, match="give 'words' or None"):
        LocalEngine(language_model="gpt")  # type: ignore[arg-type]


def test_a_pickled_engine_keeps_its_knowledge() -> None:
    engine = LocalEngine(threads=1, language_model=None, lexicon=["Xylocain"])
    copy = pickle.loads(pickle.dumps(engine))
    assert (copy.threads, copy.language_model, copy.lexicon) == (1, None, {"Xylocain"})
