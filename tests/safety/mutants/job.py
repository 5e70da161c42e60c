"""What a hand-made plan consists of: jobs of acts, one after the other, and how each is taken back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from planner.model.asset import Demand, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position

K = StepKind
BY_HAND = frozenset({K.UNMOUNT, K.MOUNT, K.DISPOSE})
"""Work of hands, which is done for one thing after the other."""


@dataclass(frozen=True, slots=True)
class Act:
    """One step without its time; ``to`` and ``hosts`` are where things get to."""

    kind: StepKind
    assets: tuple[str, ...]
    to: Mapping[str, Position] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What becomes a turn. ``outs`` are the systems that are out from the start of one act to the end of another.

    ``waves`` are the numbers of the waves that it may lie in, ``last`` puts it after all others.
    """

    id: str
    acts: tuple[Act, ...]
    night: bool = False
    outs: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    waves: tuple[int, ...] = (0, 1)
    last: bool = False
    gate: bool = False


@dataclass(slots=True)
class Standing:
    """Where everything stands and runs while acts are gone through."""

    place: dict[str, Position]
    host: dict[str, str]

    @classmethod
    def of(cls, inventory: Inventory) -> "Standing":
        assets = inventory.assets.values()
        return cls({a.id: a.at for a in assets if a.at}, {a.id: a.host for a in assets if a.host})

    def after(self, act: Act) -> None:
        self.place.update({id: goal for id, goal in act.to.items() if act.kind in (K.CARRY, K.MOUNT, K.SWITCH_OVER)})
        self.host.update(act.hosts)


def move(id: str, to: Position) -> list[Act]:
    """The chain of one thing that is carried."""
    goal = {id: to}
    return [
        Act(K.STOP, (id,)),
        Act(K.UNMOUNT, (id,)),
        Act(K.CARRY, (id,), goal),
        Act(K.MOUNT, (id,), goal),
        Act(K.START, (id,)),
        Act(K.CHECK, (id,)),
    ]


def minutes(inventory: Inventory, act: Act) -> int:
    """How long an act lasts: hands do one thing after the other, anything else is done for all at once."""
    lengths = [work.duration.likely for work in works(inventory, act)]
    return sum(lengths) if act.kind in BY_HAND else max(lengths)


def works(inventory: Inventory, act: Act) -> Iterator[Work]:
    for id in act.assets:
        if id in inventory.links:
            yield Work(inventory.links[id].test, inventory.links[id].crew)
        elif act.kind is K.UPDATE:
            yield next(r.work for r in inventory.assets[id].references if r.holder == act.holder)
        else:
            subject = inventory.subject(id)
            yield subject.works.get(act.kind) or subject.rollback[act.kind]


def crew(inventory: Inventory, act: Act, there: Iterable[str]) -> tuple[str, ...]:
    """Who does it: the first of those who are there that fill each demand, the demands of each thing by themselves."""
    known = {person.id: (team.id, person.skills) for team, person in inventory.people()}
    chosen: list[str] = []
    for work in works(inventory, act):
        own: list[str] = []
        for demand in sorted(work.crew, key=lambda demand: demand.skill is None):
            own += [id for id in there if id not in own and _fits(demand, known[id])][: demand.count]
        chosen += [id for id in own if id not in chosen]
    return tuple(chosen)


def _fits(demand: Demand, person: tuple[str, frozenset[str]]) -> bool:
    return demand.team == person[0] and (demand.skill is None or demand.skill in person[1])


def undone(done: Iterable[Act], before: Standing) -> list[Act]:
    """The inverse of acts, the last one first; who was told a new address is told the old one at the end."""
    told: list[Act] = []
    found: list[Act] = []
    for act in reversed(list(done)):
        home = {id: before.place[id] for id in act.to if id in before.place}
        match act.kind:
            case K.STOP:
                found += [Act(K.START, act.assets), Act(_test(act, before), act.assets)]
            case K.START:
                found.append(Act(K.STOP, act.assets))
            case K.UNMOUNT:
                found.append(Act(K.MOUNT, act.assets, {id: before.place[id] for id in act.assets}))
            case K.MOUNT:
                found.append(Act(K.UNMOUNT, act.assets))
            case K.CARRY | K.SWITCH_OVER:
                found.append(Act(act.kind, act.assets, home))
            case K.MIGRATE:
                found.append(Act(K.MIGRATE, act.assets, hosts={id: before.host[id] for id in act.assets}))
            case K.RENUMBER:
                found += [Act(K.RENUMBER, act.assets), Act(K.CHECK, act.assets), *told]
            case K.UPDATE:
                told.append(act)
    return found


def _test(act: Act, before: Standing) -> StepKind:
    return K.CHECK if act.assets[0] in before.place or act.assets[0] in before.host else K.ACCEPT
