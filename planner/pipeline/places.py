"""Where a fact of the inventory stands: file, line and column."""

import re
from collections.abc import Iterator, Mapping

from planner.errors import Position
from planner.sources import Origin
from planner.sources.layers import SHIPPED

RECORDS = frozenset(
    {
        *("assets", "systems", "rooms", "racks", "circuits", "links", "segments", "clusters", "tiers"),
        *("conveyances", "departments", "teams", "contacts"),
    }
)
"""What holds records by id: the place of one record says nothing about another one."""

WRITTEN = {"stages": "to", "height": "u", "cooling_w": "cooling_kw"}
"""Facts of the model that are written under another key."""


def place_of(provenance: Mapping[str, Origin], fact: str, *, own: bool = False) -> Position | None:
    """Return the place of a fact, of its first part, or of the nearest record around it; None if nothing is written.

    ``own``: only in the inventory's own files, not in what is shipped with planner, which nobody is to change.
    A fact that is unknown, or that follows from others, has no place of its own: ``assets.hv1.va`` is then answered
    with the place of ``assets.hv1``. The desk of a department stands with the department.
    """
    path = ".".join(WRITTEN.get(part, part) for part in re.sub(r"\[\d+\]", "", fact).split("."))
    path = re.sub(r"^systems\.desk-([^.]+)(.*)$", r"departments.\1.desk\2", path) if path not in provenance else path
    while path and path not in RECORDS:
        found = next((o for o in _at(provenance, path) if not (own and o.position.file == SHIPPED)), None)
        if found:
            return found.position
        path = path.rpartition(".")[0]
    return None


def _at(provenance: Mapping[str, Origin], path: str) -> Iterator[Origin]:
    """The origin of a path itself, then those of its parts."""
    if path in provenance:
        yield provenance[path]
    yield from (origin for key, origin in provenance.items() if key.startswith(f"{path}."))
