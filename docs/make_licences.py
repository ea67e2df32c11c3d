"""Writes ``licences.md``: what notetext installs, and under which licences; a test checks it.

    python docs/make_licences.py

It tells what is installed beside it, so install ``.[all]`` first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path(__file__).parent / "licences.md"

ALLOWED = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "MIT-CMU",
    "MPL-2.0", "PSF-2.0", "Zlib",
}  # fmt: skip
"""Licences under which a program of any kind may use a package as it is."""

_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "The MIT License": "MIT",
}
_HEAD = """# Licences of what is installed

notetext itself is under the MIT licence; its tables of word frequencies are under CC BY-SA 4.0, and
the weights that it reads with under Apache-2.0 ([NOTICE](../NOTICE)). This is what
`pip install "notetext[all]"` brings along, as the packages themselves say it; `*` marks what
notetext asks for itself, the rest comes with those. Wheels also carry native libraries under
licences of their own: among them FFmpeg (LGPL 2.1) in opencv-python-headless, libheif (LGPL 3) in
pi-heif, qpdf in pikepdf and PDFium in pypdfium2.

`[ocrmypdf]` is not part of it: OCRmyPDF is under MPL-2.0, and brings fpdf2 and img2pdf along, which
are under the LGPL 3.

`python docs/make_licences.py` makes this page; a test fails for a package whose licence nobody has
allowed in that script.

| package | licence | for |
|---|---|---|
"""


def installed() -> dict[str, set[str]]:
    """The names of all packages that ``notetext[all]`` needs here, each with the extras it is for.

    An empty name among the extras stands for notetext without any.
    """
    needed: dict[str, set[str]] = {}
    for extra in ("", *sorted(extras_of_all())):
        waiting = [("notetext", extra)]
        while waiting:
            name, wanted = waiting.pop()
            for requirement in requirements(name, wanted):
                package = canonicalize_name(requirement.name)
                if extra not in needed.setdefault(package, set()):
                    needed[package].add(extra)
                    waiting += [(package, one) for one in ("", *requirement.extras)]
    return needed


def extras_of_all() -> set[str]:
    """The extras that ``notetext[all]`` takes in; another is left to those who use that program."""
    extras = metadata.metadata("notetext").get_all("Provides-Extra") or []
    needs = {
        extra: {requirement.name for requirement in requirements("notetext", extra)}
        for extra in extras
    }
    # Hatchling writes what those extras need in their place.
    return {extra for extra in extras if extra != "all" and needs[extra] <= needs["all"]}


def requirements(name: str, extra: str) -> Iterator[Requirement]:
    """What a package needs on this machine for an extra, or for none."""
    for line in metadata.requires(name) or []:
        requirement = Requirement(line)
        if requirement.marker is None:
            if not extra or name != "notetext":
                yield requirement
        elif requirement.marker.evaluate({"extra": extra}):
            yield requirement


def licence(package: str) -> str:
    """The licence of an installed package, in SPDX's words where they are known."""
    told = metadata.metadata(package)
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in told.get_all("Classifier") or []
        if line.startswith("License :: ") and not line.endswith("OSI Approved")
    ]
    text = told.get("License-Expression") or told.get("License") or " AND ".join(classifiers)
    if len(text) > 80:  # The text of a licence in place of its name.
        text = " AND ".join(classifiers)
    return _SPDX.get(text, text)


def is_allowed(licences: str) -> bool:
    """Whether all of an expression's licences are allowed."""
    names = re.split(r"\s+(?:AND|OR)\s+|, ", re.sub(r"[()]", "", licences))
    return all(_SPDX.get(name, name) in ALLOWED | {"dependency licenses"} for name in names)


def direct() -> list[str]:
    """The packages that notetext itself asks for."""
    names = {
        canonicalize_name(requirement.name)
        for extra in ("", *extras_of_all())
        for requirement in requirements("notetext", extra)
    }
    return sorted(names - {"notetext"})


def page() -> str:
    """The page."""
    rows = []
    for package, extras in sorted(installed().items()):
        if package != "notetext":
            star = " *" if package in direct() else ""
            named = (
                "everything" if "" in extras else ", ".join(f"`[{one}]`" for one in sorted(extras))
            )
            rows.append(f"| {package}{star} | {licence(package)} | {named} |\n")
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
