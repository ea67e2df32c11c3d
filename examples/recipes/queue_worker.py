"""A queue: a web program enqueues paths, workers read them, each with its models loaded once.

    pip install rq
    rq worker --worker-class rq.SimpleWorker notes

In the program that enqueues:

    queue = Queue("notes", connection=Redis())
    queue.enqueue(read_note, "in/note.jpg", "out/note.json", job_timeout=120)

RQ's usual worker forks for every job, and each fork would load the models anew; ``SimpleWorker``
does not. Start as many as there are cores. Paths must mean the same to both programs.
"""

from functools import lru_cache
from pathlib import Path

from notetext import LocalEngine, Mode, NoteText


@lru_cache
def reader() -> NoteText:
    """This worker's reader, with one thread: the other cores have workers of their own."""
    return NoteText(engine=LocalEngine(threads=1)).load()


def read_note(source: str, target: str, mode: str = "auto", language: str = "en") -> int:
    """Reads a document into a file, whose ending chooses the format.

    Returns:
        How many words it has.
    """
    result = reader().recognize(Path(source), Mode(mode), language, on_error="raise")
    result.save(target)
    return len(result.words)
