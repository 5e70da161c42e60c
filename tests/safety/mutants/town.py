"""Random small towns with everything that rules are about, and a plan for each that keeps them all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from planner.model.asset import AssetKind
from planner.model.inventory import Inventory
from planner.model.network import Permission, Separation, SeparationBy
from planner.plan.plan import Plan
from tests.safety.estates import estate, link, segment
from tests.safety.mutants import blocks, circles, facts, offices
from tests.safety.mutants.blocks import Block
from tests.safety.mutants.drafting import drafted


@dataclass(frozen=True, slots=True)
class Town:
    """An inventory of some parts, and a plan that keeps every rule."""

    inventory: Inventory
    plan: Plan
    parts: frozenset[str]


@cache
def town(seed: int, *needed: str) -> Town:
    """The same for the same seed: the parts that are needed and up to two more, with everything in them at random."""
    random = Random(f"{seed} {' '.join(needed)}")
    names, whole = _parts(random, needed)
    inventory = _inventory(random, whole)
    return Town(inventory, drafted(random, inventory, whole.jobs, tuple(whole.prepared)), frozenset(names))


def _parts(random: Random, needed: tuple[str, ...]) -> tuple[set[str], Block]:
    works = facts.Works(random)
    stored = "stored" in needed or ("twins" not in needed and random.random() < 0.5)
    makers: dict[str, Callable[[], Block]] = {
        "pair": lambda: blocks.pair(random, works),
        "register": lambda: blocks.register(random, works),
        "line": lambda: blocks.line(random, works),
        "renumbering": lambda: blocks.renumbering(random, works),
        "replacement": lambda: blocks.replacement(works),
        "circle": lambda: circles.circle(random, works),
        "elsewhere": lambda: circles.elsewhere(random, works),
        "crossing": lambda: _crossing(random, works, stored=stored),
    }
    asked: dict[str, Callable[[], Block]] = {
        "nightly": lambda: offices.nightly(random, works),
        "clients": lambda: offices.clients(works),
        "cloud": lambda: offices.cloud(works),
        "heirs": lambda: offices.heirs(works),
    }
    needed = tuple("crossing" if name in ("stored", "twins") else name for name in needed)
    found, names = Block(), set[str]()
    others = [name for name in makers if name not in needed]
    for name in (*needed, *random.sample(others, random.randint(0 if needed else 1, 1 if needed else 3))):
        found += (makers | asked)[name]()
        names |= {name, "stored" if stored else "twins"} if name == "crossing" else {name}
    found.things += _always()
    kept = [thing.id for thing in found.things if getattr(thing, "backup", None)]
    found += blocks.keeper(works, *kept) if kept else Block()
    found.jobs.sort(key=lambda job: (job.last, job.id == "br", not job.night, -len(job.acts) if job.night else 0))
    return names, found


def _always() -> list[Any]:
    """Two switches in each room, and what watches everything."""
    places = [(f"sw{room[0]}{n}", facts.position(room, n, 40)) for room in ("old", "new") for n in (3, 4)]
    return [facts.watching(), *(facts.fixed(id, AssetKind.SWITCH, place) for id, place in places)]


def _crossing(random: Random, works: facts.Works, *, stored: bool) -> Block:
    found = blocks.cluster(random, works, stored=stored)
    found += blocks.gateways(works)
    found += blocks.bridge(random)
    random.shuffle(found.jobs)
    return found


def _inventory(random: Random, parts: Block) -> Inventory:
    segments = [segment("sa", tier="A", stretch=True), segment("sr", tier="A")]
    crossing = any(thing.id == "g1" for thing in parts.things)
    segments += [segment("sb", "g1", "g2", tier="B", stretch=True)] if crossing else []
    dark = link("dark", tiers=frozenset("A"))
    through = ("h1", "h2", "san")
    found = estate(
        *facts.rooms(),
        *segments,
        dark,
        *parts.things,
        policy=facts.policy(random),
        **facts.racking(random.choice((160.0, 180.0)), random.choice((11.0, 12.0))),
        **facts.transport(),
        permissions=(Permission(("A", "B"), "declared", through),),
        separations=(Separation(("A", "B"), SeparationBy.LOGICAL),),
        teams=facts.teams(),
        timetable=facts.timetable(),
    )
    return replace(found, project=facts.PROJECT)
