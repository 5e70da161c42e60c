"""Two plan files beside each other, and a picture of what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.pipeline.verify import read_plan
from planner.plan.difference import PlanDifference
from planner.plan.plan import Plan
from planner.whatif.difference import difference


@dataclass(frozen=True, slots=True)
class Compared:
    """Two plans as they stand in their files, neither verified, and what changed from the first to the second."""

    before: Plan
    after: Plan
    changes: PlanDifference


def compare_files(before: Path, after: Path) -> Compared:
    """Read both plans and compare them; each carries the inventory that it was made from.

    Raises
    ------
    Failure
        If a file is no plan of this version.
    """
    old, new = read_plan(before), read_plan(after)
    return Compared(old, new, difference(old, new))


def write_pictures(compared: Compared, files: Sequence[Path], language: str) -> None:
    """Draw what changed into files that end in ``.png``, ``.svg`` or ``.pdf``; without files nothing is drawn."""
    if not files:
        return
    from planner.rendering import canvas  # noqa: PLC0415 - pictures load late
    from planner.rendering.difference import sheet  # noqa: PLC0415

    drawing = sheet(compared.before, compared.after, compared.changes, "en" if language == "en" else "ja")
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        canvas.save(drawing, file)
