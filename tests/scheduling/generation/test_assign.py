from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.scheduling.generation.assign import Assigned, assign, order
from planner.scheduling.generation.compiling import compiler
from planner.scheduling.generation.generate import generate
from planner.scheduling.generation.night_model import prove
from planner.scheduling.generation.night_problem import Bond, NightProblem, least_nights, same_night
from planner.scheduling.generation.night_search import closer
from planner.scheduling.generation.project import Limit, Project, Wait
from planner.scheduling.generation.project_model import polish


def one_task_each(
    durations: tuple[int, ...], nights: int, bonds: tuple[Bond, ...] = (), slots: int = 4
) -> NightProblem:
    """Items of one task for one person, in equal nights with one person there."""
    project = Project(durations, ((1,),) * len(durations), ((1,) * slots,))
    return NightProblem(project, tuple(range(len(durations))), (project.capacities,) * nights, bonds)


def broken(problem: NightProblem, found: Assigned) -> list[object]:
    """Every wait, limit and slot of a resource that an answer breaks, night by night, told from the definition."""
    project = problem.project
    ends = [at + length for at, length in zip(found.starts, project.durations, strict=True)]
    wrong: list[object] = [
        w for w in same_night(problem, found.nights) if found.starts[w.after] < ends[w.before] + w.pause
    ]
    wrong += [limit for limit in project.limits if ends[limit.last] - found.starts[limit.first] > limit.slots]
    wrong += [task for task, end in enumerate(ends) if end > project.horizon or found.starts[task] < 0]
    for night, number, slot in product(set(found.nights), range(len(project.capacities)), range(project.horizon)):
        busy = [
            t for t, at in enumerate(found.starts) if at <= slot < ends[t] and found.nights[problem.item_of[t]] == night
        ]
        if sum(project.demands[t][number] for t in busy) > problem.nights[night][number][slot]:
            wrong.append((night, number, slot))
    return wrong


def fewest(problem: NightProblem) -> int | None:
    """The least number of nights over all assignments whose every night has a schedule."""
    found = [
        len(set(nights))
        for nights in product(range(len(problem.nights)), repeat=problem.items)
        if all(_has_schedule(problem, nights, night) for night in set(nights))
    ]
    return min(found, default=None)


def _has_schedule(problem: NightProblem, nights: tuple[int, ...], night: int) -> bool:
    tasks = [task for task, item in enumerate(problem.item_of) if nights[item] == night]
    place = {task: number for number, task in enumerate(tasks)}
    project = problem.project
    waits = [Wait(place[w.before], place[w.after], w.pause) for w in project.waits if {w.before, w.after} <= set(tasks)]
    limits = [Limit(place[m.first], place[m.last], m.slots) for m in project.limits if m.first in place]
    durations, demands = tuple(project.durations[t] for t in tasks), tuple(project.demands[t] for t in tasks)
    part = Project(durations, demands, problem.nights[night], tuple(waits), tuple(limits))
    return polish(part, generate(part, 18), 1.0) is not None


