"""A refusal as it was written, with the inventory that it is of; reading it waits for no solver."""

from dataclasses import dataclass
from pathlib import Path

from planner.errors.failure import Failure
from planner.pipeline.load import load_inventory
from planner.plan import file, refusal_file
from planner.plan.refusal import Refusal
from planner.sources import Loaded


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
