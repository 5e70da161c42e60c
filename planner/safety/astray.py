"""When a system may miss what is fine, but not where or not known as it has to be (S06, S07)."""

from collections.abc import Iterator
from typing import NamedTuple

from planner.model.need import leaves
from planner.safety.judged_strip import JudgedStrip
from planner.safety.strip import Angle, Bits
from planner.safety.world import BINDING, Want


class Unreached(NamedTuple):
    """When a subject that is up may miss something fine, and what else it may miss."""

    when: Bits
    providers: tuple[str, ...]


def astray(strip: JudgedStrip, system: str) -> Bits:
    """When a system is up but not fine, and there may be such a miss in what it needs, directly or through others."""
    bad, found = strip.up(system) & ~strip.fine(system), 0
    seen, waiting = {system}, [system] if bad else []
    while waiting and bad & ~found:
        miss = strip.once(_unreached, waiting.pop())
        found |= miss.when
        new = [id for id in miss.providers if id not in seen and bad & ~strip.fine(id)]
        seen.update(new)
        waiting += new
    return bad & found


def _unreached(strip: JudgedStrip, id: str) -> Unreached:
    wanted = [(want, when) for want, when in strip.wants(id) if want.need.kind in BINDING]
    members = (member for member, _ in strip.members(id))
    providers = dict.fromkeys((*members, *(each for want, _ in wanted for each in _served(strip, want))))
    bad, found = strip.up(id) & ~strip.fine(id), 0
    for angle, here in _angles(strip, id) if bad else ():
        for want, when in wanted:
            due = bad & here & when & ~found
            found |= due and due & _missed(strip, want, angle)
    return Unreached(found, tuple(providers))


def _angles(strip: JudgedStrip, id: str) -> Iterator[tuple[Angle, Bits]]:
    """From where a subject sees what it needs: its own place, or that of each member of a system that is fine."""
    yield strip.angle(id), strip.without_members(id)
    yield from ((strip.angle(member, id), when & strip.fine(member)) for member, when in strip.members(id))


def _served(strip: JudgedStrip, want: Want) -> Iterator[str]:
    return (served for served, _ in strip.serving(leaves(want.need.tree)))


def _missed(strip: JudgedStrip, want: Want, angle: Angle) -> Bits:
    """When a want does not hold, though a leaf of it is fine that is not reached in the same room."""
    unmet, found = strip.all & ~strip.met(want, angle), 0
    for leaf in leaves(want.need.tree) if unmet else ():
        there = 0
        for served, when in strip.serving((leaf,)):
            there |= unmet & when & strip.fine(served)
        found |= there and there & ~strip.satisfied(leaf, want, angle, in_room=True)
    return found
