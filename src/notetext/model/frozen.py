"""What every part of a result is: frozen, and lossless in JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from notetext.model.completion import OwnNames


class FrozenModel(OwnNames, BaseModel):
    """A value that does not change, and comes back from JSON as it was."""

    # Unknown fields are skipped, so that this version reads files of a newer minor one.
    model_config = ConfigDict(
        frozen=True, extra="ignore", ser_json_bytes="base64", val_json_bytes="base64"
    )
