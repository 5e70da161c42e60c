"""What there is to choose from in the city: every plan safe, of the one inventory, and none beaten."""

from pathlib import Path

import pytest

from planner.model import canonical
from planner.pipeline.alternatives import alternate
from planner.pipeline.plan import Planned
from planner.pipeline.verify import read_plan
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.units.progress import silent
from planner.whatif.choosing import beats


@pytest.mark.long
def test_what_there_is_to_choose_from_in_the_city_is_safe_and_not_beaten(city_plan: Path) -> None:
    plan = read_plan(city_plan)
    found = alternate(Planned(plan, verify(plan.inventory, plan)), 4, Options(), silent, lambda: False)

    offered = found.choice.offered
    assert offered[0].plan == plan
    assert not found.choice.stopped
    assert not any(beats(one.values, other.values) for one in offered for other in offered[1:])
    for each in offered:
        assert canonical.text(each.plan.inventory) == canonical.text(plan.inventory)
        assert verify(each.plan.inventory, each.plan).failures == ()
