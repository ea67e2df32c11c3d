"""Names: built-ins, plug-ins, and plug-ins that are broken."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from notetext import NoteText
from notetext.converters.named import converters
from notetext.engines.named import engines
from notetext.errors import ConfigurationError, UnknownNameError
from notetext.exporters.named import exporters
from notetext.preprocessors.named import preprocessors


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installed distribution with a good engine, a broken one, and one that takes a name."""
    (tmp_path / "inky.py").write_text(
        "from notetext.engines import Engine, Reading\n"
        "class Inky(Engine):\n"
        "    name = 'inky'\n"
        "    def read(self, page, request):\n"
        "        return Reading()\n"
    )
    info = tmp_path / "inky-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: inky\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[notetext.engines]\n"
        "inky = inky:Inky\nbroken = not_there:Engine\nlocal = inky:Inky\nodd = inky:__name__\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("inky", None)


@pytest.mark.usefixtures("plugins")
def test_an_engine_of_a_third_party_is_used_by_its_name() -> None:
    assert NoteText(engine="inky").engine.name == "inky"
    assert "inky" in engines.names()


@pytest.mark.usefixtures("plugins")
def test_nobody_takes_a_built_ins_name() -> None:
    assert type(NoteText(engine="local").engine).__module__.startswith("notetext.")


@pytest.mark.usefixtures("plugins")
def test_a_broken_plugin_warns_and_is_skipped() -> None:
    with (
        pytest.warns(RuntimeWarning, match=r"'broken' \(not_there:Engine\) is skipped"),
        pytest.raises(UnknownNameError, match="local, aspose, inky"),
    ):
        NoteText(engine="broken")


@pytest.mark.usefixtures("plugins")
def test_a_plugin_that_makes_something_else_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError, match="'odd' cannot be made"):
        NoteText(engine="odd")


def test_every_built_in_can_be_made_and_is_called_what_it_is() -> None:
    for room in (engines, converters, preprocessors, exporters):
        for name in room.built_in():
            assert room.make(name).name == name


def test_a_class_instead_of_an_object_is_told() -> None:
    from notetext.preprocessors.tone import Grayscale

    with pytest.raises(ConfigurationError, match=r"write Grayscale\(\)"):
        NoteText(preprocessors=[Grayscale])  # type: ignore[list-item]
