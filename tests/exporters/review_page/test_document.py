"""The file itself: complete, safe and small."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from PIL import Image
from playwright.sync_api import Browser, Error, Page

from notetext import Box, Language, Line, Mode, Paragraph, RecognitionResult, Word
from notetext import Page as NotePage
from notetext.errors import MissingSourceError
from notetext.exporters.review_page.document import LONGEST_SIDE, SCRIPTS
from notetext.model import PageError, PageStatus, SourceInfo

Open = Callable[..., Page]

HOSTILE = [
    "</script><script>document.documentElement.dataset.hacked = 1</script>",
    '"><img src=x onerror="document.documentElement.dataset.hacked = 1">',
    "<!--<script>",
    "-->",
    "</title><svg onload=document.documentElement.dataset.hacked=1>",
    "${document.documentElement.dataset.hacked=1}",
    "$title $review",
    "]]></style><style>*{display:none}</style>",
    "&lt;b&gt;&#60;script&#62;",
    "javascript:document.documentElement.dataset.hacked=1",
    "\u2028\u2029\x00\x1b\ufeff",
]


def result_with(text: str, *more: str) -> RecognitionResult:
    """A result that says what somebody hostile wants, wherever text can come from outside."""
    texts = (text, *more)
    words = tuple(Word(text=one, confidence=0.2, alternatives=texts) for one in texts)
    page = NotePage(
        number=1,
        width=40,
        height=30,
        engine=text,
        paragraphs=(Paragraph(lines=(Line(words=words),)),),
        warnings=texts,
        status=PageStatus.FAILED,
        error=PageError(page=1, kind=text, message=text),
    )
    picture = Image.new("L", (40, 30), 255)
    file = io.BytesIO()
    picture.save(file, "PNG")
    source = SourceInfo(name=f"{text}.png", sha256=hashlib.sha256(file.getvalue()).hexdigest())
    return RecognitionResult(
        engine=text,
        mode=Mode.PRINTED,
        languages=(Language.ENGLISH,),
        source=source,
        pages=(page,),
    ).attach(file.getvalue())


def rendered(result: RecognitionResult) -> str:
    text = result.to("html")
    assert isinstance(text, str)
    return text


@given(st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@settings(deadline=None, max_examples=60)
def test_whatever_was_read_the_file_holds_its_own_scripts_and_no_others(text: str) -> None:
    page = rendered(result_with(text))
    root = html.document_fromstring(page.replace("\x00", "\ufffd"))
    scripts = [script for script in root.iter("script") if script.get("type") is None]
    assert len(scripts) == len(SCRIPTS)
    policy = str(root.xpath("string(//meta[@http-equiv]/@content)"))
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256((script.text or "").encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    assert len(list(root.iter("style"))) == 1
    review = json.loads(str(root.xpath("string(//script[@id='review'])")))
    (word,) = review["result"]["pages"][0]["paragraphs"][0]["lines"][0]["words"]
    assert word["text"] == text


def test_nothing_in_the_file_points_elsewhere(note: RecognitionResult) -> None:
    page = rendered(note)
    root = html.document_fromstring(page)
    assert root.xpath("//@src | //@href | //@action | //link | //base | //iframe | //object") == []
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", page)
    style = str(root.xpath("string(//style)"))
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.slow
def test_no_script_comes_out_of_what_was_read(open_page: Open, tmp_path: Path) -> None:
    result = result_with(HOSTILE[0], *HOSTILE[1:])
    page = open_page(result)
    assert page.title() == f"{HOSTILE[0]}.png".rsplit("/", 1)[-1]
    shown = page.locator(".word").all_text_contents()
    assert shown == HOSTILE
    for _ in HOSTILE:
        page.keyboard.press("Tab")
    page.locator(".word").nth(1).click()
    for key in ("1", "n", "2", "e", "End", "x", "Enter", "u", "d", "?"):
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as download:
        page.locator('#downloads [data-format="text"]').click()
    assert re.fullmatch(r"[\w-]+\.txt", download.value.suggested_filename)
    assert page.evaluate("document.documentElement.dataset.hacked") is None
    assert page.locator("img").count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "smuggled",
    [
        "<script>document.documentElement.dataset.hacked = 1</script>",
        '<img src="data:," onerror="document.documentElement.dataset.hacked = 1">',
        '<script src="https://example.org/x.js"></script>',
        '<img src="https://example.org/x.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<iframe srcdoc="<script>parent.document.body.dataset.hacked = 1</script>"></iframe>',
    ],
)
def test_even_if_there_were_html_in_the_file_the_policy_would_stop_it(
    browser: Browser, note: RecognitionResult, tmp_path: Path, smuggled: str
) -> None:
    path = tmp_path / "note.html"
    path.write_text(rendered(note).replace("</h1>", f"</h1>{smuggled}", 1), encoding="utf-8")
    page = browser.new_page()
    refused: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    assert page.locator("[data-hacked]").count() == 0
    assert any("Content Security Policy" in text for text in refused)
    assert not [url for url in asked if url.startswith("http")]
    page.close()


@pytest.mark.slow
def test_the_page_s_own_scripts_cannot_make_html_of_text(
    browser: Browser, note: RecognitionResult, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(note.save(tmp_path / "note.html").as_uri())
    with pytest.raises(Error, match="TrustedHTML"):
        page.evaluate("document.body.innerHTML = '<b>'")
    page.close()


def test_the_picture_is_bounded_and_the_rest_is_small() -> None:
    dice = np.random.default_rng(1)
    large = Image.fromarray(dice.normal(200, 20, (3500, 2500)).clip(0, 255).astype(np.uint8))
    result = photographed(large, words=500)
    page = rendered(result)
    (picture,) = re.findall(r'id="picture-1">([^<]+)<', page)
    data = base64.b64decode(picture)
    assert max(Image.open(io.BytesIO(data)).size) == LONGEST_SIDE
    assert len(page.encode()) <= 1.4 * len(data) + 200_000


def photographed(image: Image.Image, words: int) -> RecognitionResult:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=50)
    rows = [
        Line(
            words=tuple(
                Word(
                    text=f"word{n * 10 + k}",
                    box=Box((k * 100.01, n * 60.02, k * 100 + 90.03, n * 60.04, *(1.25,) * 4)),
                    confidence=0.123456789012345,
                    alternatives=("ward", "work", "wood"),
                )
                for k in range(10)
            )
        )
        for n in range(words // 10)
    ]
    page = NotePage(
        number=1,
        width=image.width,
        height=image.height,
        engine="local",
        paragraphs=(Paragraph(lines=tuple(rows)),),
    )
    return RecognitionResult(
        engine="local",
        mode=Mode.PRINTED,
        languages=(Language.ENGLISH,),
        source=SourceInfo(name="large.jpg", sha256=hashlib.sha256(file.getvalue()).hexdigest()),
        pages=(page,),
    ).attach(file.getvalue())


def test_without_scripts_the_text_is_there(note: RecognitionResult) -> None:
    root = html.document_fromstring(rendered(note))
    assert str(root.xpath("string(//noscript/pre)")) == note.text


def test_what_explains_the_scripts_and_styles_is_not_in_the_file(note: RecognitionResult) -> None:
    root = html.document_fromstring(rendered(note))
    code = [script.text or "" for script in root.iter("script") if script.get("type") is None]
    code += [style.text or "" for style in root.iter("style")]
    assert not [
        line
        for text in code
        for line in text.splitlines()
        if line.lstrip().startswith(("//", "/*"))
    ]


def test_the_same_result_gives_the_same_file(note: RecognitionResult) -> None:
    assert note.to("html") == note.to("html")


def test_without_the_document_the_message_says_how_to_bring_it_back(
    note: RecognitionResult,
) -> None:
    with pytest.raises(MissingSourceError, match=r"result\.attach"):
        RecognitionResult.from_json(note.to_json()).to("html")
