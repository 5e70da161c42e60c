"""What waits while a role passes from one asset to another and nobody fills it (S03, S20)."""

from collections.abc import Iterable, Iterator, Mapping

from planner.model.chain import StepKind
from planner.scheduling.provider import Providers

K = StepKind
Tasks = Mapping[str, Mapping[StepKind, str]]


def handover(providers: Providers, tasks: Tasks) -> Iterator[tuple[str, str]]:
    """Which task of a turn comes before which: who cannot do without a role is down, and not checked, meanwhile.

    ``tasks`` are the keys of the tasks by subject and kind.
    """
    for heir, switch in [(id, own[K.SWITCH_OVER]) for id, own in tasks.items() if K.SWITCH_OVER in own]:
        for dependent, own in tasks.items():
            if heir in _heirs(providers, providers.hard.get(dependent, ())):
                yield from _both(_first(own, K.STOP), switch)
                yield from _both(switch, _first(own, K.START, K.CHECK, K.ACCEPT))
            elif heir in _heirs(providers, _leant_on(providers, tasks, dependent)):
                yield from _both(switch, _first(own, K.CHECK, K.ACCEPT))


def _both(first: str, then: str) -> Iterator[tuple[str, str]]:
    if first and then:
        yield first, then


def _first(own: Mapping[StepKind, str], *kinds: StepKind) -> str:
    return next((own[kind] for kind in kinds if kind in own), "")


def _heirs(providers: Providers, ids: Iterable[str]) -> set[str]:
    return {heir for id in ids for heir in providers.heirs.get(id, ())}


def _leant_on(providers: Providers, tasks: Tasks, dependent: str) -> set[str]:
    """What a subject leans on, directly or through what the turn leaves alone."""
    stack, seen = [dependent], {dependent}
    while stack:
        more = set(providers.leant_on(stack.pop())) - seen
        seen |= more
        stack += more - tasks.keys()
    return seen
