import gc

import pytest

from planner.safety import verify as verifying
from planner.safety.memory import without_collector
from tests.safety.estates import carried, estate, moved, plan, steps, system


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_as_before_when_a_verdict_is_there_and_when_there_is_none(was_on: bool) -> None:
    enabled = gc.isenabled()
    (gc.enable if was_on else gc.disable)()
    try:
        with pytest.raises(ZeroDivisionError):
            _fail_without_collector()
        assert gc.isenabled() is was_on
    finally:
        (gc.enable if enabled else gc.disable)()


def _fail_without_collector() -> None:
    with without_collector():
        assert not gc.isenabled()
        raise ZeroDivisionError


def test_a_verdict_leaves_the_collector_on() -> None:
    inventory = estate(carried("a"), system("s", "a"))
    verifying.verify(inventory, plan(inventory, steps(*moved("a", 60))))

    assert gc.isenabled()
