"""Several answers at a time, each in a process of its own where there are cores for it.

Processes are spawned, because the threads of the solver do not survive a fork. Each answer depends on its question
alone, so that it is the same in whatever process it is found.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import Any, TypeVar

T = TypeVar("T")

POLL = 0.2
"""Seconds between two looks at whether to stop."""


def cores() -> int:
    """Return how many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def spread(
    function: Callable[..., T], calls: Sequence[tuple[Any, ...]], jobs: int, stopped: Callable[[], bool]
) -> Iterator[tuple[int, T]]:
    """Yield the number of each call with its answer, when it is there; a stop begins no other.

    Parameters
    ----------
    function : callable
        Of a module; it is given the arguments of a call and, last, a callable that says when it should come to an end.
    calls : sequence of tuple
        The arguments.
    jobs : int
        How many processes at most; with one, or one call, everything is done here.
    stopped : callable
        Whether to stop.
    """
    if min(jobs, len(calls)) > 1:
        yield from _in_processes(function, calls, min(jobs, len(calls)), stopped)
        return
    for number, call in enumerate(calls):
        if stopped():
            return
        yield number, function(*call, stopped)


def _in_processes(
    function: Callable[..., T], calls: Sequence[tuple[Any, ...]], jobs: int, stopped: Callable[[], bool]
) -> Iterator[tuple[int, T]]:
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    with ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(stop.is_set,)) as pool:
        numbers = {pool.submit(_run, function, call): number for number, call in enumerate(calls)}
        try:
            yield from _finished(numbers, stop.set, stopped)
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _finished(
    numbers: dict[Future[T], int], stop: Callable[[], None], stopped: Callable[[], bool]
) -> Iterator[tuple[int, T]]:
    """Yield what is finished; when it is time to stop, what has not begun is left out and the rest is told so."""
    left = set(numbers)
    while left:
        done, left = wait(left, timeout=POLL, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=numbers.__getitem__):
            yield numbers[future], future.result()
        if stopped():
            stop()
            left = {future for future in left if not future.cancel()}


class _Process:
    """What a process knows from its beginning: whether it should come to an end."""

    stopped: Callable[[], bool] = staticmethod(lambda: False)


def _begin(stopped: Callable[[], bool]) -> None:
    """A process of its own leaves Ctrl-C to the one that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Process.stopped = staticmethod(stopped)


def _run(function: Callable[..., T], call: tuple[Any, ...]) -> T:
    return function(*call, _Process.stopped)
