"""Tests the tests of the verifier: `python tests/mutation/run.py [--sample N] [--seed N] [--json FILE]`.

A sample of small faults is put into `planner/safety`, one at a time, in a copy of the checkout; a fault that no test
of `tests/safety` notices has survived.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from random import Random
from tempfile import TemporaryDirectory

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT))

from tests.mutation.mutants import Mutant, mutants  # noqa: E402

SUBJECT = Path("planner/safety")
PATIENCE = 600
"""Seconds after which a fault that makes tests endless counts as noticed."""
LAST = ("test_minutes", "test_minute_by_minute", "test_incremental")
"""Tests that take long; they are asked when no other has noticed anything."""


def main() -> int:
    """Run the sample and tell what survived; exit with 1 if more than a tenth did."""
    asked = _asked()
    every = [m for file in sorted((CHECKOUT / SUBJECT).rglob("*.py")) for m in mutants(CHECKOUT, _relative(file))]
    chosen = Random(asked.seed).sample(every, min(asked.sample, len(every)))
    with TemporaryDirectory() as scratch:
        copies: Queue[Path] = Queue()
        for number in range(asked.jobs):
            copies.put(_copied(Path(scratch) / str(number)))
        with ThreadPoolExecutor(asked.jobs) as pool:
            fates = list(pool.map(lambda mutant: _fate(mutant, copies), chosen))
    survivors = [mutant for mutant, noticed in zip(chosen, fates, strict=True) if not noticed]
    _tell(len(every), chosen, survivors, asked.json)
    return int(len(survivors) * 10 > len(chosen))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=200, help="how many faults (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="which of them (default 1)")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time (default 2)")
    parser.add_argument("--json", type=Path, help="write the survivors to this file")
    return parser.parse_args()


def _relative(file: Path) -> Path:
    return file.relative_to(CHECKOUT)


def _copied(folder: Path) -> Path:
    """What the tests need, in a folder that may be spoilt."""
    for name in ("planner", "tests", "inventory", "templates"):
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    return folder


def _fate(mutant: Mutant, copies: "Queue[Path]") -> bool:
    """Whether a test notices the fault."""
    copy = copies.get()
    spoilt = copy / mutant.file
    sound = spoilt.read_text(encoding="utf-8")
    try:
        spoilt.write_text(mutant.source, encoding="utf-8")
        return any(_fails(copy, tests) for tests in _in_order(copy, mutant.file))
    finally:
        spoilt.write_text(sound, encoding="utf-8")
        copies.put(copy)


def _in_order(copy: Path, file: Path) -> list[list[str]]:
    """The tests of the rule itself, then all that are quick, then the comparison with the minutes."""
    files = sorted(path.name for path in (copy / "tests" / "safety").glob("test_*.py"))
    own = [name for name in files if file.name.startswith("s") and name.startswith(f"test_{file.name[:3]}")]
    slow = [name for name in files if name.startswith(LAST)]
    rest = [name for name in files if name not in own and name not in slow]
    return [names for names in (own, rest, slow) if names]


def _fails(copy: Path, names: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly"]
    try:
        run = subprocess.run(
            [*command, *(f"tests/safety/{name}" for name in names)],
            cwd=copy,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return run.returncode != 0


def _tell(total: int, chosen: list[Mutant], survivors: list[Mutant], file: Path | None) -> None:
    killed = len(chosen) - len(survivors)
    print(f"{killed} of {len(chosen)} faults noticed ({killed / max(1, len(chosen)):.1%}), of {total} that there are")
    for name, count in Counter(str(m.file) for m in survivors).most_common():
        print(f"  {count} survived in {name}")
    for mutant in survivors:
        print(f"{mutant.file}:{mutant.line}: {mutant.change}")
    if file is not None:
        found = [{"file": str(m.file), "line": m.line, "change": m.change} for m in survivors]
        file.write_text(json.dumps({"total": total, "tried": len(chosen), "survivors": found}, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
