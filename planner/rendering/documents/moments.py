"""Instants and lengths as people read them."""

from dataclasses import dataclass
from datetime import datetime

from planner.rendering.documents.words import Words
from planner.units.clock import Clock
from planner.units.span import Minute


@dataclass(frozen=True, slots=True)
class Moments:
    """Writes instants of one time zone in the words of one language."""

    clock: Clock
    words: Words

    def time(self, minute: Minute) -> str:
        """``22:05``."""
        return self.clock.local(minute).strftime("%H:%M")

    def day(self, minute: Minute) -> str:
        """``12/29(火)``."""
        return self._dated("date", self.clock.local(minute))

    def full_day(self, minute: Minute) -> str:
        """``2026年12月29日(火)``."""
        return self._dated("full_date", self.clock.local(minute))

    def day_and_time(self, minute: Minute) -> str:
        """``12/29(火) 22:05``."""
        return f"{self.day(minute)} {self.time(minute)}"

    def after(self, earlier: Minute, minute: Minute) -> str:
        """``22:05`` on the day of ``earlier``, ``12/30(水) 02:05`` on another one."""
        same = self.clock.day(earlier) == self.clock.day(minute)
        return self.time(minute) if same else self.day_and_time(minute)

    def length(self, minutes: int) -> str:
        """``0:05``, ``30:10``."""
        return self.words.say("general", "hours", hours=minutes // 60, minutes=f"{minutes % 60:02}")

    def _dated(self, form: str, local: datetime) -> str:
        weekday = self.words["general"]["weekdays"][local.weekday()]
        return self.words.say("general", form, year=local.year, month=local.month, day=local.day, weekday=weekday)
