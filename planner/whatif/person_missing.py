"""Every team with one person less.

What is assumed of the crew: that somebody is missing is known when the wave begins, and lasts to its end. Each of the
missing person's steps is taken over by somebody of the same team who can do it (skills, pairs, contract, hours) and is
there first; the step waits until that person has done what is planned before it, and what waits for it waits too. Where
nobody can take a step over, where the new duties break S15 (shift, rest, hours per month, someone fresh), or where the
delay costs service or a rollback deadline, the wave is put off, and everything stays as it is. Whoever takes over is
chosen step by step; a cleverer exchange of duties is not looked for. Of each team and wave the person is told whose
absence is the worst.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from planner.model.people import Person, Team
from planner.plan.contingency import Case, Cover, CoverKind, Failure, Reaction
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.safety import crews, duty, presence
from planner.safety.duty import Duty
from planner.safety.rota import Rota
from planner.safety.timetable import Almanac
from planner.units.span import Minute
from planner.whatif.course import Course
from planner.whatif.step_late import Delayer
from planner.whatif.waiting import Later, Waiting


@dataclass(frozen=True, slots=True)
class Relief:
    """Who takes over from a missing person: every step that changes, who comes in, and the step nobody can do."""

    changed: Later
    people: tuple[str, ...]
    stuck: Step | None = None


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
        tired = relief.stuck is None and bool(self._strains(relief.changed) - self._strained)
        held = relief.stuck is None and not delay.harmful and not tired
        end = max(step.end for step in wave.steps)
        return Case(
            Failure.TEAM,
            team.id,
            wave.id,
            relief.stuck.id if relief.stuck else None,
            begin,
            Reaction.CARRY_ON if held else Reaction.NOT_BEGUN,
            late=max((relief.changed.get(step.id, step).end for step in wave.steps), default=end) - end,
            missing=person.id,
            missed=delay.missed,
            covers=(Cover(CoverKind.PEOPLE, relief.people),) if held else (),
        )

    def _relief(self, team: Team, missing: str, wave: Wave) -> Relief:
        """Go through the wave in the plan's order; who is on two steps does the one that is planned first first."""
        changed: dict[str, Step] = {}
        barriers: dict[Minute, Minute] = {}
        free: dict[str, Minute] = {}
        stands_in: dict[str, None] = {}
        for step in wave.steps:
            start = max(self._waiting.earliest(step, changed, barriers), *_free(step, missing, free), step.start)
            crew = step
            if missing in duty.booked(step):
                found = self._replacement(team, missing, step, start, free)
                if found is None:
                    return Relief(changed, tuple(stands_in), step)
                start, crew = max(start, free.get(found, start)), _instead(step, missing, found)
                stands_in[found] = None
            done = replace(crew, start=start, end=start + step.end - step.start)
            free |= {id: max(free.get(id, done.end), done.end) for id in duty.booked(done)}
            if done != step:
                changed[step.id] = done
                planned = self._course.end_of_turn(step)
                barriers[planned] = max(done.end, barriers.get(planned, done.end))
        return Relief(changed, tuple(stands_in))

    def _replacement(
        self, team: Team, missing: str, step: Step, start: Minute, free: Mapping[str, Minute]
    ) -> str | None:
        """Who of the team can do it instead, and is free first; of equals the one with nothing else to do then."""
        fit = [p for p in team.people if p.id not in duty.booked(step) and self._fits(team, p, missing, step, start)]
        order = {p.id: (max(start, free.get(p.id, start)), self._busy(p.id, step), p.id) for p in fit}
        return min(order, key=lambda id: order[id], default=None)

    def _fits(self, team: Team, person: Person, missing: str, step: Step, start: Minute) -> bool:
        done = replace(_instead(step, missing, person.id), start=start, end=start + step.end - step.start)
        held = Duty(person.id, done, done.span)
        faults: list[Finding] = [
            *crews.crew_faults(self._inventory, done, self._known),
            *crews.pair_faults(self._inventory, done, self._critical),
            *presence.presence_faults(self._almanac, held, team, person),
        ]
        if team.contract is not None:
            faults += presence.contract_faults(self._inventory, held, team, team.contract)
        return not faults

    def _busy(self, person: str, step: Step) -> bool:
        """Whether the plan has the person on another step then."""
        wave = self._course.wave_of[step.id]
        return any(person in duty.booked(other) and other.span.overlaps(step.span) for other in wave.steps)

    def _strains(self, changed: Later) -> frozenset[tuple[str, tuple[str, ...]]]:
        """What breaks S15 in the whole plan with these changes, as key and subjects."""
        steps = (changed.get(step.id, step) for step in self._course.context.plan.steps())
        found = Rota(self._inventory, steps, self._almanac).faults()
        return frozenset((f.key, f.subjects) for f in found if not f.unknown)


def _free(step: Step, missing: str, free: Mapping[str, Minute]) -> Iterator[Minute]:
    """When everybody else on the step has done what came before."""
    yield step.start
    yield from (free[id] for id in duty.booked(step) if id != missing and id in free)


def _instead(step: Step, missing: str, person: str) -> Step:
    people = tuple(person if id == missing else id for id in step.people)
    return replace(step, people=people, witness=person if step.witness == missing else step.witness)


def _badness(case: Case) -> tuple[bool, int, int]:
    return case.reaction is Reaction.NOT_BEGUN, len(case.missed), case.late


def _hands(wave: Wave, person: str | None) -> int:
    """For how many minutes somebody works in a wave."""
    return sum(step.end - step.start for step in wave.steps if person in duty.booked(step))
