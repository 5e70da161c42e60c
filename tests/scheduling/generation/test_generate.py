from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.scheduling.generation.compiling import compiled, compiler
from planner.scheduling.generation.generate import Generated, generate
from planner.scheduling.generation.lower_bound import lower_bound
from planner.scheduling.generation.project import Limit, Project, Wait
from planner.scheduling.generation.project_model import polish


def broken(project: Project, starts: tuple[int, ...]) -> list[object]:
    """Every wait, limit and slot of a resource that a schedule breaks, told from the definition."""
    ends = [at + length for at, length in zip(starts, project.durations, strict=True)]
    found: list[object] = [w for w in project.waits if starts[w.after] < ends[w.before] + w.pause]
    found += [limit for limit in project.limits if ends[limit.last] - starts[limit.first] > limit.slots]
    for number, row in enumerate(project.capacities):
        for slot, there in enumerate(row):
            busy = [t for t, at in enumerate(starts) if at <= slot < ends[t]]
            if sum(project.demands[t][number] for t in busy) > there:
                found.append((number, slot))
    return found + [t for t, end in enumerate(ends) if end > project.horizon or starts[t] < 0]


def best_of_all(project: Project) -> int | None:
    """The earliest end of all schedules there are."""
    found = [
        max(at + length for at, length in zip(starts, project.durations, strict=True))
        for starts in product(range(project.horizon + 1), repeat=len(project.durations))
        if not broken(project, starts)
    ]
    return min(found, default=None)


@st.composite
def small_projects(draw: st.DrawFn) -> Project:
    count, horizon = draw(st.integers(1, 4)), draw(st.integers(4, 7))
    durations = tuple(draw(st.integers(0, 3)) for _ in range(count))
    demands = tuple((draw(st.integers(0, 2)),) for _ in range(count))
    capacities = (tuple(draw(st.integers(1, 3)) for _ in range(horizon)),)
    pairs = [(a, b) for b in range(count) for a in range(b)]
    waits = tuple(Wait(a, b, draw(st.integers(0, 1))) for a, b in pairs if draw(st.integers(0, 2)) == 0)
    slack = durations[waits[0].before] + durations[waits[0].after] + 1 if waits else 0
    limits = (Limit(waits[0].before, waits[0].after, slack),) if waits else ()
    return Project(durations, demands, capacities, waits, limits)


def test_two_people_do_three_tasks_as_early_as_can_be() -> None:
    project = Project((3, 2, 2), ((2,), (1,), (1,)), ((2,) * 8,), (Wait(0, 1),))

    assert generate(project, 60) == Generated((0, 3, 3), 5, 5, 18)


def test_a_task_does_not_begin_in_a_shift_in_which_it_cannot_end() -> None:
    found = generate(Project((3,), ((1,),), ((1, 1, 0, 1, 1, 1),)), 60)

    assert found == Generated(starts=(3,), end=6, bound=4, schedules=60)


def test_what_may_be_away_only_so_long_is_taken_away_later() -> None:
    # The second part waits for slot 4, when somebody is there who can do it; both together may take 3 slots.
    project = Project((1, 1), ((1, 0), (0, 1)), ((1,) * 6, (0, 0, 0, 0, 1, 1)), (Wait(0, 1),), (Limit(0, 1, 3),))

    found = generate(project, 60)

    assert found is not None
    assert found.starts == (2, 4)


def test_without_room_in_the_horizon_there_is_no_schedule() -> None:
    assert generate(Project((3, 3), ((1,), (1,)), ((1,) * 5,)), 60) is None


@settings(max_examples=40, derandomize=True, deadline=None)
@given(small_projects())
def test_a_schedule_breaks_nothing_and_its_bound_is_below_every_end(project: Project) -> None:
    found, best = generate(project, 120), best_of_all(project)

    if best is not None:
        assert lower_bound(project) <= best
    if found is not None:
        assert broken(project, found.starts) == []
        assert best is not None
        assert best <= found.end == max(at + d for at, d in zip(found.starts, project.durations, strict=True))


@settings(max_examples=40, derandomize=True, deadline=None)
@given(small_projects())
def test_polished_a_small_project_has_the_best_end_there_is(project: Project) -> None:
    found, best = polish(project, generate(project, 30), 1.0), best_of_all(project)

    assert (found.end if found else None) == best
    assert found is None or (found.bound == found.end and broken(project, found.starts) == [])


def test_the_same_effort_and_seed_give_the_same_schedule_and_another_seed_another() -> None:
    project = Project((3, 1, 2, 4, 2, 1), ((1,),) * 6, ((1,) * 20,))

    assert generate(project, 90, 5) == generate(project, 90, 5)
    assert len({generate(project, 90, seed) for seed in range(1, 6)}) > 1


@pytest.mark.skipif(compiler() is None, reason="Numba is an optional extra")
@pytest.mark.long
@settings(max_examples=100, derandomize=True, deadline=None)
@given(small_projects(), st.integers(1, 1000))
def test_compiled_kernels_give_the_same_bytes(project: Project, seed: int) -> None:
    assert generate(project, 90, seed, compile_it=True) == generate(project, 90, seed, compile_it=False)


def test_without_a_compiler_a_kernel_is_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.scheduling.generation.compiling.compiler", lambda: None)

    assert compiled.__wrapped__(min) is min
