"""Ctrl-C and a time limit end a search, not the command: the best plan so far is kept."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stop:
    """Whether the search should end; a second Ctrl-C ends the command at once."""

    def __init__(self, seconds: float | None) -> None:
        self._until = None if seconds is None else time.monotonic() + seconds
        self.interrupted = False

    def __call__(self) -> bool:
        return self.interrupted or (self._until is not None and time.monotonic() > self._until)

    def interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True


@contextmanager
def stoppable(seconds: float | None) -> Iterator[Stop]:
    """While inside, the first Ctrl-C only sets `Stop.interrupted`."""
    stop = Stop(seconds)
    before = signal.signal(signal.SIGINT, stop.interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
