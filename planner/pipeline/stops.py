"""How long a project may stop where it can stop."""

from planner.pipeline.verify import Verified
from planner.plan.stop import Stop
from planner.units.progress import Progress
from planner.whatif.stops import stops


def stops_of(verified: Verified, progress: Progress) -> tuple[Stop, ...]:
    """Return every gate and gap of a verified plan, in order of time.

    Raises
    ------
    ValueError
        If the verdict is not safe: what the state violates is then not the stop's doing.
    """
    if not verified.verdict.safe:
        raise ValueError("stops are looked at in verified plans only")
    return stops(verified.loaded.inventory, verified.plan, progress)
