"""Durations as people write them: ``90m``, ``1h30``, ``2時間半``, ``[60m, 90m, 150m]``."""

from __future__ import annotations

import re
from typing import Any

from planner.sources.unfit import Unfit, folded, scalar
from planner.units.duration import Duration

FORMS = "90m, 2h, 1h30, 1.5h, 2d, 90分, 2時間半, [60m, 90m, 150m]"

_NUMBER = r"(\d{1,6}(?:\.\d{1,2})?)"
_PARTS = re.compile(
    rf"(?:{_NUMBER} ?(?:d|days?|日(?:間)?))? ?"
    rf"(?:{_NUMBER} ?(?:h|hours?|時間)(半)?)? ?"
    rf"(?:{_NUMBER} ?(?:m|min|minutes?|分)?)?"
)
_SECONDS = re.compile(r"(\d{1,6}) ?(?:s|seconds?|秒)")
_UNITS = (24 * 60, 60, 1)


def read_minutes(value: Any, _context: object = None) -> int:
    """Return one duration in whole minutes.

    Raises
    ------
    Unfit
        E409 for a form that is not known or a part of a minute.
    """
    node = scalar(value, FORMS)
    text = folded(node).lower()
    found = _PARTS.fullmatch(text)
    if not found or (text.replace(".", "").isdigit() and text != "0"):
        raise Unfit("E409", node, found=node.text, forms=FORMS)
    days, hours, half, minutes = found.groups()
    total = sum(float(part or 0) * unit for part, unit in zip((days, hours, minutes), _UNITS, strict=True))
    total += 30 if half else 0
    if total != int(total) or not any(found.groups()):
        raise Unfit("E409", node, found=node.text, forms=FORMS)
    return int(total)


def read_duration(value: Any, _context: object = None) -> Duration:
    """Return minimum, likely and maximum; one value stands for all three.

    Raises
    ------
    Unfit
        E409 for a form that is not known, E205 where the three are not in order.
    """
    if not isinstance(value, list):
        return Duration.fixed(read_minutes(value))
    if len(value) != 3:
        raise Unfit("E409", value, found=f"[{len(value)}]", forms=FORMS)
    least, likely, most = (read_minutes(part) for part in value)
    if not least <= likely <= most:
        raise Unfit("E205.order", value)
    return Duration(least, likely, most)


def read_seconds(value: Any, _context: object = None) -> int:
    """Return a short time in whole seconds."""
    node = scalar(value, "2s, 1m")
    found = _SECONDS.fullmatch(folded(node).lower())
    return int(found[1]) if found else read_minutes(node) * 60
