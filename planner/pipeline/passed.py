"""The windows that a subject did not take, and what kept it out of each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from planner.calendar import Judgement, Window, judge, rooms_by_stage
from planner.model.chain import PREPARATORY
from planner.model.inventory import Inventory
from planner.model.network import Link
from planner.pipeline.calendar import windows_for
from planner.pipeline.crossing import Crossing
from planner.pipeline.explanation import Fact, Partners, Passed
from planner.pipeline.later import later
from planner.pipeline.waiting import Waiting
from planner.plan.step import Step
from planner.plan.wave import Turn, Wave
from planner.scheduling.pins import allows, beneath, told
from planner.units.span import Minute, Span


@dataclass(frozen=True, slots=True)
class Party:
    """Who has to fit into a window: the subject, the minutes that its steps take, its steps, its turns."""

    subject: str
    minutes: int
    steps: tuple[Step, ...]
    turns: tuple[Turn, ...]


def passed(waiting: Waiting, party: Party, start: Minute, wave: Wave) -> Iterator[Passed]:
    """Yield the windows that end after an instant and begin before the wave, each with what kept the subject out."""
    inventory = waiting.inventory
    taken = {other.window_id: other.id for other in waiting.plan.waves}
    for judgement in windows_for(inventory, party.subject).judgements:
        window = judgement.window
        if window.span.end > start and window.span.start < wave.window.start and not _is_of(wave, window):
            longest = max((part.minutes for part in judgement.usable), default=0)
            reasons = tuple(_reasons(waiting, party, judgement, longest)) if longest else ()
            partners = tuple(_partners(waiting, party, judgement, wave)) if longest else ()
            yield Passed(judgement, longest, taken.get(window.id), reasons, partners)


def minutes(steps: tuple[Step, ...]) -> int:
    """The minutes from the first to the last step that is more than preparation; none without a step."""
    more = [step for step in steps if step.kind not in PREPARATORY] or list(steps)
    return max((step.end for step in more), default=0) - min((step.start for step in more), default=0)


def _is_of(wave: Wave, window: Window) -> bool:
    """Whether the wave lies in the window, or in a later part of it."""
    return wave.window_id == window.id or wave.window_id.startswith(f"{window.id}/")


def _reasons(waiting: Waiting, party: Party, judgement: Judgement, longest: int) -> Iterator[Fact]:
    """What the subject's calendar does not know: length, rooms, lines, people, what comes only later."""
    inventory = waiting.inventory
    if longest < party.minutes:
        yield Fact("too_short", {"minutes": str(longest), "needed": str(party.minutes)}, rule="S12")
    end = judgement.window.span.end
    yield from _not_ready(waiting, party, end)
    yield from _too_soon(inventory, party, end)
    yield from _nobody(inventory, party, judgement.window.span)
    yield from _pinned(inventory, party.subject, judgement.window.span)
    yield from later(waiting, party.subject, end)


def _pinned(inventory: Inventory, subject: str, span: Span) -> Iterator[Fact]:
    """A pin puts the wave of the subject, or of what it runs on, on other days."""
    held = beneath(inventory, (subject,))
    for number, pin in enumerate(inventory.pins):
        if held & beneath(inventory, pin.subjects) and not allows(pin, span, inventory.clock):
            yield Fact("pinned", {"pin": told(pin)}, f"pins.{number}", "S12")


def _not_ready(waiting: Waiting, party: Party, end: Minute) -> Iterator[Fact]:
    """A room is not signed for yet, or every link not there over which it would reach another room."""
    inventory = waiting.inventory
    clock = inventory.clock
    stages = rooms_by_stage(inventory, party.subject)
    rooms = dict.fromkeys(room for visited, _ in stages for room in visited)
    for id in rooms:
        ready = inventory.rooms[id].ready
        if ready is not None and ready >= end:
            yield Fact("not_ready", {"room": id, "at": clock.iso(ready)}, f"rooms.{id}.ready", "S17")
    yield from _no_link(waiting, party, end, set(rooms))


