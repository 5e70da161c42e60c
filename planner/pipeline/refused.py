"""A refusal as it was written, with the inventory that it is of; reading it waits for no solver."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path

from planner.errors.failure import Failure
from planner.model.inventory import Inventory
from planner.pipeline.load import load_inventory, load_scenario
from planner.plan import file, refusal_file
from planner.plan.refusal import Fact, Refusal
from planner.sources import Loaded


@dataclass(frozen=True, slots=True)
class RefusedInventory:
    """An inventory as it was read, and why it has no plan."""

    loaded: Loaded
    refusal: Refusal


def read_refusal(inventory: Path, written: Path, scenario: Path | None = None) -> RefusedInventory | None:
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
    loaded = load_scenario(inventory, scenario) if scenario else load_inventory(inventory)
    file.require_same(refused, loaded.inventory)
    return RefusedInventory(loaded, refused.refusal)


def _damaged(written: Path, found: str) -> Failure:
    return Failure(
        f"{written} cannot be read as a refusal: {found}",
        cure="name the refusal.json that `planner plan` wrote",
        japanese=(f"{written} を読めません: {found}", "`planner plan` が書いた refusal.json を指定してください"),
    )


def concerning(refused: RefusedInventory, subject: str) -> Refusal | None:
    """Return what a refusal says of one thing of the inventory; None if it says nothing of it.

    Raises
    ------
    Failure
        If nothing in the inventory has this id; it names the nearest one.
    """
    _require_known(refused.loaded.inventory, subject)
    refusal = refused.refusal
    reasons = tuple(r for r in refusal.reasons if subject in r.subjects or _names(r.facts, r.values, subject))
    conflicts = tuple(c for c in refusal.conflicts if _any_names(c.facts, subject))
    relaxations = tuple(r for r in refusal.relaxations if _any_names(r.changes, subject))
    if not (reasons or conflicts or relaxations):
        return None
    return replace(refusal, reasons=reasons or refusal.reasons, conflicts=conflicts, relaxations=relaxations)


def _any_names(facts: Iterable[Fact], subject: str) -> bool:
    return any(_names((fact.path,), fact.values, subject) for fact in facts)


def _names(paths: Iterable[str], values: Mapping[str, str], subject: str) -> bool:
    """Whether a path leads through it, or one of the values is or lists it."""
    through = any(f".{subject}." in f".{path}." for path in paths)
    return through or any(subject in re.split(r"[,\s]+", value) for value in values.values())


def _require_known(inventory: Inventory, subject: str) -> None:
    tables = (getattr(inventory, field.name) for field in fields(inventory))
    known = [str(id) for table in tables if isinstance(table, Mapping) for id in table]
    if subject not in known:
        near = get_close_matches(subject, known, n=1)
        raise Failure(
            f"there is no {subject!r} in the inventory",
            cure=f"did you mean {near[0]!r}?" if near else "name an asset, a system, a room, a rack, a team, ...",
            japanese=(
                f"インベントリに {subject!r} はありません",
                f"もしかして {near[0]!r} ?" if near else "資産、システム、部屋、ラック、班などの id を指定してください",
            ),
        )
