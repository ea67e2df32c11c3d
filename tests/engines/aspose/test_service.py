"""What our messages say of Aspose.OCR Cloud."""

from __future__ import annotations

from notetext.engines.aspose import AsposeEngine
from notetext.engines.aspose.service import ASPOSE


def test_the_advice_is_about_this_engine() -> None:
    assert AsposeEngine.name == ASPOSE.engine == "aspose"
    assert ASPOSE.resubmitting.startswith(f"{AsposeEngine.__name__}(")
    assert "ASPOSE_CLIENT_ID and ASPOSE_CLIENT_SECRET" in ASPOSE.refused_credentials
    assert ASPOSE.results_kept_h == 24
