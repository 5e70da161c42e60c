"""Every team with one person less.

What is assumed of the crew: that somebody is missing is known when the wave begins, and lasts to its end. Each of the
missing person's steps is taken over by somebody of the same team who can do it (skills, pairs, contract, hours) and is
there first, if possible without too long a shift; the step waits until that person has done what is planned before it,
and what waits for it waits too. Where nobody can take a step over, where the new duties break S15 (shift, rest, hours
per month, someone fresh), or where the delay breaks a limit (rollback deadline, window, S02), the wave is put off, and
everything stays as it is. Whoever takes over is chosen step by step; a cleverer exchange of duties is not looked for.
Of each team and wave the person is told whose absence is the worst.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from planner.model.people import Person, Team
from planner.plan.contingency import Case, Cover, CoverKind, Failure, Obstacle, Reaction
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.safety import crews, duty, presence, strain
from planner.safety.duty import Duty
from planner.safety.rota import Rota
from planner.safety.timetable import Almanac
from planner.units.span import Minute
from planner.whatif.course import Course
from planner.whatif.step_late import Delay, Delayer
from planner.whatif.waiting import Later, Waiting


@dataclass(frozen=True, slots=True)
class Relief:
    """Who takes over from a missing person: every step that changes, who comes in, and the step nobody can do."""

    changed: Later
    people: tuple[str, ...]
    stuck: Step | None = None


@dataclass(slots=True)
class _Progress:
    """How far a wave has been gone through: what changed, until when each late turn takes and people are busy."""

    missing: str
    changed: dict[str, Step] = field(default_factory=dict)
    barriers: dict[Minute, Minute] = field(default_factory=dict)
    free: dict[str, Minute] = field(default_factory=dict)
    taken: dict[str, list[Step]] = field(default_factory=dict)

    def free_at(self, step: Step) -> Iterator[Minute]:
        """When everybody else on a step has done what came before."""
        yield step.start
        yield from (self.free[id] for id in duty.booked(step) if id != self.missing and id in self.free)

    def follow(self, planned: Step, done: Step, end_of_turn: Minute) -> None:
        """The step is done so."""
        self.free |= {id: max(self.free.get(id, done.end), done.end) for id in duty.booked(done)}
        if done != planned:
            self.changed[planned.id] = done
            self.barriers[end_of_turn] = max(done.end, self.barriers.get(end_of_turn, done.end))


class Reliever:
    """Takes one person out of a wave."""

    def __init__(self, course: Course, waiting: Waiting, delayer: Delayer, almanac: Almanac) -> None:
        self._course = course
        self._inventory = course.context.inventory
        self._waiting = waiting
        self._delayer = delayer
        self._almanac = almanac
        self._known = duty.roster(self._inventory)
        self._critical = crews.on_critical(self._inventory)
        self._strained = self._strains({})
        self._duties = duty.duties(course.context.plan.steps())

    def case(self, team: Team, wave: Wave) -> Case | None:
        """The worst absence of one person of a team in a wave; None if nobody of the team has work in it."""
        busy = {id for step in wave.steps for id in duty.booked(step)}
        cases = [self._case(team, person, wave) for person in team.people if person.id in busy]
        return max(cases, key=lambda case: (*_badness(case), _hands(wave, case.missing)), default=None)

    def _case(self, team: Team, person: Person, wave: Wave) -> Case:
        relief = self._relief(team, person.id, wave)
        begin = min(step.start for step in wave.steps)
        late = {id: step for id, step in relief.changed.items() if step.end != self._course.steps[id].end}
        delay = self._delayer.delay(late, begin)
        obstacle = self._obstacle(relief, delay)
        end = max(step.end for step in wave.steps)
        return Case(
            Failure.TEAM,
            team.id,
            wave.id,
            relief.stuck.id if relief.stuck else None,
            begin,
            Reaction.CARRY_ON if obstacle is None else Reaction.NOT_BEGUN,
            late=max((relief.changed.get(step.id, step).end for step in wave.steps), default=end) - end,
            missing=person.id,
            missed=delay.missed,
            beyond=delay.beyond,
            losses=delay.losses if obstacle is None else (),
            covers=(Cover(CoverKind.PEOPLE, relief.people),) if obstacle is None else (),
            obstacle=obstacle,
        )

    def _obstacle(self, relief: Relief, delay: Delay) -> Obstacle | None:
        """Why the wave cannot be held with those who take over."""
        if relief.stuck is not None:
            return Obstacle.NOBODY
        if delay.harmful:
            return Obstacle.DELAY
        return Obstacle.STRAIN if self._strains(relief.changed) - self._strained else None

    def _relief(self, team: Team, missing: str, wave: Wave) -> Relief:
        """Go through the wave in the plan's order; who is on two steps does the one that is planned first first."""
        now = _Progress(missing)
        for step in wave.steps:
            start = max(self._waiting.earliest(step, now.changed, now.barriers), *now.free_at(step))
            done = replace(step, start=start, end=start + step.end - step.start)
            if missing in duty.booked(step):
                found = self._replacement(team, done, now)
                if found is None:
                    return Relief(now.changed, tuple(now.taken), step)
                start = max(start, now.free.get(found, start))
                done = replace(_instead(step, missing, found), start=start, end=start + step.end - step.start)
                now.taken.setdefault(found, []).append(done)
            now.follow(step, done, self._course.end_of_turn(step))
        return Relief(now.changed, tuple(now.taken))

    def _replacement(self, team: Team, step: Step, now: "_Progress") -> str | None:
        """Who of the team can do it: without too long a shift, first free, not needed elsewhere, fewest hours."""
        fit = [p.id for p in team.people if p.id not in duty.booked(step) and self._fits(team, p, now.missing, step)]
        return min(fit, key=lambda id: self._order(id, step, now), default=None)

    def _order(self, person: str, step: Step, now: "_Progress") -> tuple[bool, Minute, bool, bool, int, str]:
        busy, minutes = self._load(person, step, now)
        free = max(step.start, now.free.get(person, step.start))
        return self._tires(person, step, now), free, busy, person not in now.taken, minutes, person

    def _tires(self, person: str, step: Step, now: "_Progress") -> bool:
        """Whether what the person has to do in the plan, and takes over, makes a shift that is too long."""
        own = [*self._duties.get(person, []), *(Duty(person, s, s.span) for s in (*now.taken.get(person, ()), step))]
        return any(strain.shift_faults(self._inventory, own))

    def _load(self, person: str, step: Step, now: "_Progress") -> tuple[bool, int]:
        """Whether the person is on another step then, and for how many minutes on all of the wave."""
        own = [d.span for d in self._duties.get(person, ()) if self._course.wave_of.get(d.step.id) is self._wave(step)]
        taken = sum(done.end - done.start for done in now.taken.get(person, ()))
        return any(span.overlaps(step.span) for span in own), taken + sum(span.minutes for span in own)

    def _wave(self, step: Step) -> Wave | None:
        return self._course.wave_of.get(step.id)

    def _fits(self, team: Team, person: Person, missing: str, step: Step) -> bool:
        done = _instead(step, missing, person.id)
        held = Duty(person.id, done, done.span)
        faults: list[Finding] = [
            *crews.crew_faults(self._inventory, done, self._known),
            *crews.pair_faults(self._inventory, done, self._critical),
            *presence.presence_faults(self._almanac, held, team, person),
        ]
        if team.contract is not None:
            faults += presence.contract_faults(self._inventory, held, team, team.contract)
        return not faults

    def _strains(self, changed: Later) -> frozenset[tuple[str, tuple[str, ...]]]:
        """What breaks S15 in the whole plan with these changes, as key and subjects."""
        steps = (changed.get(step.id, step) for step in self._course.context.plan.steps())
        found = Rota(self._inventory, steps, self._almanac).faults()
        return frozenset((f.key, f.subjects) for f in found if not f.unknown)


def _instead(step: Step, missing: str, person: str) -> Step:
    people = tuple(person if id == missing else id for id in step.people)
    return replace(step, people=people, witness=person if step.witness == missing else step.witness)


def _badness(case: Case) -> tuple[bool, int, int]:
    return case.reaction is Reaction.NOT_BEGUN, len(case.missed), case.late


def _hands(wave: Wave, person: str | None) -> int:
    """For how many minutes somebody works in a wave."""
    return sum(step.end - step.start for step in wave.steps if person in duty.booked(step))
