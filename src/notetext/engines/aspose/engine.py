"""The engine: one page or document, from what was asked to a reading."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from pydantic import SecretStr

from notetext.engines import Budget, CloudPrice, DocumentEngine, Reading, Request
from notetext.engines.aspose.credentials import (
    Credentials,
    base_url_of,
    concealed,
    credentials_from_environment,
    given_credentials,
)
from notetext.engines.aspose.languages import (
    HANDWRITTEN_NAMES,
    PRINTED_NAMES,
    service_language,
)
from notetext.engines.aspose.options import Options, budget_of, with_true_boxes
from notetext.engines.aspose.service import ASPOSE, TOKEN_PATH
from notetext.engines.aspose.settings import (
    Endpoint,
    RecognizeImageSettings,
    RecognizePdfSettings,
)
from notetext.engines.aspose.task_api import AsposeTaskApi
from notetext.engines.aspose.task_result import page_reading, page_readings
from notetext.engines.aspose.wire import ResultType, TaskBody
from notetext.engines.cloud.announcer import Announcer, pickled_listener, unpickled_listener
from notetext.engines.cloud.api_client import ApiClient, AuthorizedClient
from notetext.engines.cloud.client_credentials import ClientCredentialsGrant
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.events import EventListener
from notetext.engines.cloud.network import (
    Certificate,
    Network,
    Proxies,
    Verify,
    concealed_proxies,
)
from notetext.engines.cloud.payload import encoded_page
from notetext.engines.cloud.purse import Purse
from notetext.engines.cloud.rate_limit import RateLimit
from notetext.engines.cloud.retry import RetryPolicy
from notetext.engines.cloud.task_client import TaskClient
from notetext.engines.cloud.tasks import Tasks
from notetext.engines.cloud.tokens import TokenSource
from notetext.engines.cloud.transport import Timeouts, Transport
from notetext.engines.cloud.usage import UsageCounter, counted_usage
from notetext.engines.cloud.user_agent import user_agent_of
from notetext.engines.cloud.waiting import Waiting, current_waiting
from notetext.errors import ConfigurationError
from notetext.errors.checking import check_kind
from notetext.model import Language, Mode
from notetext.model.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notetext.documents import Source
    from notetext.page_image import PageImage


class AsposeEngine(DocumentEngine):
    """Reads pages with Aspose.OCR Cloud (REST v5.0), a paid service that sees what is sent to it.

    One engine serves many threads. It pickles, but never with credentials: its copy takes them
    from the environment. ``docs/aspose.md`` has the costs, the limits and every error.

    >>> from notetext import AsposeEngine, NoteText
    >>> from notetext.testing import FakeAsposeServer  # in the place of the service
    >>> with FakeAsposeServer(answer="Dear Martha,") as server:
    ...     engine = AsposeEngine(client_id="any", client_secret="any", base_url=server.url)
    ...     NoteText(engine=engine).recognize("examples/notes/letter.jpg").lines[0].text
    'Dear Martha,'

    Args:
        client_id: of an application on https://dashboard.aspose.cloud; the environment's
            ``ASPOSE_CLIENT_ID`` if left out.
        client_secret: goes with it; ``ASPOSE_CLIENT_SECRET`` if left out.
        base_url: the service's address; ``ASPOSE_BASE_URL``, or https://api.aspose.cloud.
        image_settings: what the service does with a picture.
        pdf_settings: what the service does with a PDF that is sent whole.
        details: ask for hOCR as well, which gives boxes and confidences; straightening and
            enlarging are off then, so that the boxes are true.
        searchable_pdf: bring the service's searchable PDF back as the artifact ``aspose.pdf``.
        pdf: ``"pages"`` sends a PDF page by page as pictures, ``"native"`` as the file that it is.
        keep_metadata: leave EXIF (place, time, camera) in files that are sent as they are.
        parallel_pages: how many pages of a document are under way at once.
        budget: raise a `QuotaError` rather than submit more than that; ``None``: any number.
        max_submissions: short for ``budget=Budget(max_submissions, per="run")``.
        price: what a page costs you, for `NoteText.plan`.
        resubmit: submit again where nobody knows whether the service took the task; it may cost
            twice.
        task_timeout_s: seconds to wait for a task, from its submission.
        requests_per_second: the most requests, of whatever kind, by all threads that share this
            engine; ``None``: any number.
        max_in_flight: the most tasks that are submitted and not done, likewise.
        retry: how often requests are repeated.
        timeouts: of each request.
        max_answer_bytes: the largest result that is accepted.
        on_event: is called with what happens on the way (`RequestSent`, `Retried`, `Waited`…),
            never with secrets or text, in the thread where it happens: it should be quick, bear
            several threads at once, and not use the engine. That it fails is logged once. A
            pickled engine takes it along if it can be pickled.
        user_agent: your program, such as ``"archive/2.1"``; stands before ``notetext/…``.
        verify: whom to trust in place of ``REQUESTS_CA_BUNDLE``: a file or folder of authorities,
            or an `ssl.SSLContext` that checks certificates. There is no way not to check.
        cert: a client certificate: a file with its key, or a pair of files.
        proxies: a URL, in place of ``HTTPS_PROXY``, or a mapping with ``"https"``; ``{}`` for none
            whatever the environment says. A pickled engine does not take one with a password
            along: its copy needs ``HTTPS_PROXY``.
        waiting: the clock; for tests.

    Raises:
        ConfigurationError: the parameters do not fit.
    """

    name = ASPOSE.engine
    version = "1"
    paid = True

    def __init__(
        self,
        *,
        client_id: str | SecretStr | None = None,
        client_secret: str | SecretStr | None = None,
        base_url: str | None = None,
        image_settings: RecognizeImageSettings | None = None,
        pdf_settings: RecognizePdfSettings | None = None,
        details: bool = False,
        searchable_pdf: bool = False,
        pdf: Literal["pages", "native"] = "pages",
        keep_metadata: bool = False,
        parallel_pages: int = 4,
        budget: Budget | None = None,
        max_submissions: int | None = None,
        price: CloudPrice | None = None,
        resubmit: bool = False,
        task_timeout_s: float = 300.0,
        requests_per_second: float | None = None,
        max_in_flight: int | None = None,
        retry: RetryPolicy | None = None,
        timeouts: Timeouts | None = None,
        max_answer_bytes: int = 1 << 28,
        on_event: EventListener | None = None,
        user_agent: str | None = None,
        verify: Verify = None,
        cert: Certificate = None,
        proxies: Proxies = None,
        waiting: Waiting | None = None,
    ) -> None:
        # Whatever is raised below, error trackers show the variables of this frame.
        client_id, client_secret = concealed(client_id), concealed(client_secret)
        proxies = concealed_proxies(proxies)
        check_kind("image_settings", image_settings, RecognizeImageSettings)
        image = image_settings or RecognizeImageSettings()
        options = Options(
            base_url=base_url_of(base_url),
            image=with_true_boxes(image) if details else image,
            pdf_settings=pdf_settings or RecognizePdfSettings(),
            pdf=pdf,
            details=details,
            searchable_pdf=searchable_pdf,
            keep_metadata=keep_metadata,
            parallel_pages=parallel_pages,
            budget=budget_of(budget, max_submissions),
            price=price,
            resubmit=resubmit,
            task_timeout_s=task_timeout_s,
            requests_per_second=requests_per_second,
            max_in_flight=max_in_flight,
            retry=retry or RetryPolicy(),
            timeouts=timeouts or Timeouts(),
            max_answer_bytes=max_answer_bytes,
            user_agent=user_agent_of(user_agent, f"notetext/{__version__}"),
            network=Network.of(verify, cert, proxies),
            on_event=on_event,
        )
        self._set_up(options, given_credentials(client_id, client_secret), waiting)

    def _set_up(
        self, options: Options, credentials: Credentials | None, waiting: Waiting | None = None
    ) -> None:
        self._options = options
        self._waiting = waiting or current_waiting()
        self.parallel_pages = options.parallel_pages
        self.parallel_documents = options.max_in_flight
        self.price = options.price
        self._credentials: Callable[[], Credentials] = (
            credentials_from_environment if credentials is None else lambda: credentials
        )
        rate_limit = RateLimit(options.requests_per_second, options.max_in_flight)
        transport = Transport(options.user_agent, options.timeouts, network=options.network)
        client = ApiClient(options.base_url, transport, rate_limit)
        grant = ClientCredentialsGrant(ASPOSE, client, TOKEN_PATH, self._credentials, options.retry)
        tokens = TokenSource(grant.fetch)
        self._client = AuthorizedClient(client, tokens)
        self._announcer = Announcer(ASPOSE.engine, options.on_event)
        task_client = TaskClient(
            ASPOSE,
            self._client,
            options.retry,
            Purse(ASPOSE.engine, options.budget, options.run),
            resubmit=options.resubmit,
        )
        self._tasks = {
            endpoint: Tasks(
                ASPOSE,
                AsposeTaskApi(endpoint, options.max_answer_bytes),
                f"{options.base_url}{endpoint.path}",
                task_client,
                self._waiting,
                rate_limit,
                options.task_timeout_s,
                self._announcer,
            )
            for endpoint in Endpoint
        }

    @property
    def fingerprint(self) -> str | None:
        """The settings that the text depends on; the service's own version is not known."""
        options = self._options
        return (
            f"{self.name}/{self.version}({options.image!r}, {options.pdf_settings!r}, "
            f"pdf={options.pdf!r}, details={options.details}, "
            f"searchable_pdf={options.searchable_pdf})"
        )

    def languages(self, mode: Mode) -> frozenset[Language]:
        """English by hand, 150 languages in print."""
        return frozenset(HANDWRITTEN_NAMES if mode is Mode.HANDWRITTEN else PRINTED_NAMES)

    def check(self) -> None:
        """Looks for credentials, and for the proxy of a pickled engine; asks nobody.

        Raises:
            ConfigurationError: there are none; the message names the variables.
        """
        self._options.network.check()
        self._credentials()

    def load(self) -> None:
        """Fetches a token, so that wrong credentials are known before the first page.

        Raises:
            ConfigurationError: there are no credentials.
            AuthenticationError: the service refused them.
            EngineUnavailableError: the service cannot be reached.
        """
        self._client.log_in(Deadline(ASPOSE.engine, self._waiting, announcer=self._announcer))

    def read(self, image: PageImage, request: Request) -> Reading:
        """Sends a page and waits for its text; see `Engine.read`.

        The engine lets go of the page before the wait.

        Raises:
            UnsupportedLanguageError: the service does not read that language in that mode.
            SubmissionUncertainError: nobody knows whether the service took the page.
            TaskTimeoutError: the service is not done in time; see `resume`.
            CloudError: another failure of the service.
            EngineUnavailableError: the service cannot be reached.
            EngineTimeoutError: the deadline came before the page was submitted.
            CancelledError: the caller gave up; with a ledger the task goes on and its result is
                fetched when the page is read again, without one the task was deleted.
        """
        options = self._options
        language, warnings = service_language(request, options.image.language)
        size = (image.width, image.height)
        data = encoded_page(image, keep_metadata=options.keep_metadata)
        # The wait is long, and the picture large: if nobody else needs it, it goes now.
        del image
        body = TaskBody(
            lambda: io.BytesIO(data),
            len(data),
            options.image,
            language,
            ResultType.of(hocr=options.details, pdf=options.searchable_pdf),
        )
        with counted_usage() as counter:
            contents = self._tasks[Endpoint.IMAGE].result(body, request, counter)
            return _complete(page_reading(contents, size), warnings, counter)

    def takes_document(self, head: bytes) -> bool:
        """Whether `read_document` is the way for a document that begins with these bytes."""
        return self._options.pdf == "native" and b"%PDF-" in head[:1024]

    def read_document(self, source: Source, request: Request) -> Sequence[Reading]:
        """Sends a PDF as it is, with its metadata, and waits for its text.

        Args:
            source: the PDF; it is read while it is sent.
            request: as for `read`.

        Returns:
            A reading for each page, if the service's answer tells the pages apart (nobody has
            documented whether it does), else a single one. The first one holds the usage, the
            warnings and the artifacts of the whole.

        Raises:
            ConfigurationError: it is no PDF, or the engine was not made with ``pdf="native"``.
            NoteTextError: as for `read`.
        """
        if not self.takes_document(source.head()):
            raise ConfigurationError(
                "only a PDF is sent whole, and only by AsposeEngine(pdf='native')"
            )
        options = self._options
        language, warnings = service_language(request, options.pdf_settings.language)
        body = TaskBody(
            source.open,
            source.size,
            options.pdf_settings,
            language,
            ResultType.of(hocr=False, pdf=options.searchable_pdf),
        )
        with counted_usage() as counter:
            contents = self._tasks[Endpoint.PDF].result(body, request, counter)
            first, *others = page_readings(contents)
            return [_complete(first, warnings, counter), *others]

    def resume(
        self,
        task_id: str,
        *,
        endpoint: Endpoint | str = Endpoint.IMAGE,
        request: Request | None = None,
    ) -> Reading:
        """Fetches the result of a task that was submitted before, by whatever process.

        The service keeps results for 24 hours after the submission. Nothing is submitted.

        Args:
            task_id: such as a `TaskTimeoutError` carries.
            endpoint: what the task was submitted to: ``"RecognizePdf"`` for a whole PDF.
            request: when to give up; its mode and languages do not matter.

        Returns:
            The reading; a PDF's pages follow each other in it.

        Raises:
            TaskFailedError: the service could not do the task, or does not know it.
            TaskTimeoutError: it is still not done.
            CloudError: another failure of the service.
        """
        tasks = self._tasks[Endpoint(endpoint)]
        with counted_usage() as counter:
            contents = tasks.resume(task_id, request, counter)
            return _complete(page_reading(contents, None), [], counter)

    def cancel(self, task_id: str, *, endpoint: Endpoint | str = Endpoint.IMAGE) -> None:
        """Deletes a task at the service; its result is lost, and it may be charged all the same.

        Nothing else deletes a task that a store has noted. Such a page is uncertain from then on:
        reading it again may pay for it twice, and is counted. ``store.ledger.unfinished()`` has
        the ids.

        Args:
            task_id: such as a `TaskTimeoutError` carries. One that is gone is no error.
            endpoint: what the task was submitted to: ``"RecognizePdf"`` for a whole PDF.

        Raises:
            CloudError: the service failed.
            EngineUnavailableError: it cannot be reached.
        """
        self._tasks[Endpoint(endpoint)].cancel(task_id)

    def close(self) -> None:
        """Closes the connections; the engine may be used again."""
        self._client.close()

    def __repr__(self) -> str:
        return f"AsposeEngine(base_url={self._options.base_url!r})"

    def __reduce__(
        self,
    ) -> tuple[Callable[[Options, bytes | None], AsposeEngine], tuple[Options, bytes | None]]:
        options = self._options
        network = options.network.without_secrets()
        listener = pickled_listener(options.on_event)
        return _unpickled, (replace(options, network=network, on_event=None), listener)


def _unpickled(options: Options, listener: bytes | None) -> AsposeEngine:
    engine = AsposeEngine.__new__(AsposeEngine)
    engine._set_up(replace(options, on_event=unpickled_listener(listener)), None)
    return engine


def _complete(reading: Reading, warnings: Sequence[str], counter: UsageCounter) -> Reading:
    """The reading with what was spent, and with what was to be said before it was asked for."""
    return replace(reading, warnings=[*warnings, *reading.warnings], usage=counter.usage())
