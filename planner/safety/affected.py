"""Which systems suffer when a subject fails."""

from collections import defaultdict
from collections.abc import Mapping

from planner.safety.world import World


def affects(world: World) -> Mapping[str, frozenset[str]]:
    """For each subject the systems that need it, directly or through others, whatever the place."""
    found: dict[str, set[str]] = defaultdict(set)
    for system in world.inventory.systems:
        for provider in _providers(world, system):
            found[provider].add(system)
    return {id: frozenset(systems) for id, systems in found.items()}


def _providers(world: World, system: str) -> set[str]:
    seen, waiting = {system}, [system]
    while waiting:
        new = world.providers.get(waiting.pop(), frozenset()) - seen
        seen |= new
        waiting += new
    return seen
