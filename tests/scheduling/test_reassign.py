"""A few nights taken anew: never worse than before, the same each time, and nothing that the verifier rejects."""

import os

import pytest

from planner.calendar import windows
from planner.plan.plan import Plan
from planner.safety.verify import verify
from planner.scheduling.blast_radius import Touched
from planner.scheduling.crowd import Crowd
from planner.scheduling.draft import Draft, DraftTurn
from planner.scheduling.duty import rhythms
from planner.scheduling.neighbourhood import evenings, nights_wanted, work
from planner.scheduling.options import Options
from planner.scheduling.placement import place
from planner.scheduling.reassign import Reassignment
from planner.scheduling.schedule import Scheduling, never, silent
from planner.scheduling.sweep import sweep
from tests.benchmarks.planted import planted


@pytest.fixture(scope="module")
def run() -> Scheduling:
    """A run over a small planted estate, before its first draft."""
    office = planted(60, 0).inventory
    placements = place(office)
    assert not hasattr(placements, "reasons")
    return Scheduling(office, Options(), silent, never, placements)


@pytest.fixture(scope="module")
def crowd(run: Scheduling) -> Crowd:
    construction = run.begin()
    construction.lenient = True
    return sweep(construction, windows(construction.inventory), never).crowd


@pytest.fixture(scope="module")
def torn(crowd: Crowd) -> Draft:
    """A draft of as many windows as the hidden plan, and the last turns of all but the first in one more."""
    draft = crowd.draft([(window, rhythms()[0]) for window in windows(crowd.inventory)])
    chosen = sorted({turn.window for turn in draft.turns}, key=lambda window: window.span)
    free = next(window for window in windows(crowd.inventory) if window not in chosen)
    moved = [max((t for t in draft.turns if t.window == window), key=lambda t: t.start) for window in chosen[1:]]
    turns = [turn for turn in draft.turns if turn not in moved]
    crowd.spent, crowd.touched, at = {}, Touched(), free.span.start
    for turn in turns:
        crowd.spend(turn)
    for turn in moved:
        done = frozenset(id for other in turns for id in other.jobs)
        placed = crowd.fit(turn.jobs, free, free.span, at, done, crowd.on_duty(free.span))
        assert placed is not None
        crowd.spend(placed)
        turns.append(placed)
        at = placed.end
    return Draft(tuple(turns), frozenset(), (0, crowd.cost(turns)))


@pytest.fixture(scope="module")
def found(crowd: Crowd, torn: Draft) -> Draft:
    return Reassignment(crowd, torn, used(torn) - 1, 1.0, 0, never).run()


def used(draft: Draft) -> int:
    return len({turn.window.id for turn in draft.turns})


def lying(turns: tuple[DraftTurn, ...]) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(turn.window.id, turn.start, turn.jobs) for turn in turns]


def test_work_in_a_window_that_is_not_needed_goes_to_the_others(crowd: Crowd, torn: Draft, found: Draft) -> None:
    assert used(found) == used(torn) - 1 == len(planted(60, 0).waves)
    assert found.cost < torn.cost
    assert sorted(id for turn in found.turns for id in turn.jobs) == sorted(crowd.jobs)


def test_what_is_found_keeps_every_rule(run: Scheduling, found: Draft) -> None:
    construction = run.begin()
    construction.lenient = True
    timed = run._polish(construction, found)
    assert isinstance(timed, list)

    plan = run._plan(construction, timed)

    assert isinstance(plan, Plan)
    assert verify(plan.inventory, plan).findings == ()


def test_how_many_cores_there_are_makes_no_difference(
    crowd: Crowd, torn: Draft, found: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)

    alone = Reassignment(crowd, torn, used(torn) - 1, 1.0, 0, never).run()

    assert lying(alone.turns) == lying(found.turns)


@pytest.mark.parametrize("seed", range(3))
def test_no_seed_makes_a_draft_worse(crowd: Crowd, torn: Draft, seed: int) -> None:
    search = Reassignment(crowd, torn, 0, 0.05, seed, never)

    again = search.run()

    assert again.cost <= torn.cost
    assert again.undone == frozenset()
    assert 0 < search.tried <= 3


def test_who_stops_the_search_gets_what_there_is(crowd: Crowd, torn: Draft) -> None:
    search = Reassignment(crowd, torn, 0, 1.0, 0, lambda: True)

    assert search.run() is torn
    assert search.tried == 0


def test_the_night_that_is_emptied_first_is_the_one_with_the_least_work(crowd: Crowd, torn: Draft) -> None:
    nights = evenings(crowd, torn.turns)
    first = next(Reassignment(crowd, torn, 0, 1.0, 0, never)._neighbourhoods(nights))

    assert first.emptied == min(nights, key=lambda evening: work(crowd, evening)).window.id
    assert len(first.chosen) == 2
    assert sum(kind.count for kind in first.kinds) == sum(len(t) for evening in first.chosen for t in evening.units)


def test_fewer_windows_than_turns_of_equals_fill_are_not_looked_for(crowd: Crowd, torn: Draft) -> None:
    enough = nights_wanted(crowd, windows(crowd.inventory))
    search = Reassignment(crowd, torn, used(torn), 1.0, 0, never)

    assert enough == len(planted(60, 0).waves)
    assert search.run() is torn
    assert search.tried == 0


def test_without_windows_there_is_nothing_to_look_for(crowd: Crowd) -> None:
    assert nights_wanted(crowd, ()) == 1
