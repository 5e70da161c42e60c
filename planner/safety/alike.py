"""At which moments of a strip everything is the same that an answer about a subject depends on."""

from collections.abc import Collection, Iterator, Mapping

from planner.model.need import leaves
from planner.safety.judged_strip import JudgedStrip
from planner.safety.strip import Bits
from planner.safety.world import World


def alike(strip: JudgedStrip, id: str, column: int) -> Bits:
    """The moments at which a subject and all that it needs or runs on, itself, is as it is at one of them."""
    bit, found = 1 << column, strip.all
    for parts in strip.once(_facts, id):
        found &= next(part for part in parts if part & bit)
    return found


def _facts(strip: JudgedStrip, id: str) -> tuple[tuple[Bits, ...], ...]:
    return tuple(dict.fromkeys(_varying(strip, id)))


def _varying(strip: JudgedStrip, id: str) -> Iterator[tuple[Bits, ...]]:
    """For each fact that is not the same throughout, the moments with each of its values."""
    for values in _values(strip, id):
        if len(values) > 1:
            yield tuple(values)
    for bits in _sets(strip, id):
        if bits & strip.all not in (0, strip.all):
            yield bits & strip.all, strip.all & ~bits


def _values(strip: JudgedStrip, id: str) -> Iterator[Collection[Bits]]:
    """The facts that have one of several values: where everything is, on what, in which state, in whose role."""
    state = strip.ledger.state
    yield strip.networks.values()
    yield strip.values(state.target, id).values()
    yield strip.values(state.place, id).values()
    for each in _near(strip, id):
        yield strip.values(state.condition, each).values()
        yield strip.values(state.host, each).values()
        if each in state.role:
            yield strip.served(each).values()
        if each in strip.assets:
            yield strip.rooms(each).values()


def _sets(strip: JudgedStrip, id: str) -> Iterator[Bits]:
    """The facts that hold or do not: who is fine and counts, which needs are valid, which addresses are out of date."""
    yield from (when for _, when in strip.wants(id))
    for each in _near(strip, id):
        yield strip.up(each)
        yield strip.fine(each)
        yield strip.in_cloud(each)
        yield from strip.counting(each).values()
        yield from strip.angle(None, each).stale.values()


def _near(strip: JudgedStrip, id: str) -> dict[str, None]:
    """The subject, all that it ever uses on the strip, and of the systems among these what they run on."""
    used = strip.world.once(_used)
    leaves_here = [leaf for want, _ in strip.wants(id) for leaf in leaves(want.need.tree)]
    found = dict.fromkeys((id, *used.get(id, ()), *leaves_here))
    for each in [*found]:
        found |= dict.fromkeys(strip.world.members.get(each, ()))
    goals = (goal for goal in strip.values(strip.ledger.state.target, id) if isinstance(goal, str))
    found |= dict.fromkeys(goals)
    for each in [*found]:
        found |= dict.fromkeys(served for served, _ in strip.serving((each,)))
    for each in [*found]:
        found |= dict.fromkeys(strip.world.members.get(each, ()))
    return {each: None for each in found if each in strip.world.subjects}


def _used(world: World) -> Mapping[str, tuple[str, ...]]:
    """Who has to be asked again when somebody changes, the other way round."""
    found: dict[str, list[str]] = {}
    for provider, users in world.users.items():
        for user in users:
            found.setdefault(user, []).append(provider)
    return {id: tuple(providers) for id, providers in found.items()}
