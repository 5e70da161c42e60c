"""Tries faults inside functions, one after the other, in a process that has collected all tests once.

Run as `python -m tests.mutation.swapping FILES...` in the folder whose code is tested: for each line of JSON with a
fault a child is forked in which the function gets its faulty code, and only the tests asked for are run, until one
fails. What a test file works out when it is imported is worked out without the fault.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from tests.mutation.bench import confined, forked
from tests.mutation.touched import QUIET


class _Loop:
    """Answers faults in place of the loop in which pytest runs tests."""

    def __init__(self, answers: int) -> None:
        self._answers = answers
        self._failed = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed = report.nodeid

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        for line in sys.stdin:
            fault = json.loads(line)
            named = fault["tests"] or [test for test in items if test.partition("::")[0] in fault["files"]]
            wanted = [items[test] for test in named if test in items]
            answer = forked(lambda notes, fault=fault, wanted=wanted: self._run(fault, wanted, notes))
            os.write(self._answers, f"{json.dumps(answer)}\n".encode())
        return True

    def _run(self, fault: dict[str, Any], wanted: list[pytest.Item], notes: Path) -> int:
        confined(fault["patience"])
        first, last = fault["within"]
        if not any(first <= line <= last for line in swap(sys.modules[fault["module"]], fault["source"])):
            return int(pytest.ExitCode.USAGE_ERROR)
        for item, following in zip(wanted, (*wanted[1:], None), strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                notes.write_text(self._failed, encoding="utf-8")
                return int(pytest.ExitCode.TESTS_FAILED)
        return int(pytest.ExitCode.OK)


def swap(module: ModuleType, source: str) -> set[int]:
    """Give every function and method of a module the code that other source has for it; their first lines before."""
    compiled = compile(source, module.__file__ or "", "exec", dont_inherit=True)
    codes = {code.co_qualname: code for code in _codes(compiled)}
    lines: set[int] = set()
    for function in _functions(module):
        lines.add(function.__code__.co_firstlineno)
        function.__code__ = codes[function.__code__.co_qualname]
    return lines


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The code of functions and classes, and of the methods of these."""
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield part
            yield from (inner for inner in part.co_consts if isinstance(inner, CodeType))


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    for thing in vars(module).values():
        if getattr(thing, "__module__", None) != module.__name__:
            continue
        for part in (thing, *(vars(thing).values() if isinstance(thing, type) else ())):
            found = _bare(part)
            own = found is not None and found.__code__.co_filename == module.__file__
            if found is not None and own and found.__name__ != "<lambda>":
                yield found


def _bare(part: Any) -> FunctionType | None:
    """The function behind a property, a cached property, a class method or a cache."""
    for name in ("fget", "func", "__func__", "__wrapped__"):
        inner = getattr(part, name, None)
        if isinstance(inner, FunctionType):
            return inner
    return part if isinstance(part, FunctionType) else None


def main() -> None:
    """Collect the tests, then answer each fault that comes in."""
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    pytest.main([*QUIET, "-s", *sys.argv[1:]], plugins=[_Loop(answers)])


if __name__ == "__main__":
    main()
