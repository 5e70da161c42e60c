"""Tests the tests of the verifier: `python tests/mutation/run.py [--sample N] [--seed N] [--jobs N] [--json FILE]`.

A sample of small faults is put into `planner/safety`, one at a time; a fault that no test of `tests/safety` notices
has survived. It exits with 1 if more than a tenth did.

Which tests call which function is measured first, in about a minute of CPU, and kept beside FILE in `touched.json`.
Only tests that call the function with the fault are asked: first those that noticed faults of the same file before,
then those of the rule itself, then the others, the quick files first, and last the long comparisons with a simulation
of every minute. `--quick` does without these, and of a test with many examples runs no more than a second's worth;
what then survives counts as survived, so that the share that is told is too low rather than too high. A fault that is
noticed costs about half a CPU second; one that survives about seven with `--quick`, and two to three minutes without.

The fates are written to FILE after each fault. The same call carries on where a run was interrupted, and tries those
that survived again when tests were added. `--files s16` asks for faults of the files alone whose names begin so.

Works in a copy of the checkout, on systems with `fork` (Linux, macOS).
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from queue import Queue
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT))

from tests.mutation.mutants import Mutant, count, mutant  # noqa: E402
from tests.mutation.record import Fate, Record, interval  # noqa: E402
from tests.mutation.touched import Touched  # noqa: E402

SUBJECT, TESTS = Path("planner/safety"), Path("tests/safety")
SLOW = ("tests/safety/test_minutes.py", "tests/safety/test_minutes_of_lasting_states.py")
"""Tests that take minutes; they are asked when no other has noticed anything."""
FIRST = 8
"""So many of the tests that noticed faults of the same file are asked before all others."""
PATIENCE = 60
"""CPU seconds after which a fault that makes tests endless counts as noticed; for the slow tests ten times as many."""
QUICK = 1.0
"""Of a test with many examples so many seconds are run if it has to be quick."""


def main() -> int:
    """Run the sample and tell what survived; exit with 1 if more than a tenth did."""
    asked = _asked()
    files = sorted((CHECKOUT / SUBJECT).rglob("*.py"))
    named = [_relative(file) for file in files if file.name.startswith(asked.files)]
    every = [(file, number) for file in named for number in range(count(CHECKOUT, file))]
    picked = Random(asked.seed).sample(every, min(asked.sample, len(every)))
    chosen = [mutant(CHECKOUT, file, number) for file, number in picked]
    record = Record.at(asked.json, {"code": _digest(SUBJECT), "tests": _digest(TESTS), "quick": asked.quick})
    left = [mutant for mutant in chosen if not record.tried(mutant)]
    with _benches(asked) as (benches, touched), ThreadPoolExecutor(asked.jobs) as pool:
        for fate in pool.map(lambda mutant: _fate(mutant, benches, touched, record, quick=asked.quick), left):
            record.add(fate)
            print(f"{'noticed ' if fate.noticed else 'SURVIVED'} {_said(fate)}", file=sys.stderr, flush=True)
    return _tell(len(every), [fate for mutant in chosen for fate in record.fates if _same(fate, mutant)])


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=200, help="how many faults (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="which of them (default 1)")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time (default 2)")
    parser.add_argument("--json", type=Path, help="keep the fates in this file, and carry on with what it holds")
    parser.add_argument("--files", default="", help="only faults of files whose names begin so")
    parser.add_argument("--quick", action="store_true", help="do without the tests that take minutes")
    return parser.parse_args()


def _relative(file: Path) -> Path:
    return file.relative_to(CHECKOUT)


def _digest(folder: Path) -> str:
    texts = (file.read_bytes() for file in sorted((CHECKOUT / folder).rglob("*.py")))
    return sha256(b"\0".join(texts)).hexdigest()


def _same(fate: Fate, mutant: Mutant) -> bool:
    return (fate.file, fate.number) == (mutant.file.as_posix(), mutant.number)


class Bench:
    """Processes that try faults: of functions in one that has collected the tests, of modules in one that has not."""

    def __init__(self, copy: Path, files: list[str]) -> None:
        self._of_functions = _started(copy, "tests.mutation.swapping", *files)
        self._of_modules = _started(copy, "tests.mutation.bench")

    def answer(self, mutant: Mutant, tests: list[str], files: Sequence[str]) -> dict[str, Any]:
        """Whether one of the tests (of all in the files, if none is named) notices the fault, and at what cost."""
        module = ".".join(mutant.file.with_suffix("").parts).removesuffix(".__init__")
        fault = {"module": module, "source": mutant.source, "within": mutant.within, "tests": tests, "files": [*files]}
        fault["patience"] = PATIENCE if tests else 10 * PATIENCE
        process = self._of_modules if mutant.of_module else self._of_functions
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(fault) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise SystemExit("a process that tries faults has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self) -> None:
        """Let the processes go."""
        for process in (self._of_functions, self._of_modules):
            process.terminate()
            process.communicate()


def _started(copy: Path, module: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, cwd=copy, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@contextmanager
def _benches(asked: argparse.Namespace) -> Iterator[tuple["Queue[Bench]", Touched]]:
    """So many benches, in one copy of the checkout, and which tests touch what."""
    with TemporaryDirectory() as scratch:
        copy = _copied(Path(scratch) / "copy")
        touched = _touched(copy, (asked.json.resolve().parent if asked.json else Path(scratch)) / "touched.json")
        benches: Queue[Bench] = Queue()
        started = [Bench(copy, [*_quick(copy), *([] if asked.quick else SLOW)]) for _ in range(asked.jobs)]
        for bench in started:
            benches.put(bench)
        try:
            yield benches, touched
        finally:
            for each in started:
                each.end()


def _copied(folder: Path) -> Path:
    """What the tests need, in a folder where nobody edits while they run."""
    for name in ("planner", "tests", "inventory", "templates"):
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    return folder


def _touched(copy: Path, file: Path) -> Touched:
    """Which tests touch what, from the file as far as it knows; the tests pass as long as nothing is wrong."""
    now = {name: sha256((copy / name).read_bytes()).hexdigest() for name in _quick(copy)}
    known = Touched.read(file, _digest(SUBJECT)).of(now)
    new = sorted(now.keys() - known.files.keys())
    if new:
        command = [sys.executable, "-m", "tests.mutation.touched", str(copy / "touched.json"), *new]
        run = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise SystemExit(f"the tests fail although there is no fault:\n{run.stdout}{run.stderr}")
        measured = Touched.read(copy / "touched.json", "")
        known = known.joined(measured, {name: now[name] for name in new})
        known.write(file, _digest(SUBJECT))
    return known


def _quick(copy: Path) -> list[str]:
    """The files of tests but the slow ones."""
    found = (path.relative_to(copy).as_posix() for path in (copy / TESTS).rglob("test_*.py"))
    return sorted(name for name in found if name not in SLOW)


def _fate(mutant: Mutant, benches: "Queue[Bench]", touched: Touched, record: Record, *, quick: bool) -> Fate:
    """What becomes of a fault: the tests that touch it are asked, then, unless it has to be quick, the slow ones."""
    bench, seconds = benches.get(), 0.0
    tests = touched.by(mutant.file, *mutant.within)
    tests = _in_order(mutant, _thinned(tests, touched) if quick else tests, touched, record)
    try:
        for part in (tests, []) if not quick else (tests,):
            answer = bench.answer(mutant, part, list(dict.fromkeys(map(_file_of, part))) or SLOW)
            seconds += answer["seconds"]
            if answer["noticed"]:
                return Fate.of(mutant, noticed=True, by=answer["by"], seconds=round(seconds, 2))
        return Fate.of(mutant, noticed=False, by="", seconds=round(seconds, 2))
    finally:
        benches.put(bench)


def _in_order(mutant: Mutant, tests: list[str], touched: Touched, record: Record) -> list[str]:
    """The most likely to notice first; those of one file together."""
    killers = record.killers(mutant.file)
    likely = [test for test in killers if test in tests][:FIRST]
    cost: Counter[str] = Counter()
    for test in tests:
        cost[_file_of(test)] += round(1000 * touched.seconds[test])
    own, hit = f"test_{mutant.file.name[:3]}", {_file_of(test) for test in killers}
    rank = {name: (own not in name, name not in hit, each) for name, each in cost.items()}
    return [*likely, *sorted((t for t in tests if t not in likely), key=lambda t: rank[_file_of(t)])]


def _thinned(tests: list[str], touched: Touched) -> list[str]:
    """Of a test with many examples so many, evenly spread, as take `QUICK` seconds together."""
    rows: dict[str, list[str]] = defaultdict(list)
    for test in tests:
        rows[test.partition("[")[0]].append(test)
    kept: set[str] = set()
    for row in rows.values():
        share = min(1.0, QUICK / max(0.001, sum(touched.seconds[test] for test in row)))
        kept.update(test for n, test in enumerate(row) if int((n + 1) * share) > int(n * share) or n == 0)
    return [test for test in tests if test in kept]


def _file_of(test: str) -> str:
    return test.partition("::")[0]


def _said(fate: Fate) -> str:
    return f"{fate.file}:{fate.line}: {fate.change} ({fate.seconds:.0f} s{', ' if fate.by else ''}{fate.by})"


def _tell(total: int, fates: list[Fate]) -> int:
    survivors = [fate for fate in fates if not fate.noticed]
    killed, cost = len(fates) - len(survivors), sum(fate.seconds for fate in fates)
    low, high = interval(killed, len(fates))
    print(f"{killed} of {len(fates)} faults noticed ({killed / max(1, len(fates)):.1%}), of {total} that there are;")
    print(f"with a probability of 95 %, {low:.1%} to {high:.1%} of all; {cost:.0f} CPU seconds")
    for name, number in Counter(fate.file for fate in survivors).most_common():
        print(f"  {number} survived in {name}")
    for fate in survivors:
        print(f"{fate.file}:{fate.line}: {fate.change}")
    return int(len(survivors) * 10 > len(fates))


if __name__ == "__main__":
    sys.exit(main())
