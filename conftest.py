"""What README, docs and docstrings show, as tests: `pytest README.md docs --collect-only`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from shown_code import blocks
from sybil.integration.pytest import SybilItem

from notetext import NoteText
from notetext.testing import FakeAsposeServer

ROOT = Path(__file__).parent

pytest_collect_file = blocks.pytest()
collect_ignore_glob = ["docs/*.py"]  # programs, with needs of their own


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Blocks read real pages and start processes."""
    for item in items:
        if isinstance(item, SybilItem):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="module")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty folder with the examples in it, where a page's blocks run.

    The cloud is on this machine, and reads what the local engine reads.
    """
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / ".venv").symlink_to(sys.prefix)
    with FakeAsposeServer(answer=NoteText()) as server, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("HOME", str(folder))
        patch.setenv("PATH", str(Path(sys.prefix) / "bin"), prepend=":")
        patch.setenv("ASPOSE_BASE_URL", server.url)
        patch.setenv("ASPOSE_CLIENT_ID", "any")
        patch.setenv("ASPOSE_CLIENT_SECRET", "any")
        yield folder


@pytest.fixture(autouse=True)
def _pasted_alone(request: pytest.FixtureRequest) -> None:
    """A docstring's example knows no names but those that it imports itself."""
    if isinstance(request.node, pytest.DoctestItem):
        names = request.node.dtest.globs
        names.clear()
        names["__name__"] = "__main__"
