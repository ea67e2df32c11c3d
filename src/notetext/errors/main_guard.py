"""A script that starts processes, and is run again by each of them."""

from __future__ import annotations

from notetext.errors import ConfigurationError


class MainGuardError(ConfigurationError):
    """A script asks for processes where each of them comes by as well."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(
            message
            or "each process that reads (workers=, isolate=True) runs this script again to find "
            "what it needs there, and came to this call: put the script's code under "
            'if __name__ == "__main__":'
        )
