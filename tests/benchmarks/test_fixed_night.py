"""The fixed night: what is generated, and that an answer which breaks something is found out."""

from dataclasses import replace

from planner.scheduling.generation.assign import assign
from planner.scheduling.generation.night_problem import least_nights
from tests.benchmarks.fixed_night import breaks, office


def test_a_size_and_a_seed_make_one_office() -> None:
    assert office(60, 3) == office(60, 3)
    assert office(60, 3) != office(60, 4)
    assert (office(60, 3).items, office(157, 3).items) == (60, 157)


def test_teams_grow_so_that_the_bound_does_not_grow_with_the_size() -> None:
    assert [least_nights(office(size, 0)) for size in (60, 300)] == [3, 8]


def test_sixty_assets_are_done_in_the_least_nights_and_nothing_is_broken() -> None:
    problem = office(60, 3)

    found = assign(problem, 3_000)

    assert found is not None
    assert (found.used, found.bound) == (3, 3)
    assert breaks(problem, found) == 0


def test_an_asset_in_another_night_or_at_another_time_breaks_something() -> None:
    problem = office(60, 3)
    found = assign(problem, 100)

    assert found is not None
    assert breaks(problem, replace(found, starts=(0,) * len(found.starts))) > 0
    assert breaks(problem, replace(found, nights=(0,) * len(found.nights))) > 0
