"""S18 external lines: laid and tested by appointment, switched over by themselves, with who has to be there."""

from collections.abc import Iterator

from planner.model.asset import AssetKind
from planner.plan.finding import Finding
from planner.safety.bodies import body_faults
from planner.safety.context import Context
from planner.safety.laying import laying_faults
from planner.safety.rule import Outcome, Rule
from planner.safety.timetable import Almanac

SENTENCE = (
    "A line has ends, each up or down in its room. Laying and testing the new end follow the carrier's appointments "
    "and lead time; the switch-over is a separate timed step; with dual-lay the new end is up before the old one "
    "closes. An asset with `handled_by` (J-LIS, prefecture, carrier, maker) is touched only with that body present; an "
    "application that is not accepted yet is not a date."
)


def check(context: Context) -> Outcome:
    """Judge every line that is touched, and every asset that somebody else handles.

    That a line is up while one of its ends is up in its room is computed by the replay.
    """
    return Outcome(tuple(_faults(context)), len(context.replay.steps))


def _faults(context: Context) -> Iterator[Finding]:
    almanac = Almanac(context.inventory)
    for asset in context.inventory.assets.values():
        if asset.kind is AssetKind.LINE:
            yield from laying_faults(context, almanac, asset)
        if asset.handled_by is not None or asset.application is not None:
            yield from body_faults(context, asset)


RULE = Rule("S18", SENTENCE, check)
