import pytest

from planner.scheduling.generation.lower_bound import critical_path, energy, lower_bound
from planner.scheduling.generation.project import Project, Wait, backwards, forwards


def test_tasks_that_wait_for_each_other_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="tasks wait for each other in a circle"):
        Project((1, 1), ((), ()), (), (Wait(0, 1), Wait(1, 0)))


def test_a_task_without_a_demand_for_each_resource_is_refused() -> None:
    with pytest.raises(ValueError, match="each task needs one demand for each resource"):
        Project((1, 1), ((1,), ()), ((1, 1, 1),))


def test_resources_with_different_horizons_are_refused() -> None:
    with pytest.raises(ValueError, match="the capacities of all resources need one horizon"):
        Project((1,), ((1, 1),), ((1, 1), (1, 1, 1)))


def test_in_the_mirror_the_last_slot_is_the_first_and_waits_are_turned_round() -> None:
    project = Project((1, 2), ((1,), (2,)), ((3, 2, 1, 0),), (Wait(0, 1, 5),))

    front, back = forwards(project), backwards(project)

    assert (front.capacity, back.capacity) == ([3, 2, 1, 0], [0, 1, 2, 3])
    assert (front.before_at, front.before, front.pause) == ([0, 0, 1], [0], [5])
    assert (back.before_at, back.before, back.pause) == ([0, 1, 1], [1], [5])


def test_no_end_comes_before_the_longest_path_of_waits() -> None:
    assert critical_path(Project((2, 3, 4), ((), (), ()), (), (Wait(0, 1), Wait(1, 2, 1)))) == 10


def test_no_end_comes_before_the_work_between_the_first_start_and_the_last_rest_is_done() -> None:
    # A first hour that takes nobody, two tasks of 4 for the only one who is there, and an hour after each of them.
    project = Project(
        (1, 4, 4, 1), ((0,), (1,), (1,), (0,)), ((1,) * 20,), (Wait(0, 1), Wait(0, 2), Wait(1, 3), Wait(2, 3))
    )

    assert critical_path(project) == 6
    assert energy(project) == lower_bound(project) == 10


def test_work_waits_for_the_shift_in_which_somebody_is_there() -> None:
    assert energy(Project((2, 2), ((1,), (1,)), ((1, 1, 0, 0, 0, 1, 1, 1),))) == 7


def test_work_for_which_there_are_never_enough_people_ends_beyond_the_horizon() -> None:
    assert lower_bound(Project((3, 3), ((1,), (1,)), ((1,) * 5,))) > 5
