"""The converter that draws with Poppler: what is missing is told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from notetext.converters import Converter, Document
from notetext.errors import MissingDependencyError

MakePdf = Callable[..., bytes]
OpenPdf = Callable[..., Document]


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
