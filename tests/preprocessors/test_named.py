"""Preprocessors by name, by object and by function; and what all steps do."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from PIL import Image, ImageOps

from notetext import Language
from notetext.errors import ConfigurationError, UnknownNameError
from notetext.model import Word
from notetext.page_image import PageImage
from notetext.preprocessors.named import preprocessor, preprocessors
from notetext.preprocessors.step import Step
from notetext.preprocessors.tone import Grayscale


class Illiterate:
    """Reads nothing, whatever it is given."""

    fingerprint = "illiterate"

    def read(self, patch: PageImage, language: Language) -> list[Word]:
        return []


def test_a_name_an_object_and_a_function_mean_a_step() -> None:
    assert preprocessor("grayscale") == Grayscale()
    own = Grayscale()
    assert preprocessor(own) is own
    assert preprocessor(ImageOps.invert) == Step(ImageOps.invert)


def test_any_callable_on_pictures_is_a_step() -> None:
    class Invert:
        def __call__(self, image: Image.Image) -> Image.Image:
            return ImageOps.invert(image)

    step = preprocessor(Invert())
    assert (step.name, step.fingerprint) == ("Invert", None)
    assert step(PageImage(np.zeros((3, 4), np.uint8))).pixels.min() == 255


@pytest.mark.parametrize(
    ("given", "told"),
    [(None, "None"), (5, "5"), (["deskew"], "deskew"), (Grayscale, r"write Grayscale\(\)")],
)
def test_what_means_no_step_is_told(given: object, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        preprocessor(given)  # type: ignore[arg-type]


def test_an_unknown_name_is_told_with_those_that_there_are() -> None:
    with pytest.raises(UnknownNameError, match="auto, crop_to_page, flatten_background"):
        preprocessor("sharpen")


@pytest.mark.parametrize("name", preprocessors.built_in())
def test_a_step_keeps_its_name_and_fingerprint_in_another_process(name: str) -> None:
    step = preprocessor(name)
    again = pickle.loads(pickle.dumps(step))
    assert (again, again.name, again.fingerprint) == (step, name, step.fingerprint)


@pytest.mark.parametrize("name", preprocessors.built_in())
def test_a_blank_grey_page_is_returned_as_it_is_by_every_step_but_one(name: str) -> None:
    blank = PageImage(np.full((200, 300), 255, np.uint8))
    after = preprocessor(name).with_reader(Illiterate())(blank)
    if name == "denoise":
        assert (after.pixels == blank.pixels).all()
    else:
        assert after is blank
