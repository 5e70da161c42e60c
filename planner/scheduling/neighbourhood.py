"""Some nights of a draft, taken together: what is done in them, by kind, and what each of them gives."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.calendar import Window
from planner.scheduling.crowd import Crowd, Ids
from planner.scheduling.draft import DraftTurn
from planner.scheduling.neighbourhood_model import Kind, Night, Pool, Slot
from planner.scheduling.profile import Profile
from planner.units.span import Span

MORE_TURNS = 3
"""How many turns a night may have more than it has now."""


@dataclass(frozen=True, slots=True)
class Evening:
    """A shift of a window with its turns, each with the jobs that go together in it."""

    window: Window
    block: Span
    turns: tuple[DraftTurn, ...]
    units: tuple[tuple[Ids, ...], ...]

    @property
    def jobs(self) -> frozenset[str]:
        return frozenset(id for turn in self.turns for id in turn.jobs)


def evenings(crowd: Crowd, turns: Sequence[DraftTurn]) -> list[Evening]:
    """The shifts that a draft uses, in order."""
    unit_of = {id: ids for ids in crowd.batches() for id in ids}
    rows: dict[tuple[Span, str], list[DraftTurn]] = {}
    for turn in turns:
        rows.setdefault((turn.block, turn.window.id), []).append(turn)
    return [
        Evening(
            own[0].window,
            block,
            tuple(own),
            tuple(tuple(dict.fromkeys(unit_of[id] for id in turn.jobs)) for turn in own),
        )
        for (block, _), own in rows.items()
    ]


@dataclass(slots=True)
class Neighbourhood:
    """``emptied`` is the window whose work the others are to take; ``members`` are the units of each kind."""

    crowd: Crowd
    chosen: Sequence[Evening]
    emptied: str
    kinds: list[Kind] = field(init=False)
    nights: list[Night] = field(init=False)
    members: list[list[Ids]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[tuple[object, ...], list[Ids]] = {}
        of: dict[tuple[object, ...], Kind] = {}
        for number, evening in enumerate(self.chosen):
            for ids in (ids for turn in evening.units for ids in turn):
                kind = self._kind(ids, number)
                key = (kind.minutes, kind.extra, *sorted(map(str, kind.rates.items())), *sorted(kind.nights))
                of.setdefault(key, kind)
                found.setdefault(key, []).append(ids)
        self.members = list(found.values())
        self.kinds = [
            Kind(len(units), of[key].minutes, of[key].extra, of[key].rates, of[key].nights)
            for key, units in found.items()
        ]
        self.nights = [self._night(evening) for evening in self.chosen]

    @property
    def key(self) -> frozenset[frozenset[str]]:
        """The same for neighbourhoods in which the same is to be done in the same nights."""
        return frozenset(evening.jobs for evening in self.chosen)

    def helps(self, proposed: Sequence[Sequence[Slot]]) -> bool:
        """Whether less is left in the window that is to be emptied than is there."""
        left = Counter[int]()
        for night, slots in zip(self.nights, proposed, strict=True):
            for slot in slots if night.empty else ():
                left.update(dict(enumerate(slot)))
        there = sum(work(self.crowd, evening) for evening in self.chosen if evening.window.id == self.emptied)
        return sum(count * self._work(k) for k, count in left.items()) < there

    def _work(self, k: int) -> int:
        return sum(self.crowd.profile(self.members[k][0]).load.values())

    def _night(self, evening: Evening) -> Night:
        duty = self.crowd.on_duty(evening.block)
        empty = evening.window.id == self.emptied
        return Night(evening.block.minutes, duty, len(evening.turns) + MORE_TURNS, empty)

    def _kind(self, ids: Ids, number: int) -> Kind:
        profile = self.crowd.profile(ids)
        return Kind(1, profile.minutes, profile.needed - profile.minutes, rates(profile), self._open(ids, number))

    def _open(self, ids: Ids, number: int) -> frozenset[int]:
        """Where the unit may lie by its dates; where it is now if it waits for others, or they for it."""
        jobs = self.crowd.jobs
        if any(jobs[id].after or self.crowd.followers(id) for id in ids):
            return frozenset((number,))
        return frozenset(
            n
            for n, evening in enumerate(self.chosen)
            if n == number or all(self.crowd.in_time(jobs[id], evening.window, evening.block) for id in ids)
        )


def rates(profile: Profile) -> dict[Pool, int]:
    """How many people of each pool a unit has at work, on average, rounded up."""
    return {pool: -(-load // max(1, profile.minutes)) for pool, load in profile.load.items() if load}


def work(crowd: Crowd, evening: Evening) -> int:
    """Person-minutes of a night."""
    return sum(sum(crowd.profile(ids).load.values()) for turn in evening.units for ids in turn)


def nights_wanted(crowd: Crowd, windows: Sequence[Window]) -> int:
    """How many windows turns of equals would fill: a guess from which on it is not worth looking for fewer.

    The jobs in the order of their minutes, in turns of as many as there are people for, each as long as its longest.
    """
    if not windows:
        return 1
    longest = max(windows, key=lambda window: window.span.minutes)
    duty = crowd.on_duty(longest.span)
    profiles = sorted((crowd.profile(ids) for ids in crowd.batches()), key=lambda profile: -profile.minutes)
    left: dict[Pool, int] = {}
    minutes = 0
    for profile in profiles:
        needed = rates(profile)
        if not minutes or any(left.get(pool, 0) < people for pool, people in needed.items()):
            left, minutes = dict(duty), minutes + profile.minutes
        for pool, people in needed.items():
            left[pool] = left.get(pool, 0) - people
    spare = min((profile.needed - profile.minutes for profile in profiles), default=0)
    return max(1, -(-minutes // max(1, longest.span.minutes - spare)))
