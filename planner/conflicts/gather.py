"""From the reasons of a refusal to the facts that may be part of the conflict."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from planner.conflicts import around, arrival, papers, people, permitting, pinning, positions, services, transport
from planner.conflicts.candidate import Candidate
from planner.model.inventory import Inventory
from planner.plan.refusal import Reason

Source = Callable[[Inventory, Reason], Iterator[Candidate]]

SOURCES: Mapping[str, tuple[Source, ...]] = {
    "fact_not_accepted": (papers.application,),
    "fact_no_backup": (papers.no_backup,),
    "fact_backup_too_slow": (papers.slow_backup,),
    "fact_restore_test": (papers.restore_test,),
    "fact_copy_beside": (papers.copies,),
    "fact_takes_no_time": (papers.no_length,),
    "fact_no_criteria": (papers.criteria,),
    "fact_shared_fate": (positions.shared_fate,),
    "fact_same_unit": (positions.same_unit,),
    "fact_over_limit": (positions.over_limit,),
    "fact_too_heavy_to_carry": (transport.too_heavy,),
    "fact_too_large_to_carry": (transport.too_large,),
    "fact_team_too_small": (people.too_small,),
    "fact_kind_not_in_contract": (people.kind_not_covered,),
    "fact_team_never_there": (people.never_there,),
    "pin_without_window": (pinning.pins,),
    "pin_not_held": (pinning.pins,),
    **dict.fromkeys(
        (
            *("job_finds_no_window", "job_leaves_worse", "job_overloads", "job_out_of_time", "no_people_for_turn"),
            *("no_time_to_turn_back", "job_touches_too_much"),
        ),
        (around.obstacles,),
    ),
    **dict.fromkeys(("preparation_without_people", "preparation_without_hours"), (around.safeguard,)),
    "host_not_emptied": (around.guests, around.obstacles),
    "no_way_at_all": (around.every_change,),
    **dict.fromkeys(
        ("placement_no_gap", "placement_units", "placement_limits", "placement_not_found"), (positions.no_place,)
    ),
    "fact_target": (permitting.permissions, arrival.target),
    "fact_target_out": (arrival.target,),
    "fact_no_window": (services.no_window,),
    "fact_window_too_short": (services.outage,),
    "fact_outage_too_long": (services.outage,),
    "fact_outage_over_budget": (services.outage,),
}
"""What each reason may come from; a reason that is not here leads to no claim."""


def candidates(inventory: Inventory, reasons: Iterable[Reason]) -> tuple[Candidate, ...]:
    """The facts that may be part of what these reasons tell, each once, in the order of the reasons."""
    found: dict[object, Candidate] = {}
    for reason in reasons:
        for source in SOURCES.get(reason.key, ()):
            for candidate in source(inventory, reason):
                found.setdefault((candidate.id, tuple(candidate.fact.values.items())), candidate)
    return tuple(found.values())
