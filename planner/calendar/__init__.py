"""Service hours, holidays, blackouts and windows, as the planner decides them: arithmetic on intervals."""

from planner.calendar.daybook import Daybook
from planner.calendar.holiday import UnknownCountry, holidays_of
from planner.calendar.hours import blackout_spans, hours, working_spans
from planner.calendar.judgement import Judgement, Obstacle, ObstacleKind, judge
from planner.calendar.presence import room_spans, rooms_by_stage
from planner.calendar.usability import preparable, systems_on, tags_of, usable
from planner.calendar.window import Window, pattern_windows, windows

__all__ = [
    "Daybook",
    "Judgement",
    "Obstacle",
    "ObstacleKind",
    "UnknownCountry",
    "Window",
    "blackout_spans",
    "holidays_of",
    "hours",
    "judge",
    "pattern_windows",
    "preparable",
    "room_spans",
    "rooms_by_stage",
    "systems_on",
    "tags_of",
    "usable",
    "windows",
    "working_spans",
]
