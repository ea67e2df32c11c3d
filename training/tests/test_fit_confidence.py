"""The fit finds what it was made of, and never lets a doubt raise the confidence."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))

from drawing import draw_print, find_fonts  # noqa: E402
from facts import receipt_line  # noqa: E402
from fit_confidence import Judged, fit, judge, predict, read  # noqa: E402
from lines_to_fit import LineToFit, poor_copy, worn  # noqa: E402

from notetext.engines.local.evidence import SIGNS  # noqa: E402
from notetext.model import Language, Mode  # noqa: E402

FONTS = Path("/usr/share/fonts/truetype/fifthhorseman")


def words_by(weights: np.ndarray, count: int = 20_000) -> Judged:
    """Words that are right as often as some weights say."""
    chance = np.random.default_rng(3)
    features = np.hstack([np.ones((count, 1)), chance.normal(1, 2, (count, len(SIGNS) - 1))])
    right = chance.random(count) < predict(features, weights)
    return Judged(features, right, np.ones(count))


def test_it_finds_the_weights_that_words_were_made_with() -> None:
    weights = 0.5 * np.array([1, 1, 1, 0, 1, 1, -1, 1, -1, 0, -1, 1, 1, -1])

    assert fit(words_by(weights)) == pytest.approx(weights, abs=0.1)


def test_what_would_count_against_its_sign_does_not_count() -> None:
    weights = np.array([0.5, 1, -1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])

    found = fit(words_by(weights))

    assert found[1] > 0.5
    assert found[2] == found[6] == 0
    assert np.all(found * SIGNS >= 0)


def test_words_that_count_for_nothing_do_not_count() -> None:
    weights = np.array([0.5, *np.zeros(len(SIGNS) - 1)])
    words = words_by(weights)
    wrong = Judged(words.features, np.zeros(len(words.right), bool), np.zeros(len(words.right)))
    both = Judged(
        np.concatenate([words.features, wrong.features]),
        np.concatenate([words.right, wrong.right]),
        np.concatenate([words.counts, wrong.counts]),
    )

    assert fit(both)[0] == pytest.approx(fit(words)[0], abs=0.05)


def test_lines_are_read_and_judged_word_by_word() -> None:
    face = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 30)
    image = Image.new("L", (330, 48), 245)
    ImageDraw.Draw(image).text((12, 6), "Thank you for this", font=face, fill=20)
    pixels = np.asarray(image)
    line = LineToFit("print", Language.ENGLISH, Mode.PRINTED, pixels, "Thank him for this")

    judged = judge(read([line]))

    assert judged.features.shape == (4, len(SIGNS))
    assert list(judged.right) == [True, False, True, True]


def test_a_poor_copy_and_a_worn_line_still_show_the_line() -> None:
    (font, *_) = find_fonts(FONTS)
    chance = np.random.default_rng(2)
    for number in range(20):
        pixels = draw_print(receipt_line(random.Random(number)), font, chance)
        for made in (poor_copy(pixels, chance), worn(pixels, chance)):
            proportions = made.shape[1] / made.shape[0]
            assert proportions == pytest.approx(pixels.shape[1] / pixels.shape[0], rel=0.1)
            assert made.std() > 1