def _no_link(waiting: Waiting, party: Party, end: Minute, rooms: set[str]) -> Iterator[Fact]:
    """Links between two of its rooms that all come later, where something of it would reach across."""
    inventory = waiting.inventory
    pairs: dict[frozenset[str], list[Link]] = {}
    for link in inventory.links.values():
        if rooms.issuperset(link.between):
            pairs.setdefault(frozenset(link.between), []).append(link)
    late = {pair: links for pair, links in pairs.items() if all((link.since or end - 1) >= end for link in links)}
    crossing = Crossing(waiting, party.subject, party.steps, end) if late else None
    for pair, links in late.items():
        for link in links if crossing and crossing.between(pair) else ():
            values = {"id": link.id, "at": inventory.clock.iso(link.since or end)}
            yield Fact("bridge_later", values, f"links.{link.id}.from", "S06")


def _too_soon(inventory: Inventory, party: Party, end: Minute) -> Iterator[Fact]:
    """The lead time of a line is not over, or what was applied for begins later."""
    asset = inventory.assets.get(party.subject)
    if asset is None:
        return
    if asset.lead_days:
        filed = asset.application.filed if asset.application else None
        start = inventory.clock.day(filed) if filed is not None else inventory.project.as_of
        over = inventory.clock.minute(start + timedelta(days=asset.lead_days))
        if over >= end:
            values = {"days": str(asset.lead_days), "at": inventory.clock.iso(over)}
            yield Fact("lead_time", values, f"assets.{asset.id}.lead_days", "S18")
    if asset.application and asset.application.since is not None and asset.application.since >= end:
        values = {"at": inventory.clock.iso(asset.application.since)}
        yield Fact("application", values, f"assets.{asset.id}.application", "S18")


def _nobody(inventory: Inventory, party: Party, span: Span) -> Iterator[Fact]:
    """A team may not be called so soon, has no contract then, or is away to the last person."""
    clock = inventory.clock
    working = {id.partition("/")[0] for step in party.steps for id in (*step.people, step.witness or "")}
    for team in (inventory.teams[id] for id in sorted(working) if id in inventory.teams):
        path = f"teams.{team.id}"
        called = clock.minute(inventory.project.as_of + timedelta(days=team.notice_days))
        if team.notice_days and called >= span.end:
            values = {"team": team.id, "days": str(team.notice_days), "at": clock.iso(called)}
            yield Fact("notice", values, f"{path}.notice_days", "S15")
        covers = team.contract.covers if team.contract else None
        if covers is not None and not covers.overlaps(span):
            yield Fact("contract", {"team": team.id}, f"{path}.contract", "S15")
        if all(any(away.covers(span) for away in person.absent) for person in team.people):
            yield Fact("absent", {"team": team.id}, path, "S15")


def _partners(waiting: Waiting, party: Party, judgement: Judgement, wave: Wave) -> Iterator[Partners]:
    """Those of the same turn, and what a system runs on, who are kept out; who share a reason together."""
    alike: dict[tuple[object, ...], Partners] = {}
    for id in _others(waiting, party):
        for found in _kept_out(waiting, Party(id, *_work(waiting, id, wave), party.turns), judgement.window):
            why = (found.obstacles, *((fact.key, *fact.values.values()) for fact in found.facts))
            known = alike.get(why)
            alike[why] = replace(known, ids=(*known.ids, id)) if known else found
    yield from alike.values()


def _kept_out(waiting: Waiting, partner: Party, window: Window) -> Iterator[Partners]:
    """Its calendar where that closes the window to it, else each fact, if anything is done to it."""
    theirs = next(j for j in judge(waiting.inventory, partner.subject, ()) if j.window.id == window.id)
    if not theirs.usable:
        yield Partners((partner.subject,), theirs.obstacles)
    elif partner.steps:
        longest = max(part.minutes for part in theirs.usable)
        for fact in _reasons(waiting, partner, theirs, longest):
            yield Partners((partner.subject,), (), (fact,))


def _others(waiting: Waiting, party: Party) -> Iterator[str]:
    inventory = waiting.inventory
    known = {*inventory.assets, *inventory.systems} - {party.subject}
    turned = (id for turn in party.turns for id in turn.assets)
    yield from dict.fromkeys(id for id in (*turned, *waiting.runs_on(party.subject)) if id in known)


def _work(waiting: Waiting, id: str, wave: Wave) -> tuple[int, tuple[Step, ...]]:
    """The minutes and the steps of another one in a wave."""
    steps = tuple(step for step in waiting.about(id) if waiting.wave_of(step) is wave)
    return minutes(steps), steps
