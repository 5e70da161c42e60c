"""Positions as people write them: ``R1/30`` rack and lowest unit, ``R1``, or a room."""

from __future__ import annotations

import re
from typing import Any

from planner.model.place import Position
from planner.sources.index import Context, known
from planner.sources.nodes import ScalarNode
from planner.sources.unfit import Unfit, scalar

USUAL_UNITS = 42

_NUMBER = re.compile(r"[0-9]{1,3}")


def read_position(value: Any, context: Context) -> Position:
    """Return a room, and in it a rack and the lowest unit where they are written.

    Raises
    ------
    Unfit
        E301 for an unknown rack or room, E205 for a unit that the rack has not.
    """
    node = scalar(value, "R1/30, R1, room")
    id, slash, unit = node.text.partition("/")
    if not slash:
        known(node, id, ("rooms", "racks"), context.index)
    else:
        known(node, id, ("racks",), context.index)
    if id not in context.index.ids["racks"]:
        return Position(id)
    return Position(context.index.room_of(id), id, _unit(node, id, unit, context) if slash else None)


def _unit(node: ScalarNode, rack: str, text: str, context: Context) -> int:
    written = context.index.ids["racks"][rack].get("units")
    sized = isinstance(written, ScalarNode) and _NUMBER.fullmatch(written.text)
    units = int(written.text) if isinstance(written, ScalarNode) and sized else USUAL_UNITS
    if not _NUMBER.fullmatch(text):
        raise Unfit("E203", node, found=node.text, expected=f"{rack}/1..{rack}/{units}")
    if not 1 <= int(text) <= units:
        raise Unfit("E205", node, found=node.text, low=f"{rack}/1", high=f"{rack}/{units}")
    return int(text)
