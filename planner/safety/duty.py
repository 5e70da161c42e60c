"""Who is booked when, which shifts that makes, and whether a crew fills what the work demands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.model.asset import Crew, Demand, Work
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.people import Person, Team
from planner.plan.step import Step
from planner.units.span import Span, Spans

ADDS_UP = frozenset({StepKind.UNMOUNT, StepKind.MOUNT, StepKind.DISPOSE})
"""Work of hands: in a step of several assets their durations add up. Any other kind is done for all of them at once."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One person on one step, as one of its crew or as its second pair of eyes."""

    person: str
    step: Step
    span: Span


def booked(step: Step) -> tuple[str, ...]:
    """Everyone who is busy throughout the step, each once."""
    every = (*step.people, step.witness) if step.witness else step.people
    return tuple(dict.fromkeys(every))


def duties(steps: Iterable[Step]) -> Mapping[str, list[Duty]]:
    """The duties of each person in order of time; steps without length are another rule's finding."""
    found: dict[str, list[Duty]] = defaultdict(list)
    for step in steps:
        if step.end > step.start:
            for person in booked(step):
                found[person].append(Duty(person, step, step.span))
    return {
        person: sorted(found[person], key=lambda d: (d.span.start, d.span.end, d.step.id)) for person in sorted(found)
    }


def shifts(work: Spans, rest: int) -> tuple[Span, ...]:
    """Maximal runs of work with less than ``rest`` minutes between one end and the next start."""
    runs: list[Span] = []
    for span in work:
        if runs and span.start - runs[-1].end < rest:
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
    return tuple(runs)


def works(inventory: Inventory, step: Step) -> tuple[tuple[str, Work], ...]:
    """What the inventory says about this kind of step, per subject that it knows, in the order of the step."""
    found = []
    for id in step.assets:
        work = _work(inventory, step, id)
        if work is not None:
            found.append((id, work))
    return tuple(found)


def _work(inventory: Inventory, step: Step, id: str) -> Work | None:
    if id in inventory.links:
        link = inventory.links[id]
        return Work(link.test, link.crew) if step.kind is StepKind.TEST else None
    subject = inventory.assets.get(id) or inventory.systems.get(id)
    if subject is None:
        return None
    if step.kind in (StepKind.BACK_UP, StepKind.VERIFY) and id in inventory.assets:
        backup = inventory.assets[id].backup
        return None if backup is None else backup.work if step.kind is StepKind.BACK_UP else backup.verify
    if step.kind is StepKind.UPDATE and id in inventory.assets:
        held = [r.work for r in inventory.assets[id].references if r.holder == step.holder]
        return held[0] if held else None
    return subject.works.get(step.kind)


def roster(inventory: Inventory) -> Mapping[str, tuple[Team, Person]]:
    """Every person by id, with the team."""
    return {person.id: (team, person) for team, person in inventory.people()}


def unfilled(crew: Crew, people: Sequence[tuple[Team, Person]]) -> tuple[Demand, ...]:
    """The demands that these people cannot fill, each person standing in one place only.

    A maximum matching of places to people by augmenting paths; the places of one demand come one by one.
    """
    places = [demand for demand in crew for _ in range(demand.count)]
    holder: dict[int, int] = {}
    left = [i for i, _ in enumerate(places) if not _seat(i, places, people, holder, set())]
    return tuple(dict.fromkeys(places[i] for i in left))


def _seat(
    place: int,
    places: Sequence[Demand],
    people: Sequence[tuple[Team, Person]],
    holder: dict[int, int],
    tried: set[int],
) -> bool:
    for n, (team, person) in enumerate(people):
        if n in tried or not fits(places[place], team, person):
            continue
        tried.add(n)
        if n not in holder or _seat(holder[n], places, people, holder, tried):
            holder[n] = place
            return True
    return False


def fits(demand: Demand, team: Team, person: Person) -> bool:
    """Whether this person may stand in for one of the demand's."""
    return team.id == demand.team and (demand.skill is None or demand.skill in person.skills)
