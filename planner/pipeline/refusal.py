"""A refusal examined: what conflicts, and what would make a plan."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.conflicts.examination import Examination
from planner.errors.failure import Failure
from planner.model.inventory import Inventory
from planner.pipeline.load import load_inventory
from planner.plan import file, refusal_file
from planner.plan.refusal import Refusal
from planner.plan.refusal_file import Refused, dump
from planner.scheduling.options import Options
from planner.sources import Loaded
from planner.units.progress import Progress


@dataclass(frozen=True, slots=True)
class RefusedInventory:
    """An inventory as it was read, and why it has no plan."""

    loaded: Loaded
    refusal: Refusal


def read_refusal(inventory: Path, written: Path) -> RefusedInventory | None:
    """Return what a file of `write_refusal` says of this inventory; None if the file is none.

    Raises
    ------
    Faults
        All faults of the inventory.
    Failure
        If the refusal is of another version or damaged.
    OtherInventory
        If it is of another inventory; with every change.
    """
    try:
        text = written.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return None
    if not refusal_file.is_refusal(text):
        return None
    try:
        refused = refusal_file.parse(text)
    except refusal_file.NotARefusal as error:
        raise _damaged(written, str(error)) from error
    loaded = load_inventory(inventory)
    file.require_same(refused, loaded.inventory)
    return RefusedInventory(loaded, refused.refusal)


def _damaged(written: Path, found: str) -> Failure:
    return Failure(
        f"{written} cannot be read as a refusal: {found}",
        cure="name the refusal.json that `planner plan` wrote",
        japanese=(f"{written} を読めません: {found}", "`planner plan` が書いた refusal.json を指定してください"),
    )


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
