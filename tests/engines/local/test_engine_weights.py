from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest
from PIL import Image

from notetext.engines import Request
from notetext.engines.local import LocalEngine
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.weights import GENERAL
from notetext.errors import ConfigurationError, EngineUnavailableError
from notetext.model import Language, Mode
from notetext.page_image import PageImage, to_pixels

ENGLISH, CHINESE = (Language.ENGLISH,), (Language.ENGLISH, Language.CHINESE)


@pytest.fixture(scope="module")
def written_page() -> PageImage:
    with Image.open(Path(__file__).parents[3] / "examples/notes/shopping.jpg") as image:
        return PageImage(to_pixels(image))


@pytest.fixture
def own_weights(tmp_path: Path) -> Path:
    return Path(shutil.copy(LATIN.weights[Mode.HANDWRITTEN].find().path, tmp_path / "mine.onnx"))


@pytest.mark.parametrize(
    ("mode", "languages", "by_hand"),
    [
        (Mode.HANDWRITTEN, ENGLISH, True),
        (Mode.HANDWRITTEN, CHINESE, False),
        (Mode.PRINTED, ENGLISH, False),
    ],
)
def test_handwriting_in_latin_script_has_weights_of_its_own(
    written_page: PageImage, mode: Mode, languages: tuple[Language, ...], by_hand: bool
) -> None:
    engine = LocalEngine(threads=1)
    by_hand_file, general = LATIN.weights[Mode.HANDWRITTEN].find(), GENERAL.find()
    suitable, other = (by_hand_file, general) if by_hand else (general, by_hand_file)
    request = Request(mode, languages)
    read = engine.read(written_page, request)
    if languages == ENGLISH:
        assert read == LocalEngine(threads=1, weights=suitable.path).read(written_page, request)
        assert read != LocalEngine(threads=1, weights=other.path).read(written_page, request)
    else:
        assert read == LocalEngine(threads=1, weights="general").read(written_page, request)


def test_weights_of_ones_own_read_the_languages_whose_letters_they_know(
    own_weights: Path,
) -> None:
    engine = LocalEngine(threads=1, weights=own_weights)
    assert Language.POLISH in engine.languages(Mode.HANDWRITTEN)
    assert Language.CHINESE not in engine.languages(Mode.HANDWRITTEN)
    assert Language.CHINESE in LocalEngine().languages(Mode.HANDWRITTEN)


def test_weights_of_ones_own_are_told_apart_by_what_they_hold(own_weights: Path) -> None:
    engine = LocalEngine(weights=own_weights)
    assert engine.fingerprint != LocalEngine().fingerprint
    assert pickle.loads(pickle.dumps(engine)).fingerprint == engine.fingerprint
    own_weights.write_bytes(b"other weights")
    assert LocalEngine(weights=own_weights).fingerprint != engine.fingerprint
    with pytest.raises(EngineUnavailableError, match=r"mine\.onnx were changed"):
        engine.check()


def test_weights_that_are_nowhere_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="'auto', 'general' or an ONNX file"):
        LocalEngine(weights=tmp_path / "none.onnx")
