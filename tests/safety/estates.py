"""Short constructors for tiny inventories and plans; minutes count from the epoch, rooms are `old` and `new`."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from planner.model.asset import Asset, AssetKind, Cluster, Stage, Work
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory, Project
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
from planner.model.network import Link, Segment, Tier
from planner.model.place import Position, Room, RoomKind
from planner.model.policy import Policy
from planner.model.system import Criticality, System
from planner.plan.plan import Making, Outage, Plan
from planner.plan.step import Step
from planner.plan.wave import Turn, Wave
from planner.plan.wording import word
from planner.safety.context import Context
from planner.safety.replay import Replay
from planner.safety.rule import Rule
from planner.safety.timetable import hours
from planner.units.duration import Duration
from planner.units.span import Span

HORIZON = Span(0, 10_000)
OLD, NEW = Position("old"), Position("new")


def tree(text: str | Tree) -> Tree:
    """``"a"``, ``"a & b"``, ``"1 of a, b"`` and ``"1 keep 2 of a, b"``; a tree is itself."""
    if not isinstance(text, str):
        return text
    if " of " in text:
        counts, names = text.split(" of ")
        count, _, keep = counts.partition(" keep ")
        parts = tuple(Leaf(name.strip()) for name in names.split(","))
        return AtLeast(int(count), parts, int(keep or count))
    names = [name.strip() for name in text.split("&")]
    return Leaf(names[0]) if len(names) == 1 else AllOf(tuple(Leaf(name) for name in names))


def hard(text: str | Tree, **more: Any) -> Need:
    return Need(NeedKind.HARD, tree(text), **more)


def live(text: str | Tree, **more: Any) -> Need:
    return Need(NeedKind.LIVE, tree(text), **more)


def start(text: str | Tree, **more: Any) -> Need:
    return Need(NeedKind.START, tree(text), **more)


def batch(text: str | Tree, **more: Any) -> Need:
    return Need(NeedKind.BATCH, tree(text), **more)


def soft(text: str | Tree, **more: Any) -> Need:
    return Need(NeedKind.SOFT, tree(text), **more)


def asset(id: str, kind: AssetKind = AssetKind.SERVER, *, room: str | None = "old", **more: Any) -> Asset:
    """An asset that stays where it is, unless ``method`` says otherwise."""
    facts: dict[str, Any] = {"method": Method.STAY, "at": None if room is None else Position(room), **more}
    return Asset(id=id, name=id, kind=kind, **facts)


def carried(id: str, kind: AssetKind = AssetKind.SERVER, **more: Any) -> Asset:
    """An asset that is carried from the old to the new room."""
    facts: dict[str, Any] = {"method": Method.CARRY, **more}
    return asset(id, kind, **{"stages": stages("new"), **facts})


def stages(*rooms: str) -> tuple[Stage, ...]:
    return tuple(Stage(Position(room)) for room in rooms)


def vm(id: str, host: str, **more: Any) -> Asset:
    return Asset(id=id, name=id, kind=AssetKind.VM, method=Method.FOLLOW, host=host, **more)


def system(id: str, runs_on: str | Tree | None = None, **more: Any) -> System:
    on = None if runs_on is None else tree(runs_on)
    return System(id=id, name=id, criticality=Criticality.A, runs_on=on, **more)


def link(id: str, one: str = "old", other: str = "new", **more: Any) -> Link:
    facts: dict[str, Any] = {"mbps": 1000, "latency_ms": 0.2, **more}
    return Link(id=id, name=id, between=(one, other), **facts)


def segment(id: str, *gateway: str, tier: str = "A", **more: Any) -> Segment:
    return Segment(id=id, name=id, tier=tier, gateway=gateway, **more)


def works(**minutes: int) -> Mapping[StepKind, Work]:
    return {StepKind(kind): Work(Duration.fixed(length)) for kind, length in minutes.items()}


def estate(*things: Any, policy: Policy | None = None, rooms: Iterable[str] = ("old", "new"), **more: Any) -> Inventory:
    """An inventory of the given assets, systems, links, segments and clusters, in the order written."""

    def of(kind: type) -> dict[str, Any]:
        return {thing.id: thing for thing in things if isinstance(thing, kind)}

    return Inventory(
        project=Project(id="tiny", name="tiny", as_of=date(1970, 1, 1), horizon=HORIZON),
        rooms={id: Room(id=id, name=id, kind=RoomKind.SERVER_ROOM) for id in rooms} | of(Room),
        tiers={id: Tier(id=id, name=id) for id in ("A", "B")},
        segments=of(Segment),
        links=of(Link),
        assets=of(Asset),
        clusters=of(Cluster),
        systems=of(System),
        policy=policy or Policy(),
        **more,
    )


def steps(*lines: str, to: str = "new") -> tuple[Step, ...]:
    """One step per line: ``"60 70 stop a b"``; carried and mounted things end in ``to`` or after ``->``.

    ``"0 5 migrate v -> h2"`` names the new host.
    """
    return tuple(_step(number, line, to) for number, line in enumerate(lines, 1))


def _step(number: int, line: str, to: str) -> Step:
    left, _, goal = line.partition("->")
    begin, end, kind, *ids = left.split()
    step = Step(id=f"s{number:03}", kind=StepKind(kind), assets=tuple(ids), start=int(begin), end=int(end))
    if step.kind is StepKind.MIGRATE:
        return replace(step, hosts=dict.fromkeys(ids, goal.strip()))
    if step.kind is StepKind.UPDATE:
        return replace(step, holder=goal.strip())
    if step.kind in (StepKind.CARRY, StepKind.MOUNT, StepKind.SWITCH_OVER):
        return replace(step, to=dict.fromkeys(ids, Position(goal.strip() or to)))
    return step


def moved(id: str, begin: int, *, to: str = "new") -> tuple[str, ...]:
    """The lines of a whole move in steps of ten minutes: down from ``begin``, up 60 minutes later."""
    kinds = ("stop", "unmount", "carry", "mount", "start", "check")
    return tuple(
        f"{begin + 10 * n} {begin + 10 * n + 10} {kind} {id}" + (f" -> {to}" if kind in ("carry", "mount") else "")
        for n, kind in enumerate(kinds)
    )


def plan(
    inventory: Inventory,
    done: tuple[Step, ...] = (),
    outages: Iterable[Outage] = (),
    *,
    window: Span | None = None,
    turns: tuple[Turn, ...] = (),
    preparation: tuple[Step, ...] = (),
) -> Plan:
    """One wave with these steps, in a window that is the horizon unless told otherwise."""
    wave = Wave(id="w1", window_id="any", window=window or inventory.project.horizon, turns=turns, steps=done)
    return Plan(
        inventory=inventory,
        inventory_hash="",
        making=Making(product="test", solver="by hand"),
        preparation=preparation,
        waves=(wave,) if done else (),
        outages=tuple(outages),
    )


def outage(system: str, begin: int, end: int, *, computed: int | None = None, inside: int | None = None) -> Outage:
    """A declared outage that is computed to last as long as it is declared, all of it inside service hours."""
    minutes = end - begin if computed is None else computed
    return Outage(system=system, span=Span(begin, end), computed=minutes, inside=minutes if inside is None else inside)


def findings(rule: Rule, of: Plan) -> list[tuple[str, tuple[str, ...], tuple[int, int]]]:
    """Key, subjects and interval of what one rule finds, unknown values aside."""
    found = rule.check(Context.of(of.inventory, of)).findings
    return [(f.key, f.subjects, (f.span.start, f.span.end)) for f in found if f.span is not None and not f.unknown]


def sentences(rule: Rule, of: Plan, lang: str = "en") -> list[str]:
    """What the findings of one rule say."""
    return [word(finding, lang) for finding in rule.check(Context.of(of.inventory, of)).findings]


def announced(inventory: Inventory, done: tuple[Step, ...]) -> Plan:
    """The plan of these steps that declares exactly what a replay computes."""
    replay = Replay.of(inventory, done)
    told = [
        Outage(id, span, span.minutes, hours(inventory, inventory.systems[id].hours, span).minutes)
        for id, spans in replay.unavailable.items()
        for span in spans
    ]
    return plan(inventory, done, told)
