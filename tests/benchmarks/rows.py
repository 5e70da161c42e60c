"""The rows of the benchmark, in the order in which they are measured."""

from tests.benchmarks import fixed_night, planning, project_library, verifying
from tests.benchmarks.row import Row

ROWS: tuple[Row, ...] = (verifying.ROW, fixed_night.ROW, planning.ROW, *project_library.ROWS)
