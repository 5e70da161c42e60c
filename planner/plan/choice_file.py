"""The file of alternatives: versioned JSON that names each plan's own file, what it comes to, and what was dropped."""

import json
from collections.abc import Mapping
from typing import Any

from planner.plan.choice import CHOSEN, Candidate, Choice
from planner.plan.file import identity
from planner.plan.plan import Term
from planner.plan.wording_choice import minutes_out

FORMAT = "planner.alternatives"
VERSION = 1
FOLDER = "alternatives"


def file_of(id: str) -> str:
    """Return the name of a plan's file below the folder in which ``plan.json`` lies, with ``/``."""
    return "plan.json" if id == CHOSEN else f"{FOLDER}/{id}.json"


def as_data(choice: Choice) -> dict[str, Any]:
    """Return plans and what was dropped as JSON data; terms are hundredths of the policy's weights as in the plan."""
    best = choice.best()
    return {
        "stopped": choice.stopped,
        "plans": [_plan(choice, candidate, best) for candidate in choice.offered],
        "dropped": [{"id": each.id, "why": each.why.value, "by": each.by} for each in choice.dropped],
    }


def dump(choice: Choice) -> str:
    """Return the file's text: indented JSON, LF, a newline at the end; the same choice gives the same bytes."""
    head = {"format": FORMAT, "version": VERSION, "plan": identity(choice.chosen.plan)}
    return json.dumps({**head, **as_data(choice)}, ensure_ascii=False, indent=1) + "\n"


def _plan(choice: Choice, candidate: Candidate, best: Mapping[str, int]) -> dict[str, Any]:
    plan, tally, clock = candidate.plan, candidate.tally, candidate.plan.inventory.clock
    base = {term.id: term.value for term in choice.chosen.plan.objective}
    return {
        "id": candidate.id,
        "plan": tally.plan,
        "file": file_of(candidate.id),
        "better": candidate.better,
        "best_in": [id for id, value in candidate.values.items() if best.get(id) == value],
        "waves": [
            {"id": wave.id, "window": wave.window, "start": clock.iso(wave.start), "end": clock.iso(wave.end)}
            for wave in tally.waves
        ],
        "outage_minutes": tally.outage,
        "weighted_outage": tally.weighted,
        "inside_service_hours": tally.inside,
        "people_nights": tally.people_nights,
        "end": clock.iso(tally.end),
        "terms": [_term(term, base[term.id]) for term in plan.objective],
        "sum": {"value": tally.value, "bound": tally.bound, "gap_percent": tally.gap},
        "systems": dict(sorted(minutes_out(candidate).items())),
    }


def _term(term: Term, base: int) -> dict[str, Any]:
    return {
        "id": term.id,
        "value": term.value,
        "bound": term.bound,
        "gap": term.value - term.bound,
        "proof": term.proof,
        "more_than_plan": term.value - base,
    }
