from __future__ import annotations

import functools
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from notetext.errors import PreprocessingError
from notetext.page_image import PageImage
from notetext.preprocessors.step import Step


def grey_page(width: int = 60, height: int = 40) -> PageImage:
    return PageImage(np.full((height, width), 200, np.uint8), dpi=100)


def test_a_function_sees_the_page_and_its_picture_becomes_the_page() -> None:
    seen = []

    def invert(image: Image.Image) -> Image.Image:
        seen.append((image.mode, image.size))
        return ImageOps.invert(image)

    after = Step(invert)(grey_page())
    assert seen == [("L", (60, 40))]
    assert (after.pixels == 55).all()


def test_a_function_may_draw_into_the_picture_that_it_gets() -> None:
    def blot(image: Image.Image) -> Image.Image:
        ImageDraw.Draw(image).rectangle((0, 0, 9, 9), fill=0)
        access = image.load()
        assert access is not None
        access[20, 20] = 1
        return image

    page = grey_page()
    after = Step(blot)(page)
    assert after.pixels[5, 5] == 0
    assert after.pixels[20, 20] == 1
    assert (page.pixels == 200).all()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
def test_a_picture_of_any_mode_is_taken(mode: str) -> None:
    after = Step(lambda image: image.convert(mode))(grey_page())
    assert after.pixels.dtype == np.uint8
    assert after.pixels.shape[:2] == (40, 60)


@given(st.integers(1, 300), st.integers(1, 300), st.floats(0.2, 5))
def test_a_uniform_change_of_size_keeps_the_corners(width: int, height: int, scale: float) -> None:
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    after = Step(lambda image: image.resize(size))(grey_page(width, height))
    assert (after.width, after.height) == size
    np.testing.assert_allclose(after.to_page([(0, 0), size]), [[0, 0], [width, height]], atol=1e-6)


def test_the_resolution_follows_the_size() -> None:
    assert Step(lambda image: image.resize((120, 80)))(grey_page()).dpi == pytest.approx(200)


@pytest.mark.parametrize("size", [(40, 60), (60, 20), (60, 44), (66, 40)])
def test_a_change_of_shape_is_an_error_that_names_the_step(size: tuple[int, int]) -> None:
    with pytest.raises(PreprocessingError, match=r"'squeeze' made \d+×\d+ pixels of 60×40") as info:
        Step(lambda image: image.resize(size), name="squeeze")(grey_page())
    assert info.value.step == "squeeze"


@pytest.mark.parametrize("nonsense", [None, 3, "page", np.zeros((40, 60), np.uint8)])
def test_what_is_no_picture_is_an_error_that_names_the_step(nonsense: object) -> None:
    with pytest.raises(PreprocessingError, match="returned") as info:
        Step(lambda image: nonsense, name="odd")(grey_page())  # type: ignore[arg-type,return-value]
    assert info.value.step == "odd"
    assert type(nonsense).__name__ in info.value.message


def test_an_empty_picture_is_an_error() -> None:
    with pytest.raises(PreprocessingError, match="an empty picture"):
        Step(lambda image: Image.new("L", (0, 40)))(grey_page())


def test_a_failing_function_is_an_error_with_its_cause() -> None:
    def broken(image: Image.Image) -> Image.Image:
        raise KeyError("missing")

    with pytest.raises(PreprocessingError, match="'broken' failed: KeyError: 'missing'") as info:
        Step(broken)(grey_page())
    assert isinstance(info.value.__cause__, KeyError)
    assert pickle.loads(pickle.dumps(info.value)).step == "broken"


def test_a_step_is_named_after_its_function() -> None:
    blur = functools.partial(Image.Image.filter, filter=ImageFilter.BLUR)
    assert Step(ImageOps.invert).name == "invert"
    assert Step(blur).name == "filter"
    assert Step(Step.__call__, name="mine").name == "mine"  # type: ignore[arg-type]


def test_only_a_version_makes_results_storable() -> None:
    assert Step(ImageOps.invert).fingerprint is None
    assert Step(ImageOps.invert, version="2").fingerprint == "step/invert/2"


def test_a_step_of_a_module_s_function_survives_pickle() -> None:
    step = pickle.loads(pickle.dumps(Step(ImageOps.invert, version="1")))
    assert step == Step(ImageOps.invert, version="1")
    assert (step(grey_page()).pixels == 55).all()
