"""A page in the browser: a picture in, the page with its words and the text out.

pip install gradio
python web_page.py
"""

import gradio as gr
from PIL import Image

from notetext import Limits, Mode, NoteText
from notetext.errors import NoteTextError

reader = NoteText(limits=Limits(max_pixels=50_000_000))


def read(picture: Image.Image, mode: str, language: str) -> tuple[Image.Image, str]:
    """The picture with a box around every word, and the text."""
    try:
        result = reader.recognize(picture, Mode(mode), language, on_error="raise")
    except NoteTextError as error:
        raise gr.Error(error.message) from error
    return result.pages[0].overlay(), result.text


page = gr.Interface(
    read,
    inputs=[
        gr.Image(type="pil", label="Note"),
        gr.Radio(["auto", "handwritten", "printed"], value="auto", label="Writing"),
        gr.Textbox("en", label="Language"),
    ],
    outputs=[gr.Image(label="What was read"), gr.Textbox(label="Text", lines=12)],
    title="notetext",
    flagging_mode="never",
)

if __name__ == "__main__":
    # Two at once, and eight that wait; whoever comes then is told so.
    page.queue(default_concurrency_limit=2, max_size=8).launch()
