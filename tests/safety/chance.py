"""Random small estates and plans, safe and unsafe, from a seed."""

from dataclasses import replace
from random import Random
from typing import Any

from planner.model.asset import Asset, AssetKind, Cluster, Reference, Work
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, Tree
from planner.model.network import Link, Permission, Segment
from planner.model.place import Circuit, Position, Rack
from planner.model.system import System
from planner.plan.plan import Outage, Plan
from planner.plan.step import Step
from planner.units.duration import Duration
from planner.units.span import Span
from tests.safety.estates import asset, estate, link, plan, segment, stages, steps, system, vm, works

HORIZON = Span(0, 48)
ROOMS = ("old", "new", "mid")
KINDS = (AssetKind.SERVER, AssetKind.SERVER, AssetKind.SWITCH, AssetKind.FIREWALL)


def chance(seed: int) -> Plan:
    """An estate of up to seven assets and three systems, and a plan of random moves, stops, migrations and tests."""
    random = Random(seed)
    inventory = _estate(random)
    done = _steps(random, inventory)
    return plan(inventory, done, _outages(random, inventory))


def nested(seed: int) -> Plan:
    """The same with trees inside trees: in what systems run on, and in what they and some assets need."""
    plan, random = chance(seed), Random(f"nested {seed}")
    inventory = plan.inventory
    ids = [asset.id for asset in inventory.assets.values() if asset.replaces is None]

    def grown(tree: Tree, own: str, *, local: float) -> Tree:
        parts = tuple(Leaf(id) for id in random.sample([id for id in ids if id != own], 2))
        here = random.random() < local
        inner = AllOf(parts) if random.random() < 0.4 else AtLeast(1, parts, random.randint(1, 2), in_room=here)
        both = (tree, inner) if random.random() < 0.5 else (inner, tree)
        return AllOf(both) if random.random() < 0.4 else AtLeast(1, both, random.randint(1, 2))

    def wanting(own: str, needs: tuple[Need, ...]) -> tuple[Need, ...]:
        return tuple(replace(need, tree=grown(need.tree, own, local=0.3)) for need in needs)

    systems = {
        id: replace(each, needs=wanting(id, each.needs), runs_on=each.runs_on and grown(each.runs_on, id, local=0))
        for id, each in inventory.systems.items()
    }
    assets = {
        id: replace(each, needs=wanting(id, each.needs) if random.random() < 0.3 else each.needs)
        for id, each in inventory.assets.items()
    }
    return replace(plan, inventory=replace(inventory, assets=assets, systems=systems))


def _estate(random: Random) -> Inventory:
    segments = [_segment(random, id) for id in ("x", "y")[: random.randint(0, 2)]]
    names = ["a", "b", "c", "d", "e"][: random.randint(2, 5)]
    assets = [_asset(random, id, names, segments) for id in names]
    things: list[Any] = [*assets, *_cluster(random), *_replacement(random, names), *_line(random, names)]
    things += [*_renumbered(random, names), asset("p", AssetKind.UPS), asset("q", AssetKind.UPS)]
    held = [thing.id for thing in things if isinstance(thing, Asset) and thing.id != "z"]
    systems = [_system(random, id, held, before) for id, before in (("s", []), ("t", ["s"]), ("u", ["s", "t"]))]
    gateways = [a.id for a in assets if a.kind is AssetKind.FIREWALL]
    routed = [replace(s, gateway=tuple(gateways[: random.randint(0, 2)])) for s in segments]
    links = [_link(random, id, names) for id in ("l", "m", "br")[: random.randint(1, 3)]]
    permissions = (Permission(("A", "B"), "declared"),) if random.random() < 0.5 else ()
    power: dict[str, Any] = {
        "racks": {"r": Rack("r", "r", "old", feeds=("kp", "kq")[: random.randint(0, 2)])},
        "circuits": {f"k{ups}": Circuit(f"k{ups}", "old", 100, 20, ups=ups) for ups in ("p", "q")},
        "permissions": permissions,
    }
    inventory = estate(*things, *routed, *links, *systems[: random.randint(1, 3)], rooms=ROOMS, **power)
    return replace(inventory, project=replace(inventory.project, horizon=HORIZON))


def _segment(random: Random, id: str) -> Segment:
    return segment(id, tier=random.choice("AB"), stretch=random.random() < 0.6, client=random.random() < 0.1)


