"""What the machine tells: its processor, a process's memory, a call's time."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median


def processor() -> str:
    """What the machine computes with."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    facts = dict(
        reversed([[part.strip() for part in line.split(":", 1)] for line in lines if line])
    )
    if "model name" not in facts:
        return platform.processor() or platform.machine()
    return f"{facts['model name']} (family {facts['cpu family']}, model {facts['model']})"


def peak_mb() -> float:
    """This process's peak of memory since it began, in 10^6 bytes."""
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) * 1024 / 1e6


def processor_ms(run: Callable[[], object], repeats: int) -> float:
    """The median processor time of a call, in milliseconds, all its threads together.

    What a call takes on a free machine is no more, and other programs hardly change it.
    """
    run()
    times = []
    for _ in range(repeats):
        started = time.process_time()
        run()
        times.append(time.process_time() - started)
    return median(times) * 1000
