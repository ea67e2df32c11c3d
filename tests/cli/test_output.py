"""What commands write."""

from __future__ import annotations

from pathlib import Path

import pytest

from notetext.cli.output import write


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "down" / "note.txt"
    write("håndskrift\n", target)
    assert target.read_bytes() == "håndskrift\n".encode()
    assert list(target.parent.iterdir()) == [target]


def test_without_a_file_it_goes_to_standard_output_as_it_is(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    write("håndskrift\n", None)
    write(b"\xff\x00", None)
    out, err = capfdbinary.readouterr()
    assert out == "håndskrift\n".encode() + b"\xff\x00"
    assert err == b""
