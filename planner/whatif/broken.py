"""Replays in which some subjects do not come up any more."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.need import NeedKind
from planner.plan.step import Step
from planner.safety.change import Become
from planner.safety.condition import Condition, State
from planner.safety.effects import effects
from planner.safety.hard_groups import hard_groups
from planner.safety.replay import Replay
from planner.safety.trial import misses
from planner.units.span import Minute, Span

K = StepKind
STARTING_UP = frozenset({K.START, K.CHECK, K.ACCEPT})
TAKEN_OVER = frozenset({K.STOP, K.UNMOUNT, K.DISPOSE})
START_NEEDS = frozenset({NeedKind.START})

Dead = Mapping[str, Minute]
"""Subjects that do not come up from an instant on."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A replay without some subjects; ``because`` names for each of those that cannot start either what it misses."""

    replay: Replay
    because: Mapping[str, str] = field(default_factory=dict)

    def chain(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """A chain from cause to effect, continued back to what is lost."""
        while ids and ids[0] in self.because and self.because[ids[0]] not in ids:
            ids = (self.because[ids[0]], *ids)
        return ids


def broken(inventory: Inventory, begin: State, steps: Iterable[Step], dead: Dead, span: Span) -> Broken:
    """Replay the steps while the ``dead`` do not come up, nor whatever cannot start without them.

    What is started or tested and misses a start need (DHCP, licence server) still in the end does not come up either.
    """
    done, lost, because = tuple(steps), dict(dead), dict[str, str]()
    while True:
        replay = Replay(inventory, begin, stuck(inventory, begin, done, lost, span.end), span)
        more = {id: leaf for id, leaf in _unable(replay, span.start, lost) if id not in lost}
        if not more:
            return Broken(replay, because)
        lost |= dict.fromkeys(more, span.start)
        because |= more


def state_after(inventory: Inventory, begin: State, steps: Iterable[Step], at: Minute) -> State:
    """The state that the steps lead to, after the ends and before the starts of an instant."""
    state = begin.copy()
    for timed in effects(inventory, steps, begin):
        if (timed.minute, timed.phase) <= (at, 0):
            timed.change.apply(state)
    return state


def stuck(inventory: Inventory, begin: State, steps: Iterable[Step], dead: Dead, until: Minute) -> tuple[Step, ...]:
    """The steps as they are done when the ``dead`` do not come up.

    The step that would bring one of them up goes on until the end. What else was to be done to it is left out, and so
    is migrating to it and stopping what it was to replace. All other steps are done as they stand: whether what they
    start works without the dead is for the replay to say.
    """
    done = tuple(steps)
    for id, since in dead.items():
        asset = inventory.assets.get(id)
        done = tuple(_without_host(done, id, since))
        if asset is not None and asset.replaces is not None:
            done = tuple(but_for(done, asset.replaces, since, TAKEN_OVER))
        last = _comes_up(inventory, begin, done, id, since)
        if last is not None:
            rest = tuple(but_for(done, id, last.start))
            done = (*rest, replace(last, id=f"{last.id}/{id}", assets=(id,), end=max(until, last.end)))
    return done


def _comes_up(inventory: Inventory, begin: State, steps: tuple[Step, ...], id: str, since: Minute) -> Step | None:
    """The step at whose end the subject would come up."""
    for timed in effects(inventory, (step for step in steps if id in step.assets), begin):
        change = timed.change
        if (
            isinstance(change, Become)
            and change.id == id
            and change.condition is Condition.UP
            and timed.minute >= since
        ):
            return next((s for s in steps if id in s.assets and s.end == timed.minute), None)
    return None


def but_for(steps: Iterable[Step], id: str, since: Minute, kinds: frozenset[StepKind] = frozenset(K)) -> Iterator[Step]:
    """The steps without what is done to one subject from an instant on."""
    for step in steps:
        if id not in step.assets or step.start < since or step.kind not in kinds:
            yield step
        elif len(step.assets) > 1:
            yield replace(step, assets=tuple(other for other in step.assets if other != id))


def _without_host(steps: Iterable[Step], host: str, since: Minute) -> Iterator[Step]:
    """The steps without migrations to a host that does not come up."""
    for step in steps:
        left = {vm: to for vm, to in step.hosts.items() if to != host or step.start < since}
        if len(left) == len(step.hosts):
            yield step
        elif left:
            yield replace(step, assets=tuple(left), hosts=left)


def _unable(replay: Replay, since: Minute, lost: Dead) -> Iterator[tuple[str, str]]:
    """What misses a start need while it is started or tested, and still in the end; with what it misses.

    That is what is lost, if it is among it. Where the need holds again before the end, the start waits for it.
    """
    groups, end = hard_groups(replay.world), replay.moments[-1]
    for step in replay.steps:
        if step.kind in STARTING_UP and step.end > since:
            for id in step.assets:
                group = groups.get(id, ())
                miss = next(misses(end, id, START_NEEDS, group), None)
                if miss is not None and any(_missed(replay, step, id, group)):
                    yield id, next((leaf for leaf in miss.leaves if leaf in lost), next(iter(miss.leaves), id))


def _missed(replay: Replay, step: Step, id: str, group: tuple[str, ...]) -> Iterator[bool]:
    for moment in replay.between(step.span):
        yield any(True for _ in misses(moment, id, START_NEEDS, group))
