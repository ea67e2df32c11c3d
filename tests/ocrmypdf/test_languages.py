"""OCRmyPDF's names of languages, and ours."""

from __future__ import annotations

import pytest

from notetext import Language, LocalEngine, Mode
from notetext.ocrmypdf.languages import languages_named, names_of
from ocrmypdf import MissingDependencyError

KNOWN = LocalEngine().languages(Mode.AUTO)


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (["eng"], [Language.ENGLISH]),
        (["eng", "fra", "fre", "en"], [Language.ENGLISH, Language.FRENCH]),
        (["DEU"], [Language.GERMAN]),
        (["chi_sim", "chi_tra_vert"], [Language.CHINESE]),
        (["jpn_vert"], [Language.JAPANESE]),
    ],
)
def test_names_mean_languages(names: list[str], meant: list[Language]) -> None:
    assert languages_named(names, KNOWN) == meant
    assert {name.lower() for name in names} <= names_of(KNOWN)


@pytest.mark.parametrize("name", ["xyz", "osd", "aze_cyrl", "frk", "English", "rus", ""])
def test_what_is_not_read_is_an_error_that_says_what_is(name: str) -> None:
    assert name not in names_of(KNOWN)
    with pytest.raises(MissingDependencyError, match=r"does not read .*fra, .*spa"):
        languages_named(["eng", name], KNOWN)
