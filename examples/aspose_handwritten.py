"""Reads a handwritten note, a picture or a PDF, with Aspose.OCR Cloud and says how it went.

    ASPOSE_CLIENT_ID=… ASPOSE_CLIENT_SECRET=… python examples/aspose_handwritten.py note.jpg

With engine="local" instead of engine="aspose" the same script reads offline.
"""

import sys

from notetext import NoteText

source = sys.argv[1] if len(sys.argv) > 1 else "examples/notes/shopping.jpg"
steps = ["upscale", "contrast", "denoise"]
with NoteText(engine="aspose", preprocessors=steps) as reader:
    result = reader.recognize(source, mode="handwritten", language="en")
print(result.text)
for error in result.errors:
    print(error, file=sys.stderr)
