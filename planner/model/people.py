"""Who works: teams, the people in them, vendors' contracts, contacts."""

from dataclasses import dataclass

from planner.units.span import Span


@dataclass(frozen=True, slots=True)
class Person:
    """One member. The id is ``team/n`` unless the inventory names one; it is unique over all teams."""

    id: str
    name: str
    skills: frozenset[str] = frozenset()
    absent: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Contract:
    """What a vendor may be asked to do: dates (half-open), and whether nights, holidays and weekends are covered."""

    covers: Span | None = None
    nights: bool = True
    closed_days: bool = True
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Team:
    """People who are interchangeable but for their skills.

    ``hours`` names the timetable in which the team works (None: any time). ``notice_days`` are counted from
    `Project.as_of`. ``own`` marks the office's own staff: monthly hours and "someone fresh" bind them. They may escort
    media with personal data, and so may a team with ``escorts``.
    """

    id: str
    name: str
    people: tuple[Person, ...]
    own: bool = False
    hours: str | None = None
    notice_days: int = 0
    contract: Contract | None = None
    contact: str | None = None
    escorts: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Who to call. Outside the comparison of inventories; ``confidential`` stays out of papers below that level."""

    id: str
    name: str
    role: str
    phone: str | None = None
    confidential: bool = False
