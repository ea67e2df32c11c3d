"""The vendor's own client at the fake service: whatever it can send is understood, and answered.

`aspose-ocr-cloud` 24.11.0 is generated from the specification of the REST API 5.0, so that its
models and its paths are that specification.
"""

from __future__ import annotations

import base64
import inspect
import io
import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from PIL import Image

from notetext.testing import FakeAsposeServer, Fault, Phase
from notetext.testing.aspose_endpoints import ENDPOINTS, STATUS_PATH, endpoint_at
from notetext.testing.aspose_requests import (
    DSR_CONFIDENCES,
    DSR_MODES,
    LANGUAGES,
    RESULT_TYPES,
    TABLE_TYPES,
    ImageBody,
    RecognitionBody,
    Rect,
    Region,
    Settings,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    vendor: Any = pytest.importorskip("aspose_ocr_cloud")
    models: Any = pytest.importorskip("aspose_ocr_cloud.models")

READING = {
    "RecognizeImage": "RecognizeImage",
    "RecognizeImageTrial": "RecognizeImage",
    "RecognizePdf": "RecognizePdf",
    "RecognizeRegions": "RecognizeRegions",
    "DetectRegions": "DetectRegions",
    "RecognizeTable": "RecognizeTable",
    "RecognizeReceipt": "RecognizeReceipt",
    "RecognizeLabel": "RecognizeLabel",
    "RecognizeAndParseInvoice": "RecognizeAndParseInvoice",
}
"""The endpoints that read, and whose schemas they have."""
CHANGING = ("BinarizeImage", "DeskewImage", "DewarpImage", "UpscaleImage")
LEFT_OUT = re.compile(
    r"/ocr/(ConvertTextToSpeech|TextToSpeech/|ImageProcessing/|IdentifyFont|DjVu)"
)
"""Speech, what is deprecated, fonts, and another format of documents."""
EVERYTHING = {
    "language": "Waray_Waray",
    "make_skew_correct": False,
    "make_binarization": True,
    "make_contrast_correction": True,
    "make_upsampling": True,
    "make_spell_check": True,
    "rotate": 90,
    "dsr_mode": "LineDetector",
    "dsr_confidence": "Ultra",
    "result_type": "TextAndPdfAndHocr",
    "result_type_table": "CsvAndExcel",
    "regions": [
        {
            "order": 1,
            "rect": {"topLeftX": 0, "topLeftY": 0, "bottomRightX": 9, "bottomRightY": 9},
        }
    ],
}


@pytest.fixture
def server() -> Iterator[FakeAsposeServer]:
    with FakeAsposeServer("Tea\t2\nmilk\t10") as server:
        yield server


@pytest.fixture
def token(server: FakeAsposeServer) -> str:
    """By hand, as the vendor's client cannot ask for one."""
    form = {"grant_type": "client_credentials", "client_id": "any", "client_secret": "any"}
    answer = requests.post(f"{server.url}/connect/token", data=form, timeout=5)
    return str(answer.json()["access_token"])


@pytest.fixture
def client(server: FakeAsposeServer, token: str) -> Any:
    return client_of(server, token)


@pytest.fixture
def image() -> str:
    file = io.BytesIO()
    Image.new("L", (60, 40), 255).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def client_of(server: FakeAsposeServer, token: str | None) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        configuration = vendor.Configuration(host=server.url, access_token=token, retries=False)
        return vendor.ApiClient(configuration)


def methods(client: Any, endpoint: str) -> tuple[Any, ...]:
    """The vendor's functions that submit to an endpoint, look, and cancel."""
    api = getattr(vendor, f"{endpoint}Api")(client)
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", endpoint).casefold()
    return tuple(getattr(api, f"{verb}_{name}") for verb in ("post", "get", "cancel"))


def body_of(endpoint: str, image: str, **settings: object) -> Any:
    """The vendor's body for an endpoint; it sends the defaults of its own too."""
    if endpoint in CHANGING:
        return getattr(models, f"OCR{endpoint}Body")(image=image)
    schema = READING[endpoint]
    wanted = getattr(models, f"OCRSettings{schema}")(**settings)
    return getattr(models, f"OCR{schema}Body")(image=image, settings=wanted)


def decoded(answer: Any) -> list[tuple[str, bytes]]:
    return [(entry.type, base64.b64decode(entry.data)) for entry in answer.results]


@pytest.mark.parametrize("endpoint", [*READING, *CHANGING])
def test_a_task_is_submitted_looked_at_and_cancelled(
    client: Any, image: str, endpoint: str
) -> None:
    submit, look, cancel = methods(client, endpoint)
    task_id = submit(body_of(endpoint, image))
    assert re.fullmatch(r"[0-9a-f-]{36}", task_id)
    answer = look(task_id)
    assert (answer.id, answer.task_status, answer.error) == (task_id, "Completed", None)
    ((kind, data),) = decoded(answer)
    if endpoint in CHANGING:
        assert (kind, data[:4]) == ("ImagePNG", b"\x89PNG")
    elif endpoint == "DetectRegions":
        assert (kind, json.loads(data)) == ("Other", [[0, 0, 60, 20], [0, 20, 60, 40]])
    else:
        assert (kind, data) == ("Text", b"Tea\t2\nmilk\t10")
    assert cancel(task_id) is None
    assert look(task_id).task_status == "NotExist"


@pytest.mark.parametrize("endpoint", READING)
def test_every_setting_that_the_vendor_knows_is_taken(
    server: FakeAsposeServer, client: Any, image: str, endpoint: str
) -> None:
    submit, look, _ = methods(client, endpoint)
    answer = look(submit(body_of(endpoint, image, **EVERYTHING)))
    assert answer.task_status == "Completed"
    sent = server.requests_for(Phase.SUBMIT)[0].settings
    assert len(sent) == len(EVERYTHING)
    assert sent["Rotate"] == 90


@pytest.mark.parametrize("schema", sorted(set(READING.values())))
def test_the_vendors_models_have_our_fields(schema: str) -> None:
    def fields(kind: Any) -> set[str]:
        return {field.alias or name for name, field in kind.model_fields.items()}

    def ours(kind: Any) -> set[str]:
        return set(kind.model_json_schema()["properties"])

    assert fields(getattr(models, f"OCRSettings{schema}")) == ours(Settings)
    assert fields(getattr(models, f"OCR{schema}Body")) == ours(RecognitionBody)
    assert fields(models.OCRRegion) == ours(Region)
    assert fields(models.OCRRect) == ours(Rect)
    assert fields(models.OCRBinarizeImageBody) == ours(ImageBody)


def test_the_vendors_words_are_ours() -> None:
    def words(kind: Any) -> set[str]:
        return {member.value for member in kind}

    assert words(models.Language) == LANGUAGES
    assert words(models.DsrMode) == {*DSR_MODES} - {"CraftPoly"}
    assert words(models.DsrConfidence) == {*DSR_CONFIDENCES}
    assert words(models.ResultType) == {*RESULT_TYPES}
    assert words(models.ResultTypeTable) == {*TABLE_TYPES}


def test_the_vendors_paths_are_ours_but_for_what_is_no_recognition() -> None:
    apis = [kind for name, kind in vars(vendor).items() if name.endswith("Api")]
    sources = "".join(inspect.getsource(api) for api in apis)
    paths = set(re.findall("resource_path='([^']*)'", sources))
    assert len(paths) == 27
    ours = {path for path in paths if endpoint_at(path) or path == STATUS_PATH}
    assert {path for path in paths - ours if not LEFT_OUT.search(path)} == set()
    assert len(ours) == len(ENDPOINTS) + 1 == len(READING) + len(CHANGING) + 1


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("Pdf", ["Pdf"]),
        ("Hocr", ["Hocr"]),
        ("TextAndHocr", ["Text", "Hocr"]),
        ("TextAndPdfAndHocr", ["Text", "Hocr", "Pdf"]),
        ("ImagePNG", ["ImagePNG"]),
        ("JSON", ["JSON"]),
    ],
)
def test_the_formats_are_those_that_were_asked_for(
    client: Any, image: str, kind: str, types: list[str]
) -> None:
    submit, look, _ = methods(client, "RecognizeImage")
    answer = look(submit(body_of("RecognizeImage", image, result_type=kind)))
    assert [name for name, _ in decoded(answer)] == types


