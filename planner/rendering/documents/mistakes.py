"""Mistakes in templates as faults: which file, which line, what is wrong, and what cures it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import TemplateError

from planner.errors import Fault, Faults, Position


@contextmanager
def told(name: str) -> Iterator[None]:
    """Whatever a template does wrong ends as faults."""
    try:
        yield
    except TemplateError as error:
        raise Faults([Fault("E701", Position(name), {"reason": str(error)})]) from error
