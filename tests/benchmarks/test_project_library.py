"""PSPLIB runs through the planner's own engine: what is read, what is checked, and an optimum that is found."""

from dataclasses import replace

import pytest

from planner.scheduling.generation.generate import Generated, generate
from planner.scheduling.generation.project import Project, Wait
from planner.scheduling.generation.project_model import polish
from tests.benchmarks.project_library import SHIPPED, instances, keeps


def test_an_instance_is_read_with_its_jobs_resources_and_waits() -> None:
    first = next(instances(SHIPPED, "j60"))

    assert (first.name, first.best_known) == ("j601_2.sm", 68)
    assert len(first.project.durations) == 62
    assert [row[0] for row in first.project.capacities] == [13, 15, 14, 14]
    assert first.project.waits[:3] == (Wait(0, 1), Wait(0, 2), Wait(0, 3))


def test_thirty_jobs_end_at_the_published_optimum() -> None:
    for instance in instances(SHIPPED, "j30"):
        polished = polish(instance.project, generate(instance.project, 90), 0.1)

        assert polished is not None
        assert keeps(instance.project, polished) == instance.best_known


def test_a_schedule_that_breaks_a_wait_or_a_capacity_is_no_answer() -> None:
    project = Project((2, 2), ((1,), (1,)), ((1,) * 4,))

    assert keeps(project, Generated((0, 2), 4, 4, 1)) == 4
    with pytest.raises(ValueError, match="a capacity is broken"):
        keeps(project, Generated((0, 1), 3, 3, 1))
    with pytest.raises(ValueError, match="a wait is broken"):
        keeps(replace(project, waits=(Wait(1, 0),)), Generated((0, 2), 4, 4, 1))