def _asset(random: Random, id: str, names: list[str], segments: list[Segment]) -> Asset:
    others = [name for name in names if name != id]
    member = tuple(s.id for s in segments if random.random() < 0.4)
    needs = tuple(_need(random, others) for _ in range(random.choice((0, 0, 1))))
    timed = works(**{kind: 1 for kind in ("stop", "check") if random.random() < 0.5})
    facts: dict[str, Any] = {
        "segments": member,
        "needs": needs,
        "works": timed,
        "tier": random.choice((None, "A", "B")),
    }
    room = random.choice(ROOMS[:2])
    facts["at"] = Position("old", "r") if random.random() < 0.3 else Position(room)
    return asset(id, random.choice(KINDS), method=Method.CARRY, stages=stages("new"), **facts)


def _need(random: Random, ids: list[str]) -> Need:
    kind = random.choice((NeedKind.HARD, NeedKind.LIVE, NeedKind.LIVE, NeedKind.SOFT))
    facts: dict[str, Any] = {
        "mbps": random.choice((1, 5, 20)),
        "same_room": random.random() < 0.1,
        "since": random.choice((None, None, None, 15)),
        "until": random.choice((None, None, None, 30)),
    }
    return Need(kind, _tree(random, ids), **facts)


def _tree(random: Random, ids: list[str]) -> Tree:
    parts = tuple(Leaf(id) for id in random.sample(ids, min(len(ids), random.randint(1, 3))))
    if len(parts) == 1:
        return parts[0]
    if random.random() < 0.3:
        return AllOf(parts)
    count = random.randint(1, len(parts))
    return AtLeast(count, parts, random.randint(count, len(parts)), in_room=random.random() < 0.15)


def _cluster(random: Random) -> list[Any]:
    if random.random() < 0.6:
        return []
    hosts = [asset(id, AssetKind.HYPERVISOR, method=Method.CARRY, stages=stages("new")) for id in ("h", "i")]
    storage = (
        [asset("st", AssetKind.STORAGE, method=Method.CARRY, stages=stages("new"))] if random.random() < 0.5 else []
    )
    cluster = Cluster(
        "cl", "cl", ("h", "i"), "st" if storage else None, live_migration=True, across=random.random() < 0.5
    )
    return [*hosts, *storage, cluster, vm("v", "h", cluster="cl")]


def _replacement(random: Random, names: list[str]) -> list[Asset]:
    if random.random() < 0.7:
        return []
    return [asset("z", room=None, method=Method.INSTALL, replaces=names[0], works=works(switch_over=2))]


def _renumbered(random: Random, names: list[str]) -> list[Asset]:
    if random.random() < 0.7:
        return []
    told = Reference(random.choice(names), "script", Work(Duration.fixed(1)))
    timed = works(**{kind: 1 for kind in ("check",) if random.random() < 0.5})
    return [asset("n", method=Method.RENUMBER, references=(told,), works=timed)]


def _line(random: Random, names: list[str]) -> list[Asset]:
    if random.random() < 0.7:
        return []
    ends = {room: (random.choice(names),) for room in ROOMS[:2] if random.random() < 0.7}
    facts: dict[str, Any] = {"ends": ends, "dual_lay": random.random() < 0.5, "tier": random.choice((None, "A"))}
    return [asset("ln", AssetKind.LINE, method=Method.RELAY, stages=stages("new"), works=works(switch_over=1), **facts)]


def _system(random: Random, id: str, assets: list[str], systems: list[str]) -> System:
    runs_on = _tree(random, assets) if random.random() < 0.9 else None
    needs = tuple(_need(random, [*assets, *systems]) for _ in range(random.randint(0, 2)))
    timed = works(**{kind: 1 for kind in ("accept",) if random.random() < 0.5})
    facts: dict[str, Any] = {"needs": needs, "works": timed, "budget": random.choice((0, 5, 50))}
    if random.random() < 0.15:
        facts |= {"leaves": 25, "cloud_needs": (_need(random, assets),)}
    return system(id, _plain(runs_on), **facts)


def _plain(tree: Tree | None) -> Tree | None:
    """What a system runs on is counted without regard to rooms."""
    return replace(tree, in_room=False) if isinstance(tree, AtLeast) else tree


