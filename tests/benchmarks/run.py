"""The project's own benchmark: ``python tests/benchmarks/run.py [--quick] [--json FILE] [--only ROW]``."""

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every row, and print and write what was measured; 1 if a plan of a row was found unsafe."""
    options = _options(arguments)
    sys.path.insert(0, str(CHECKOUT))
    from tests.benchmarks.row import exponents
    from tests.benchmarks.rows import ROWS

    found: dict[str, Any] = {}
    for row in (row for row in ROWS if options.only in (None, row.name)):
        measures = []
        for size in options.sizes or (row.quick if options.quick else row.sizes):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                measures.append(pool.submit(row.measure, size).result())
            _tell(row.name, measures[-1].size, measures[-1].seconds, measures[-1].counts)
        powers = exponents(measures)
        _say(f"{row.name}: exponent {', '.join(f'{power:.2f}' for power in powers) or '-'}")
        found[row.name] = {"measures": [asdict(measure) for measure in measures], "exponents": powers}
    if options.json is not None:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return int(any(m["counts"].get("findings", 0) for row in found.values() for m in row["measures"]))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the figures")
    parser.add_argument("--only", metavar="ROW", help="one row by its name")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="other sizes than the row's own")
    return parser.parse_args(arguments)


def _tell(name: str, size: int, seconds: float, counts: dict[str, float]) -> None:
    told = "  ".join(
        f"{key} {value:,.{0 if value >= 100 or value == int(value) else 2}f}" for key, value in counts.items()
    )
    _say(f"{name} {size:>7,}: {seconds:8.2f} s  {told}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
