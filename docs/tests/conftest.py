"""The site, built once a process and served as a web server serves it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from chromium import browser as browser
from playwright.sync_api import Browser, Page, Request

ROOT = Path(__file__).parents[2]
DESK, PHONE = 1280, 375
"""Widths of a screen, in pixels."""


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files as many servers do: a notebook is JSON to them."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".ipynb": "application/json"}

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
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
        viewport={"width": DESK, "height": 900},
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
