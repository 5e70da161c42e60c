"""What somebody has decided already about the wave of something."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Pin:
    """The wave of each subject (assets, or systems for all that they run on) is on, not before, or not after a day.

    A window has the days from the date of its start to the date of its end, that one only if it ends after noon: a
    night belongs to the day on which it begins. ``on`` is one of them, none is before ``not_before`` or after
    ``last_day``. ``same_as`` names others that move in the same wave. Only work in waves is bound, not preparation.
    """

    subjects: tuple[str, ...]
    on: date | None = None
    not_before: date | None = None
    last_day: date | None = None
    same_as: tuple[str, ...] = ()
    why: str = ""
