"""A segment that may not be stretched has one place; its gateway is one, and up while its members serve somebody.

That there is one DHCP authority needs no check here: a segment names one, and a role is never served by two. That it is
there whenever terminals start is a start need of theirs (S20).
"""

from collections.abc import Iterator
from itertools import combinations

from planner.model.network import Segment
from planner.plan.finding import Finding
from planner.safety import screens
from planner.safety.condition import Condition
from planner.safety.context import Context
from planner.safety.judged_strip import JudgedStrip
from planner.safety.moment import Moment, members_of
from planner.safety.question import Question, asked
from planner.safety.rule import Outcome, Rule
from planner.safety.stretches import stretches
from planner.safety.strip import Bits
from planner.safety.watch import Watch, at, seen
from planner.safety.watched import family, heirs_of
from planner.safety.world import World, replaced_by
from planner.units.span import Spans

THERE = frozenset({Condition.UP, Condition.STARTING})


def check(context: Context) -> Outcome:
    """Look at every segment at every moment."""
    watch, segments = Watch(), context.inventory.segments
    for _, span, found in stretches(context.replay, context.replay.world.once(_segments)):
        for finding in found:
            watch.see(span, finding)
    return Outcome(tuple(_unexcused(context, watch.findings())), len(context.replay.moments) * len(segments))


def _segments(world: World) -> Question[tuple[Finding, ...]]:
    segments, members = world.inventory.segments, world.once(members_of)

    def judge(moment: Moment, id: str) -> tuple[Finding, ...]:
        segment, condition = segments[id], moment.condition
        there = [m for m in members[id] if condition[m] in THERE and in_service(moment, m)]
        found = (_stretched(moment, segment, there), _split(moment, segment), _without_gateway(moment, segment, there))
        return tuple(finding for findings in found for finding in findings)

    def screen(strip: JudgedStrip, id: str) -> Bits:
        return screens.unsound(strip, segments[id], members[id])

    concerns = {id: _concerned(world, segment) for id, segment in segments.items()}
    return asked("s09", segments, judge, concerns, screen=screen)


def _concerned(world: World, segment: Segment) -> set[str]:
    """Members, gateways, and what replaces them or is replaced by them."""
    heirs = world.once(heirs_of)
    named = {*world.once(members_of)[segment.id], *segment.gateway}
    named |= {older for id in named for older in replaced_by(world.inventory, id)}
    return {each for id in named for each in family(heirs, id)}


def in_service(moment: Moment, id: str) -> bool:
    """Whether an asset serves its role: one that replaces another from its switch-over on, the other one until then."""
    return not _waits(moment, id) and moment.state.role.get(id, id) == id


def _waits(moment: Moment, id: str) -> bool:
    replaced = moment.world.inventory.assets[id].replaces
    return replaced is not None and moment.state.role[replaced] != id


def _stretched(moment: Moment, segment: Segment, there: list[str]) -> Iterator[Finding]:
    rooms = {room: id for id in reversed(there) if (room := moment.room(id)) is not None}
    if len(rooms) > 1 and not segment.stretch and not segment.client:
        places = sorted(rooms)
        values = {"segment": segment.id, "rooms": ", ".join(f"{room} ({rooms[room]})" for room in places)}
        fact = (f"segments.{segment.id}.stretch",)
        subjects = (segment.id, *places)
        yield seen("s09.stretched", subjects, cause=(segment.id, *places), facts=fact, values=values)


def _split(moment: Moment, segment: Segment) -> Iterator[Finding]:
    """Two that serve in the gateway group, are up and cannot reach each other are both active."""
    serving = dict.fromkeys(moment.serves(id) for id in segment.gateway if not _waits(moment, id))
    for one, other in combinations([id for id in serving if id is not None and moment.up(id)], 2):
        if moment.network.path_on(segment.id, moment.room(one), moment.room(other)) is None:
            values = {"segment": segment.id, "one": one, "other": other}
            fact = (f"segments.{segment.id}.gateway",)
            yield seen("s09.two_gateways", (segment.id, one, other), cause=(one, other), facts=fact, values=values)


def _without_gateway(moment: Moment, segment: Segment, there: list[str]) -> Iterator[Finding]:
    """One finding a member: whether somebody depends on it outside a declared outage is decided afterwards."""
    served = (moment.serves(id) for id in segment.gateway)
    if not segment.gateway or any(id is not None and moment.up(id) for id in served):
        return
    for id in there:
        if id not in segment.gateway and moment.up(id):
            values = {"segment": segment.id, "member": id, "gateway": ", ".join(segment.gateway)}
            fact = (f"segments.{segment.id}.gateway",)
            cause = (*segment.gateway, id)
            yield seen("s09.gateway_down", (id, *segment.gateway), cause=cause, facts=fact, values=values)


def _unexcused(context: Context, findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for finding in findings:
        if finding.key != "s09.gateway_down" or finding.span is None:
            yield finding
        else:
            yield from (at(s, finding) for s in context.told.risk(finding.subjects[0], Spans((finding.span,))))


RULE = Rule("S09", __doc__ or "", check, of_state=True)
