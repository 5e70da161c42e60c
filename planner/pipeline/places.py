"""Where a fact of the inventory stands: file, line and column."""

import re
from collections.abc import Mapping

from planner.errors import Position
from planner.sources import Origin


def place_of(provenance: Mapping[str, Origin], fact: str) -> Position | None:
    """Return the place of a fact, or of the nearest record around it that is written; None if there is none.

    A fact that is unknown, or that follows from others, has no place of its own: ``assets.hv1.va`` is then answered
    with the place of ``assets.hv1``.
    """
    path = re.sub(r"\[\d+\]", "", fact)
    while path and path not in provenance:
        path = path.rpartition(".")[0]
    return provenance[path].position if path else None
