"""The border between whole minutes and local, time-zone-aware instants."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.units.span import Minute, Span

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """Converts between minutes since the epoch and the wall clock of one time zone.

    Parameters
    ----------
    zone : str
        An IANA name such as ``Asia/Tokyo``.
    """

    zone: str
    tz: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tz", ZoneInfo(self.zone))

    def minute(self, day: date, of_day: int = 0) -> Minute:
        """The instant ``of_day`` minutes (0..2880, so 25:30 is 1530) after local midnight of ``day``.

        Hours count on the wall clock: 22:00 is 22:00 also on the day a zone changes its offset.
        """
        later, rest = divmod(of_day, DAY)
        wall = datetime.combine(day + timedelta(days=later), time(rest // 60, rest % 60), self.tz)
        return int((wall.astimezone(UTC) - EPOCH).total_seconds()) // 60

    def local(self, minute: Minute) -> datetime:
        return (EPOCH + timedelta(minutes=minute)).astimezone(self.tz)

    def day(self, minute: Minute) -> date:
        return self.local(minute).date()

    def of_day(self, minute: Minute) -> int:
        local = self.local(minute)
        return local.hour * 60 + local.minute

    def iso(self, minute: Minute) -> str:
        """ISO 8601 with offset and without seconds, such as ``2027-01-09T08:00+09:00``."""
        return self.local(minute).isoformat(timespec="minutes")

    def parse(self, text: str) -> Minute:
        """The inverse of `iso`.

        Raises
        ------
        ValueError
            If ``text`` is not ISO 8601 or carries no offset or a part of a minute.
        """
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(f"an instant needs its offset, such as 2027-01-09T08:00+09:00: {text!r}")
        seconds = int((moment - EPOCH).total_seconds())
        if seconds % 60 or moment.microsecond:
            raise ValueError(f"an instant is a whole minute: {text!r}")
        return seconds // 60

    def day_span(self, day: date) -> Span:
        """The whole local day."""
        return Span(self.minute(day), self.minute(day, DAY))
