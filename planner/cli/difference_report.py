"""What `planner diff` says: a table for each kind of change; what is moved together is told together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from planner.cli.console import Console
from planner.cli.difference_words import HEADS, TITLES
from planner.cli.fact_words import contrasted
from planner.cli.plan_account import in_units, unit_costs
from planner.cli.plan_words import TERMS as OBJECTIVE
from planner.cli.plan_words import WEEKDAYS
from planner.model.place import Position
from planner.plan.difference import (
    AssetChange,
    CheckChange,
    FactChange,
    OutageChange,
    PlanDifference,
    Visit,
    WaveChange,
)
from planner.plan.plan import Plan
from planner.plan.wording import TERMS as KINDS
from planner.units.clock import DAY, Clock
from planner.units.span import Minute, Span

SHOWN = 6
"""How many ids a row names."""
BRIEF = 60
"""Characters of a fact's value."""


def tell(console: Console, before: Plan, after: Plan, found: PlanDifference, language: str) -> None:
    """Everything that changed on standard output; equal plans say so."""
    telling = Telling(before, after, found, language)
    console.data(telling.say("plans", before=found.before, after=found.after))
    if found.equal:
        console.data(telling.say("equal"))
        return
    console.data(telling.say("same_work") if found.same_work else telling.unchanged())
    for kind, rows in telling.tables():
        if rows:
            console.data("")
            console.table(tuple(TITLES[language][kind]), rows)
    for line in telling.rest():
        console.data(line)


