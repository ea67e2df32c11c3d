"""The site, built once a process and served as a web server serves it.

Its tests are there where the group ``docs`` is installed; `.ci/run` does that in the end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest
from chromium import browser as browser
from playwright.sync_api import Browser, Page, Request

ROOT = Path(__file__).parents[2]

collect_ignore_glob = [] if find_spec("mkdocs") else ["test_*.py"]


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files as many servers do: a notebook is JSON to them."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return "application/json" if str(path).endswith(".ipynb") else super().guess_type(path)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site")
    build(ROOT / "mkdocs.yml", folder)
    return folder


def build(config: Path, target: Path) -> None:
    """Builds a site; warnings are errors."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config)]
    command += ["--site-dir", str(target)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr


@pytest.fixture
def site_of_a_public_repository(tmp_path: Path) -> Path:
    """A site of one page, of a package that names its repository."""
    hook = tmp_path / "docs" / "hooks" / "theme.py"
    hook.parent.mkdir(parents=True)
    hook.write_bytes((ROOT / "docs" / "hooks" / "theme.py").read_bytes())
    (tmp_path / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nurls.Repository = "https://github.com/somebody/notes"\n', encoding="utf-8"
    )
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: notes\ntheme: {name: material, font: false}\nhooks: [docs/hooks/theme.py]\n"
        "exclude_docs: '*.py'\n",
        encoding="utf-8",
    )
    build(config, tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A window that nothing but the site is asked for, and in which nothing goes wrong."""
    troubles: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            troubles.append(f"asked for {request.url}")

    context = browser.new_context(
        base_url=address,
        viewport={"width": 1280, "height": 900},
        color_scheme="light",
        reduced_motion="reduce",
    )
    opened = context.new_page()
    opened.on("request", asked)
    opened.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}"))
    opened.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    yield opened
    context.close()
    assert troubles == []
