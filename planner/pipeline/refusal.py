"""A refusal examined: what conflicts, and what would make a plan."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.conflicts.examination import Examination
from planner.model.inventory import Inventory
from planner.pipeline.shelf import keep_only
from planner.pipeline.whole_file import replace_whole
from planner.plan.refusal import Refusal
from planner.plan.refusal_file import Refused, dump
from planner.scheduling.options import Options
from planner.units.progress import Progress

BEFORE = "plan.before.json"
"""The name of a plan of an inventory that has none now."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where a refusal is written, and where the plan is now that stood there ``before``."""

    refusal: Path
    before: Path | None = None


def examine(
    inventory: Inventory, refusal: Refusal, options: Options, progress: Progress, stopped: Callable[[], bool]
) -> Refusal:
    """Return the refusal with the smallest facts that conflict and the nearest changes that would make a plan.

    What was proved before ``stopped`` said yes is kept; `Refusal.cut_short` then says that there may be more.
    """
    examination = Examination(inventory, refusal, options, progress, stopped)
    examination.run()
    return examination.refusal


def write_refusal(inventory: Inventory, refusal: Refusal, out: Path) -> Written:
    """Write ``refusal.json``; an old one is replaced whole or not.

    A plan that was made there before, safe or not, is renamed to `BEFORE`, and its papers and alternatives are taken
    away as those of any other plan: nobody is to carry out today what has no plan today.
    """
    target = replace_whole(out / "refusal.json", dump(Refused(inventory, refusal)).encode())
    return Written(target, set_aside(f"{inventory.project.id}-refused", out))


def set_aside(now: str, out: Path) -> Path | None:
    """Rename a plan in the folder, safe or not, to `BEFORE`, and take away the papers of all but the plan ``now``."""
    keep_only(now, out)
    before = None
    for name in ("plan.unsafe.json", "plan.json"):  # in this order: of the two the safe one is kept
        if (out / name).is_file():
            before = (out / name).replace(out / BEFORE)
    return before
