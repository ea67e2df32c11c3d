#!/opt/notetext/bin/python
"""Gives scanned PDFs their words before paperless-ngx looks at them.

In paperless-ngx's container, or beside it:

    python3 -m venv /opt/notetext
    /opt/notetext/bin/pip install "/path/to/notetext[searchable-pdf]"
    PAPERLESS_PRE_CONSUME_SCRIPT=/path/to/paperless_pre_consume.py  # executable

With PAPERLESS_OCR_MODE=skip, paperless-ngx then takes the text that it finds. Documents that are no
PDF are left to it. The same scan gives the same bytes, so it finds duplicates as before.
"""

import os
import sys
from pathlib import Path

from notetext import Mode, NoteText
from notetext.errors import NoteTextError

MODE = Mode(os.environ.get("NOTETEXT_MODE", "auto"))
LANGUAGES = os.environ.get("NOTETEXT_LANGUAGES", "en").split(",")


def main() -> int:
    document = Path(os.environ["DOCUMENT_WORKING_PATH"])
    if not document.read_bytes()[:1024].lstrip().startswith(b"%PDF-"):
        print(f"{document.name} is no PDF; it stays as it is")
        return 0
    try:
        result = NoteText().recognize(document, MODE, LANGUAGES, on_error="raise")
    except NoteTextError as error:
        # A failing script would end the consumption: paperless-ngx may still read it itself.
        print(f"{document.name} stays as it is: {error}", file=sys.stderr)
        return 0
    result.save(document, format="pdf")
    print(f"{document.name} has {len(result.words)} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
