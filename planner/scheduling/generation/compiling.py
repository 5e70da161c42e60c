"""The kernels of schedule generation: as Python runs them, or compiled by Numba where that is installed and pays."""

import hashlib
import importlib
import inspect
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from planner.scheduling.generation import filling, fitting, population, project, serial

KERNELS = (project, serial, population, fitting, filling)


@cache
def compiler() -> Any | None:
    """Numba, None where it is not installed."""
    try:
        return importlib.import_module("numba")
    except ImportError:
        return None


@cache
def compiled(kernel: Callable[..., int]) -> Callable[..., int]:
    """Return the kernel compiled; the machine code is kept in the user's cache by the fingerprint of all kernels.

    What it calls stays Python for everybody else and is compiled into it. Without Numba the kernel is as it was.
    """
    numba = compiler()
    if numba is None:
        return kernel
    _register_others(importlib.import_module("numba.extending").register_jitable)
    numba.config.CACHE_DIR = str(_folder())
    fast: Callable[..., int] = numba.njit(cache=True)(kernel)
    return fast


@cache
def _register_others(register: Callable[[Callable[..., Any]], object]) -> None:
    for module in KERNELS:
        for _, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__:
                register(function)


def _folder() -> Path:
    texts = "".join(inspect.getsource(module) for module in KERNELS)
    digest = hashlib.sha256(texts.encode()).hexdigest()[:16]
    home = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "planner" / f"kernels-{digest}"
