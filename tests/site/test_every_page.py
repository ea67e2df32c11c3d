"""Every page can be read: on a desk and on a phone, in the light and in the dark, and by all."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.slow

DESK, PHONE = 1280, 375
"""Widths of a screen, in pixels."""
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe*.js")).read_text("utf-8")

SERIOUS = """run => run.then(found => found.violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 150)}`)))"""

# The menus are the same on every page.
FAULTS = f"""menus => ({SERIOUS})(axe.run(menus ? document : {{exclude: [[".md-sidebar"]]}}, {{
    resultTypes: ["violations"], rules: {{"color-contrast": {{enabled: false}}}},
}}))"""

# What there is to see of a contrast depends on colours, grounds and size: one text of each kind is
# looked at, since axe takes ten seconds for all texts of a long page.
CONTRASTS = f"""() => {{
    const kinds = new Map();
    for (const element of document.querySelectorAll("body *")) {{
        const has_text = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (!has_text || !element.checkVisibility()) continue;
        const own = getComputedStyle(element);
        const kind = [own.color, own.fontSize, own.fontWeight];
        for (let around = element; around; around = around.parentElement) {{
            const style = getComputedStyle(around);
            const ground = [style.backgroundColor, style.backgroundImage, style.opacity].join();
            if (ground !== "rgba(0, 0, 0, 0),none,1") kind.push(ground);
        }}
        if (!kinds.has(kind.join("|"))) kinds.set(kind.join("|"), element);
    }}
    return ({SERIOUS})(axe.run({{include: [...kinds.values()]}}, {{
        resultTypes: ["violations"], runOnly: ["color-contrast"],
    }}));
}}"""

# Pages that are wider than the screen, tables that have to be pushed, pictures that are not there.
TOO_WIDE = """() => [
    ...[document.documentElement].filter(e => e.scrollWidth > e.clientWidth).map(() => "the page"),
    ...[...document.querySelectorAll(".md-content table:not(.highlighttable)")]
        .flatMap(table => [table, table.parentElement, table.parentElement.parentElement])
        .filter(e => e.scrollWidth > e.clientWidth + 1)
        .map(e => `a table: ${e.innerText.slice(0, 60)}`),
    ...[...document.querySelectorAll(".md-content img")]
        .filter(e => e.getBoundingClientRect().right > innerWidth).map(e => `a picture: ${e.src}`),
]"""
PUSHED = f"""() => ({SERIOUS})(axe.run(document, {{runOnly: ["scrollable-region-focusable"]}}))"""
CODE_CAN_BE_PUSHED = """() => [...document.querySelectorAll("pre > code")]
    .every(code => code.scrollWidth <= code.clientWidth || code.tabIndex >= 0)"""
PRESSED = """title => document.querySelector(`label[title="${title}"]`).click()"""
BROKEN = """() => [...document.images].filter(e => !e.naturalWidth).map(e => e.src)"""
IS_LAID_OUT = """() => document.querySelector(".md-sidebar--primary .md-sidebar__scrollwrap")
    ?.style.height && document.querySelectorAll(".md-content table:not([class])").length ===
    document.querySelectorAll(".md-content .md-typeset__table").length"""


def faults(page: Page, name: str) -> list[str]:
    """What is wrong with a page."""
    page.set_viewport_size({"width": DESK, "height": 900})
    page.goto(name)
    page.wait_for_function(IS_LAID_OUT)
    page.evaluate(AXE)
    found: list[str] = []
    if page.locator("body").get_attribute("data-md-color-scheme") != "default":
        found.append("the light is not light")
    found += page.evaluate(BROKEN)
    found += page.evaluate(FAULTS, name == "index.html")
    found += page.evaluate(CONTRASTS)
    found += [f"sticks out on a desk: {what}" for what in page.evaluate(TOO_WIDE)]
    page.evaluate(PRESSED, "Dark")
    page.wait_for_selector("body[data-md-color-scheme=slate]")
    found += [f"in the dark, {what}" for what in page.evaluate(CONTRASTS)]
    page.evaluate(PRESSED, "Light")
    page.set_viewport_size({"width": PHONE, "height": 812})
    found += [f"sticks out on a phone: {what}" for what in page.evaluate(TOO_WIDE)]
    page.wait_for_function(CODE_CAN_BE_PUSHED)
    return found + [f"on a phone, {what}" for what in page.evaluate(PUSHED)]


# In two parts, for two processes.
@pytest.mark.parametrize("part", range(2))
def test_it_fits_the_screen_and_axe_finds_no_serious_fault(
    page: Page, site: Path, part: int
) -> None:
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert len(names) > 70
    found = {name: faults(page, name) for name in names[part::2]}
    assert {name: list_ for name, list_ in found.items() if list_} == {}
