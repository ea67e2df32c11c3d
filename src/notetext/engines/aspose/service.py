"""What our messages say of Aspose.OCR Cloud, and where its token endpoint is."""

from __future__ import annotations

from notetext.engines.cloud.service import Service

ASPOSE = Service(
    engine="aspose",
    resubmitting="AsposeEngine(resubmit=True)",
    refused_credentials=(
        "check that ASPOSE_CLIENT_ID and ASPOSE_CLIENT_SECRET belong together and that the "
        "application still exists on https://dashboard.aspose.cloud/applications; one that is "
        "new may take some minutes. This engine does not ask again, since five failures lock "
        "the pair out for ten minutes: make a new engine once they are right"
    ),
    results_kept_h=24,
)

TOKEN_PATH = "/connect/token"  # noqa: S105 (a path)
