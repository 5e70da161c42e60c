"""Tries faults of modules, one after the other, each in a process that has all imported but what is tested.

Run as `python -m tests.mutation.bench` in the folder whose code is tested: a line of JSON for each fault comes in, one
for its fate goes out. Needs a system with `fork`.
"""

import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from functools import partial
from importlib.machinery import SourceFileLoader
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import CodeType
from typing import Any, NoReturn

import pytest

from tests.mutation.loading import Loading
from tests.mutation.touched import QUIET

WARM = ("hypothesis", "planner.sources", "planner.calendar", "planner.model.canonical", "planner.plan.wording")
WALL_SECONDS = 1800
"""A fault that makes tests wait for ever counts as noticed after that time."""
MEMORY = 4 << 30


class _Fault(SourceFileLoader):
    """Loads a module from other source than its file's."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._source, self.path, "exec", dont_inherit=True)


class _Choice:
    """Runs the wanted tests in the wanted order, and notes which one fails."""

    def __init__(self, wanted: list[str], notes: Path) -> None:
        self.place = {test: number for number, test in enumerate(wanted)}
        self.notes = notes

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.place:
            items[:] = sorted((i for i in items if i.nodeid in self.place), key=lambda i: self.place[i.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.notes.write_text(report.nodeid, encoding="utf-8")


def forked(run: Callable[[Path], int]) -> dict[str, Any]:
    """The fate of a fault that a child tries: whether a test fails, which one, and after how many CPU seconds."""
    with NamedTemporaryFile() as notes:
        child = os.fork()
        if child == 0:
            _end(run, Path(notes.name))
        _, status, used = os.wait4(child, 0)
        by = Path(notes.name).read_text(encoding="utf-8")
    code = os.waitstatus_to_exitcode(status)
    if code == pytest.ExitCode.USAGE_ERROR:
        raise RuntimeError("the fault could not be tried")
    noticed = code not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
    return {"noticed": noticed, "by": by or f"exit status {code}", "seconds": used.ru_utime + used.ru_stime}


def _end(run: Callable[[Path], int], notes: Path) -> NoReturn:
    """The child's whole life: whatever is raised in it, nothing of the parent's is cleaned up twice."""
    code = int(pytest.ExitCode.INTERNAL_ERROR)
    try:
        code = run(notes)
    except BaseException as error:  # noqa: BLE001
        notes.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
    finally:
        os._exit(code)


def confined(seconds: int) -> None:
    """Bound the CPU time and the memory of this process, and let nobody hear it."""
    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))
    signal.alarm(WALL_SECONDS)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _run(fault: dict[str, Any], notes: Path) -> int:
    confined(fault["patience"])
    loader = partial(_Fault, source=fault["source"])
    sys.meta_path.insert(0, Loading(lambda name: bool(name == fault["module"]), loader))
    return int(pytest.main([*QUIET, "-x", *fault["files"]], plugins=[_Choice(fault["tests"], notes)]))


def main() -> None:
    """Answer each fault that comes in."""
    for name in WARM:
        importlib.import_module(name)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(forked(partial(_run, json.loads(line)))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
