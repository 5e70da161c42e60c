"""Which systems suffer when a subject fails."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

Providers = Mapping[str, frozenset[str]]


def affects(systems: Iterable[str], providers: Providers) -> Mapping[str, frozenset[str]]:
    """For each subject the systems that need it, directly or through others, whatever the place."""
    found: dict[str, set[str]] = defaultdict(set)
    for system in systems:
        for provider in _behind(providers, system):
            found[provider].add(system)
    return {id: frozenset(suffering) for id, suffering in found.items()}


def _behind(providers: Providers, system: str) -> set[str]:
    seen, waiting = {system}, [system]
    while waiting:
        new = providers.get(waiting.pop(), frozenset()) - seen
        seen |= new
        waiting += new
    return seen
