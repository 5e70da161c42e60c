"""The parts that towns are put together from: what there is, and the jobs that move it."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from planner.model.asset import Application, Asset, AssetKind, Backup, Cluster, Demand, Media, Reference, Stage, Work
from planner.model.chain import Method, StepKind
from planner.model.need import AtLeast, Leaf
from planner.model.network import Link, SeparationBy
from planner.model.place import Position
from planner.model.system import Criticality
from planner.plan.step import Step
from planner.units.duration import Duration
from planner.units.span import Minute
from tests.safety.estates import asset, live, start, system, vm
from tests.safety.mutants.drafting import at
from tests.safety.mutants.facts import Works, box, fixed, position
from tests.safety.mutants.job import Act, Job, move

K = StepKind
NEW = Position("new")


@dataclass(slots=True)
class Block:
    """Things, the jobs that change them, and what is prepared on working days."""

    things: list[Any] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    prepared: list[Step] = field(default_factory=list)

    def __iadd__(self, other: "Block") -> "Block":
        self.things += other.things
        self.jobs += other.jobs
        self.prepared += other.prepared
        return self


def prepare(kind: StepKind, id: str, begin: Minute, minutes: int, *people: str, **more: Any) -> Step:
    return Step(f"p/{id}/{kind.value}", kind, (id,), begin, begin + minutes, people, **more)


def backup(random: Random, id: str, copies: tuple[str, ...], before: Minute) -> tuple[Backup, list[Step]]:
    """What is backed up on the last working day before a window, and read back."""
    length, age = random.choice((60, 120)), random.choice((72, 96)) * 60
    work, verify = Work(Duration.fixed(length)), Work(Duration.fixed(30))
    facts = Backup(work, age, at(1, "10:00", 12), copies, verify)
    begin = before - random.randint(300, 600)
    taken = prepare(K.BACK_UP, id, begin, length)
    return facts, [taken, prepare(K.VERIFY, id, taken.end + random.randint(0, 30), 30)]


def pair(random: Random, works: Works) -> Block:
    """Web servers of which one may be missing: one after the other, by day, in the first wave; critical."""
    count = random.randint(2, 3)
    found = Block()
    for n in range(1, count + 1):
        facts = {"segments": ("sa",), "fragile": True}
        here, there = position("old", n, 10), position("new", n, 10)
        found.things.append(
            box(f"w{n}", AssetKind.SERVER, works.box(2, movers=True), here, there, **facts)  # type: ignore[arg-type]
        )
        found.jobs.append(Job(f"w{n}", tuple(move(f"w{n}", there)), waves=(0,)))
    parts = tuple(Leaf(f"w{n}") for n in range(1, count + 1))
    web = system("web", AtLeast(count - 1, parts, count - 1), hours="daily", works=works.system())
    found.things.append(_of(web, Criticality.S))
    return found


def _of(thing: Any, criticality: Criticality) -> Any:
    return type(thing)(**{name: getattr(thing, name) for name in thing.__slots__} | {"criticality": criticality})


def register(random: Random, works: Works) -> Block:
    """A register on a data base, a desk above it that needs both in one room, and the licences they start with."""
    facts, taken = backup(random, "db", ("bk",), at(15, "17:00"))
    closing = frozenset({"closing"})
    sealed = Media(sealed=True, serials=("1234",))
    here, there = position("old", 4, 10), position("new", 4, 10)
    beside, goal = position("old", 4, 14), position("new", 4, 14)
    db = box("db", AssetKind.SERVER, works.box(2, "db"), here, there, segments=("sr",), stateful=True, backup=facts)
    db = _with(db, media=sealed, blackouts=closing)
    near = live("db", same_room=True, mbps=5, latency_ms=5.0)
    ap = box("ap", AssetKind.SERVER, works.box(), beside, goal, segments=("sr",), needs=(start("lic", mbps=1), near))
    lic = fixed("lic", AssetKind.SERVER, position("new", 4, 20), works=works.automatic(stop=5, start=5, check=5))
    reg = system("reg", "db", hours="daily", budget=random.choice((0, 30, 60)), works=works.system())
    desk = system("desk-r", "ap", needs=(live("reg", mbps=5),), hours="daily", budget=60, works=works.system())
    both = {"db": there, "ap": goal}
    acts = [
        *(Act(K.STOP, (id,)) for id in ("desk-r", "ap", "reg", "db")),
        Act(K.UNMOUNT, ("db", "ap")),
        Act(K.CARRY, ("db", "ap"), both),
        Act(K.MOUNT, ("db", "ap"), both),
        *(Act(kind, (id,)) for id in ("db", "ap") for kind in (K.START, K.CHECK)),
        *(Act(kind, (id,)) for id in ("reg", "desk-r") for kind in (K.START, K.ACCEPT)),
    ]
    job = Job("register", tuple(acts), night=True, outs={"desk-r": (0, 14), "reg": (2, 12)}, waves=(1,))
    return Block([db, ap, lic, _of(reg, Criticality.S), desk], [job], taken)


def _with(thing: Asset, **more: Any) -> Asset:
    return Asset(**{name: getattr(thing, name) for name in Asset.__slots__} | more)


def keeper(works: Works, *backs_up: str) -> Block:
    """The server with the backups moves from the branch to the annex by day."""
    there = Position("annex", "A1", 10)
    bk = box("bk", AssetKind.SERVER, works.box(), Position("branch"), there, backs_up=backs_up)
    bk = _with(bk, stages=(Stage(there, not_before=at(8, "00:00")),))
    return Block([bk], [Job("bk", tuple(move("bk", there)))])


def line(random: Random, works: Works) -> Block:
    """A line of a carrier with both ends laid, and a portal that lives on it."""
    ends = [fixed(f"rt{room[0]}", AssetKind.ROUTER, position(room, 4, 30)) for room in ("old", "new")]
    work = {
        K.LAY: Work(Duration.fixed(120), (Demand("cr"),)),
        K.TEST: Work(Duration.fixed(30), (Demand("cr"),)),
        K.SWITCH_OVER: Work(Duration.fixed(20), (Demand("cr"), Demand("ict"))),
    }
    accepted = Application(at(1, "00:00", 12) - 200 * 1440, at(1, "00:00", 12) - 100 * 1440)
    facts: dict[str, Any] = {"lead_days": 230, "appointments": "visits", "handled_by": "cr", "application": accepted}
    facts |= {"dual_lay": True, "stages": (Stage(NEW),), "method": Method.RELAY, "works": work}
    ln = asset("ln", AssetKind.LINE, ends={"old": ("rto",), "new": ("rtn",)}, **facts)
    portal = system("portal", needs=(live("ln", mbps=5),), hours="daily", budget=random.choice((0, 30)))
    job = Job("ln", (Act(K.SWITCH_OVER, ("ln",), {"ln": NEW}),), night=True, outs={"portal": (0, 0)}, waves=(0,))
    day = random.choice((4, 5, 6))
    laid = prepare(K.LAY, "ln", at(day, "09:30"), 120, "cr/1")
    return Block([*ends, ln, portal], [job], [laid, prepare(K.TEST, "ln", at(day, "13:00"), 30, "cr/1")])


def renumbering(random: Random, works: Works) -> Block:
    """A name server gets a new address, which a script on another server knows."""
    work = works.box() | {K.RENUMBER: Work(Duration.fixed(15), (Demand("ict"),))}
    told = Reference("cl", "script", Work(Duration.fixed(10), (Demand("ict"),)))
    facts: dict[str, Any] = {"method": Method.RENUMBER, "address": "10.0.0.5", "new_address": "10.1.0.5"}
    facts |= {"references": (told,), "old_ttl": random.choice((60, 1440)), "works": work}
    nm = fixed("nm", AssetKind.SERVER, position("old", 3, 25), **facts)
    cl = fixed("cl", AssetKind.SERVER, position("old", 3, 27))
    name = system("name", "nm", hours="daily", works=works.system())
    job_system = system("job", "cl", needs=(live("nm", mbps=1),), hours="office", budget=random.choice((0, 60)))
    acts = [
        Act(K.STOP, ("name",)),
        Act(K.RENUMBER, ("nm",)),
        Act(K.CHECK, ("nm",)),
        Act(K.UPDATE, ("nm",), holder="cl"),
    ]
    acts += [Act(K.START, ("name",)), Act(K.ACCEPT, ("name",))]
    job = Job("nm", tuple(acts), night=True, outs={"name": (0, 5), "job": (1, 3)}, waves=(0,))
    lowered = prepare(K.LOWER_TTL, "nm", at(6, "10:00"), 5)
    nm = _with(nm, works={**work, K.LOWER_TTL: Work(Duration.fixed(5))})
    return Block([nm, cl, name, job_system], [job], [lowered])


def replacement(works: Works) -> Block:
    """A new server takes over from an old one, which is thrown away at the very end, behind a gate."""
    own = (Demand("ict"),)
    new = {kind: Work(Duration.fixed(20), own) for kind in (K.MOUNT, K.START, K.CHECK, K.SWITCH_OVER)}
    there = position("new", 3, 25)
    z = asset("z", room=None, method=Method.INSTALL, replaces="o", works=new, stages=(Stage(there),))
    z = _with(z, height=2, kg=20.0, va=300, warm_up=0)
    gone = {kind: Work(Duration.fixed(10), own) for kind in (K.STOP, K.DISPOSE)}
    o = fixed("o", AssetKind.SERVER, position("old", 3, 30), method=Method.RETIRE, works=gone)
    o = _with(o, rollback={kind: Work(Duration.fixed(10), own) for kind in (K.START, K.CHECK)})
    doc = system("doc", "o", hours="daily", budget=30, works=works.system())
    acts = (Act(K.STOP, ("doc",)), Act(K.SWITCH_OVER, ("z",)), Act(K.START, ("doc",)), Act(K.ACCEPT, ("doc",)))
    jobs = [Job("z", acts, night=True, outs={"doc": (0, 3)}, waves=(0,))]
    jobs.append(Job("o", (Act(K.STOP, ("o",)), Act(K.DISPOSE, ("o",))), last=True, gate=True))
    kinds = (K.MOUNT, K.START, K.CHECK)
    built = [
        prepare(kind, "z", at(5, "10:00") + 20 * n, 20, "ict/3", **({"to": {"z": there}} if kind is K.MOUNT else {}))
        for n, kind in enumerate(kinds)
    ]
    return Block([z, o, doc], jobs, built)


def cluster(random: Random, works: Works, *, stored: bool) -> Block:
    """Three hosts, emptied and moved one by one over a bridge; a VM of each tier, and a pair or one storage."""
    found = Block()
    names = ("h1", "h2", "h3")
    for n, id in enumerate(names, 1):
        host = box(id, AssetKind.HYPERVISOR, works.box(movers=True), position("old", n, 20), position("new", n, 20))
        found.things.append(_with(host, memory_gb=48, tier="B"))
    on = {"v1": ("h1", "sb"), "v2": ("h2", "sb"), "v3": ("h3", "sb"), "va": (random.choice(("h1", "h2")), "sa")}
    timed = works.automatic(stop=5, start=5, check=5, migrate=5)
    for id, (host_id, segment) in on.items():
        facts: dict[str, Any] = {"cluster": "cl1", "segments": (segment,), "memory_gb": random.choice((16, 20))}
        apart = {"v1": ("v2",), "v2": ("v1",)}.get(id, ()) if not stored else ()
        found.things.append(vm(id, host_id, works=timed, migrate_mbps=400, apart_from=apart, **facts))
    found.things += _on_vms(works, stored=stored)
    found.jobs += [_host_job(id, {vm: host for vm, (host, _) in on.items()}) for id in names]
    storage = "san" if stored else None
    found.things.append(Cluster("cl1", "cl1", names, storage, live_migration=True, across=True, storage_mbps=100))
    if stored:
        found += _storage(random, works, sorted(on))
    return found


def _on_vms(works: Works, *, stored: bool) -> list[Any]:
    alone = [system(f"y{id}", id, hours="daily", budget=30, works=works.system()) for id in ("va", "v3")]
    if stored:
        return [*alone, *(system(f"y{id}", id, hours="daily", budget=30, works=works.system()) for id in ("v1", "v2"))]
    return [*alone, system("mail", AtLeast(1, (Leaf("v1"), Leaf("v2")), 1), hours="daily", works=works.system())]


def _host_job(host: str, on: dict[str, str]) -> Job:
    """The VMs leave, each for a host that may have it, and come back."""
    emptier = "h2" if on["va"] == "h1" else "h1"
    refuge = {"h1": {"v1": "h3", "va": "h2"}, "h2": {"v2": "h3", "va": "h1"}, "h3": {"v3": emptier}}[host]
    moved = [vm for vm, here in on.items() if here == host]
    away = [Act(K.MIGRATE, (vm,), hosts={vm: refuge[vm]}) for vm in moved]
    back = [Act(K.MIGRATE, (vm,), hosts={vm: host}) for vm in moved]
    return Job(host, (*away, *move(host, position("new", int(host[1]), 20)), *back))


def _storage(random: Random, works: Works, vms: list[str]) -> Block:
    """The storage moves at night with everything on it stopped."""
    facts, taken = backup(random, "san", ("vault",), at(8, "17:00"))
    there = position("new", 4, 24)
    san = box("san", AssetKind.STORAGE, works.box(2), position("old", 4, 24), there, stateful=True, backup=facts)
    san = _with(san, kg=60.0, height=4, tier="B")
    systems, hosts = tuple(f"y{vm}" for vm in vms), ("h1", "h2", "h3")
    acts = [Act(K.STOP, systems), Act(K.STOP, tuple(vms)), Act(K.STOP, hosts), *move("san", there)]
    acts += [Act(kind, row) for row in (hosts, tuple(vms)) for kind in (K.START, K.CHECK)]
    acts += [Act(K.START, systems), Act(K.ACCEPT, systems)]
    outs = dict.fromkeys(systems, (0, len(acts) - 1))
    return Block([san], [Job("san", tuple(acts), night=True, outs=outs, waves=(0,))], taken)


def gateways(works: Works) -> Block:
    """Two firewalls of which one is enough for the segment of the VMs."""
    found = Block()
    for n in (1, 2):
        here, there = position("old", n, 30), position("new", n, 30)
        wall = box(f"g{n}", AssetKind.FIREWALL, works.box(1, "net"), here, there, segments=("sb",))
        found.things.append(wall)
        found.jobs.append(Job(f"g{n}", tuple(move(f"g{n}", there))))
    return found


def bridge(random: Random) -> Block:
    """A bridge for both tiers, tested in the week before and closed when nothing crosses any more."""
    tested = Duration.fixed(30)
    facts: dict[str, Any] = {
        "mbps": random.choice((700, 750)),
        "latency_ms": 0.2,
        "test": tested,
        "separated": SeparationBy.LOGICAL,
    }
    br = Link("br", "br", ("old", "new"), bridge=True, paths=2, crew=(Demand("ict"),), **facts)
    return Block(
        [br], [Job("br", (Act(K.CLOSE, ("br",)),), last=True)], [prepare(K.TEST, "br", at(7, "10:00"), 30, "ict/5")]
    )
