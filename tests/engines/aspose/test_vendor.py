"""The vendor's own client as oracle: both talk to the same server, and say the same.

`aspose-ocr-cloud` 24.11.0 is a dependency of these tests only. It cannot fetch a token, so it gets
one of ours.
"""

from __future__ import annotations

import base64
import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from notetext import NoteText
from notetext.documents import Limits, Source
from notetext.engines import Request
from notetext.engines.aspose import (
    AsposeEngine,
    DsrConfidence,
    DsrMode,
    RecognizeImageSettings,
    RecognizePdfSettings,
)
from notetext.engines.aspose.languages import HANDWRITTEN_NAMES, PRINTED_NAMES
from notetext.engines.aspose.wire import ResultType, TaskStatus
from notetext.errors import CloudError
from notetext.model import Language, Mode
from notetext.testing import FakeAsposeServer, Phase

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    vendor: Any = pytest.importorskip("aspose_ocr_cloud")
    models: Any = pytest.importorskip("aspose_ocr_cloud.models")

TEXT = "Dear Ann,\nsee you — später"


@pytest.fixture
def server() -> Iterator[FakeAsposeServer]:
    with FakeAsposeServer(TEXT) as server:
        server.accept_token("a-token")
        yield server


@pytest.fixture
def vendor_client(server: FakeAsposeServer) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        configuration = vendor.Configuration(host=server.url, access_token="a-token", retries=False)
        return vendor.ApiClient(configuration)


def ours(server: FakeAsposeServer, image: Path, make: Callable[..., AsposeEngine]) -> str:
    engine = make(base_url=server.url, keep_metadata=True)
    return NoteText(engine=engine).recognize(image, mode="handwritten", language="en").text


def test_both_clients_read_the_same_image_from_the_same_server(
    server: FakeAsposeServer,
    vendor_client: Any,
    make_engine: Callable[..., AsposeEngine],
    notes: Path,
) -> None:
    image = notes / "shopping.jpg"
    api = vendor.RecognizeImageApi(vendor_client)
    settings = models.OCRSettingsRecognizeImage(
        language=models.Language.HWT_ENG,
        result_type=models.ResultType.TEXT,
        dsr_mode=models.DsrMode.REGIONS,
        dsr_confidence=models.DsrConfidence.DEFAULT,
        make_contrast_correction=True,
    )
    body = models.OCRRecognizeImageBody(
        image=base64.b64encode(image.read_bytes()).decode(), settings=settings
    )
    task_id = api.post_recognize_image(body)
    answer = api.get_recognize_image(task_id)
    theirs = base64.b64decode(answer.results[0].data).decode()

    assert ours(server, image, make_engine) == theirs + "\n" == TEXT + "\n"

    first, second = server.requests_for(Phase.SUBMIT)
    sent, expected = json.loads(second.body), json.loads(first.body)
    assert sent["image"] == expected["image"]
    assert sent["settings"] == expected["settings"]
    assert second.path == first.path
    assert second.headers["content-type"] == first.headers["content-type"]


def test_our_bodies_are_the_vendors_models_field_by_field(
    server: FakeAsposeServer, make_engine: Callable[..., AsposeEngine], notes: Path
) -> None:
    make = make_engine
    pdf = Source("a.pdf", b"%PDF-1.4 ...", Limits())
    wanted = Request(Mode.PRINTED, (Language.UKRAINIAN,))
    make(base_url=server.url, pdf="native", searchable_pdf=True).read_document(pdf, wanted)
    reader = NoteText(
        engine=make(
            base_url=server.url,
            details=True,
            image_settings=RecognizeImageSettings(
                dsr_mode=DsrMode.TEXT_DETECTOR, dsr_confidence=DsrConfidence.LOW
            ),
        )
    )
    reader.recognize(notes / "letter.jpg", mode="handwritten")
    kinds = (models.OCRRecognizePdfBody, models.OCRRecognizeImageBody)
    for request, kind in zip(server.requests_for(Phase.SUBMIT), kinds, strict=True):
        body = json.loads(request.body)
        settings = body["settings"]
        parsed = kind.model_validate(body)
        known = {field.alias or name for name, field in type(parsed.settings).model_fields.items()}
        assert set(settings) <= known
        back = {
            name: value.value if hasattr(value, "value") else value
            for name, value in parsed.settings.model_dump(by_alias=True).items()
            if value is not None
        }
        assert {name: back[name] for name in settings} == settings
        assert set(body) == {"image", "settings"}


def test_we_send_every_setting_that_the_vendor_knows_but_rotation() -> None:
    for kind, our_kind in (
        (models.OCRSettingsRecognizeImage, RecognizeImageSettings),
        (models.OCRSettingsRecognizePdf, RecognizePdfSettings),
    ):
        theirs = {field.alias or name for name, field in kind.model_fields.items()}
        sent = set(our_kind().model_dump(by_alias=True)) | {"resultType"}
        assert theirs - sent <= {"Rotate", "rotate", "resultTypeTable", "regions"}
        assert sent <= theirs


def test_our_words_are_the_vendors_words() -> None:
    def words(kind: Any) -> set[str]:
        return {member.value for member in kind}

    assert words(DsrMode) == words(models.DsrMode)
    assert words(DsrConfidence) == words(models.DsrConfidence)
    assert words(ResultType) <= words(models.ResultType)
    assert words(TaskStatus) == words(models.OCRTaskStatus)
    names = {*PRINTED_NAMES.values(), *HANDWRITTEN_NAMES.values()}
    rest = words(models.Language) - names
    assert names <= words(models.Language)
    assert rest == {"Netherlands", "Devanagari", "Palembang"}


def test_a_word_that_neither_the_service_nor_the_vendor_knows_is_told(
    server: FakeAsposeServer, make_engine: Callable[..., AsposeEngine], notes: Path
) -> None:
    settings = RecognizeImageSettings(language="HWT_eng")  # the spelling of 2023
    engine = make_engine(base_url=server.url, image_settings=settings)
    with pytest.raises(CloudError) as refused:
        NoteText(engine=engine).recognize(notes / "shopping.jpg")
    assert "did you mean 'HWT_ENG'?" in refused.value.message.replace("\\", "")
    with pytest.raises(ValueError, match="HWT_eng"):
        models.Language("HWT_eng")
    assert server.submissions == []
