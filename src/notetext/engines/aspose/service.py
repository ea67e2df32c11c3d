"""What our messages say of Aspose.OCR Cloud, and where its token endpoint is."""

from __future__ import annotations

from notetext.engines.cloud.service import Service

ASPOSE = Service(
    engine="aspose",
    resubmitting="AsposeEngine(resubmit=True)",
    refused_credentials=(
        "check that ASPOSE_CLIENT_ID and ASPOSE_CLIENT_SECRET belong together and that the "
        "application still exists on https://dashboard.aspose.cloud/applications; one that is "
        "new may take some minutes. Five failures lock a pair out for ten minutes, so the engine "
        "asks again after that time, or at once with another pair: change the environment, or make "
        "a new engine"
    ),
    results_kept_h=24,
)

TOKEN_PATH = "/connect/token"  # noqa: S105 (a path)
