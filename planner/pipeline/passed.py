"""The windows that a subject did not take, and what kept it out of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from planner.calendar import Judgement, Obstacle, Window, judge, rooms_by_stage
from planner.model.inventory import Inventory
from planner.pipeline.calendar import windows_for
from planner.pipeline.explanation import Fact, Partners, Passed
from planner.pipeline.later import later
from planner.pipeline.waiting import Waiting
from planner.plan.step import Step
from planner.plan.wave import Turn, Wave
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
            partners = tuple(_partners(inventory, party, judgement)) if longest else ()
            yield Passed(judgement, longest, taken.get(window.id), reasons, partners)


def _is_of(wave: Wave, window: Window) -> bool:
    """Whether the wave lies in the window, or in a later part of it."""
    return wave.window_id == window.id or wave.window_id.startswith(f"{window.id}/")


def _reasons(waiting: Waiting, party: Party, judgement: Judgement, longest: int) -> Iterator[Fact]:
    """What the subject's calendar does not know: length, rooms, lines, people, what comes only later."""
    inventory = waiting.inventory
    if longest < party.minutes:
        yield Fact("too_short", {"minutes": str(longest), "needed": str(party.minutes)}, rule="S12")
    end = judgement.window.span.end
    yield from _not_ready(inventory, party, end)
    yield from _too_soon(inventory, party, end)
    yield from _nobody(inventory, party, judgement.window.span)
    yield from later(waiting, party.subject, end)


def _not_ready(inventory: Inventory, party: Party, end: Minute) -> Iterator[Fact]:
    """A room is not signed for yet, or a bridge not there."""
    clock = inventory.clock
    stages = rooms_by_stage(inventory, party.subject)
    rooms = dict.fromkeys(room for visited, _ in stages for room in visited)
    for id in rooms:
        ready = inventory.rooms[id].ready
        if ready is not None and ready >= end:
            yield Fact("not_ready", {"room": id, "at": clock.iso(ready)}, f"rooms.{id}.ready", "S17")
    bridges = [link for link in inventory.links.values() if set(link.between) <= set(rooms)]
    if bridges and all(link.since is not None and link.since >= end for link in bridges):
        for link in bridges:
            values = {"id": link.id, "at": clock.iso(link.since or 0)}
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


def _partners(inventory: Inventory, party: Party, judgement: Judgement) -> Iterator[Partners]:
    """Those of the same turn to whom the window is closed altogether, who share their obstacles together."""
    alike: dict[tuple[tuple[str, str], ...], list[str]] = {}
    obstacles: dict[tuple[tuple[str, str], ...], tuple[Obstacle, ...]] = {}
    known = {*inventory.assets, *inventory.systems}
    others = dict.fromkeys(id for turn in party.turns for id in turn.assets if id != party.subject and id in known)
    for id in others:
        theirs = next((j for j in judge(inventory, id, ()) if j.window.id == judgement.window.id), None)
        if theirs is not None and not theirs.usable:
            why = tuple((o.kind.value, o.what) for o in theirs.obstacles)
            alike.setdefault(why, []).append(id)
            obstacles[why] = theirs.obstacles
    yield from (Partners(tuple(ids), obstacles[why]) for why, ids in alike.items())
