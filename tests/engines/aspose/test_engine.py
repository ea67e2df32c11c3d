"""The engine as a whole, alone and behind `NoteText`."""

from __future__ import annotations

import io
import pickle
import weakref
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from notetext import CascadeEngine, NoteText
from notetext.documents import Limits, Source
from notetext.engines import Engine, Request
from notetext.engines.aspose import (
    AsposeEngine,
    DsrMode,
    RecognizeImageSettings,
    RecognizePdfSettings,
)
from notetext.errors import (
    AuthenticationError,
    ConfigurationError,
    InputError,
    SubmissionUncertainError,
    UnreadPagesWarning,
    UnsupportedLanguageError,
)
from notetext.model import Language, Mode, Usage
from notetext.page_image import PageImage
from notetext.preprocessors.step import Step
from notetext.testing import (
    FakeAsposeServer,
    FakeEngine,
    Fault,
    NoWaiting,
    Phase,
    ReceivedRequest,
)

MakeEngine = Callable[..., AsposeEngine]


@pytest.fixture
def pdf() -> Source:
    file = io.BytesIO()
    Image.new("L", (50, 70), 255).save(file, "PDF")
    return Source("scan.pdf", file.getvalue(), Limits())


def test_handwriting_in_english_is_sent_as_such(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    reading = engine.read(page, by_hand)
    assert [line.text for line in reading.lines] == ["Hello"]
    (submitted,) = server.requests_for(Phase.SUBMIT)
    assert submitted.path == "/v5.0/ocr/RecognizeImage"
    assert submitted.settings["language"] == "HWT_ENG"


def test_print_is_sent_with_the_language(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage
) -> None:
    engine.read(page, Request(Mode.PRINTED, (Language.UKRAINIAN,)))
    assert server.requests_for(Phase.SUBMIT)[0].settings["language"] == "Ukrainan"


def test_a_language_that_is_not_read_costs_nothing(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage
) -> None:
    with pytest.raises(UnsupportedLanguageError, match='mode="printed"'):
        engine.read(page, Request(Mode.HANDWRITTEN, (Language.FRENCH,)))
    assert server.requests == []


def test_the_services_settings_are_sent_as_given(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    settings = RecognizeImageSettings(
        dsr_mode=DsrMode.TEXT_DETECTOR, make_binarization=True, make_contrast_correction=False
    )
    make_engine(image_settings=settings).read(page, by_hand)
    sent = server.requests_for(Phase.SUBMIT)[0].settings
    assert sent["dsrMode"] == "TextDetector"
    assert sent["makeBinarization"] is True
    assert sent["makeContrastCorrection"] is False


def test_details_bring_places_from_a_picture_that_is_left_as_it_is(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    reading = make_engine(details=True).read(page, by_hand)
    sent = server.requests_for(Phase.SUBMIT)[0].settings
    assert sent["resultType"] == "TextAndHocr"
    assert sent["makeSkewCorrect"] is sent["makeUpsampling"] is False
    assert reading.lines[0].words[0].box is not None
    assert reading.lines[0].words[0].box.right == 40


def test_details_do_not_go_with_what_moves_the_text() -> None:
    with pytest.raises(ConfigurationError, match="make_upsampling would move"):
        AsposeEngine(details=True, image_settings=RecognizeImageSettings(make_upsampling=True))


def test_a_searchable_pdf_comes_back_as_an_artifact(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    reading = make_engine(searchable_pdf=True).read(page, by_hand)
    assert reading.artifacts["aspose.pdf"].startswith(b"%PDF-")
    assert server.requests_for(Phase.SUBMIT)[0].settings["resultType"] == "TextAndPdf"


def test_a_pdf_goes_whole_on_request(
    server: FakeAsposeServer, make_engine: MakeEngine, pdf: Source, in_print: Request
) -> None:
    engine = make_engine(
        pdf="native",
        searchable_pdf=True,
        pdf_settings=RecognizePdfSettings(make_spell_check=True),
    )
    assert engine.takes_document(pdf.head())
    (reading,) = engine.read_document(pdf, in_print)
    assert reading.lines[0].text == "Hello"
    assert reading.usage.submissions == 1
    assert set(reading.artifacts) == {"aspose.pdf"}
    (submitted,) = server.requests_for(Phase.SUBMIT)
    assert submitted.path == "/v5.0/ocr/RecognizePdf"
    assert submitted.image == pdf.read()
    assert submitted.settings["makeSpellCheck"] is True


@pytest.mark.parametrize("vanishes", [True, False])
def test_a_pdf_that_vanishes_or_shrinks_is_an_error_of_the_input_and_costs_nothing(
    server: FakeAsposeServer,
    make_engine: MakeEngine,
    in_print: Request,
    tmp_path: Path,
    vanishes: bool,
) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4" + bytes(200_000))
    engine = make_engine(pdf="native", max_submissions=1)
    source = Source.of_path(path, Limits())
    source.head = lambda: b"%PDF-1.4"  # type: ignore[method-assign]
    if vanishes:
        path.unlink()
    else:
        path.write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError) as caught:
        engine.read_document(source, in_print)
    assert caught.value.usage == Usage()
    assert server.submissions == []
    path.write_bytes(b"%PDF-1.4")
    engine.read_document(Source.of_path(path, Limits()), in_print)


def test_a_pdf_in_one_piece_may_come_back_page_by_page(
    make_engine: MakeEngine, pdf: Source, in_print: Request
) -> None:
    with FakeAsposeServer("one\ftwo") as server:
        engine = make_engine(base_url=server.url, pdf="native")
        readings = engine.read_document(pdf, in_print)
    assert [reading.lines[0].text for reading in readings] == ["one", "two"]
    assert [reading.usage.submissions for reading in readings] == [1, 0]


def test_only_a_pdf_goes_whole_and_only_on_request(
    make_engine: MakeEngine, pdf: Source, in_print: Request
) -> None:
    assert not make_engine().takes_document(pdf.head())
    with pytest.raises(ConfigurationError, match="native"):
        make_engine().read_document(pdf, in_print)
    with pytest.raises(ConfigurationError, match="only a PDF"):
        make_engine(pdf="native").read_document(Source("a", b"text", Limits()), in_print)


def test_a_task_for_a_pdf_is_resumed_at_its_own_endpoint(
    server: FakeAsposeServer, make_engine: MakeEngine, pdf: Source, in_print: Request
) -> None:
    engine = make_engine(pdf="native")
    engine.read_document(pdf, in_print)
    task_id = server.requests_for(Phase.LOOK)[0].query["id"]
    assert engine.resume(task_id, endpoint="RecognizePdf").lines[0].text == "Hello"


@pytest.mark.parametrize(
    "parameters",
    [
        {"pdf": "whole"},
        {"parallel_pages": 0},
        {"task_timeout_s": 0},
        {"max_answer_bytes": 0},
        {"max_submissions": -1},
        {"base_url": "nowhere"},
        {"client_id": "alone"},
    ],
)
def test_parameters_that_make_no_sense_are_errors(parameters: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError):
        AsposeEngine(**parameters)  # type: ignore[arg-type]


def test_the_fingerprint_tells_settings_apart_and_holds_no_credentials() -> None:
    one = AsposeEngine(client_id="me", client_secret="hush")
    same = AsposeEngine()
    other = AsposeEngine(image_settings=RecognizeImageSettings(make_spell_check=True))
    assert one.fingerprint == same.fingerprint != other.fingerprint
    assert "hush" not in str(one.fingerprint)


def test_a_copy_in_another_process_reads_that_processs_environment(
    server: FakeAsposeServer,
    make_engine: MakeEngine,
    page: PageImage,
    by_hand: Request,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ASPOSE_CLIENT_ID", raising=False)
    monkeypatch.delenv("ASPOSE_CLIENT_SECRET", raising=False)
    engine = make_engine(details=True, parallel_pages=7)
    engine.load()
    copy = pickle.loads(pickle.dumps(engine))
    assert copy.parallel_pages == 7
    assert copy.fingerprint == engine.fingerprint
    with pytest.raises(ConfigurationError, match="ASPOSE_CLIENT_ID and ASPOSE_CLIENT_SECRET"):
        copy.load()
    monkeypatch.setenv("ASPOSE_CLIENT_ID", "worker")
    monkeypatch.setenv("ASPOSE_CLIENT_SECRET", "workers-own")
    assert copy.read(page, by_hand).lines[0].text == "Hello"
    assert b"client_id=worker" in server.requests_for(Phase.TOKEN)[-1].body
    copy.close()


def test_the_callers_page_is_still_the_callers(
    make_engine: MakeEngine, page: PageImage, in_print: Request
) -> None:
    cascade = CascadeEngine(make_engine(), FakeEngine(lambda page: f"{page.pixels.mean():.0f}"))
    assert [line.text for line in cascade.read(page, in_print).lines] == ["200"]
    assert not page.is_closed


def test_a_page_that_nobody_else_holds_is_freed_before_the_wait(
    make_engine: MakeEngine, by_hand: Request
) -> None:
    pages = [PageImage(np.full((30, 40), 200, np.uint8))]
    pixels = weakref.ref(pages[0].pixels)
    held = {}

    def watch(request: ReceivedRequest) -> None:
        held[request.phase] = pixels() is not None

    with FakeAsposeServer(on_request=watch) as server:
        make_engine(base_url=server.url).read(pages.pop(), by_hand)
    assert held == {Phase.TOKEN: False, Phase.SUBMIT: False, Phase.LOOK: False}


@pytest.mark.parametrize("cascaded", [False, True])
def test_a_readers_pages_are_freed_before_the_wait(make_engine: MakeEngine, cascaded: bool) -> None:
    pixels: list[weakref.ref[NDArray[np.uint8]]] = []
    held = {}

    def drawn(picture: Image.Image) -> Image.Image:
        return picture.point(lambda value: 255 - value)

    class Noting(Step):
        def __call__(self, image: PageImage) -> PageImage:
            changed = super().__call__(image)
            pixels.append(weakref.ref(changed.pixels))
            return changed

    def watch(request: ReceivedRequest) -> None:
        held[request.phase] = pixels[0]() is not None

    with FakeAsposeServer(on_request=watch) as server:
        engine: Engine = make_engine(base_url=server.url)
        if cascaded:
            engine = CascadeEngine(FakeEngine("Hullo", confidence=0.1), engine)
        reader = NoteText(engine=engine, preprocessors=[Noting(drawn)])
        assert reader.recognize(np.full((30, 40), 200, np.uint8)).text == "Hello\n"
    assert held == {Phase.TOKEN: False, Phase.SUBMIT: False, Phase.LOOK: False}


def test_it_can_be_used_again_after_it_was_closed(engine: AsposeEngine, by_hand: Request) -> None:
    for _ in range(2):
        page = PageImage(np.full((30, 40), 200, np.uint8))
        assert engine.read(page, by_hand).lines[0].text == "Hello"
        engine.close()


def test_a_reader_reads_with_it(make_engine: MakeEngine, notes: Path) -> None:
    with FakeAsposeServer("Dear Ann,\n\nsee you") as server:
        reader = NoteText(engine=make_engine(base_url=server.url))
        result = reader.recognize(notes / "letter.jpg", mode="handwritten", language="en")
    assert result.text == "Dear Ann,\n\nsee you\n"
    assert result.engine == "aspose"
    assert result.usage.submissions == 1
    assert result.words[0].confidence is None
    (sent,) = server.submissions
    page = result.pages[0]
    assert Image.open(io.BytesIO(sent)).size == (page.width, page.height)


def test_mode_auto_is_handwritten_for_english_and_printed_for_others(
    server: FakeAsposeServer, make_engine: MakeEngine, notes: Path
) -> None:
    reader = NoteText(engine=make_engine())
    for language in ("en", "fr"):
        reader.recognize(notes / "letter.jpg", language=language)
    names = [request.settings["language"] for request in server.requests_for(Phase.SUBMIT)]
    assert names == ["HWT_ENG", "French"]


def test_a_tiff_of_several_pages_is_split_and_keeps_its_order(
    make_engine: MakeEngine, tmp_path: Path
) -> None:
    frames = [Image.new("L", (40, 20 + number), 255) for number in range(9)]
    frames[0].save(tmp_path / "fax.tif", save_all=True, append_images=frames[1:])

    def height(data: bytes) -> str:
        return str(Image.open(io.BytesIO(data)).height)

    with FakeAsposeServer(height, ready_after_looks=1) as server:
        result = NoteText(engine=make_engine(base_url=server.url)).recognize(tmp_path / "fax.tif")
    assert [page.text for page in result.pages] == [f"{20 + n}\n" for n in range(9)]
    assert len(server.submissions) == 9


def test_one_bad_page_costs_that_page(
    server: FakeAsposeServer, make_engine: MakeEngine, tmp_path: Path
) -> None:
    frames = [Image.new("L", (40, 20), 255) for _ in range(3)]
    frames[0].save(tmp_path / "fax.tif", save_all=True, append_images=frames[1:])
    server.script(Phase.SUBMIT, None, Fault.answer(500))
    reader = NoteText(engine=make_engine(parallel_pages=1))
    with pytest.warns(UnreadPagesWarning, match=r"fax\.tif: 1 of 3 pages"):
        result = reader.recognize(tmp_path / "fax.tif")
    assert [page.text for page in result.pages] == ["Hello\n", "", "Hello\n"]
    (error,) = result.errors
    assert (error.page, error.kind) == (2, "SubmissionUncertainError")
    server.script(Phase.SUBMIT, None, Fault.answer(500))
    with pytest.raises(SubmissionUncertainError, match="page 2"):
        reader.recognize(tmp_path / "fax.tif", on_error="raise")


@pytest.mark.slow
def test_the_same_words_read_a_note_here_and_there(notes: Path, clock: NoWaiting) -> None:
    with NoteText() as local, FakeAsposeServer(answer=local) as server:
        cloud = NoteText(
            engine=AsposeEngine(
                client_id="a", client_secret="b", base_url=server.url, waiting=clock, details=True
            )
        )
        here = local.recognize(notes / "shopping.jpg", mode="handwritten", language="en")
        there = cloud.recognize(notes / "shopping.jpg", mode="handwritten", language="en")
    assert there.text.split() == here.text.split()
    assert there.words[0].box is not None
    assert here.words[0].box is not None
    assert abs(there.words[0].box.left - here.words[0].box.left) < 30


def test_wrong_credentials_are_told_at_load(clock: NoWaiting) -> None:
    with FakeAsposeServer(credentials=("right", "one")) as server:
        engine = AsposeEngine(
            client_id="wrong", client_secret="one", base_url=server.url, waiting=clock
        )
        with pytest.raises(AuthenticationError):
            engine.load()
        engine.close()


def test_a_copy_whose_proxy_stayed_behind_says_so_before_anything_is_sent(
    make_engine: Callable[..., AsposeEngine],
    server: FakeAsposeServer,
    page: PageImage,
    by_hand: Request,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ASPOSE_CLIENT_ID", "an-id")
    monkeypatch.setenv("ASPOSE_CLIENT_SECRET", "s3cret-that-nobody-may-see")
    copy = pickle.loads(pickle.dumps(make_engine(proxies="http://me:pa55word@proxy.invalid:1")))
    for use in (copy.check, copy.load, lambda: copy.read(page, by_hand)):
        with pytest.raises(ConfigurationError, match="HTTPS_PROXY"):
            use()
    assert not server.requests
