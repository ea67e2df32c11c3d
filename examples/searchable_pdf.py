"""A searchable PDF: the page as it looks, with the text under it."""

import tempfile
from pathlib import Path

from notetext import NoteText

NOTES = Path(__file__).parent / "notes"

result = NoteText().recognize(NOTES / "minutes.jpg")
with tempfile.TemporaryDirectory() as folder:
    path = result.save(Path(folder) / "minutes.pdf")  # pip install "notetext[searchable-pdf]"
    print(f"{path.name} has {path.stat().st_size // 1000} kB and {len(result.words)} words.")
