"""A small estate and a plan of it, by hand."""

from dataclasses import replace
from datetime import date

from planner.model.asset import Asset, AssetKind, Cluster
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory, Project
from planner.model.need import AtLeast, Leaf, Need, NeedKind
from planner.model.network import Segment, Tier
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.model.system import Criticality, System
from planner.plan.plan import Making, Outage, Plan
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.units.span import Span

DAY = 24 * 60
FIRST = 30_000_000 - 30_000_000 % DAY - 9 * 60
"""A local midnight in 2027 in Japan."""
PROJECT = Project("p", "移転", as_of=date(2026, 8, 31), horizon=Span(FIRST, FIRST + 100 * DAY))
ROOMS = {
    "old": Room("old", "旧室", RoomKind.SERVER_ROOM, floor_kg_m2=500),
    "new": Room("new", "新室", RoomKind.SERVER_ROOM),
}
RACKS = {
    "R1": Rack("R1", "R1", "old", units=12, max_kg=800, feeds=("c1",)),
    "N1": Rack("N1", "N1", "new", units=12, feeds=("c1", "c2")),
}
CIRCUITS = {"c1": Circuit("c1", "old", 100, 30), "c2": Circuit("c2", "new", 200, 30)}


def box(id: str, unit: int | None = None, kind: AssetKind = AssetKind.SERVER, **facts: object) -> Asset:
    at = Position("old", "R1", unit) if unit else Position("old")
    return replace(Asset(id, id, kind, Method.STAY, at=at, height=1, kg=10.0, va=100), **facts)


def service(id: str, *runs_on: str, needs: tuple[Need, ...] = (), **facts: object) -> System:
    tree = Leaf(runs_on[0]) if len(runs_on) == 1 else AtLeast(1, tuple(map(Leaf, runs_on)), keep=1)
    return replace(System(id, f"{id}業務", Criticality.A, runs_on=tree, needs=needs), **facts)


def need(id: str, *more: str, kind: NeedKind = NeedKind.HARD) -> Need:
    tree = Leaf(id) if not more else AtLeast(1, tuple(map(Leaf, (id, *more))), keep=1)
    return Need(kind, tree)


def estate(*subjects: Asset | System, **facts: object) -> Inventory:
    return replace(
        Inventory(
            PROJECT,
            rooms=ROOMS,
            racks=RACKS,
            circuits=CIRCUITS,
            tiers={"A": Tier("A", "個人番号系"), "B": Tier("B", "LGWAN系")},
            segments={"a": Segment("a", "a", "A"), "b": Segment("b", "b", "B")},
            assets={s.id: s for s in subjects if isinstance(s, Asset)},
            systems={s.id: s for s in subjects if isinstance(s, System)},
        ),
        **facts,
    )


def step(kind: StepKind, *assets: str, day: int = 0, **facts: object) -> Step:
    start = FIRST + day * DAY
    return replace(Step(f"{kind}-{'-'.join(assets)}-{day}", kind, assets, start, start + 60), **facts)


def carry(*assets: str, day: int = 0, unit: int = 5) -> Step:
    return step(StepKind.CARRY, *assets, day=day, to={id: Position("new", "N1", unit) for id in assets})


def plan_of(inventory: Inventory, *waves: tuple[Step, ...], **facts: object) -> Plan:
    made = tuple(
        Wave(f"w{number}", "win", Span(FIRST + number * DAY, FIRST + (number + 1) * DAY), (), steps)
        for number, steps in enumerate(waves)
    )
    return replace(Plan(inventory, "sha256:0", Making("planner", "none"), (), made, ()), **facts)


__all__ = [
    "DAY", "FIRST", "Asset", "AssetKind", "Cluster", "Method", "NeedKind", "Outage", "Position", "Rack", "Segment",
    "Span", "StepKind", "box", "carry", "estate", "need", "plan_of", "replace", "service", "step",
]  # fmt: skip
