"""Which of several plans are offered: an alternative that another plan beats is not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from planner.plan.choice import AXES, CHOSEN, Candidate, Choice, Dropped, Why
from planner.plan.plan import Plan
from planner.whatif.tally import tally


def candidate(id: str, plan: Plan) -> Candidate:
    """Return a plan with what it comes to."""
    return Candidate(id, plan, tally(plan))


def beats(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Whether the values are better in at least one and worse in none."""
    return one != other and all(one[id] <= value for id, value in other.items())


def choose(found: Sequence[Candidate], most: int, dropped: Sequence[Dropped] = (), *, stopped: bool = False) -> Choice:
    """Return the plans to choose from: the first as it is, and of the others at most ``most`` - 1, in their order.

    Of plans with equal values the first is offered. No alternative is beaten by another plan; the first may be, for it
    is the plan by the policy's weights whatever else is found.
    """
    first, offered, losers = found[0], list[Candidate](), list[Dropped]()
    for number, each in enumerate(found[1:], 1):
        loser = _loser(each, number, found)
        if loser is None and len(offered) + 1 < most:
            offered.append(replace(each, better=beats(each.values, first.values)))
        else:
            losers.append(loser or Dropped(each.id, Why.SURPLUS))
    return Choice((first, *offered), (*dropped, *losers), stopped)


def _loser(each: Candidate, number: int, found: Sequence[Candidate]) -> Dropped | None:
    equal = next((other for other in found[:number] if other.values == each.values), None)
    if equal is not None:
        return Dropped(each.id, Why.EQUAL, equal.id)
    winner = next(_winners(each, found), None)
    return Dropped(each.id, Why.WORSE, winner.id) if winner is not None else None


def _winners(each: Candidate, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Who beats a plan; first who is not beaten itself, so that it is offered, or stood for by an equal one."""
    beaten = [other for other in found if beats(other.values, each.values)]
    yield from (one for one in beaten if one.id == CHOSEN or not any(beats(o.values, one.values) for o in found))


def labels(choice: Choice) -> Mapping[str, str]:
    """Return by the id of each plan that is offered the id of what it is better in than the chosen one.

    Several aims may lead to one plan, and an aim to a plan that is better in something else alone.
    """
    found: dict[str, str] = {CHOSEN: CHOSEN}
    for each in choice.offered[1:]:
        aims = [
            each.id,
            *(other.id for other in choice.dropped if other.why is Why.EQUAL and other.by == each.id),
            *AXES,
        ]
        kept = {*found.values(), *(other.id for other in choice.offered if other is not each)}
        better = (aim for aim in aims if aim not in kept and _improves(aim, each, choice.chosen))
        found[each.id] = next(better, each.id)
    return found


def _improves(aim: str, each: Candidate, chosen: Candidate) -> bool:
    axis = AXES.get(aim, "waves" if aim.startswith("waves-") else "")
    return axis in each.values and each.values[axis] < chosen.values[axis]
