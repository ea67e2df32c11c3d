"""The lines of the page on Aspose that feed OpenTelemetry do so."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import HistogramDataPoint, InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from PIL import Image

from notetext import AsposeEngine, NoteText
from notetext.engines.aspose import Event
from notetext.testing import FakeAsposeServer, Fault, Phase, no_waiting

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_snippet_feeds_opentelemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    exporter, reader = InMemorySpanExporter(), InMemoryMetricReader()
    traces, meters = TracerProvider(), MeterProvider([reader])
    traces.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", traces.get_tracer)
    monkeypatch.setattr(metrics, "get_meter", meters.get_meter)
    blocks = BLOCK.findall((ROOT / "docs" / "aspose.md").read_text(encoding="utf-8"))
    (snippet,) = (block for block in blocks if "opentelemetry" in block)
    names: dict[str, Callable[[Event], None]] = {}
    exec(compile(snippet, "aspose.md", "exec"), names)

    pages = [Image.new("L", (40, 30), 200) for _ in range(2)]
    with FakeAsposeServer(answer="Hello") as server, no_waiting():
        server.script(Phase.SUBMIT, Fault.rate_limited(seconds=2))
        engine = AsposeEngine(
            client_id="an-id",
            client_secret="a-secret-of-this-test",
            base_url=server.url,
            on_event=names["on_event"],
        )
        tracer = traces.get_tracer("test")
        with NoteText(engine=engine) as notes, tracer.start_as_current_span("reading") as parent:
            for page in pages:
                notes.recognize(page)

    spans = [span for span in exporter.get_finished_spans() if span.name != "reading"]
    assert {span.parent and span.parent.span_id for span in spans} == {
        parent.get_span_context().span_id
    }
    refused = [s for s in spans if dict(s.attributes or {})["http.response.status_code"] == 429]
    assert [span.name for span in refused] == ["POST /v5.0/ocr/RecognizeImage"]
    assert all((span.end_time or 0) > (span.start_time or 0) for span in spans)
    data = reader.get_metrics_data()
    assert data is not None
    points = {
        metric.name: metric.data.data_points
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    }
    assert points.keys() == {"notetext.wait", "notetext.retries"}
    (waits,) = points["notetext.wait"]
    assert isinstance(waits, HistogramDataPoint)
    assert (dict(waits.attributes or {}), waits.count) == ({"what": "task"}, 2)
    traces.shutdown()
    meters.shutdown()
