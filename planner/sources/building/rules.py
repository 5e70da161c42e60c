"""Project, timetable and policy of the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from planner.calendar import UnknownCountry, holidays_of
from planner.model.inventory import Project
from planner.model.pin import Pin
from planner.model.policy import Policy, SeverityChoice, Staff, Waiver, Weights
from planner.model.timetable import (
    Blackout,
    DaySet,
    Hours,
    Phase,
    PowerCut,
    Timetable,
    WindowPattern,
    WindowShape,
)
from planner.sources.phrases import Years
from planner.sources.records.rules import (
    BlackoutRecord,
    CalendarRecord,
    PinRecord,
    PolicyRecord,
    ProjectRecord,
    StaffRecord,
    WaiverRecord,
    WeightsRecord,
    WindowRecord,
)
from planner.units.span import Span


def project(r: ProjectRecord) -> Project:
    """Return the project of a record."""
    horizon = Span(r.horizon.since, r.horizon.last_day)
    return Project(r.id, r.name or r.id, r.as_of, horizon, r.time_zone, r.languages, r.classification)


def timetable(r: CalendarRecord, years: Years) -> Timetable:
    """Return the timetable of a record, holidays resolved to dates over the project's years and one on each side.

    Raises
    ------
    UnknownCountry
        When no holidays are known for the country.
    """
    closed = r.closed
    return Timetable(
        closed_weekdays=closed.weekdays if closed else frozenset(),
        holidays=_holidays(r, years),
        closed_yearly=closed.yearly if closed else (),
        opened=r.opened,
        shut=r.shut | (closed.dates if closed else frozenset()),
        hours={name: Hours(name, parts) for name, parts in r.hours.items()},
        windows=tuple(window(each) for each in r.windows),
        blackouts=tuple(blackout(each) for each in r.blackouts),
        power_cuts=tuple(
            PowerCut(cut.room, _span(cut.since, cut.until, cut.last_day), cut.why) for cut in r.power_cuts
        ),
        phases=tuple(
            Phase(phase.id, phase.name or phase.id, phase.rooms, _span(phase.since, phase.until, phase.last_day))
            for phase in r.phases
        ),
    )


def _holidays(r: CalendarRecord, years: Years) -> Mapping[date, str]:
    if not r.closed or not r.closed.holidays:
        return {}
    return holidays_of(range(years.first - 1, years.last + 2), r.country or "JP")


def country_is_known(country: str) -> bool:
    """Tell whether holidays are known for a country."""
    try:
        holidays_of([2026], country)
    except UnknownCountry:
        return False
    return True


def _span(since: int, until: int | None, last_day: int | None) -> Span:
    end = until if until is not None else last_day
    return Span(since, since + 24 * 60 if end is None else end)


def window(r: WindowRecord) -> WindowPattern:
    """Return the pattern of a record."""
    name, days = r.name or r.id, r.days or DaySet()
    if r.closed_run:
        least, most = r.closed_run
        return WindowPattern(r.id, name, WindowShape.CLOSED_RUN, r.start, r.end, days, least, most)
    return WindowPattern(r.id, name, WindowShape.DAILY, r.start, r.end, days)


def blackout(r: BlackoutRecord) -> Blackout:
    """Return the blackout of a record."""
    extra = (_span(r.since, r.until, r.last_day),) if r.since is not None else ()
    return Blackout(r.tag, r.why, r.days, extra, r.everyone, r.freeze)


def policy(r: PolicyRecord, waivers: Iterable[WaiverRecord]) -> Policy:
    """Return the policy of a record; what it does not say is the usual."""
    usual = Policy()
    return Policy(
        margin=usual.margin if r.margin is None else r.margin,
        rounding=usual.rounding if r.announce_to is None else r.announce_to,
        stop_point_days=usual.stop_point_days if r.stop_point_days is None else r.stop_point_days,
        shared_fate_after=usual.shared_fate_after if r.shared_fate_after is None else r.shared_fate_after,
        critical_per_wave=r.critical_per_wave,
        restore_test_days=usual.restore_test_days if r.restore_test_days is None else r.restore_test_days,
        bootstrap=r.bootstrap,
        severities={rule: SeverityChoice(choice.severity, choice.reason) for rule, choice in r.severity.items()},
        waivers=tuple(Waiver(w.rule, frozenset(w.assets), w.reason, w.by) for w in waivers),
        weights=_weights(r.weights) if r.weights else usual.weights,
        staff=_staff(r.staff) if r.staff else usual.staff,
        decider=r.decider,
        deputy=r.deputy,
        criteria=r.criteria,
    )


def _weights(r: WeightsRecord) -> Weights:
    usual = Weights()
    factors = {str(word): factor for word, factor in (r.criticality or {}).items()}
    written = {name: value for name, value in r if name != "criticality" and value is not None}
    return replace(usual, criticality={**usual.criticality, **factors}, **written)


def _staff(r: StaffRecord) -> Staff:
    written = {name: value for name, value in r if name != "two_person" and value is not None}
    if r.two_person is not None:
        written["two_person"] = frozenset(str(word) for word in r.two_person)
    return replace(Staff(), **written)


def pin(r: PinRecord) -> Pin:
    """Return the pin of a record."""
    return Pin(r.subject, r.on, r.not_before, r.last_day, r.same_wave_as, r.why)
