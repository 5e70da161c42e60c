"""Crews as people write them: ``ict``, ``movers*2``, ``[ict, VA]``, ``ict:network``, ``owner``, ``none``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from planner.sources.index import Context, known
from planner.sources.unfit import Unfit, folded, read_each, scalar

ROLES = ("own", "movers", "owner", "vendor")
"""Words that stand for a team: the office's own, the carriers, the system's owner, the vendor."""

_DEMAND = re.compile(r"([^\s*:]+?)(?::([^\s*:]+))?(?: ?\* ?(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Hands:
    """People of one team, or of the team that a role stands for."""

    team: str
    is_role: bool
    count: int = 1
    skill: str | None = None


def read_crew(value: Any, context: Context) -> tuple[Hands, ...]:
    """Return who does a step; ``none`` needs nobody."""
    parts = value if isinstance(value, list) else [value]
    return tuple(hands for each in read_each(parts, lambda part: _hands(part, context)) for hands in each)


def _hands(value: Any, context: Context) -> list[Hands]:
    node = scalar(value, "team, team*2, team:skill, owner, vendor, none")
    text = folded(node)
    if text == "none":
        return []
    found = _DEMAND.fullmatch(text)
    if not found or found[3] == "0":
        raise Unfit("E203", node, found=node.text, expected="team, team*2, team:skill, owner, vendor, none")
    team, skill, count = found.groups()
    is_role = team in ROLES and team not in context.index.ids["teams"]
    if not is_role:
        known(node, team, ("teams",), context.index)
    return [Hands(team, is_role, int(count or 1), skill)]
