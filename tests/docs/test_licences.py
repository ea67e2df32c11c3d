"""The page on licences, and the licences."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    """The script that makes the page."""
    spec = importlib.util.spec_from_file_location("make_licences", DOCS / "make_licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_package_that_is_installed_along_has_a_licence_that_is_allowed(
    licences: ModuleType,
) -> None:
    packages = licences.installed().keys() - {"notetext"}
    assert len(packages) > 25
    unknown = {name: licences.licence(name) for name in sorted(packages)}
    assert {name: told for name, told in unknown.items() if not licences.is_allowed(told)} == {}


def test_packages_of_the_extras_are_told_apart(licences: ModuleType) -> None:
    extras = {"dataframe", "docx", "heif", "poppler", "searchable-pdf", "watch"}
    assert licences.extras_of_all() == extras
    packages = licences.installed()
    assert packages["pandas"] == {"dataframe"}
    assert "" in packages["numpy"]


def test_what_nobody_has_allowed_is_noticed(licences: ModuleType) -> None:
    assert licences.is_allowed("BSD-3-Clause AND (MIT OR Apache-2.0)")
    for told in ("", "GPL-3.0-only", "MIT AND AGPL-3.0-or-later", "Proprietary"):
        assert not licences.is_allowed(told)


def test_the_page_has_every_package_that_notetext_asks_for(licences: ModuleType) -> None:
    page = (DOCS / "licences.md").read_text(encoding="utf-8")
    assert page.startswith(licences.page().partition("\n| package")[0])
    missing = [line for line in licences.direct() if f"| {line} * | " not in page]
    assert missing == [], "run python docs/make_licences.py"
