"""Diagrams of the dependencies of an inventory, and what dies if something is off."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, get_args

from planner.dependencies import Impact, at_start, impact
from planner.errors.failure import Failure
from planner.model.inventory import Inventory
from planner.pipeline.load import load_inventory
from planner.pipeline.verify import read_plan
from planner.plan import file
from planner.plan.plan import Plan
from planner.rendering.diagram.description import Diagram, Language

GraphFormat = Literal["png", "svg", "pdf", "dot", "mermaid", "graphml", "json"]
FORMATS: tuple[GraphFormat, ...] = get_args(GraphFormat)
TEXTS: frozenset[GraphFormat] = frozenset({"dot", "mermaid", "graphml", "json"})
"""Formats that standard output can carry."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Which part of the dependencies is looked at, and how.

    ``focus`` and ``depth`` choose a neighbourhood, ``wave`` what moves in one wave, ``systems`` the page of systems
    alone, ``whole`` every asset by itself.
    """

    focus: str | None = None
    depth: int = 2
    wave: int | None = None
    systems: bool = False
    whole: bool = False
    language: Language = "ja"


def read_both(inventory: Path, plan_file: Path | None) -> tuple[Inventory, Plan | None]:
    """Read the inventory and, where one is named, a plan of it.

    Raises
    ------
    Faults
        All faults of the inventory.
    Failure
        If the file is no plan of this version.
    OtherInventory
        If the plan was made from another inventory.
    """
    found = load_inventory(inventory).inventory
    if plan_file is None:
        return found, None
    plan = read_plan(plan_file)
    file.require_same(plan, found)
    return found, plan


def diagram_of(inventory: Inventory, plan: Plan | None, sight: Sight) -> Diagram:
    """Return the dependency diagram.

    Raises
    ------
    Failure
        If the focus is neither an asset nor a system, or the plan has no such wave.
    """
    from planner.rendering.dependency import estate_diagram, services_diagram  # noqa: PLC0415 - pictures load late

    if sight.systems:
        return services_diagram(inventory, plan, language=sight.language)
    if sight.focus is not None:
        _require([sight.focus], inventory)
    waves = len(plan.waves) if plan else 0
    if sight.wave is not None and sight.wave > waves:
        raise Failure(
            f"there is no wave {sight.wave}",
            cure=f"the plan has {waves}" if plan else "name a plan: --plan",
            japanese=(
                f"第{sight.wave}波はありません",
                f"計画の波は {waves} 個です" if plan else "計画を --plan で指定してください",
            ),
        )
    return estate_diagram(
        inventory,
        plan,
        language=sight.language,
        focus=sight.focus,
        depth=sight.depth,
        wave=sight.wave,
        whole=sight.whole,
    )


def written(diagram: Diagram, kind: GraphFormat) -> bytes:
    """Return the diagram as a file's content."""
    from planner.rendering import canvas  # noqa: PLC0415 - pictures load late
    from planner.rendering.diagram.sheet import drawing  # noqa: PLC0415
    from planner.rendering.diagram.text import WRITERS  # noqa: PLC0415

    if kind == "png" or kind == "svg" or kind == "pdf":  # noqa: PLR1714 - told apart by the type checker
        return canvas.picture(drawing(diagram), kind)
    return WRITERS[kind](diagram).encode()


def impact_of(inventory: Inventory, off: Iterable[str]) -> Impact:
    """Return what dies if these subjects are off, before the first step.

    Raises
    ------
    Failure
        If one of them is neither an asset nor a system.
    """
    ids = tuple(off)
    _require(ids, inventory)
    return impact(at_start(inventory), ids)


def _require(ids: Iterable[str], inventory: Inventory) -> None:
    known = (*inventory.assets, *inventory.systems)
    for id in ids:
        if id not in known:
            near = get_close_matches(id, known, n=1)
            few = ", ".join(sorted(known)[:8])
            raise Failure(
                f"there is no asset or system {id!r} in the inventory",
                cure=f"did you mean {near[0]!r}?" if near else f"it has {few}, ...",
                japanese=(
                    f"インベントリに {id!r} という資産やシステムはありません",
                    f"もしかして {near[0]!r} ?" if near else f"あるもの: {few}, ...",
                ),
            )