@dataclass(frozen=True, slots=True)
class Telling:
    """Rows of words in one language; names and clocks are those of the plan that a thing stands in."""

    before: Plan
    after: Plan
    found: PlanDifference
    language: str

    def say(self, key: str, **values: object) -> str:
        return HEADS[self.language][key].format_map(values)

    def unchanged(self) -> str:
        """How many waves and subjects of turns are as they were."""
        subjects = {id for wave in self.after.waves for turn in wave.turns for id in turn.assets}
        moved = {asset.subject for asset in self.found.assets}
        same = len(self.found.waves) - len(self.found.changed_waves)
        return self.say("kept", waves=same, assets=len(subjects - moved))

    def tables(self) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
        """Each kind of change with its rows."""
        found = self.found
        yield "waves", [self._wave(wave) for wave in found.changed_waves]
        yield "assets", list(self._assets())
        yield "outages", [self._outage(outage) for outage in found.outages]
        yield (
            "people",
            [self._person(p.person, p.given, p.spared, p.minutes_before, p.minutes_after) for p in found.people],
        )
        yield "bridges", [(b.link, self._span(b.before, old=True), self._span(b.after)) for b in found.bridges]
        yield "checks", [self._check(check) for check in found.checks if is_other(check)]
        yield "terms", [self._term(term.id, term.before, term.after) for term in found.terms]
        yield "details", [(path,) for path in found.details]
        yield "facts", [(self._fact(fact),) for fact in found.facts]

    def rest(self) -> Iterator[str]:
        """What stands in no table."""
        if self.found.steps != (0, 0):
            yield self.say("steps", before=self.found.steps[0], after=self.found.steps[1])

    def few(self, ids: Sequence[str]) -> str:
        """The first ids, and how many more there are."""
        more = [self.say("more", n=len(ids) - SHOWN)] if len(ids) > SHOWN else []
        return ", ".join([*ids[:SHOWN], *more])

    def _wave(self, wave: WaveChange) -> tuple[str, ...]:
        told = [self._came(wave)] if wave.before is None else []
        told += [self.say("gone")] if wave.after is None or not wave.to_span else []
        if wave.from_span and wave.to_span:
            told += self._shifts(wave.from_span.start, wave.to_span.start)
            told += [self.say("came", named=self.few(wave.came))] if wave.came else []
            told += [self.say("went", named=self.few(wave.went))] if wave.went else []
            told = told or [self.say("other_times")]
        name = " -> ".join(dict.fromkeys(id for id in (wave.before, wave.after) if id))
        return name, self._span(wave.from_span, old=True), self._span(wave.to_span), "; ".join(told)

    def _came(self, wave: WaveChange) -> str:
        return f"{self.say('new')}: {self.few(wave.came)}"

    def _shifts(self, before: Minute, after: Minute) -> list[str]:
        """How much later or earlier, in days where the hour is about the same."""
        if before == after:
            return []
        length = abs(after - before)
        told = self.say("minutes", n=length) if length < DAY else self.say("days", n=round(length / DAY))
        return [self.say("later" if after > before else "earlier", length=told)]

    def _assets(self) -> Iterator[tuple[str, ...]]:
        """The subjects of turns, those that change in the same way in one row."""
        rows = [(self._asset(asset), asset.subject) for asset in self.found.assets]
        for told, group in groupby(sorted(rows), key=lambda row: row[0]):
            ids = [subject for _, subject in group]
            yield self.few(ids), *told

    def _asset(self, asset: AssetChange) -> tuple[str, str, str]:
        old, new = self.before.inventory.clock, self.after.inventory.clock
        told = [self.say("new")] if asset.after and not asset.before else []
        told += [self.say("gone")] if asset.before and not asset.after else []
        if asset.other_wave and not told:
            told.append(self.say("other_wave"))
        for then, now in zip(asset.before, asset.after, strict=False):
            told += self._shifts(then.span.start, now.span.start)
        if asset.other_place and bool(asset.before) == bool(asset.after):
            told.append(self.say("place", before=place(asset.from_position), after=place(asset.to_position)))
        return (
            self._visits(asset.before, old),
            self._visits(asset.after, new),
            "; ".join(dict.fromkeys(told)) or self.say("other_times"),
        )

    def _visits(self, visits: Sequence[Visit], clock: Clock) -> str:
        days = (f"{visit.wave} {self._day(clock.day(visit.span.start))}" for visit in visits)
        return ", ".join(dict.fromkeys(days)) or self.say("nothing")

    def _outage(self, outage: OutageChange) -> tuple[str, ...]:
        key = "longer" if outage.longer > 0 else "shorter"
        told = self.say(key, n=abs(outage.longer)) if outage.longer else self.say("other_times")
        if outage.inside_before or outage.inside_after:
            told = self.say("inside", told=told, before=outage.inside_before, after=outage.inside_after)
        systems = {**self.before.inventory.systems, **self.after.inventory.systems}
        name = f"{outage.system} {systems[outage.system].name}" if outage.system in systems else outage.system
        return name, str(outage.minutes_before), str(outage.minutes_after), told

    def _person(
        self, person: str, given: Sequence[date], spared: Sequence[date], before: int, after: int
    ) -> tuple[str, ...]:
        days = [self.few([day.isoformat() for day in part]) or self.say("nothing") for part in (given, spared)]
        return person, *days, str(before) if before == after else self.say("change", before=before, after=after)

    def _check(self, check: CheckChange) -> tuple[str, ...]:
        told = self.say("first")
        if check.kind is not None:
            kind = KINDS.get(check.kind.value, check.kind.value) if self.language == "ja" else check.kind.value
            told = self.say("check", kind=kind, subjects=self.few(check.subjects))
        marks = (check.before, self.before.inventory.clock), (check.after, self.after.inventory.clock)
        ends = [self.say("nothing") if m is None else self._when(m.deadline, clock) for m, clock in marks]
        lengths = [self.say("nothing") if m is None or m.minutes is None else str(m.minutes) for m, _ in marks]
        same = lengths[0] == lengths[1]
        return told, *ends, lengths[0] if same else self.say("change", before=lengths[0], after=lengths[1])

    def _term(self, id: str, before: int | None, after: int | None) -> tuple[str, ...]:
        """Each value in the term's own unit, by the weights of the plan that it stands in."""
        words, unit = OBJECTIVE[self.language].get(id, (id, ""))
        weights = [unit_costs(plan.inventory.policy.weights).get(id, 100) for plan in (self.before, self.after)]
        values = [
            self.say("nothing") if n is None else in_units(n, w) for n, w in zip((before, after), weights, strict=True)
        ]
        more = self.say("nothing")
        if before is not None and after is not None and weights[0] == weights[1]:
            sign = "+" if after > before else "-" if after < before else ""
            more = f"{sign}{in_units(abs(after - before), weights[0])}"
        return words, *values, more, unit

    def _fact(self, fact: FactChange) -> str:
        before, after = contrasted(fact.before, fact.after, BRIEF)
        if before is None:
            return self.say("fact_new", path=fact.path, after=after)
        if after is None:
            return self.say("fact_gone", path=fact.path, before=before)
        return self.say("fact", path=fact.path, before=before, after=after)

    def _span(self, span: Span | None, *, old: bool = False) -> str:
        if span is None:
            return self.say("nothing")
        clock = (self.before if old else self.after).inventory.clock
        first, last = clock.local(span.start), clock.local(span.end)
        until = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%m-%d %H:%M}"
        return f"{self._day(first.date())} {first:%H:%M}-{until}"

    def _when(self, minute: Minute | None, clock: Clock) -> str:
        if minute is None:
            return self.say("nothing")
        local = clock.local(minute)
        return f"{self._day(local.date())} {local:%H:%M}"

    def _day(self, day: date) -> str:
        """Such as ``2027-01-09(Sat)``."""
        return f"{day.isoformat()}({WEEKDAYS[self.language][day.weekday()]})"


def is_other(check: CheckChange) -> bool:
    """Whether there is another deadline or another way back, not only another time."""
    then, now = check.before, check.after
    if then is None or now is None:
        return any(mark is not None and mark.deadline is not None for mark in (then, now))
    return (then.deadline, then.minutes) != (now.deadline, now.minutes)


def place(position: Position | None) -> str:
    """Such as ``N1/10``; the room alone where the planner chose no rack."""
    if position is None:
        return "-"
    rack = position.rack or position.room
    return rack if position.unit is None else f"{rack}/{position.unit}"
