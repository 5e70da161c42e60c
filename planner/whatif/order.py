"""The order of a plan: what it costs, and what may change places in it; judged by the verifier, never guessed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from planner.model.inventory import Inventory
from planner.plan.order import Evaluation, Exchange, Passage
from planner.plan.plan import Plan
from planner.safety.verify import verify
from planner.scheduling.outages import replay
from planner.scheduling.truth import Truth
from planner.units.span import Minute, Span
from planner.whatif.arrangement import Chain, arranged
from planner.whatif.holding import breaks_of
from planner.whatif.tally import tally

Load = Sequence[tuple[Span, int]]
"""Spans in which needs cross a bridge, in order of time, with their number."""


def evaluated(inventory: Inventory, plan: Plan, chains: Sequence[Chain]) -> Evaluation:
    """Return what comes of a plan in the order of the chains; without chains, of the plan as it is.

    Raises
    ------
    planner.whatif.arrangement.NoOrder
        If the plan has no place for a chain.
    """
    made = arranged(inventory, plan, chains) if chains else plan
    load = _load(inventory, made)
    return Evaluation(
        chains=tuple(chains),
        passages=tuple(_passages(made, load)),
        peak=max((count for _, count in load), default=0),
        total=_total(load),
        tally=tally(made),
        breaks=tuple(breaks_of(verify(inventory, made).failures)),
    )


def exchanged(inventory: Inventory, plan: Plan, ids: Chain, was: tuple[int, int]) -> Exchange:
    """Return what comes of it when what is named in the plan's order comes in the opposite one.

    ``was`` are the weighted outage and the minutes across bridges of the plan as it is.
    """
    made = arranged(inventory, plan, [tuple(reversed(ids))])
    breaks = tuple(breaks_of(verify(inventory, made).failures))
    return Exchange(ids, breaks, tally(made).weighted - was[0], _total(_load(inventory, made)) - was[1])


def candidates(plan: Plan, *, waves: bool = True, turns: bool = True) -> Iterator[Chain]:
    """Yield every pair of waves, and every two turns of a wave that follow each other, in the plan's order."""
    if waves:
        yield from combinations((wave.id for wave in plan.waves), 2)
    for wave in plan.waves if turns else ():
        yield from pairwise(turn.id for turn in wave.turns)


def runs(plan: Plan, harmless: Iterable[Chain]) -> Iterator[Chain]:
    """Yield three turns or more in a row of which all neighbours may change places."""
    free = set(harmless)
    for wave in plan.waves:
        run: list[str] = []
        for turn in (*(turn.id for turn in wave.turns), None):
            if run and (turn is None or (run[-1], turn) not in free):
                if len(run) > 2:
                    yield tuple(run)
                run = []
            if turn is not None:
                run.append(turn)


def _load(inventory: Inventory, plan: Plan) -> Load:
    bridged = replay(inventory, Truth(inventory), plan.steps()).bridged(inventory)
    return [(span, len(crossings)) for span, crossings in bridged]


def _total(load: Load) -> int:
    return sum(span.minutes * count for span, count in load)


def _passages(plan: Plan, load: Load) -> Iterator[Passage]:
    since: Minute = plan.inventory.project.horizon.start
    for wave in plan.waves:
        for turn in wave.turns:
            span = Span(since, max(turn.end, since + 1))
            peak = max((count for part, count in load if part.overlaps(span)), default=0)
            # Where the next turn begins at once, its first step may end what crosses: the last minute counts too.
            after = max((count for part, count in load if turn.end in part or turn.end - 1 in part), default=0)
            yield Passage(wave.id, turn.id, turn.assets, turn.start, turn.end, max(peak, after), after)
            since = turn.end
