"""S13 rollback deadline: every check point is there, its witness works, and it is decided in time."""

from collections.abc import Iterator, Sequence

from planner.model.inventory import Inventory
from planner.plan.finding import Finding
from planner.plan.wave import CheckPoint, Wave
from planner.safety import complaint
from planner.safety.check_points import Required, no_return, required
from planner.safety.context import Context
from planner.safety.deadline import deadline
from planner.safety.feasibility import Feasibility
from planner.safety.irreversible import is_irreversible
from planner.safety.lasting import Lasting, begin_of
from planner.safety.preparation import in_use
from planner.safety.replay import Replay
from planner.safety.rule import Outcome, Rule
from planner.safety.rules import (
    s03_clean_stop_and_start,
    s04_redundancy_kept,
    s06_bridge_first,
    s07_bridge_load,
    s09_segments,
    s16_transport,
    s17_rooms_and_racks,
    s20_acceptance,
)
from planner.safety.stills import Stills
from planner.safety.timetable import almanac_of
from planner.safety.witness import differences, length, told, turn_of, undoing

SENTENCE = (
    "At each check point c before the point of no return, except the final acceptance: deadline(c) = min(window end, "
    "latest permitted return of each stopped system) - margin - R(c), where R(c) is the length of a schedule of the "
    "inverse of everything done or begun since the last state that may last or the start of the wave; the plan carries "
    "that schedule as a witness. The planned end of c is not after deadline(c). After the point of no return the plan "
    "names the fallback and the permitted delay."
)

REPLAYED: tuple[Rule, ...] = (
    s03_clean_stop_and_start.RULE,
    s04_redundancy_kept.RULE,
    s06_bridge_first.RULE,
    s07_bridge_load.RULE,
    s09_segments.RULE,
    s16_transport.RULE,
    s17_rooms_and_racks.RULE,
    s20_acceptance.RULE,
)
"""The rules under which the witness is replayed; S15 judges it after what its people have done before."""

HELD: tuple[Rule, ...] = (
    s04_redundancy_kept.RULE,
    s06_bridge_first.RULE,
    s07_bridge_load.RULE,
    s09_segments.RULE,
    s17_rooms_and_racks.RULE,
)
"""The rules, besides availability, that a state keeps if it may last (planner/README.md, "Turns")."""


def check(context: Context) -> Outcome:
    """Judge which check points there are, and each of them by the replay of its witness."""
    found: list[Finding] = []
    judge = _Judge(context)
    checks, use = 0, in_use(context.inventory, context.plan.steps())
    for wave in context.plan.waves:
        due = tuple(required(context.inventory, wave, use))
        checks += len(due) + len(wave.check_points)
        found += [_missing(wave, need) for need in due if not any(map(need.is_met_by, wave.check_points))]
        found += _no_return(context.inventory, wave)
        found += judge.wave(wave)
    return Outcome(tuple(found), checks)


def _missing(wave: Wave, need: Required) -> Finding:
    span = complaint.stretch(need.at, need.at)
    if need.after is None:
        return complaint.of_span("s13.missing_first", (wave.id,), span, values={"wave": wave.id})
    return complaint.of_span("s13.missing", need.after.assets, span, (need.after.id,), {"wave": wave.id})


def _no_return(inventory: Inventory, wave: Wave) -> Iterator[Finding]:
    """After the point of no return the wave names its fallback and the delay that is permitted."""
    at = no_return(inventory, wave)
    if at is not None and (not wave.fallback or wave.fallback_minutes is None):
        yield complaint.of_span("s13.no_fallback", (wave.id,), complaint.stretch(at, at))


