"""``notetext apply``, run as a program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from notetext import Correction, NoteText, RecognitionResult

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a person downloaded who corrected a word of the shopping list."""
    folder = tmp_path_factory.mktemp("review")
    source = Path(__file__).parents[2] / "examples" / "notes" / "shopping.jpg"
    read = NoteText().recognize(source).model_dump(mode="json")
    read["source"]["name"] = "scans/shopping.jpg"
    correction = Correction(page=1, line=2, word=2, old=("butter",), new=("margarine",))
    content = {
        "format": "notetext-review",
        "result": read,
        "corrections": [correction.model_dump(mode="json")],
    }
    path = folder / "shopping.corrections.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def apply(*arguments: object, stdin: bytes = b"") -> tuple[int, bytes, str]:
    command = [sys.executable, "-m", "notetext", "apply", *map(str, arguments)]
    ran = subprocess.run(command, input=stdin, capture_output=True)
    return ran.returncode, ran.stdout, ran.stderr.decode()


def test_the_corrected_text_goes_to_standard_output(review: Path) -> None:
    status, out, err = apply(review)
    assert (status, err) == (0, "")
    assert "milk and margarine" in out.decode().splitlines()
    assert apply("-", stdin=review.read_bytes())[1] == out


def test_a_result_in_json_is_taken_as_well(review: Path, tmp_path: Path) -> None:
    path = tmp_path / "note.json"
    assert apply(review, "-o", path)[0] == 0
    assert RecognitionResult.from_json(path.read_bytes()).corrections
    assert b"milk and margarine" in apply(path, "--format", "markdown")[1]


def test_the_searchable_pdf_has_the_corrected_word_where_the_wrong_one_stood(
    review: Path, notes: Path, tmp_path: Path
) -> None:
    target = tmp_path / "shopping.pdf"
    status, _, err = apply(review, "-o", target, "--document", notes / "shopping.jpg")
    assert (status, err) == (0, f"{target}: 1 correction\n")
    with pypdfium2.PdfDocument(target) as pdf:
        textpage = pdf[0].get_textpage()
        assert textpage.search("margarine").get_next()
        assert not textpage.search("butter").get_next()
        textpage.close()


def test_the_document_is_found_beside_the_corrections(
    review: Path, notes: Path, tmp_path: Path
) -> None:
    for source in (review, notes / "shopping.jpg"):
        shutil.copy(source, tmp_path)
    status, out, _ = apply(tmp_path / review.name, "--format", "pdf")
    assert status == 0
    assert out.startswith(b"%PDF-")


def test_what_is_missing_is_said(review: Path, notes: Path, tmp_path: Path) -> None:
    status, _, err = apply(review, "--format", "pdf")
    assert status == 1
    assert "scans/shopping.jpg is needed" in err
    assert "--document" in err
    status, _, err = apply(review, "--format", "pdf", "-d", notes / "letter.jpg")
    assert status == 1
    assert "not the document" in err
    assert apply(review, "--format", "odt")[0] == 2
    broken = tmp_path / "broken.json"
    broken.write_text("{}")
    assert apply(broken)[0] == 1
