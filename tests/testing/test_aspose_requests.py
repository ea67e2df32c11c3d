"""Bodies, as the specification of the service's REST API has them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.testing.aspose_requests import (
    RESULT_TYPES,
    ImageBody,
    RecognitionBody,
    Settings,
    wrong_fields,
)

IMAGE = "cGljdHVyZQ=="


def wrong(body: object, schema: type[ImageBody] = RecognitionBody) -> dict[str, list[str]]:
    return wrong_fields(json.dumps(body).encode(), schema)


def wrong_settings(**settings: object) -> dict[str, list[str]]:
    return wrong({"image": IMAGE, "settings": settings})


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"language": "Waray_Waray", "makeBinarization": True, "resultType": "PdfAndHocr"},
        {"Rotate": -90},
        {"rotate": 90},  # as the documentation spells it
        {"dsrMode": "CraftPoly", "dsrConfidence": "All"},  # a mode of the documentation's
        {"regions": None},
        {"regions": []},
        {"regions": [{}, {"order": 2, "rect": {"topLeftX": 1, "bottomRightY": 7}}]},
        {"resultTypeTable": "CsvAndExcel"},
    ],
    ids=repr,
)
def test_what_the_specification_or_the_documentation_has_is_taken(
    settings: dict[str, object],
) -> None:
    assert wrong_settings(**settings) == {}


@pytest.mark.parametrize(
    ("settings", "path", "said"),
    [
        ({"languge": "English"}, "languge", "no such field; did you mean 'language'?"),
        ({"makeskewcorrect": True}, "makeskewcorrect", "did you mean 'makeSkewCorrect'?"),
        ({"Rotate": 1, "rotate": 2}, "rotate", "no such field"),
        ({"language": "HWT_eng"}, "language", "did you mean 'HWT_ENG'?"),
        ({"language": "en"}, "language", "'en' is no language; the specification has 154 names"),
        ({"language": None}, "language", "valid string"),
        ({"resultType": "Csv"}, "resultType", "resultTypeTable"),
        ({"resultTypeTable": "Xlsx"}, "resultTypeTable", "Text, Excel, Csv, CsvAndExcel"),
        ({"dsrMode": "regions"}, "dsrMode", "did you mean 'Regions'?"),
        ({"dsrConfidence": 3}, "dsrConfidence", "valid string"),
        ({"makeSpellCheck": "yes"}, "makeSpellCheck", "valid boolean"),
        ({"makeSpellCheck": 1}, "makeSpellCheck", "valid boolean"),
        ({"makeSpellCheck": None}, "makeSpellCheck", "valid boolean"),
        ({"Rotate": "90"}, "Rotate", "valid integer"),
        ({"Rotate": 2**31}, "Rotate", "less than or equal"),
        ({"regions": {}}, "regions", "valid"),
        ({"regions": [{"rect": {"x": 1}}]}, "regions.0.rect.x", "no such field"),
    ],
)
def test_anything_else_is_told_by_its_place(
    settings: dict[str, object], path: str, said: str
) -> None:
    found = wrong_settings(**settings)
    assert list(found) == [f"$.settings.{path}"]
    assert said in found[f"$.settings.{path}"][0]


@pytest.mark.parametrize(
    ("body", "path", "said"),
    [
        ({"settings": {}}, "$.image", "required"),
        ({"image": IMAGE}, "$.settings", "required"),
        ({"image": IMAGE, "settings": None}, "$.settings", "an object"),
        ({"image": None, "settings": {}}, "$.image", "valid string"),
        ({"image": "no, not that", "settings": {}}, "$.image", "no Base64"),
        ({"image": IMAGE[:-1], "settings": {}}, "$.image", "no Base64"),
        ({"image": "Bücher==", "settings": {}}, "$.image", "no Base64"),
        ({"image": IMAGE, "settings": {}, "name": "a.jpg"}, "$.name", "no such field"),
        ([IMAGE], "$", "an object"),
    ],
)
def test_a_body_has_a_picture_and_settings_and_nothing_else(
    body: object, path: str, said: str
) -> None:
    found = wrong(body)
    assert list(found) == [path]
    assert said in found[path][0]


@pytest.mark.parametrize("body", [b"", b"{", b"image=1", b"\xff"])
def test_a_body_is_json(body: bytes) -> None:
    assert "Invalid JSON" in wrong_fields(body, RecognitionBody)["$"][0]


def test_a_picture_that_is_only_changed_has_no_settings() -> None:
    assert wrong({"image": IMAGE}, ImageBody) == {}
    assert list(wrong({"image": IMAGE, "settings": {}}, ImageBody)) == ["$.settings"]


def test_all_that_is_wrong_is_told_at_once_and_the_picture_is_not() -> None:
    found = wrong({"image": "s3cret!", "settings": {"language": "x", "Rotate": 0.5}})
    assert set(found) == {"$.image", "$.settings.language", "$.settings.Rotate"}
    assert "s3cret" not in repr(found)


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "resultType": st.sampled_from(RESULT_TYPES) | VALUES,
        "Rotate": st.integers() | VALUES,
        "makeSpellCheck": st.booleans() | VALUES,
        "regions": VALUES | st.lists(st.fixed_dictionaries({}, optional={"order": st.integers()})),
    },
)


@given(SETTINGS | VALUES)
def test_settings_are_refused_with_a_reason_or_can_be_read(settings: object) -> None:
    body = {"image": IMAGE, "settings": settings}
    found = wrong(body)
    if not found:
        Settings.model_validate_json(json.dumps(settings))
    assert all(reasons and all(reasons) for reasons in found.values())


@given(st.binary(max_size=40))
def test_no_body_is_too_strange_to_be_refused(body: bytes) -> None:
    assert wrong_fields(body, RecognitionBody)
