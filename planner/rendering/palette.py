"""One palette per meaning in all pictures: what a colour says here, it says everywhere.

Waves are numbered and take a sequential scale (viridis) that stays in order for colour-blind readers and on
black-and-white paper. Warning colours are reserved: no wave and no team is orange or magenta.
"""

from __future__ import annotations

from typing import Final

INK: Final = "#16202B"
"""Text and what must be read."""
QUIET: Final = "#55606C"
"""Text of second rank."""
PAPER: Final = "#FFFFFF"
BAND: Final = "#EEF2F5"
"""Every second lane."""
RULE: Final = "#C3CAD1"
"""Hairlines between lanes and rows."""
SLATE: Final = "#333D47"
"""The dark label of a lane, the frame of a rack."""
STILL: Final = "#6B7480"
"""Whatever does not move."""

LATE: Final = "#D9480F"
"""Orange: over a limit, or the provider moves in a later wave than its dependent."""
CYCLE: Final = "#C2187A"
"""Magenta, dashed: a cycle."""
CROSSING: Final = "#12406B"
"""Navy: crosses security tiers."""
PLAIN: Final = "#868F99"
"""Thin grey: every other dependency."""
BAR: Final = "#2F6B8E"
"""A load bar within its limit."""
TROUGH: Final = "#DFE5EA"
"""The empty rest of a load bar."""

_VIRIDIS: Final = (
    "#440154", "#482475", "#414487", "#355F8D", "#2A788E", "#21918C",
    "#22A884", "#44BF70", "#7AD151", "#BDDF26", "#FDE725",
)  # fmt: skip
_FIRST, _LAST, _STEP = 0.05, 0.95, 0.30


def wave_colour(wave: int, waves: int) -> str:
    """Return the colour of a wave as ``#RRGGBB``.

    Parameters
    ----------
    wave : int
        Number of the wave, from 1.
    waves : int
        How many waves the plan has; up to four keep the colours of a plan of four.

    Raises
    ------
    ValueError
        When the number is not between 1 and `waves`.
    """
    if not 1 <= wave <= waves:
        raise ValueError(f"wave {wave} is not between 1 and {waves}")
    step = min(_STEP, (_LAST - _FIRST) / (waves - 1)) if waves > 1 else _STEP
    return _scale(_FIRST + (wave - 1) * step)


def tint(colour: str, share: float = 0.17) -> str:
    """Return the colour thinned with white: `share` of it is left."""
    return _hexed(tuple(255 - (255 - part) * share for part in _parts(colour)))


def ink_on(colour: str) -> str:
    """Return white or ink, whichever is read better on the colour."""
    red, green, blue = (part / 255 for part in _parts(colour))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.50 else PAPER


def _scale(position: float) -> str:
    """Return the viridis colour at a position from 0 to 1, between its nearest anchors."""
    place = position * (len(_VIRIDIS) - 1)
    left = min(int(place), len(_VIRIDIS) - 2)
    share = place - left
    ends = zip(_parts(_VIRIDIS[left]), _parts(_VIRIDIS[left + 1]), strict=True)
    return _hexed(tuple(a + (b - a) * share for a, b in ends))


def _parts(colour: str) -> tuple[float, ...]:
    return tuple(float(int(colour[at : at + 2], 16)) for at in (1, 3, 5))


def _hexed(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part):02X}" for part in parts)
