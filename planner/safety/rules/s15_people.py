"""S15 people: one place at a time, skills, presence, contracts, shifts, rest, hours, two people, someone fresh."""

from collections.abc import Iterable, Iterator, Mapping

from planner.model.inventory import Inventory
from planner.model.people import Person, Team
from planner.plan.finding import Finding
from planner.plan.step import Step
from planner.safety import complaint, crews, duty, presence, strain
from planner.safety.context import Context
from planner.safety.duty import Duty
from planner.safety.rule import Outcome, Rule
from planner.safety.timetable import Almanac

SENTENCE = (
    "Per person or team: capacity, skill or vendor, presence, shift length, rest between shifts, hours per month, "
    "two-person rule, someone fresh when service opens. A vendor's step lies inside a contract that covers its date, "
    "kind and night or holiday work, and after its notice, counted from as_of."
)


def check(context: Context) -> Outcome:
    """Judge every step, every person's duties and every opening of the office; one check for each of them."""
    return judged(context.inventory, context.plan.steps(), Almanac(context.inventory))


def judged(inventory: Inventory, steps: Iterable[Step], almanac: Almanac) -> Outcome:
    """The rule over any steps, so that a rollback after what came before it is judged alike."""
    every, known = tuple(steps), duty.roster(inventory)
    by_person, critical = duty.duties(every), crews.on_critical(inventory)
    found: list[Finding] = []
    for step in every:
        found += crews.crew_faults(inventory, step, known)
        found += crews.pair_faults(inventory, step, critical)
    for held in by_person.values():
        found += _person(inventory, almanac, held, known)
    found += strain.fresh_faults(inventory, almanac, by_person)
    return Outcome(tuple(found), len(every) + sum(len(held) for held in by_person.values()))


def _person(
    inventory: Inventory, almanac: Almanac, held: list[Duty], known: Mapping[str, tuple[Team, Person]]
) -> Iterator[Finding]:
    if held[0].person not in known:
        yield from (complaint.of_step("s15.unknown_person", (d.person,), d.step) for d in held)
        return
    team, person = known[held[0].person]
    yield from presence.one_place_faults(held)
    for each in held:
        yield from presence.presence_faults(almanac, each, team, person)
        if team.contract is not None:
            yield from presence.contract_faults(inventory, each, team, team.contract)
    yield from strain.shift_faults(inventory, held)
    yield from strain.month_faults(inventory, almanac, held, team)


RULE = Rule("S15", SENTENCE, check)
