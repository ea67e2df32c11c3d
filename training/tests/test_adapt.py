"""Adapting to a hand from corrected pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))

from adapt import START, adapt, corrected_lines  # noqa: E402
from network import load  # noqa: E402

from notetext import Correction, LocalEngine, NoteText  # noqa: E402
from notetext.errors import InputNotFoundError  # noqa: E402

FONT = "/usr/share/fonts/truetype/fifthhorseman/dkg.ttf"
LINES = ("the garden is lovely", "bread and seven eggs", "under the window")


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of three lines, read, with one word corrected, as JSON beside its picture."""
    folder = tmp_path_factory.mktemp("corrected")
    page = Image.new("L", (900, 420), 250)
    for number, line in enumerate(LINES):
        font = ImageFont.truetype(FONT, 56)
        ImageDraw.Draw(page).text((60, 50 + 110 * number), line, fill=30, font=font)
    page.save(folder / "note.png")
    result = NoteText().recognize(folder / "note.png", mode="handwritten", language="en")
    assert len(result.pages[0].lines) == len(LINES)
    words = result.pages[0].lines[1].words
    right = Correction(page=1, line=1, word=2, old=(words[2].text,), new=("eleven",))
    path = folder / "note.json"
    path.write_text(result.corrected([right]).to_json())
    return path


def test_lines_are_cut_out_with_what_was_corrected(corrected: Path) -> None:
    lines = list(corrected_lines(corrected))
    assert lines[1].text == "bread and eleven eggs"
    for line in lines:
        height, width = line.pixels.shape
        assert height == 48
        assert 3 * height < width < 18 * height
        assert line.pixels.min() < 100  # ink
        assert np.median(line.pixels) > 200


def test_only_the_last_layers_learn(corrected: Path, tmp_path: Path) -> None:
    output = tmp_path / "mine.onnx"
    command: list[str | Path] = [sys.executable, TRAINING / "adapt.py", corrected]
    command += ["--output", output]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    assert told.stdout == f"{output}: learned from 3 of 3 lines\n"
    before, after = load(START), load(output)
    for name, weight in after.named_parameters():
        learned = not np.array_equal(weight.detach(), before.get_parameter(name).detach())
        assert learned == name.startswith(("neck", "head")), name
    reader = NoteText(engine=LocalEngine(weights=str(output)))
    text = reader.recognize(corrected.with_name("note.png"), "handwritten", "en").text
    assert text.splitlines()[0] == LINES[0]


def test_the_document_must_be_there(corrected: Path, tmp_path: Path) -> None:
    alone = tmp_path / "note.json"
    alone.write_bytes(corrected.read_bytes().replace(b"note.png", b"gone.png"))
    with pytest.raises(InputNotFoundError):
        list(corrected_lines(alone))


def test_without_a_line_nothing_is_learned(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no line to learn from"):
        adapt([], START, tmp_path / "mine.onnx")
