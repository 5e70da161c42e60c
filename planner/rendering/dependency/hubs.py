"""Hubs of an inventory: which boxes become letters, and which letter each has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from string import ascii_uppercase
from typing import Final

from planner.model.asset import NETWORK_KINDS, AssetKind
from planner.rendering.dependency.wording import WORDING
from planner.rendering.diagram.description import Edge, Hub, Language, Node, busiest

_NUMBER: Final = re.compile(r"[\s#_-]*[0-9]+$|[(（].*$")
_NETWORK: Final = frozenset(kind.value for kind in NETWORK_KINDS)


def hubs(nodes: Sequence[Node], edges: Iterable[Edge], language: Language) -> tuple[Hub, ...]:
    """Return the hubs; UPSs share a letter, network devices share one, and so do boxes that differ only in a number.

    A UPS is needed by everything in its rack, and nobody follows that line by line: all of them are hubs where one is,
    or where all together would be.
    """
    known = {node.id: node for node in nodes}
    every = tuple(edges)
    power = {node.id: "power" for node in nodes if node.kind == AssetKind.UPS.value}
    together = {replace(edge, provider=power.get(edge.provider, edge.provider)) for edge in every}
    busy = busiest(nodes, together)
    chosen = [hub for one in busy for hub in (power if one == "power" else (one,))]
    letters: dict[str, str] = {}
    found: list[Hub] = []
    for identity in chosen:
        name = _shared_name(known[identity], language)
        letter = letters.setdefault(name, _letter(known[identity], letters.values()))
        found.append(Hub(identity, letter, name))
    return tuple(found)


def _shared_name(node: Node, language: Language) -> str:
    words = WORDING[language]
    if node.kind == AssetKind.UPS.value:
        return words.power
    if node.kind in _NETWORK:
        return words.network
    return _NUMBER.sub("", node.label) or node.label


def _letter(node: Node, used: Iterable[str]) -> str:
    """Return U for power, N for network, else a letter of the id that is still free, else any."""
    taken = set(used)
    wanted = "U" if node.kind == AssetKind.UPS.value else "N" if node.kind in _NETWORK else ""
    choices = f"{wanted}{node.id.upper()}{ascii_uppercase}"
    return next((letter for letter in choices if letter in ascii_uppercase and letter not in taken), "*")
