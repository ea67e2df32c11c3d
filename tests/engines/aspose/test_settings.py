"""The service's own settings."""

from __future__ import annotations

import pytest

from notetext.engines.aspose.settings import DsrMode, Endpoint, RecognizeImageSettings


def test_an_endpoint_is_a_path_of_the_version_that_we_speak() -> None:
    paths = [endpoint.path for endpoint in Endpoint]
    assert paths == ["/v5.0/ocr/RecognizeImage", "/v5.0/ocr/RecognizePdf"]


def test_settings_take_their_own_names_and_the_services() -> None:
    settings = RecognizeImageSettings.model_validate({"dsrMode": "TextDetector"})
    assert settings == RecognizeImageSettings(dsr_mode=DsrMode.TEXT_DETECTOR)
    with pytest.raises(ValueError, match="rotate"):
        RecognizeImageSettings.model_validate({"rotate": 90})
