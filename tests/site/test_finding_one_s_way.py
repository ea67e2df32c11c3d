"""From page to page, to what is searched for, to the repository, and to the notebooks."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))

MENU = re.compile(r'<a href="([^"#]*)" class="md-nav__link')
FORWARD, BACK = (
    re.compile(rf'<a href="([^"]+)" class="md-footer__link md-footer__link--{way}"')
    for way in ("next", "prev")
)


def test_each_page_leads_to_the_next_and_back(site: Path) -> None:
    def leading(pattern: re.Pattern[str], page: str) -> list[str]:
        html = (site / page / "index.html").read_text(encoding="utf-8")
        return [posixpath.normpath(posixpath.join(page, link)) for link in pattern.findall(html)]

    pages = list(dict.fromkeys(leading(MENU, ".")))
    assert len(pages) > 50
    for page, following in pairwise(pages):
        assert leading(FORWARD, page) == [following]
        assert leading(BACK, following) == [page]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("docker", "recipes/containers/"),
        ("Dockerfile", "recipes/containers/"),
        ("serverless", "recipes/containers/"),
        ("fastapi", "recipes/web/"),
        ("gradio", "recipes/web/"),
        ("pytesseract", "coming-from/pytesseract/"),
        ("easyocr", "coming-from/easyocr/"),
        ("doctr", "coming-from/doctr/"),
        ("azure", "coming-from/azure/"),
        ("ocrmypdf", "recipes/ocrmypdf/"),
        ("paperless", "recipes/paperless/"),
        ("windows", "recipes/installing/"),
        ("untrusted", "how-to/strangers/"),
        ("dataframe", "examples/notebooks/a_folder_to_a_dataframe/"),
        ("watch", "recipes/watch/"),
    ],
)
def test_the_search_finds_the_page_first(page: Page, words: str, found: str) -> None:
    page.goto("/", wait_until="networkidle")  # the index is there
    page.get_by_role("textbox", name="Search").press_sequentially(words)  # it hears keys alone
    first = page.locator(".md-search-result__item a").first
    expect(first).to_be_visible(timeout=15_000)
    expect(first).to_have_attribute("href", re.compile(rf"^[^?#]*/{found}(?:[?#].*)?$"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_shown_and_downloads_as_one(page: Page, notebook: Path) -> None:
    page.goto(f"/examples/notebooks/{notebook.stem}/")
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    shown = "\n".join(page.locator(".md-content .highlight").all_inner_texts())
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert [source for source in code if source.rstrip() not in shown] == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the notebook").click()
    assert download.value.suggested_filename == notebook.name
    assert Path(download.value.path()).read_bytes() == notebook.read_bytes()


def test_a_notebook_that_a_page_links_to_is_downloaded_too(page: Page) -> None:
    page.goto("/tutorial/")
    with page.expect_download() as download:
        page.locator(".md-content").get_by_role("link", name="a first look").click()
    assert download.value.suggested_filename == "a_first_look.ipynb"


def test_the_home_page_shows_what_one_gets(page: Page) -> None:
    page.goto("/")
    pictures = page.locator(".md-content img")
    assert pictures.count() >= 4
    for picture in pictures.all():
        assert len(str(picture.get_attribute("alt"))) > 30
        assert picture.evaluate("picture => picture.naturalWidth > 0")


def test_the_repository_is_linked_if_the_package_names_it(page: Page) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    repository = project.get("urls", {}).get("Repository")
    page.goto("/")
    links = page.locator(".md-header .md-source").all()
    assert [link.get_attribute("href") for link in links] == [repository] * bool(repository)


def test_the_link_to_the_repository_asks_nobody_for_its_stars(
    browser: Browser, site_of_a_public_repository: Path
) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site_of_a_public_repository / "index.html").as_uri())
    link = page.locator(".md-header .md-source")
    expect(link).to_contain_text("somebody/notes")
    expect(link).to_have_attribute("href", "https://github.com/somebody/notes")
    page.wait_for_timeout(500)
    page.close()
    assert [url for url in asked if not url.startswith("file:")] == []