@st.composite
def small_problems(draw: st.DrawFn) -> NightProblem:
    """Two or three items of two tasks that lie close together, on up to three nights of four slots."""
    items, nights = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    durations = tuple(draw(st.integers(1, 2)) for _ in range(2 * items))
    demands = tuple((draw(st.integers(1, 2)),) for _ in durations)
    inside = tuple(Wait(2 * item, 2 * item + 1) for item in range(items))
    between = tuple(Wait(2 * item + 1, 2 * item + 3) for item in range(items - 1) if draw(st.booleans()))
    limits = tuple(Limit(2 * n, 2 * n + 1, durations[2 * n] + durations[2 * n + 1]) for n in range(items))
    team = tuple(draw(st.integers(1, 3)) for _ in range(4))
    project = Project(durations, demands, (team,), inside + between, limits)
    bonds = tuple(Bond(item, item + 1, 1) for item in range(items - 1))
    return NightProblem(project, tuple(n // 2 for n in range(2 * items)), ((team,),) * nights, bonds)


def test_items_fill_as_few_nights_as_their_work_needs() -> None:
    found = assign(one_task_each((3, 1, 2, 2), 4), 2_000)

    assert found is not None
    assert (found.used, found.bound) == (2, 2)


def test_items_that_the_first_filling_left_in_a_night_of_their_own_find_a_place_by_pushing_others_out() -> None:
    # Filled in order: 2 + 2, 3, 3, 1 + 1; in three nights 2 + 2, 3 + 1, 3 + 1.
    found = assign(one_task_each((2, 3, 3, 2, 1, 1), 6), 5_000)

    assert found is not None
    assert (found.used, found.bound) == (3, 3)


def test_what_is_bound_lies_together_where_that_costs_no_night() -> None:
    found = assign(one_task_each((2, 2, 2, 2), 2, (Bond(0, 3, 5), Bond(1, 2, 5))), 2_000)

    assert found is not None
    assert found.nights[0] == found.nights[3]
    assert found.nights[1] == found.nights[2]
    assert found.price == 0


def test_items_come_community_by_community_and_providers_first() -> None:
    project = Project((1, 1, 1, 1), ((1,),) * 4, ((1,) * 4,), (Wait(3, 0),))
    problem = NightProblem(project, (0, 1, 2, 3), (project.capacities,), (Bond(0, 3, 1), Bond(1, 2, 1)))

    assert order(problem) == [3, 0, 1, 2]


def test_a_provider_boots_first_only_in_the_night_that_it_shares() -> None:
    project = Project((3, 3), ((1,), (1,)), ((1,) * 4,), (Wait(1, 0),))
    problem = NightProblem(project, (0, 1), (project.capacities,) * 2)

    assert same_night(problem, (0, 1)) == ()
    assert same_night(problem, (1, 1)) == (Wait(1, 0),)


def test_an_item_without_a_night_is_no_answer() -> None:
    assert assign(one_task_each((3, 3), 1), 500) is None


def test_a_short_night_is_used_for_what_it_holds() -> None:
    project = Project((1, 3), ((1,), (1,)), ((1, 1, 1, 1),))
    problem = NightProblem(project, (0, 1), (((1, 0, 0, 0),), ((1, 1, 1, 0),)))

    found = assign(problem, 500)

    assert found is not None
    assert found.nights == (0, 1)


def test_a_limit_between_two_items_and_a_night_of_another_shape_are_refused() -> None:
    project = Project((1, 1), ((1,), (1,)), ((1, 1),), (Wait(0, 1),), (Limit(0, 1, 2),))

    with pytest.raises(ValueError, match="a limit binds tasks of one item"):
        NightProblem(project, (0, 1), (project.capacities,))
    with pytest.raises(ValueError, match="a night needs the resources and slots of the project"):
        NightProblem(project, (0, 0), (((1, 1, 1),),))


def test_the_bound_leaves_out_the_hours_in_which_the_last_task_of_no_item_can_be() -> None:
    # Two hours of carrying come before two of booting: a booter works in two of the four hours of a night.
    project = Project((2, 2) * 3, ((0,), (1,)) * 3, ((1,) * 4,), tuple(Wait(2 * n, 2 * n + 1) for n in range(3)))
    problem = NightProblem(project, (0, 0, 1, 1, 2, 2), (project.capacities,) * 5)

    assert least_nights(problem) == 3


def test_the_bound_leaves_out_the_hours_that_each_booter_waits_for_an_item_of_its_own() -> None:
    # One boots after two slots, the others after four: of the two booters of a night only one begins after two.
    carried = (2, 4, 4)
    waits = tuple(Wait(2 * n, 2 * n + 1) for n in range(3))
    project = Project(tuple(d for c in carried for d in (c, 4)), ((0,), (1,)) * 3, ((2,) * 8,), waits)
    problem = NightProblem(project, tuple(n // 2 for n in range(6)), (project.capacities,) * 3)

    # 12 slots of booting are no more than 2 x (8 - 2), but more than (8 - 2) + (8 - 4).
    assert least_nights(problem) == 2 == fewest(problem)


def test_nobody_has_to_boot_between_a_head_and_a_rest_that_no_task_has_together() -> None:
    # One task comes first and one last: none has both a head and a rest.
    project = Project((2, 2), ((1,), (1,)), ((1,) * 4,), (Wait(0, 1),))

    assert least_nights(NightProblem(project, (0, 0), (project.capacities,))) == 1


@settings(max_examples=25, derandomize=True, deadline=None)
@given(small_problems())
def test_an_answer_breaks_nothing_and_is_proved_to_have_the_fewest_nights(problem: NightProblem) -> None:
    found, best = assign(problem, 300), fewest(problem)

    if found is not None:
        proved = prove(problem, found, 1.0)
        assert broken(problem, found) == broken(problem, proved) == []
        nearer = closer(problem, found, 3.0)
        assert broken(problem, nearer) == []
        assert best <= nearer.used <= found.used
        assert least_nights(problem) <= best == proved.used == proved.bound
    elif best is not None:
        assert least_nights(problem) <= best


def test_the_same_effort_and_seed_give_the_same_nights() -> None:
    problem = one_task_each((2, 3, 3, 2, 1, 1, 2, 1), 6, (Bond(0, 7, 2),))

    assert assign(problem, 1_000, 7) == assign(problem, 1_000, 7)


@pytest.mark.skipif(compiler() is None, reason="Numba is an optional extra")
@pytest.mark.long
@settings(max_examples=60, derandomize=True, deadline=None)
@given(small_problems(), st.integers(1, 1000))
def test_compiled_kernels_give_the_same_nights(problem: NightProblem, seed: int) -> None:
    assert assign(problem, 300, seed, compile_it=True) == assign(problem, 300, seed, compile_it=False)


def by_size(problem: NightProblem, starts: tuple[int, ...], nights: tuple[int, ...]) -> Assigned:
    """An answer as it would be without any search."""
    return Assigned(nights, starts, 0, least_nights(problem), 0)


def test_the_items_of_the_last_night_are_taken_in_by_the_others_one_night_after_the_other() -> None:
    # 2 + 2, 3, 3 and 1 + 1 of four slots each: 3 + 1 twice is enough.
    problem = one_task_each((2, 3, 3, 2, 1, 1), 6)
    first = by_size(problem, (0, 0, 0, 2, 0, 1), (0, 1, 2, 0, 3, 3))

    found = closer(problem, first, 6.0)

    assert (first.used, found.used, found.bound) == (4, 3, 3)
    assert broken(problem, found) == []
    assert closer(problem, first, 6.0) == found


def test_where_no_night_can_be_given_up_the_answer_stays() -> None:
    problem = one_task_each((3, 3, 2), 4)
    first = by_size(problem, (0, 0, 0), (0, 1, 2))

    assert first.bound == 2
    assert closer(problem, first, 3.0) == first
