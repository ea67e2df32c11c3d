"""What is Poppler's own: temporary files, missing programs, pages that it cannot draw."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from notetext.converters import Converter, Document
from notetext.errors import CorruptInputError, MissingDependencyError

MakePdf = Callable[..., bytes]
OpenPdf = Callable[..., Document]

BLOCK = "0 g 30 240 100 40 re f"


def test_poppler_leaves_no_files_behind(
    poppler: Converter,
    make_pdf: MakePdf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_pdf: OpenPdf,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with open_pdf(poppler, make_pdf(BLOCK), dpi=72) as document:
        document.page(1).image()
        (folder,) = tmp_path.iterdir()
        assert [entry.name for entry in folder.iterdir()] == ["document.pdf"]
    assert list(tmp_path.iterdir()) == []


def test_without_poppler_the_message_is_the_command_that_installs_it(
    poppler: Converter,
    make_pdf: MakePdf,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    open_pdf: OpenPdf,
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        with pytest.raises(MissingDependencyError, match="apt install poppler-utils"):
            open_pdf(poppler, make_pdf())
    monkeypatch.setitem(sys.modules, "pdf2image", None)
    with pytest.raises(
        MissingDependencyError, match=r"pip install 'notetext\[poppler\]'"
    ) as caught:
        open_pdf(poppler, make_pdf())
    assert caught.value.extra == "poppler"


def test_a_page_that_poppler_draws_for_ever_is_given_up(
    poppler: Converter,
    make_pdf: MakePdf,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    open_pdf: OpenPdf,
) -> None:
    program = tmp_path / "pdftoppm"
    program.write_text("#!/bin/sh\n[ $1 = -v ] && exit\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr("notetext.converters.poppler_document._PAGE_TIMEOUT_S", 0.2)
    with (
        open_pdf(poppler, make_pdf()) as document,
        pytest.raises(CorruptInputError, match=r"in 0\.2 s") as caught,
    ):
        document.page(1).image()
    assert caught.value.page == 1
