"""What the findings of S10 to S18 and S21 say, rule by rule."""

from collections.abc import Mapping

from planner.plan.wording_backup import ADDRESSES, BACKUP
from planner.plan.wording_consistency import CONSISTENCY
from planner.plan.wording_people import PEOPLE
from planner.plan.wording_pins import PINS
from planner.plan.wording_rooms import ROOMS
from planner.plan.wording_transport import LINES, TRANSPORT
from planner.plan.wording_turning_back import TURNING_BACK
from planner.plan.wording_windows import WINDOWS

RULES: Mapping[str, Mapping[str, str]] = {
    **ADDRESSES,
    **BACKUP,
    **PEOPLE,
    **WINDOWS,
    **PINS,
    **TURNING_BACK,
    **TRANSPORT,
    **ROOMS,
    **LINES,
    **CONSISTENCY,
}
"""All of them by key; ``cure_ja`` and ``cure_en`` say what would repair it."""
