"""What is released: a wheel and a sdist that work where nothing else is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from notetext.engines.local.scripts import recognizer_weights
from notetext.engines.local.weights import DETECTION

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
DEPENDENCIES = [*PROJECT["dependencies"], *(line for lines in EXTRAS.values() for line in lines)]


@pytest.mark.parametrize(
    "dependency", [line for line in DEPENDENCIES if not line.startswith("notetext")]
)
def test_a_dependency_has_a_lower_and_an_upper_bound(dependency: str) -> None:
    operators = {specifier.operator for specifier in Requirement(dependency).specifier}
    assert operators == {">=", "<"}


def ran(*command: str | Path) -> str:
    """Runs a program away from the repository, and gives what it says."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    process = subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


def build(source: Path, target: Path, kind: str) -> Path:
    """Builds a wheel or a sdist."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = target.iterdir()
    return built


def members(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel, with what it says it needs, and no more."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    ran(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel
    )
    (site,) = folder.glob("lib/*/site-packages")
    # The dependencies are those of this environment: nothing has to be fetched.
    for package in needed("notetext"):
        for name in sorted({file.parts[0] for file in metadata.files(package) or []}):
            if name not in {"..", "__pycache__"} and not (site / name).exists():
                (site / name).symlink_to(str(metadata.distribution(package).locate_file(name)))
    return python


def needed(root: str) -> Iterator[str]:
    """What a package needs without any extras, and what that needs."""
    seen, waiting = {root}, [root]
    while waiting:
        for line in metadata.requires(waiting.pop()) or []:
            requirement = Requirement(line)
            applies = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            if applies and requirement.name not in seen:
                seen.add(requirement.name)
                waiting.append(requirement.name)
                yield requirement.name


@pytest.mark.slow
def test_the_wheel_holds_notetext_with_its_stubs_and_nothing_else(wheel: Path) -> None:
    names = members(wheel)
    information = f"notetext-{metadata.version('notetext')}.dist-info"
    assert {name.split("/")[0] for name in names} == {"notetext", "notetext-stubs", information}
    assert {"notetext/py.typed", "notetext-stubs/py.typed"} <= names
    sources = {path.relative_to(ROOT / "src") for path in (ROOT / "src").rglob("*.py*")}
    assert {path.as_posix() for path in sources if path.suffix in {".py", ".pyi"}} <= names


@pytest.mark.slow
def test_the_wheel_brings_every_network_with_its_licence_and_stays_small(wheel: Path) -> None:
    networks = {weights.find().path for weights in (DETECTION, *recognizer_weights())}
    assert {path.relative_to(ROOT / "src").as_posix() for path in networks} <= members(wheel)
    licences = {name.rpartition("/")[2] for name in members(wheel) if "/licenses/" in name}
    assert licences == {"LICENSE", "NOTICE", "weights-LICENSE.txt", "weights-NOTICE.txt"}
    assert wheel.stat().st_size < 60_000_000


@pytest.mark.slow
def test_the_sdist_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(build(ROOT, tmp_path / "sdist", "sdist")) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    again = build(source, tmp_path / "again", "wheel")
    assert again.name == wheel.name
    assert members(again) == members(wheel)


@pytest.mark.slow
def test_a_program_of_somebody_else_runs_on_the_wheel(clean: Path, tmp_path: Path) -> None:
    where = ran(clean, "-c", "import notetext; print(notetext.__file__)")
    assert str(clean.parent.parent) in where
    program = ROOT / "tests" / "consumer" / "program.py"
    said = ran(clean, "-W", "ignore", program, ROOT / "examples/notes/shopping.jpg", tmp_path)
    assert said.splitlines()[0].startswith("Shopping list two loaves of bread")
    assert said.splitlines()[1:] == ["as told", "4 Hello"]
    notetext = clean.with_name("notetext")
    assert "Dear Martha," in ran(notetext, ROOT / "examples/notes/letter.jpg", "--quiet")
    assert "pip install 'notetext[heif]'" in ran(notetext, "doctor")


@pytest.mark.slow
def test_a_program_from_before_modules_moved_runs_on_the_wheel(clean: Path) -> None:
    program = ROOT / "tests" / "consumer" / "written_before.py"
    assert ran(clean, program, ROOT / "examples/notes/shopping.jpg") == "760x666 1\n"


@pytest.mark.slow
def test_what_the_documentation_shows_runs_on_the_wheel(clean: Path) -> None:
    program = ROOT / "tests" / "consumer" / "everyday.py"
    said = ran(clean, program, ROOT / "examples/notes/shopping.jpg").splitlines()
    assert said[:2] == ["as told", "1 page"]
    assert said[-1].startswith("NoteText(engine='cascade'")


@pytest.mark.slow
def test_pyright_sees_the_wheel_as_it_is_meant(clean: Path, tmp_path: Path) -> None:
    names = ["everyday.py", "program.py", "mistaken.py"]
    for name in names:
        (tmp_path / name).write_bytes((ROOT / "tests" / "consumer" / name).read_bytes())
    configuration = {
        "include": names,
        "typeCheckingMode": "strict",
        "enableTypeIgnoreComments": True,
        "reportUnnecessaryTypeIgnoreComment": "error",
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(configuration))
    pyright = [sys.executable, "-m", "basedpyright", "--project", str(tmp_path)]
    assert ran(*pyright, "--pythonpath", clean).startswith("0 errors, 0 warnings")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["program", "everyday", "mistaken", "written_before"])
def test_type_checkers_see_the_wheel_as_it_is_meant(clean: Path, tmp_path: Path, name: str) -> None:
    program = tmp_path / f"{name}.py"
    program.write_text((ROOT / f"tests/consumer/{name}.py").read_text(encoding="utf-8"))
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--python-executable"]
    cache = f"--cache-dir={tmp_path / 'cache'}"
    assert ran(*mypy, clean, cache, program).startswith("Success: no issues found")
