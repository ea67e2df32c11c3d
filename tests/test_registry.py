"""Names: built-ins, plug-ins, and plug-ins that are broken; and what all parts have in common."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import make_dataclass
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from PIL import Image

from notetext import Language, Mode, NoteText, RecognitionResult, registry
from notetext.cli import main
from notetext.converters import Converter, Document, OpenOptions
from notetext.converters.named import converters
from notetext.documents import Source
from notetext.engines import Engine, Reading, Request
from notetext.engines.named import engines
from notetext.errors import ConfigurationError, UnknownNameError
from notetext.exporters import Exporter, PageImages
from notetext.exporters.named import exporter_for, exporters
from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor
from notetext.preprocessors.named import preprocessors
from notetext.registry import CONVERTERS, ENGINES, EXPORTERS, PREPROCESSORS, Part

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a distribution with a module ``inky`` and with entry points."""

    def install(code: str, **groups: str) -> None:
        (tmp_path / "inky.py").write_text(code)
        info = tmp_path / "inky-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: inky\nVersion: 1.0\n")
        points = "\n".join(f"[notetext.{kind}]\n{lines}" for kind, lines in groups.items())
        (info / "entry_points.txt").write_text(points)
        monkeypatch.syspath_prepend(tmp_path)

    yield install
    sys.modules.pop("inky", None)


ENGINE_PLUGIN = """
from notetext.engines import Engine, Reading

class Inky(Engine):
    name = 'inky'
    def read(self, page, request):
        return Reading()
"""


@pytest.fixture
def plugins(install: Install) -> None:
    """A good engine, a broken one, and one that takes a name."""
    install(
        ENGINE_PLUGIN,
        engines="inky = inky:Inky\n"
        "broken = not_there:Engine\n"
        "local = inky:Inky\n"
        "odd = inky:__name__\n",
    )


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


EXPORTER_PLUGINS = """
from notetext.exporters import Exporter
from notetext.errors import MissingDependencyError

class Shouting(Exporter):
    name = 'shouting'
    suffixes = ('.loud.txt',)
    def render(self, result, images):
        return result.text.upper()

class Plain(Exporter):
    name = 'plain'
    def render(self, result, images):
        return 'nothing'

def failing():
    raise RuntimeError('the licence has run out')

def missing():
    raise MissingDependencyError('pip install ink', extra='ink')
"""


def test_one_broken_exporter_costs_nobody_the_others(install: Install, tmp_path: Path) -> None:
    install(
        EXPORTER_PLUGINS,
        exporters="gone = not_there:Exporter\n"
        "failing = inky:failing\n"
        "missing = inky:missing\n"
        "other = builtins:dict\n"
        "shouting = inky:Shouting\n",
    )
    result = RecognitionResult(engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,))
    with pytest.warns(RuntimeWarning) as warned:
        assert result.save(tmp_path / "note.txt").read_text() == ""
    said = sorted(str(warning.message) for warning in warned)
    assert [text.split("'")[1] for text in said] == ["failing", "gone", "missing", "other"]
    assert all("is skipped" in text for text in said)
    assert "the licence has run out" in said[0]
    assert "pip install ink" in said[2]
    assert "is no instance of notetext.exporters.Exporter" in said[3]
    with pytest.warns(RuntimeWarning):
        assert exporter_for("note.loud.txt").name == "shouting"


def test_an_exporter_without_endings_goes_by_its_name_alone(
    install: Install, tmp_path: Path
) -> None:
    install(
        f"{EXPORTER_PLUGINS}\n{ENGINE_PLUGIN}",
        exporters="plain = inky:Plain\n",
        engines="inky = inky:Inky\n",
    )
    assert exporter_for("note.txt").name == "text"
    picture = tmp_path / "note.png"
    Image.new("L", (20, 20), 255).save(picture)
    read = [str(picture), "--engine=inky", "--format=plain", f"--output={tmp_path}"]
    assert CliRunner().invoke(main, read).exit_code == 0
    (written,) = tmp_path.glob("*.plain")
    assert written.read_text() == "nothing"


def test_every_built_in_can_be_made_and_is_called_what_it_is() -> None:
    for room in (engines, converters, preprocessors, exporters):
        for name in room.built_in():
            assert room.make(name).name == name


def test_the_tables_name_each_part_by_where_it_is() -> None:
    for table in (CONVERTERS, PREPROCESSORS, ENGINES, EXPORTERS):
        for name, place in table.items():
            module, attribute = place.split(":")
            assert getattr(import_module(module), attribute).name == name


def test_a_class_instead_of_an_object_is_told() -> None:
    from notetext.preprocessors.tone import Grayscale

    with pytest.raises(ConfigurationError, match=r"write Grayscale\(\)"):
        NoteText(preprocessors=[Grayscale])  # type: ignore[list-item]


class Open(Converter):
    """A converter of a third party."""

    name = "mine"

    def accepts(self, head: bytes) -> bool:
        return False

    def open(self, source: Source, options: OpenOptions) -> Document:
        raise NotImplementedError


class Same(Preprocessor):
    """A preprocessor of a third party."""

    name = "mine"

    def __call__(self, image: PageImage) -> PageImage:
        return image


class Silent(Engine):
    """An engine of a third party."""

    name = "mine"

    def read(self, image: PageImage, request: Request) -> Reading:
        return Reading()


class Empty(Exporter):
    """An exporter of a third party."""

    name = "mine"

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        return ""


@pytest.mark.parametrize("kind", [Open, Same, Silent, Empty])
def test_what_a_part_makes_is_kept_under_its_version_and_without_one_not_at_all(
    kind: type[Part],
) -> None:
    much = [("much", int, 2)]
    tuned = make_dataclass("Tuned", much, bases=(kind,), frozen=True)
    assert kind().fingerprint is None
    assert tuned().fingerprint is None
    version = {"version": "3"}
    versioned = type("Versioned", (kind,), version)
    both = make_dataclass("Both", much, bases=(kind,), namespace=version, frozen=True)
    assert versioned().fingerprint == "mine/3()"
    assert both().fingerprint == both(much=2).fingerprint == "mine/3(much=2)"
    assert both(much=5).fingerprint == "mine/3(much=5)"


@pytest.mark.parametrize("kind", [Open, Same, Silent, Empty])
def test_a_part_that_needs_nothing_can_run(kind: type[Part]) -> None:
    kind().check()


def test_what_converters_and_steps_of_ours_make_is_kept() -> None:
    for room in (converters, preprocessors):
        for name in room.built_in():
            assert str(room.make(name).fingerprint).startswith(f"{name}/")


@pytest.mark.parametrize(
    ("names", "table"),
    [
        (registry.ConverterName, CONVERTERS),
        (registry.PreprocessorName, PREPROCESSORS),
        (registry.EngineName, ENGINES),
    ],
)
def test_editors_complete_every_name_that_there_is(names: object, table: Mapping[str, str]) -> None:
    assert get_args(names) == tuple(table)


def test_formats_are_completed_as_what_they_give() -> None:
    for name in EXPORTERS:
        is_text = exporters.make(name).is_text
        names = get_args(registry.TextFormatName if is_text else registry.BinaryFormatName)
        assert name in names
