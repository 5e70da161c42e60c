"""A refusal examined: what conflicts, and what would make a plan."""

from collections.abc import Callable
from pathlib import Path

from planner.conflicts.examination import Examination
from planner.model.inventory import Inventory
from planner.plan.refusal import Refusal
from planner.plan.refusal_file import Refused, dump
from planner.scheduling.options import Options
from planner.units.progress import Progress


def examine(
    inventory: Inventory, refusal: Refusal, options: Options, progress: Progress, stopped: Callable[[], bool]
) -> Refusal:
    """Return the refusal with the smallest facts that conflict and the nearest changes that would make a plan.

    What was proved before ``stopped`` said yes is kept; `Refusal.cut_short` then says that there may be more.
    """
    examination = Examination(inventory, refusal, options, progress, stopped)
    examination.run()
    return examination.refusal


def write_refusal(inventory: Inventory, refusal: Refusal, out: Path) -> Path:
    """Write ``refusal.json``; an old one is replaced whole or not."""
    target = out / "refusal.json"
    out.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".part")
    try:
        fresh.write_text(dump(Refused(inventory, refusal)), encoding="utf-8", newline="\n")
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return target