def test_a_table_comes_as_csv(client: Any, image: str) -> None:
    submit, look, _ = methods(client, "RecognizeTable")
    answer = look(submit(body_of("RecognizeTable", image, result_type_table="Csv")))
    assert decoded(answer) == [("Csv", b"0,1\nTea,2\nmilk,10\n")]


def test_each_region_has_an_entry(client: Any, image: str) -> None:
    submit, look, _ = methods(client, "RecognizeRegions")
    regions = [
        models.OCRRegion(
            order=order,
            rect=models.OCRRect(
                top_left_x=0, top_left_y=top, bottom_right_x=60, bottom_right_y=top + 20
            ),
        )
        for order, top in ((2, 0), (1, 20))
    ]
    answer = look(submit(body_of("RecognizeRegions", image, regions=regions)))
    assert decoded(answer) == [("Text", b"milk 10"), ("Text", b"Tea 2")]


def test_the_status_comes_without_results(
    server: FakeAsposeServer, client: Any, image: str
) -> None:
    submit, _, _ = methods(client, "RecognizeTable")
    task_id = submit(body_of("RecognizeTable", image))
    server.script(Phase.LOOK, Fault.pending(), None, Fault.task_error("too dark"))
    ask = vendor.UtilitiesApi(client).get_task_status
    pending, completed, failed = (ask(task_id) for _ in range(3))
    assert (pending.task_status, pending.response_status_code) == ("Pending", "NotReady")
    assert (completed.task_status, completed.results) == ("Completed", None)
    assert (failed.task_status, failed.error.messages) == ("Error", ["too dark"])
    assert ask("nobody's").task_status == "NotExist"


def test_refusals_are_the_vendors_exceptions(
    server: FakeAsposeServer, client: Any, image: str
) -> None:
    good = body_of("RecognizeImage", image)
    submit, _, _ = methods(client_of(server, "made-up"), "RecognizeImage")
    with pytest.raises(vendor.exceptions.UnauthorizedException) as refused:
        submit(good)
    assert json.loads(refused.value.body)["title"] == "Unauthorized"

    submit, _, _ = methods(client, "RecognizeImage")
    with pytest.raises(vendor.exceptions.BadRequestException) as refused:
        submit(body_of("RecognizeImage", "no Base64"))
    assert json.loads(refused.value.body)["errors"] == {"$.image": ["this is no Base64"]}

    with pytest.raises(vendor.exceptions.ApiException) as refused:
        submit(good, _content_type="text/json")
    assert refused.value.status == 415

    with pytest.raises(vendor.exceptions.NotFoundException):
        vendor.IdentifyFontApi(client).get_identify_font("any")
    assert server.submissions == []


def test_the_trial_wants_no_token(server: FakeAsposeServer, image: str) -> None:
    submit, look, _ = methods(client_of(server, None), "RecognizeImageTrial")
    task_id = submit(body_of("RecognizeImageTrial", image))
    assert look(task_id).task_status == "Completed"
