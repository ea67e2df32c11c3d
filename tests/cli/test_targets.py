"""Where texts go below an output folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from notetext.cli.inputs import Input
from notetext.cli.targets import apart, check_targets, once, targets_in, without_earlier_texts
from notetext.errors import ConfigurationError


def named(*names: str | Path, found: bool = False) -> list[Input]:
    return [Input(str(name), Path(Path(name).name), found=found) for name in names]


def places(inputs: list[Input]) -> list[str]:
    return [document.place.as_posix() for document in inputs]


def test_documents_of_different_names_lie_side_by_side() -> None:
    assert places(apart(named("june/a.jpg", "july/b.jpg"))) == ["a.jpg", "b.jpg"]


def test_documents_of_one_name_keep_their_folders_and_so_do_all_others() -> None:
    inputs = named("scans/june/a.jpg", "scans/july/A.jpg", "scans/b.jpg", "-")
    assert places(apart(inputs)) == ["june/a.jpg", "july/A.jpg", "b.jpg", "-"]


def test_a_document_that_is_named_twice_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    (tmp_path / "link.jpg").symlink_to(tmp_path / "a.jpg")
    inputs = named(tmp_path / "a.jpg", tmp_path / "." / "a.jpg", tmp_path / "link.jpg", "-")
    kept, again = once(inputs)
    assert kept == [inputs[0], inputs[3]]
    assert again == [inputs[1].name, inputs[2].name]


def test_what_an_earlier_run_wrote_beside_the_documents_is_not_read(tmp_path: Path) -> None:
    inputs = named(*(tmp_path / name for name in ("a.pdf", "a.pdf.pdf", "b.pdf")), found=True)
    kept, earlier = without_earlier_texts(tmp_path, inputs, [".pdf"])
    assert [Path(document.name).name for document in kept] == ["a.pdf", "b.pdf"]
    assert earlier == [str(tmp_path / "a.pdf.pdf")]


def check(inputs: list[Input], folder: Path, *suffixes: str) -> None:
    targets = [targets_in(folder, inputs, suffix) for suffix in suffixes]
    check_targets(inputs, [pair for each in targets for pair in zip(inputs, each, strict=True)])


def test_two_texts_of_one_place_are_told_by_their_names(tmp_path: Path) -> None:
    check(named("a.jpg", "b.jpg"), tmp_path, ".txt", ".json")
    with pytest.raises(ConfigurationError, match=r"a\.jpg and a\.jpg would both be .*a\.jpg\.xml"):
        check(named("a.jpg"), tmp_path, ".xml", ".xml")
    with pytest.raises(ConfigurationError, match=r"^nothing was read: - and stdin would both be"):
        check([Input("-", Path("stdin")), *named("stdin")], tmp_path, ".txt")


def test_a_document_is_not_overwritten_by_its_text(tmp_path: Path) -> None:
    inputs = named(tmp_path / "a.pdf")
    with pytest.raises(ConfigurationError, match=r"a\.pdf is itself to be read"):
        check_targets(inputs, [(inputs[0], tmp_path / "a.pdf")])


def test_a_text_is_no_folder_of_another(tmp_path: Path) -> None:
    inputs = [Input("a", Path("a")), Input("a.txt/b", Path("a.txt/b"))]
    with pytest.raises(ConfigurationError, match=r"would be the text of a, and the folder of"):
        check(inputs, tmp_path, ".txt")


def test_of_many_clashes_a_few_are_told(tmp_path: Path) -> None:
    inputs = named(*(f"{number}.jpg" for number in range(9)))
    with pytest.raises(ConfigurationError, match="and 4 more"):
        check(inputs, tmp_path, ".xml", ".xml")
