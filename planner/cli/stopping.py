"""Ctrl-C and a time limit end a search, not the command: the best plan so far is kept."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType


class Stop:
    """Whether the search should end; a second Ctrl-C ends the command at once. ``told`` may change on the way."""

    def __init__(self, seconds: float | None, told: str = "") -> None:
        self._until = None if seconds is None else time.monotonic() + seconds
        self.told = told
        self.interrupted = False

    def __call__(self) -> bool:
        return self.interrupted or (self._until is not None and time.monotonic() > self._until)

    def interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True
        if self.told:
            _say(self.told)


def _say(text: str) -> None:
    """The text stands on standard error: past its buffer, which the interrupted code may be writing to just now."""
    with suppress(OSError, ValueError):
        os.write(sys.stderr.fileno(), f"\n{text}\n".encode(sys.stderr.encoding or "utf-8", "backslashreplace"))


@contextmanager
def stoppable(seconds: float | None, told: str = "") -> Iterator[Stop]:
    """While inside, the first Ctrl-C only sets `Stop.interrupted` and says ``told``."""
    stop = Stop(seconds, told)
    before = signal.signal(signal.SIGINT, stop.interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
