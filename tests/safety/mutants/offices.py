"""Parts of towns that are only there when asked for: a nightly batch, DHCP, a departure for the cloud, an heir."""

from random import Random
from typing import Any

from planner.model.asset import AssetKind, Demand, Stage, Work
from planner.model.chain import Method
from planner.units.duration import Duration
from tests.safety.estates import asset, batch, live, segment, start, system
from tests.safety.mutants.blocks import Block, prepare
from tests.safety.mutants.drafting import at
from tests.safety.mutants.facts import Works, box, fixed, position
from tests.safety.mutants.job import Act, Job, K, move

SMALL: dict[str, Any] = {"kg": 5.0, "va": 50}
DEPARTURE = at(13, "00:00")
"""On this day, between the two weekends, the tax service leaves for the cloud."""


def nightly(random: Random, works: Works) -> Block:
    """Books are closed every night with the help of a report server, which is carried by day."""
    there = position("new", 1, 24)
    server = box("rp", AssetKind.SERVER, works.box(), position("old", 1, 24), there, **SMALL)
    report = system("rep", "rp", hours="office", budget=20 * 60, works=works.system())
    need = batch("rep", slot="batch", may_miss=random.choice((0, 1)), mbps=1)
    ledger = fixed("bo", AssetKind.SERVER, position("old", 3, 34), **SMALL)
    books = system("books", "bo", needs=(need,), hours="office")
    acts = (Act(K.STOP, ("rep",)), *move("rp", there), Act(K.START, ("rep",)), Act(K.ACCEPT, ("rep",)))
    return Block([server, report, ledger, books], [Job("rp", acts, outs={"rep": (0, len(acts) - 1)})])


def clients(works: Works) -> Block:
    """A client takes its address from a DHCP server whenever it starts; both are carried by day."""
    found = Block([segment("sf", tier="A", stretch=True, dhcp="dh")])
    needs = (start("dh", mbps=1),)
    for id, unit, facts in (("dh", 24, {}), ("fl", 26, {"needs": needs})):
        here, there = position("old", 2, unit), position("new", 2, unit)
        found.things.append(
            box(id, AssetKind.SERVER, works.box(), here, there, segments=("sf",), **SMALL, **facts)  # type: ignore[arg-type]
        )
        found.jobs.append(Job(id, tuple(move(id, there))))
    return found


def cloud(works: Works) -> Block:
    """Before its departure a service lives on a server, which is switched off after it; then on a router."""
    own = (Demand("ict"),)
    old = fixed(
        "cw",
        AssetKind.SERVER,
        position("old", 1, 34),
        method=Method.RETIRE,
        works={K.STOP: Work(Duration.fixed(10), own)},
        rollback={kind: Work(Duration.fixed(10), own) for kind in (K.START, K.CHECK)},
        **SMALL,
    )
    there = position("new", 2, 34)
    router = box("ct", AssetKind.SERVER, works.box(), position("old", 2, 34), there, **SMALL)
    tax = system("tax", "cw", hours="daily", leaves=DEPARTURE, cloud_needs=(live("ct", mbps=1),))
    jobs = [Job("ct", tuple(move("ct", there)), waves=(0,)), Job("cw", (Act(K.STOP, ("cw",)),), waves=(1,))]
    return Block([old, router, tax], jobs)


def heirs(works: Works) -> Block:
    """Of two servers one is enough for the archive, which is closed with the accounts; a new one replaces the first."""
    own = (Demand("ict"),)
    pair = [fixed(id, AssetKind.SERVER, position("old", n, 36), **SMALL) for n, id in ((1, "o2"), (2, "o3"))]
    new = {kind: Work(Duration.fixed(20), own) for kind in (K.MOUNT, K.START, K.CHECK, K.SWITCH_OVER)}
    there = position("new", 1, 36)
    facts: dict[str, Any] = {"height": 2, "warm_up": 0, "stages": (Stage(there),), "works": new, **SMALL}
    heir = asset("z2", room=None, method=Method.INSTALL, replaces="o2", **facts)
    archive = system("arch", "1 of o2, o3", hours="daily", blackouts=frozenset({"closing"}))
    built = [
        prepare(kind, "z2", at(6, "10:00") + 20 * n, 20, "ict/3", **({"to": {"z2": there}} if kind is K.MOUNT else {}))
        for n, kind in enumerate((K.MOUNT, K.START, K.CHECK))
    ]
    return Block([*pair, heir, archive], [Job("z2", (Act(K.SWITCH_OVER, ("z2",)),), waves=(1,))], built)
