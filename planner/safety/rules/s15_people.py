"""S15 people: one place at a time, skills, presence, contracts, shifts, rest, hours, two people, someone fresh."""

from planner.safety.context import Context
from planner.safety.rota import Rota
from planner.safety.rule import Outcome, Rule
from planner.safety.timetable import Almanac

SENTENCE = (
    "Per person or team: capacity, skill or vendor, presence, shift length, rest between shifts, hours per month, "
    "two-person rule, someone fresh when service opens. A vendor's step lies inside a contract that covers its date, "
    "kind and night or holiday work, and after its notice, counted from as_of."
)


def check(context: Context) -> Outcome:
    """Judge every step, every person's duties and every opening of the office."""
    rota = Rota(context.inventory, context.plan.steps(), Almanac(context.inventory))
    return Outcome(tuple(rota.faults()), rota.checks)


RULE = Rule("S15", SENTENCE, check)
