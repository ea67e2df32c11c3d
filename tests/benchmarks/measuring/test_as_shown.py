from pathlib import Path

import numpy as np
from measuring.as_shown import letters_as_shown, notes_as_shown
from PIL import Image

TEXT = "wikitexte_0230\nWe Made You\nl'album Relapse\n\ndu rappeur\n"


def page_of(data: Path, name: str, text: str, size: tuple[int, int] = (40, 40)) -> Path:
    """A page of handwriting: a white picture with its text beside it."""
    picture = data / "dev" / f"{name}.jpg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, (250, 250, 240)).save(picture)
    picture.with_suffix(".txt").write_text(text, "utf-8")
    return picture


def test_lines_that_are_not_on_the_picture_are_not_asked_for(tmp_path: Path) -> None:
    page_of(tmp_path, "notes_fr/wikitexte_0230", TEXT)

    (page,) = notes_as_shown(tmp_path, tmp_path)

    assert page.text == "l'album Relapse\n\ndu rappeur"


def test_they_may_be_counted_from_the_end(tmp_path: Path) -> None:
    page_of(tmp_path, "notes_fr/wikitexte_0111", TEXT)

    (page,) = notes_as_shown(tmp_path, tmp_path)

    assert page.text.split() == ["wikitexte_0230", "We", "Made", "You", "l'album", "Relapse"]


def test_a_page_that_is_whole_is_left_alone(tmp_path: Path) -> None:
    page_of(tmp_path, "notes_fr/wikitexte_0008", TEXT)

    (page,) = notes_as_shown(tmp_path, tmp_path)

    assert page.text.split() == TEXT.split()


def test_a_letterhead_that_no_text_has_is_painted_over(tmp_path: Path) -> None:
    picture = page_of(tmp_path, "letters_en/yag_Lettre249", "March 20, 1905", (900, 1500))
    with Image.open(picture) as page:
        page.paste((0, 0, 90), (60, 80, 400, 200))
        page.paste((0, 0, 90), (400, 260, 800, 310))
        page.save(picture)

    (shown,) = letters_as_shown(tmp_path, tmp_path)

    grey = np.asarray(Image.open(shown.path).convert("L"))
    assert grey[80:200, 60:400].min() > 200
    assert grey[270:300, 410:790].max() < 60
    assert shown.text == "March 20, 1905"


def test_a_letter_without_one_stays_the_file_that_it_is(tmp_path: Path) -> None:
    picture = page_of(tmp_path, "letters_en/yag_Lettre251", "Washington, DC.")

    assert [page.path for page in letters_as_shown(tmp_path, tmp_path)] == [picture]
