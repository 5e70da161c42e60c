"""Two more parts of towns: registers that need each other, and one that can only be tested when others are at work."""

from random import Random
from typing import Any

from planner.model.asset import AssetKind
from tests.safety.estates import hard, system
from tests.safety.mutants.blocks import Block
from tests.safety.mutants.facts import Works, box, position
from tests.safety.mutants.job import Act, Job, K, move


def circle(random: Random, works: Works) -> Block:
    """Two systems that need each other hard: they stop, start and are accepted as one, in the order of the file."""
    found = Block()
    on = {"kos": "kb", "jum": "jb"}
    places = {id: position("new", 2, 14 + 4 * n) for n, id in enumerate(on.values())}
    for n, id in enumerate(on.values()):
        here = position("old", 2, 14 + 4 * n)
        found.things.append(box(id, AssetKind.SERVER, works.box(), here, places[id], va=200))
    facts: dict[str, Any] = {"hours": "daily", "budget": random.choice((0, 30)), "works": works.system()}
    for one, other in (("kos", "jum"), ("jum", "kos")):
        found.things.append(system(one, on[one], needs=(hard(other, mbps=5),), **facts))
    both, boxes = tuple(on), tuple(on.values())
    acts = [Act(K.STOP, both), Act(K.STOP, boxes), Act(K.UNMOUNT, boxes)]
    acts += [Act(kind, boxes, places) for kind in (K.CARRY, K.MOUNT)]
    acts += [Act(K.START, boxes), Act(K.CHECK, boxes), Act(K.START, both), Act(K.ACCEPT, both)]
    outs = dict.fromkeys(both, (0, len(acts) - 1))
    found.jobs.append(Job("circle", tuple(acts), night=True, outs=outs))
    return found


def elsewhere(random: Random, works: Works) -> Block:
    """A system whose other end works in office hours: accepted for now at night, for good when these begin."""
    there = position("new", 1, 14)
    le = box("le", AssetKind.SERVER, works.box(), position("old", 1, 14), there, va=200)
    facts: dict[str, Any] = {"accept_hours": "office", "fallback": "by fax", "works": works.system()}
    lg = system("lg", "le", hours="daily", budget=random.choice((0, 30)), **facts)
    acts = (Act(K.STOP, ("lg",)), *move("le", there), Act(K.START, ("lg",)), Act(K.ACCEPT, ("lg",)))
    return Block([le, lg], [Job("lg", acts, night=True, outs={"lg": (0, len(acts) - 1)})])
