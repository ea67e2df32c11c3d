"""The command line, run as a program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from notetext import RecognitionResult
from notetext.testing import FakeAsposeServer

pytestmark = pytest.mark.slow


def notetext(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
    """Runs ``notetext``; returns the exit status, standard output and standard error."""
    ran = subprocess.run(
        [sys.executable, "-m", "notetext", *map(str, arguments)], input=stdin, capture_output=True
    )
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode()


def test_the_text_goes_to_standard_output_and_progress_to_standard_error(notes: Path) -> None:
    status, out, err = notetext(notes / "shopping.jpg")
    assert status == 0
    assert out.splitlines()[0] == "Shopping list"
    assert "1 of 1 pages" in err
    assert notetext("--quiet", notes / "shopping.jpg")[2] == ""


def test_what_cannot_be_read_costs_itself_and_the_exit_status(notes: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.jpg"
    whole = (notes / "letter.jpg").read_bytes()
    torn.write_bytes(
        whole[: whole.index(b"\xff\xda") + 16]
    )  # nothing but what stands before the pixels
    status, out, err = notetext(tmp_path / "gone.jpg", torn, notes / "shopping.jpg", "--mode=auto")
    assert status == 1
    assert out.startswith("Shopping list")
    assert "gone.jpg: there is no such file" in err
    assert "torn.jpg, page 1: the picture is damaged" in err


def test_what_was_read_before_the_budget_was_spent_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [Image.new("L", (60, 40), 200 + n) for n in range(3)]
    pages[0].save(tmp_path / "fax.tif", save_all=True, append_images=pages[1:])
    with FakeAsposeServer("Hello") as server:
        monkeypatch.setenv("ASPOSE_BASE_URL", server.url)
        monkeypatch.setenv("ASPOSE_CLIENT_ID", "any")
        monkeypatch.setenv("ASPOSE_CLIENT_SECRET", "any")
        status, out, err = notetext(tmp_path / "fax.tif", "--engine=aspose", "--max-submissions=2")
    assert (status, out.count("Hello")) == (1, 2)
    assert "max_submissions=2" in err
    monkeypatch.delenv("ASPOSE_CLIENT_ID")
    status, out, err = notetext(tmp_path / "fax.tif", "--engine=aspose")
    assert (status, out) == (1, "")
    assert "ASPOSE_CLIENT_ID" in err


@pytest.mark.parametrize(
    "wrong",
    [
        ["--quiet"],
        ["a.jpg", "--mode=scribbled"],
        ["a.jpg", "--language=Klingon"],
        ["a.jpg", "--language=auto,fr"],
        ["a.jpg", "--engine=nobody"],
        ["a.jpg", "--format=odt"],
        ["a.jpg", "--converters=image,floppy"],
        ["a.jpg", "--unknown"],
    ],
    ids=str,
)
def test_wrong_usage_is_told_and_exits_with_2(wrong: list[str], notes: Path) -> None:
    arguments = [str(notes / "shopping.jpg") if part == "a.jpg" else part for part in wrong]
    status, out, err = notetext(*arguments)
    assert (status, out) == (2, "")
    assert "Error:" in err


def test_only_the_converters_that_are_named_open_files(notes: Path) -> None:
    status, out, err = notetext(notes / "shopping.jpg", "--converters=pdf")
    assert (status, out) == (1, "")
    assert "no converter (pdf) knows what this is" in err


def test_json_on_standard_output_is_the_result(notes: Path) -> None:
    status, out, _ = notetext(notes / "shopping.jpg", "--format=json")
    assert status == 0
    assert RecognitionResult.from_json(out).text == json.loads(out)["text"]


def test_texts_are_written_to_one_file_or_to_a_folder(notes: Path, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "list.txt"
    assert notetext(notes / "shopping.jpg", "-o", target)[:2] == (0, "")
    assert target.read_text("utf-8").startswith("Shopping list\n")
    notetext(notes / "shopping.jpg", notes / "minutes.jpg", "-o", tmp_path / "all")
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == [
        "minutes.jpg.txt",
        "shopping.jpg.txt",
    ]
    assert notetext(notes / "shopping.jpg", notes / "letter.jpg", "-o", target)[0] == 0
    shopping, letter = target.read_text("utf-8").split("\f")
    assert shopping.startswith("Shopping list\n")
    assert letter.startswith("Dear Martha")


def test_a_dash_is_standard_input(notes: Path) -> None:
    status, out, _ = notetext("-", stdin=(notes / "shopping.jpg").read_bytes())
    assert status == 0
    assert out.startswith("Shopping list")


def test_the_ending_of_the_output_chooses_the_format(notes: Path, tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    status, _, err = notetext(notes / "shopping.jpg", "--preprocess=grayscale", "-o", target)
    assert (status, target.read_bytes()[:5]) == (0, b"%PDF-"), err
    assert notetext(notes / "shopping.jpg", "--preprocess=sharpen")[0] == 2


@pytest.mark.parametrize(
    "wrong", [["--price=dear"], ["--max-submissions=-1"], ["--engine=local"]], ids=str
)
def test_wrong_words_about_money_are_wrong_usage(wrong: list[str], notes: Path) -> None:
    given = [notes / "shopping.jpg", "--engine=aspose", "--max-submissions=3", *wrong]
    assert notetext(*given)[0] == 2


def test_a_dry_run_prints_money_where_the_price_is_known(notes: Path) -> None:
    files = (notes / "shopping.jpg", notes / "letter.jpg")
    status, out, _ = notetext(*files, "--dry-run", "--engine=aspose", "--price=0.015 EUR")
    assert status == 0
    assert out.splitlines()[0].endswith("1 submission, 0.015 EUR")
    assert out.splitlines()[-1] == "aspose: 2 submissions in all, 0.030 EUR"
