"""For which step something is stopped by itself: the work on what it needs."""

from planner.model.chain import StepKind
from planner.model.need import NeedKind, leaves
from planner.pipeline.explanation import Fact
from planner.pipeline.waiting import Waiting
from planner.plan.step import Step
from planner.safety.cause import Chain
from planner.units.span import Minute

K = StepKind
WORK = (K.CARRY, K.DISPOSE, K.RENUMBER, K.SWITCH_OVER, K.UNMOUNT, K.STOP)
"""What a machine is stopped for, that first which tells most."""


def stopped_for(waiting: Waiting, cause: Chain, begun: Minute) -> Fact | None:
    """The work for which the first of a chain of causes is stopped in a minute; None if it is stopped for nothing else.

    Parameters
    ----------
    waiting : Waiting
        What the steps of the plan wait for.
    cause : Chain
        From the cause to what is out.
    begun : Minute
        When it went out.
    """
    stop = next((s for s in waiting.about(cause.ids[0]) if s.kind is K.STOP and s.start <= begun <= s.end), None)
    ids, path = list(cause.ids), ""
    while stop is not None and (behind := _stopped_behind(waiting, ids[0], stop, ids)) is not None:
        id, path, stop = behind
        ids.insert(0, id)
    if stop is None or not path:
        return None
    work = _work(waiting, ids[0], stop)
    values = {"chain": " -> ".join(ids), "id": ids[0], "kind": work.kind.value, "step": work.id}
    return Fact("stopped_for", values, path, "S03")


def _stopped_behind(waiting: Waiting, id: str, stop: Step, known: list[str]) -> tuple[str, str, Step] | None:
    """What it needs and is stopped next after it in the same wave, the fact of that need, and the stop."""
    found = [
        (provider, need.fact, other)
        for need in waiting.needs_of(id)
        if need.kind is NeedKind.HARD
        for provider in leaves(need.tree)
        for other in waiting.about(provider)
        if other.kind is K.STOP and other.start >= stop.end and provider not in known
        if waiting.wave_of(other) is waiting.wave_of(stop)
    ]
    return min(found, key=lambda one: one[2].start, default=None)


def _work(waiting: Waiting, id: str, stop: Step) -> Step:
    """What is done in the wave with what has been stopped; its stop where that is all."""
    wave = waiting.wave_of(stop)
    own = [s for s in waiting.about(id) if s.kind in WORK and s.start >= stop.start and waiting.wave_of(s) is wave]
    return min(own, key=lambda step: (WORK.index(step.kind), step.start))
