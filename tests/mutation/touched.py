"""Which test of the verifier calls which functions of it, and how long it takes.

Run as `python -m tests.mutation.touched FILE TESTS...` in the folder whose code is tested; exits as pytest does. Every
function of the verifier is loaded with a statement in front that notes that it was called.
"""

import ast
import builtins
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.machinery import SourceFileLoader
from pathlib import Path
from time import process_time
from types import CodeType

import pytest

from tests.mutation.loading import Loading

SUBJECT = "planner.safety"
QUIET = (
    "-q",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:randomly",
    "-p",
    "no:cov",
    "-p",
    "no:xdist",
)
NOTE = "__called__"


@dataclass(frozen=True, slots=True)
class Touched:
    """Of each test the CPU seconds; for each file of the verifier and test the first lines of the functions called.

    ``files`` are the files of tests, each with a digest of what was in it.
    """

    seconds: dict[str, float]
    tests: dict[str, dict[str, list[int]]]
    files: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path, code: str) -> "Touched":
        """What a file knows of code with this digest: nothing, if it is not there or about other code."""
        facts = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"code": None}
        return cls(facts["seconds"], facts["tests"], facts["files"]) if facts["code"] == code else cls({}, {})

    def write(self, file: Path, code: str) -> None:
        """Keep it for the next time."""
        facts = {"code": code, "seconds": self.seconds, "tests": self.tests, "files": self.files}
        file.write_text(json.dumps(facts), encoding="utf-8")

    def of(self, files: dict[str, str]) -> "Touched":
        """What is still true of these files of tests."""
        same = {name: digest for name, digest in self.files.items() if files.get(name) == digest}

        def kept(test: str) -> bool:
            return test.partition("::")[0] in same

        tests = {name: {t: lines for t, lines in found.items() if kept(t)} for name, found in self.tests.items()}
        return Touched({test: cost for test, cost in self.seconds.items() if kept(test)}, tests, same)

    def joined(self, other: "Touched", files: dict[str, str]) -> "Touched":
        """Both together; ``files`` are those of the other."""
        names = self.tests.keys() | other.tests.keys()
        tests = {name: self.tests.get(name, {}) | other.tests.get(name, {}) for name in names}
        return Touched(self.seconds | other.seconds, tests, self.files | files)

    def by(self, file: Path, first: int, last: int) -> list[str]:
        """The tests, in the order in which they ran, that call a function from ``first`` to ``last`` of a file.

        For a whole module also those that call nothing: they look at what modules hold.
        """
        found = self.tests.get(file.as_posix(), {})
        hit = {test for test, lines in found.items() if any(first <= line <= last for line in lines)}
        if first == 1:
            hit |= self.seconds.keys() - {test for calls in self.tests.values() for test in calls}
        return [test for test in self.seconds if test in hit]


class Noting(SourceFileLoader):
    """Loads a module whose functions note that they are called."""

    def get_code(self, fullname: str) -> CodeType:
        tree = ast.parse(Path(self.path).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                call = f"{NOTE}(({Path(self.path).relative_to(Path.cwd()).as_posix()!r}, {node.lineno}))"
                node.body.insert(ast.get_docstring(node) is not None, ast.parse(call).body[0])
        return compile(tree, self.path, "exec", dont_inherit=True)


@dataclass
class _Watch:
    """Keeps what is called while a test runs, its fixtures included."""

    seconds: dict[str, float] = field(default_factory=dict)
    called: dict[str, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        begin, called = process_time(), set[tuple[str, int]]()
        setattr(builtins, NOTE, called.add)
        result = yield
        self.seconds[item.nodeid] = round(process_time() - begin, 3)
        for file, line in called:
            self.called[file].setdefault(item.nodeid, []).append(line)
        return result


def measure(file: Path, tests: list[str]) -> int:
    """Run the tests and write to a file what each of them touches; return the exit status of pytest."""
    setattr(builtins, NOTE, id)
    sys.meta_path.insert(0, Loading(lambda name: name.startswith(SUBJECT), Noting))
    watch = _Watch()
    status = pytest.main([*QUIET, *tests], plugins=[watch])
    Touched(watch.seconds, watch.called).write(file, "")
    return int(status)


if __name__ == "__main__":
    sys.exit(measure(Path(sys.argv[1]), sys.argv[2:]))