class _Judge:
    """Judges check points; what they share is worked out once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.almanac = context.replay.world.once(almanac_of)
        self.inventory = undoing(context.inventory)
        self.stills = Stills(context.replay)
        self.feasibility = Feasibility(context, self.inventory, self.almanac, self.stills, REPLAYED)
        self.lasting = Lasting(context, self.stills, HELD)

    def wave(self, wave: Wave) -> Iterator[Finding]:
        """Judge the check points of a wave; the states that they ask about are judged together."""
        points = [point for point in wave.check_points if not point.final and not self._is_silent(wave, point)]
        witnesses = dict(zip(map(id, points), self._witnesses(wave, points), strict=True))
        for point in wave.check_points:
            yield from _form(wave, point)
            if id(point) in witnesses:
                yield from self.point(wave, point, witnesses[id(point)])
        self.stills.forget()

    def _witnesses(self, wave: Wave, points: Sequence[CheckPoint]) -> list[Replay]:
        anchors = [at for point in points if (at := self.lasting.instant(wave, point)) is not None]
        asked = (*anchors, *(begin_of(wave, at) for at in anchors))
        self.stills.expect(point.planned for point in points)
        return self.stills.with_others(asked, (turn_of(self.inventory, point) for point in points))

    def point(self, wave: Wave, point: CheckPoint, witness: Replay) -> Iterator[Finding]:
        """Judge one check point by the replay of its witness."""
        yield from self._for_good(wave, point)
        turned = told(self.context, self.inventory, wave, witness)
        yield from self._state(wave, point, turned)
        yield from self.feasibility.faults(wave, point, turned)
        yield from self._deadline(wave, point, turned)

    def _is_silent(self, wave: Wave, point: CheckPoint) -> bool:
        """Beyond the point of no return no way back is asked for; one that is told anyway is judged like any other."""
        limit = no_return(self.context.inventory, wave)
        is_told = point.rollback or point.deadline is not None
        return limit is not None and point.planned > limit and not is_told

    def _for_good(self, wave: Wave, point: CheckPoint) -> Iterator[Finding]:
        """Nothing of what would be undone is irreversible, whatever its replay comes to."""
        anchor = self.lasting.instant(wave, point)
        since = point.planned if anchor is None else anchor
        begun = (step for step in wave.steps if since <= step.start < point.planned)
        final = [step for step in begun if is_irreversible(self.context.inventory, step)]
        if final:
            subjects = tuple(dict.fromkeys(id for step in final for id in step.assets))
            values = {"step": final[0].id, "others": ", ".join(subjects)}
            yield _about("s13.undoes_the_irreversible", wave, point, values, subjects)

    def _state(self, wave: Wave, point: CheckPoint, turned: Context) -> Iterator[Finding]:
        """The witness ends in the anchor's state, which may last and lies before what is decided about."""
        anchor = self.lasting.instant(wave, point)
        if anchor is None:
            yield _about("s13.anchor", wave, point, {"anchor": point.anchor or ""})
            return
        out = self.lasting.broken(wave, anchor)
        if out:
            values = {"anchor": point.anchor or wave.id, "others": ", ".join(out)}
            yield _about("s13.anchor_does_not_last", wave, point, values, out)
        was = self.context.replay.page_at(anchor)
        now = turned.replay.page_at(point.planned + length(point))
        other = differences(self.context.inventory, turned.replay.ledger, was, now)
        if other:
            values = {"count": str(len(other)), "others": ", ".join(other)}
            yield _about("s13.not_undone", wave, point, values, other)

    def _deadline(self, wave: Wave, point: CheckPoint, turned: Context) -> Iterator[Finding]:
        """``planned <= deadline``, and the plan tells no later one."""
        due = deadline(self.context, self.almanac, wave, point, turned)
        clock = self.context.inventory.clock
        values = {
            "planned": clock.iso(point.planned),
            "deadline": clock.iso(due.at),
            "bound_by": due.bound_by,
            "minutes": str(length(point)),
            "told": clock.iso(point.deadline) if point.deadline is not None else "",
        }
        if point.planned > due.at:
            yield _about("s13.late", wave, point, values, due.subjects)
        if point.deadline is None or point.deadline > due.at:
            yield _about("s13.deadline_told", wave, point, values, due.subjects)
        if point.minutes != length(point):
            values = {"told": str(point.minutes), "minutes": str(length(point))}
            yield _about("s13.length_told", wave, point, values)


def _form(wave: Wave, point: CheckPoint) -> Iterator[Finding]:
    """A check point lies where the steps end that it is about."""
    ends = [step.end for step in wave.steps if step.id in point.after]
    if ends and max(ends) != point.planned:
        yield _about("s13.planned", wave, point)
    for number, step in enumerate(point.rollback, 1):
        if step.offset < 0 or step.minutes <= 0:
            yield _about("s13.witness_form", wave, point, {"number": str(number)}, step.assets)


def _about(
    key: str,
    wave: Wave,
    point: CheckPoint,
    values: dict[str, str] | None = None,
    subjects: tuple[str, ...] = (),
) -> Finding:
    told = {"check_point": point.id, "wave": wave.id, **(values or {})}
    about = _subjects(wave, point)
    span = complaint.stretch(point.planned, point.planned)
    return complaint.of_span(key, tuple(dict.fromkeys((point.id, *subjects, *about))), span, point.after, told)


def _subjects(wave: Wave, point: CheckPoint) -> tuple[str, ...]:
    return tuple(id for step in wave.steps if step.id in point.after for id in step.assets)


RULE = Rule("S13", SENTENCE, check)
