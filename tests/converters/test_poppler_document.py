"""Pages drawn by Poppler: temporary files, and pages that it cannot draw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from notetext.converters import Converter, Document
from notetext.converters.pdf import PdfConverter
from notetext.errors import CorruptInputError

MakePdf = Callable[..., bytes]
OpenPdf = Callable[..., Document]

# In points, on a page of 400×300: 30 from the left, 20 from the top, 100 wide, 40 high.
BLOCK = "0 g 30 240 100 40 re f"


def test_both_converters_draw_the_same_page(
    poppler: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    text = "BT /F 20 Tf 40 150 Td (The same note, drawn twice) Tj ET"
    data = make_pdf(f"{BLOCK} {text}", Rotate=90)
    pictures = []
    for made in (PdfConverter(), poppler):
        with open_pdf(made, data, dpi=100) as document:
            pictures.append(np.asarray(document.page(1).image().convert("L"), np.float32))
    assert np.abs(pictures[0] - pictures[1]).mean() < 3


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
