"""Memory while a plan is judged."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Leave out the collector of circles, if it is on: it would look at everything again and again and find nothing.

    What is made for a verdict is needed until it is there, but for states that are judged once; these let go of one
    another by themselves (`Record.release`).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
