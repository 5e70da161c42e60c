import gc
import weakref

import pytest

from planner.safety.replay import Replay
from planner.safety.stills import Stills
from planner.units.span import Span, Spans
from tests.safety.estates import carried, estate, moved, steps, system


def test_states_that_are_no_longer_needed_leave_memory_at_once() -> None:
    stills = Stills(Replay.of(estate(carried("a"), system("s", "a")), steps(*moved("a", 60))))
    gc.collect()
    gc.disable()
    try:
        assert stills.at(70).unavailable == {"s": Spans((Span(70, 71),))}
        gone = weakref.ref(stills.at(70)), weakref.ref(stills.at(70).moments[0].strip)
        stills.forget()
        assert [each() for each in gone] == [None, None]
    finally:
        gc.enable()


def test_states_are_made_again_when_they_are_asked_for_again() -> None:
    stills = Stills(Replay.of(estate(carried("a"), system("s", "a")), steps(*moved("a", 60))))
    first = stills.at(70)
    stills.forget()

    assert stills.at(70) is not first
    assert stills.at(70).unavailable == {"s": Spans((Span(70, 71),))}


def test_whoever_asks_a_state_that_has_been_let_go_gets_no_answer() -> None:
    stills = Stills(Replay.of(estate(carried("a"), system("s", "a")), steps(*moved("a", 60))))
    strip = stills.at(70).moments[0].strip
    stills.forget()

    for ask in (lambda: strip.fine("a"), lambda: strip.in_cloud("s"), lambda: strip.when(lambda _: True)):
        with pytest.raises(AttributeError):
            ask()
