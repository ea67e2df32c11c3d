"""Lines come out of a page as they stand there, with what the page says of them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from real_hands import HEIGHT, Source, cut, cut_word, legible, lines_of_alto, make
from real_lines import read_archive

_WIDTH = 600
_TEXTS = ("above", "the middle", "below")


def _baseline(x: float, number: int) -> float:
    """Lines that climb, and are bent."""
    return 80 + 70 * number - 0.06 * x + 8 * float(np.sin(x / 90))


def _page() -> NDArray[np.uint8]:
    """Three bars on bent baselines, each of its own grey, and 30 pixels high."""
    page = np.full((320, _WIDTH), 240, np.uint8)
    for number in range(3):
        for x in range(50, 550):
            base = round(_baseline(x, number))
            page[base - 30 : base, x] = 40 + 50 * number
    return page


def _line(number: int, text: str, label: str = "") -> str:
    places = [(x, round(_baseline(x, number))) for x in range(50, 551, 25)]
    top = [(x, y - 34) for x, y in places]
    bottom = [(x, y + 6) for x, y in reversed(places)]
    baseline = " ".join(f"{x} {y}" for x, y in places)
    outline = " ".join(f"{x} {y}" for x, y in top + bottom)
    return (
        f'<TextLine TAGREFS="{label}" BASELINE="{baseline}"><Shape><Polygon POINTS="{outline}"/>'
        f'</Shape><String CONTENT="{text}"/></TextLine>'
    )


def _alto(*lines: str) -> bytes:
    return (
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Tags>'
        '<OtherTag ID="T1" LABEL="Line:Handwritten"/><OtherTag ID="T2" LABEL="Line:Print"/></Tags>'
        f"<Layout>{''.join(lines)}</Layout></alto>"
    ).encode()


def test_a_bent_line_is_cut_straight_and_without_its_neighbours() -> None:
    middle = list(lines_of_alto(_alto(*map(_line, range(3), _TEXTS))))[1]
    assert middle.text == "the middle"
    pixels = cut(_page(), middle)
    assert pixels is not None
    assert pixels.shape[0] == HEIGHT
    inner = pixels[:, 40:-40]
    assert (inner < 65).sum() == 0, "the line above reaches in"
    dark = inner < 150
    tops, ends = dark.argmax(axis=0), HEIGHT - dark[::-1].argmax(axis=0)
    assert np.ptp(tops) <= 4
    assert np.ptp(ends) <= 4


def test_a_line_from_bottom_to_top_is_left_out() -> None:
    steep = _alto(
        '<TextLine BASELINE="50 300 90 40"><Shape><Polygon POINTS="30 300 70 40 90 40 60 300"/>'
        '</Shape><String CONTENT="up the margin"/></TextLine>'
    )
    (line,) = lines_of_alto(steep)
    assert cut(_page(), line) is None


def test_a_word_loses_its_margins() -> None:
    picture = np.full((64, 256), 255, np.uint8)
    cv2.putText(picture, "Word", (20, 40), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 30, 2)
    pixels = cut_word(picture)
    assert pixels is not None
    rows = np.flatnonzero((pixels < 128).any(axis=1))
    assert rows[-1] - rows[0] > 0.7 * HEIGHT
    assert cut_word(np.full((64, 256), 255, np.uint8)) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [("de la S^t  Jean", "de la St Jean"), ("le XXX mai", ""), ("un ⟦deux⟧ trois", "")],
)
def test_what_was_not_wholly_read_is_left_out(text: str, read: str) -> None:
    assert legible(text) == read


def test_an_archive_has_the_lines_of_the_types_that_are_wanted(tmp_path: Path) -> None:
    folder = tmp_path / "checkouts/owner/name"
    (folder / "data/alto").mkdir(parents=True)
    lines = [_line(number, text, f"T{1 + number % 2}") for number, text in enumerate(_TEXTS)]
    (folder / "data/alto/a page.xml").write_bytes(_alto(*lines, _line(2, "XXX", "T1")))
    (folder / "data/alto/without.xml").write_bytes(_alto(*lines))
    cv2.imwrite(str(folder / "data/a page.jpg"), _page())
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "pages"]):
        subprocess.run([*git, *command], check=True)
    commit = subprocess.run(
        [*git, "rev-parse", "HEAD"], check=True, text=True, stdout=subprocess.PIPE
    ).stdout.strip()
    source = Source(
        "some_en", "owner/name", commit, "pages", ["*.xml"], "CC0 1.0", "nobody", types=["*:Hand*"]
    )
    assert make(source, tmp_path / "checkouts", tmp_path) == 2
    found = list(read_archive(tmp_path / "some_en.zip"))
    assert [line.text for line in found] == ["above", "below"]
    assert {line.page for line in found} == {"some_en/data-apage"}
    assert all(line.pixels.shape[0] == HEIGHT for line in found)
    with zipfile.ZipFile(tmp_path / "some_en.zip") as archive:
        assert "lines.tsv" in archive.namelist()
