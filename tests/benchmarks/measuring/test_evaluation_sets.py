"""Sets of pictures with their texts."""

from __future__ import annotations

from pathlib import Path

from measuring.evaluation_sets import SETS
from PIL import Image


def test_a_page_of_handwriting_comes_with_the_text_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "dev" / "notes_en"
    folder.mkdir(parents=True)
    Image.new("L", (100, 50), 255).save(folder / "a.jpg")
    (folder / "a.txt").write_text("Dear Martha,", encoding="utf-8")
    whole, small = (
        next(one for one in SETS if one.name == name) for name in ("notes_en", "notes_en × 0.36")
    )
    (image,) = whole.images(tmp_path, tmp_path)
    assert (image.path, image.text) == (folder / "a.jpg", "Dear Martha,")
    (image,) = small.images(tmp_path, tmp_path)
    with Image.open(image.path) as picture:
        assert (picture.size, image.text) == ((36, 18), "Dear Martha,")


def test_no_two_sets_have_the_same_name() -> None:
    names = [one.name for one in SETS]
    assert len(set(names)) == len(names)
