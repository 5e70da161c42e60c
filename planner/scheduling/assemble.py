"""From timed turns to waves: numbering, gates, check points, the point of no return."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Gate, Turn, Wave
from planner.scheduling.beyond import fallback, permitted_delay
from planner.scheduling.check_point import CheckPoints, is_irreversible
from planner.scheduling.effects import Effects, sequels
from planner.scheduling.polish import TimedTurn
from planner.scheduling.quarter import Quarter
from planner.scheduling.truth import Truth
from planner.scheduling.world import World
from planner.units.span import Minute, Span, Spans


@dataclass(frozen=True, slots=True)
class Night:
    """The turns of one window in time order, and their steps with the ids of the plan."""

    id: str
    turns: tuple[TimedTurn, ...]
    steps: tuple[Step, ...]


def nights(turns: Sequence[TimedTurn]) -> tuple[Night, ...]:
    """One per window that is used, numbered W1, W2, ..."""
    groups: dict[str, list[TimedTurn]] = {}
    for turn in sorted(turns, key=lambda turn: turn.start):
        groups.setdefault(turn.draft.window.id, []).append(turn)
    return tuple(
        Night(f"W{n}", tuple(group), number(f"W{n}", [step for turn in group for step in turn.steps]))
        for n, group in enumerate(groups.values(), 1)
    )


@dataclass(slots=True)
class Assembly:
    """Walks the turns in time order and keeps the world as it stands; ``out`` is when each system is not available.

    ``quarter`` gives the part of the estate that has a say in a turn, None where that is all of it.
    """

    inventory: Inventory
    truth: Truth
    world: World
    out: Mapping[str, Spans]
    quarter: Callable[[TimedTurn], Quarter | None] = lambda _: None

    def wave(self, night: Night) -> Wave:
        """The wave of the next night."""
        id, steps, window = night.id, night.steps, night.turns[0].draft.window
        by_key = {(s.kind, s.assets, s.holder, s.start): s for s in steps}
        turns: list[Turn] = []
        checks: list[CheckPoint] = []
        anchor: str | None = None
        for n, timed in enumerate(night.turns, 1):
            own = tuple(by_key[s.kind, s.assets, s.holder, s.start] for s in timed.steps)
            checks += self._checks(own, window.span.end, anchor, timed)
            self._pass(own)
            anchor = f"{id}-T{n}"
            moved = tuple(s for job in timed.draft.jobs for s in job_subjects(timed, job))
            turns.append(Turn(anchor, moved, timed.start, timed.end))
        return self._wave(Wave(id, window.id, window.span, tuple(turns), steps, tuple(checks)))

    def _wave(self, wave: Wave) -> Wave:
        """The wave with its check points named, its gates, and what is done after its point of no return."""
        id, steps = wave.id, wave.steps
        marked = tuple(replace(c, id=f"{id}-C{n}") for n, c in enumerate(wave.check_points, 1))
        no_return = next((s for s in steps if is_irreversible(self.inventory, s)), None)
        left = Span(no_return.start, wave.window.end) if no_return else None
        return Wave(
            id,
            wave.window_id,
            wave.window,
            wave.turns,
            steps,
            marked,
            tuple(gates(self.inventory, id, steps, no_return.id if no_return else None)),
            no_return.id if no_return else None,
            fallback(self.inventory, self.out, left) if left else None,
            permitted_delay(self.inventory, self.out, left, max(s.end for s in steps)) if left else None,
        )

    def _checks(
        self, steps: Sequence[Step], window_end: Minute, anchor: str | None, timed: TimedTurn
    ) -> tuple[CheckPoint, ...]:
        affected = self.out if timed.returns else timed.draft.outcome.affected
        out = {system: self.out[system] for system in sorted(affected)}
        part, people = self.quarter(timed), self._people(timed)
        if part is None:
            finder = CheckPoints(self.inventory, self.truth, window_end, people, out, timed.returns)
            return finder.of_turn(steps, self.world, anchor)
        finder = CheckPoints(part.inventory, part.truth, window_end, people, out, timed.returns)
        return finder.of_turn(steps, part.world(self.world), anchor)

    def _people(self, timed: TimedTurn) -> Mapping[str, tuple[str, ...]]:
        """Who is on duty in the turn's block, by team."""
        used = {p for s in timed.steps for p in (*s.people, *((s.witness,) if s.witness else ()))}
        return {
            team.id: tuple(person.id for person in team.people if person.id in used)
            for team in self.inventory.teams.values()
        }

    def _pass(self, steps: Sequence[Step]) -> None:
        """Let the turn happen."""
        effects, later = Effects(self.inventory), sequels(steps)
        events = [(s.end, 0, s) for s in steps] + [(s.start, 1, s) for s in steps]
        for _, begins, step in sorted(events, key=lambda event: (event[0], event[1], event[2].id)):
            if begins:
                effects.begin(self.world, step)
            else:
                effects.end(self.world, step, later)


def gates(inventory: Inventory, wave: str, steps: Sequence[Step], no_return: str | None) -> Iterator[Gate]:
    """One before the first step that takes down or moves anything, one directly before the point of no return."""
    first = next((s for s in steps if s.kind in _CHANGES), steps[0])
    before = [first, *(s for s in steps if s.id == no_return and s.id != first.id)]
    for n, step in enumerate(before, 1):
        yield Gate(f"{wave}-G{n}", step.start, step.id, *deciders(inventory), inventory.policy.criteria)


def deciders(inventory: Inventory) -> tuple[str, str]:
    """Who decides at gates, and the deputy."""
    policy = inventory.policy
    decider = policy.decider or _anybody(inventory)
    return decider, policy.deputy or _anybody(inventory, but=decider)


_CHANGES = frozenset(
    {
        StepKind.STOP,
        StepKind.UNMOUNT,
        StepKind.MIGRATE,
        StepKind.SWITCH_OVER,
        StepKind.RENUMBER,
        StepKind.DISPOSE,
    }
)


def number(prefix: str, steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps by (start, key) with ids ``PREFIX-001`` on."""
    ordered = sorted(steps, key=lambda step: (step.start, step.end, step.id))
    return tuple(replace(step, id=f"{prefix}-{n:03}") for n, step in enumerate(ordered, 1))


def job_subjects(timed: TimedTurn, job: str) -> tuple[str, ...]:
    """The subjects of one of the turn's jobs, as far as they have steps of their own in it."""
    return tuple(dict.fromkeys(a for s in timed.steps for a in s.assets if a in timed.draft.subjects[job]))


def _anybody(inventory: Inventory, *, but: str | None = None) -> str:
    """The first person of the office who is not ``but``; ``but`` where there is nobody else."""
    teams = [team for team in inventory.teams.values() if team.own] or list(inventory.teams.values())
    people = [person.id for team in teams for person in team.people if person.id != but]
    return people[0] if people else but or "?"