def _link(random: Random, id: str, names: list[str]) -> Link:
    between = random.choice((("old", "new"), ("old", "new"), ("old", "mid"), ("mid", "new")))
    facts: dict[str, Any] = {
        "bridge": id == "br",
        "test": Duration.fixed(1),
        "mbps": random.choice((4, 10, 1000)),
        "tiers": frozenset(random.choice(("", "A", "B", "AB"))),
        "since": random.choice((None, None, 10)),
        "until": random.choice((None, None, 40)),
        "ends_on": {room: (random.choice(names),) for room in between if random.random() < 0.2},
    }
    return link(id, *between, **facts)


def _steps(random: Random, inventory: Inventory) -> tuple[Step, ...]:
    lines: list[str] = []
    for each in inventory.assets.values():
        if each.method is Method.CARRY and random.random() < 0.7:
            lines += _move(random, each)
        elif each.method is Method.RELAY and random.random() < 0.7:
            begin = random.randint(0, 20)
            lines += [f"{begin} {begin + 3} lay {each.id}", f"{begin + 5} {begin + 7} switch_over {each.id} -> new"]
        elif each.method is Method.INSTALL:
            begin = random.randint(0, 20)
            lines += [
                f"{begin} {begin + 2} mount z",
                f"{begin + 2} {begin + 4} start z",
                f"{begin + 4} {begin + 5} check z",
            ]
            lines += [f"{begin + 8} {begin + 10} switch_over z"]
        elif each.method is Method.RENUMBER:
            lines += _renumbering(random, each)
        elif each.kind is AssetKind.UPS and random.random() < 0.4:
            begin = random.randint(0, 40)
            lines += [f"{begin} {begin + 2} stop {each.id}", f"{begin + 4} {begin + 6} start {each.id}"]
        elif each.host is not None:
            lines += _of_vm(random, each)
    for id, facts in inventory.systems.items():
        if random.random() < 0.5:
            lines += _stopped(random, id, accepted="accept" in facts.works or random.random() < 0.5)
    lines += [f"{t} {t + 1} test br" for t in (random.randint(0, 20),) if "br" in inventory.links]
    lines += [f"{t} {t + 1} close br" for t in (random.randint(21, 44),) if "br" in inventory.links]
    done = [s if s.kind.value != "switch_over" or s.assets != ("z",) else replace(s, to={}) for s in steps(*lines)]
    return tuple(replace(s, to={id: Position(p.room) for id, p in s.to.items()}) for s in done)


def _move(random: Random, each: Asset) -> list[str]:
    kinds = ["stop", "unmount", "carry", "mount", "start", "check"]
    left_out = {kind for kind in ("stop", "unmount", "mount", "check") if random.random() < 0.2}
    lines, at = [], random.randint(0, 25)
    for kind in kinds:
        if kind in left_out:
            continue
        end = at + random.randint(1, 3)
        lines.append(f"{at} {end} {kind} {each.id}" + (" -> new" if kind in ("carry", "mount") else ""))
        at = end + random.choice((0, 0, 0, 1))
    return lines


def _renumbering(random: Random, each: Asset) -> list[str]:
    begin = random.randint(0, 20)
    told = f"{begin + 8} {begin + 10} update n -> {each.references[0].holder}"
    lines = [f"{begin} {begin + 2} renumber n", f"{begin + 3} {begin + 4} check n"]
    return [*lines, told] if random.random() < 0.7 else lines


def _of_vm(random: Random, each: Asset) -> list[str]:
    begin = random.randint(0, 20)
    if random.random() < 0.6:
        back = [f"{begin + 12} {begin + 14} migrate v -> h"] if random.random() < 0.5 else []
        return [f"{begin} {begin + 2} migrate v -> i", *back]
    return [f"{begin} {begin + 1} stop v", f"{begin + 9} {begin + 10} start v", f"{begin + 10} {begin + 11} check v"]


def _stopped(random: Random, id: str, *, accepted: bool) -> list[str]:
    begin, end = random.randint(0, 15), random.randint(20, 40)
    accept = [f"{end + 2} {end + 4} accept {id}"] if accepted else []
    return [f"{begin} {begin + 2} stop {id}", f"{end} {end + 2} start {id}", *accept]


def _outages(random: Random, inventory: Inventory) -> list[Outage]:
    found = []
    for id in inventory.systems:
        if random.random() < 0.6:
            begin, end = random.randint(0, 20), random.randint(22, 48)
            found.append(Outage(id, Span(begin, end), 0, 0))
    return found
