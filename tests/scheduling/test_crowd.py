"""Many jobs: what is worked out for a part of the estate is what is true of all of it."""

from dataclasses import replace
from random import Random

import pytest

from planner.calendar import windows
from planner.model.asset import Demand
from planner.model.chain import StepKind
from planner.plan.plan import Plan
from planner.safety.verify import verify
from planner.scheduling.duty import Roster
from planner.scheduling.evaluation import Evaluation
from planner.scheduling.freshness import at_home
from planner.scheduling.judge import Judge
from planner.scheduling.options import Options
from planner.scheduling.placement import place
from planner.scheduling.schedule import Scheduling, never, schedule, silent
from planner.scheduling.sweep import sweep
from planner.scheduling.task import Task
from planner.scheduling.truth import Truth
from planner.scheduling.world import AssetState, LinkState, SystemState, World
from tests.benchmarks.planted import planted


def change(world: World, random: Random, assets: list[str], systems: list[str]) -> None:
    """Something goes down or comes back."""
    if random.random() < 0.7:
        world.set_state(random.choice(assets), random.choice((AssetState.UP, AssetState.UP, AssetState.DOWN)))
    else:
        world.set_state(random.choice(systems), random.choice((SystemState.ACCEPTED, SystemState.DOWN)))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_worked_out_from_the_state_before_is_what_is_true(seed: int) -> None:
    plan, random = planted(120, seed), Random(seed)
    office = plan.inventory
    truth, at = Truth(office), office.project.horizon.start
    world = truth.start()
    world.set_link("bridge", LinkState.TESTED)
    reused = 0
    for _ in range(60):
        change(world, random, list(office.assets), list(office.systems))
        moved = random.choice(sorted(plan.placements))
        stood = office.assets[moved].at
        assert stood is not None
        world.put(moved, random.choice((plan.placements[moved], stood)))

        found, alone = truth.evaluate(world, at), Evaluation(Judge(truth, world.copy(), at))

        assert found.judge.holds == alone.judge.holds
        assert found.judge.counting == alone.judge.counting
        assert found.load == alone.load
        assert found.short_groups == alone.short_groups
        reused += found.judge.fresh is not None
    assert reused > 30


def started(size: int, seed: int) -> Scheduling:
    """A run over a planted estate, before its first draft."""
    office = planted(size, seed).inventory
    placements = place(office)
    assert not hasattr(placements, "reasons")
    return Scheduling(office, Options(), silent, never, placements)


def test_a_turn_comes_to_the_same_whether_departments_are_looked_at_apart_or_together() -> None:
    construction = started(120, 0).begin()
    transitions, random, at = construction.transitions, Random(1), construction.inventory.project.horizon.start
    names = sorted(construction.jobs)
    assert transitions.communities.many
    for _ in range(25):
        done = frozenset(random.sample(names, random.randrange(len(names))))
        left = [id for id in names if id not in done]
        batch = frozenset(random.sample(left, min(2, len(left))))

        apart = transitions.outcome(done, batch, at)
        whole = transitions.of_all(done, batch, at)

        assert (apart.affected, apart.lost, set(apart.stopped)) == (whole.affected, whole.lost, set(whole.stopped))
        assert apart.lasts == whole.lasts


@pytest.mark.long
def test_a_plan_that_is_told_department_by_department_is_the_plan_of_the_whole_office() -> None:
    run = started(101, 1)
    construction = run.begin()
    construction.lenient = True
    timed = run._polish(construction, sweep(construction, windows(construction.inventory), never).run())
    prepared = list(run.preparation.steps), run.preparation.roster.copy()
    assert isinstance(timed, list)
    assert construction.transitions.apart

    apart = run._plan(construction, timed)
    run.preparation.restore(*prepared)
    construction.transitions.__dict__["apart"] = False
    whole = run._plan(construction, timed)

    assert isinstance(apart, Plan)
    assert isinstance(whole, Plan)
    assert sum(len(wave.check_points) for wave in apart.waves) > 40
    assert (apart.waves, apart.outages, apart.objective) == (whole.waves, whole.outages, whole.objective)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_a_plan_of_several_departments_keeps_every_rule(seed: int) -> None:
    hidden = planted(250, seed)

    plan = schedule(hidden.inventory)

    assert isinstance(plan, Plan)
    assert verify(plan.inventory, plan).findings == ()


def test_who_stays_at_home_to_be_fresh_is_the_same_in_every_turn_of_a_night() -> None:
    office = planted(60, 0).inventory
    (night, *_), roster = windows(office), Roster(office)
    spare = at_home(office, night.span)
    pair = Task("a/carry", StepKind.CARRY, ("a",), 60, (Demand("own", 2),))
    begun = {1: night.span.start, 2: night.span.start + 60, 3: night.span.start + 120}

    given = [roster.assign([pair], {"a/carry": at}, night.span, spare) for at in begun.values()]

    named = {person for crew in given if crew for person in crew["a/carry"][0]}
    assert spare == {"own": 1}
    assert all(given)
    assert len(office.teams["own"].people) - len(named) >= 1


def test_a_sweep_takes_no_more_windows_than_the_hidden_plan() -> None:
    construction = started(60, 0).begin()
    construction.lenient = True

    draft = sweep(construction, windows(construction.inventory), never).run()

    assert draft.undone == frozenset()
    assert len({turn.window.id for turn in draft.turns}) <= len(planted(60, 0).waves)


def test_only_the_thrifty_take_nothing_that_the_rest_needs_the_budget_for() -> None:
    construction = started(60, 0).begin()
    construction.lenient = True
    crowd = sweep(construction, windows(construction.inventory), never).crowd
    night, done = windows(construction.inventory)[0], frozenset({"test:bridge"})
    twice = next(id for id in crowd.inventory.systems if len(crowd._takers(id)) == 2)
    first, other = sorted(crowd._takers(twice), key=lambda ids: crowd.profile(ids).needed)
    enough = crowd.profile(first).minutes + crowd.profile(other).needed

    def taken(left: int) -> bool:
        crowd.spent = {twice: crowd.inventory.systems[twice].budget - left}
        return crowd.turn_of([first], night, night.span, night.span.start, done, patient=False) is not None

    assert taken(enough - 10)
    crowd.thrifty = True
    assert taken(enough)
    assert not taken(enough - 10)


def test_a_service_that_nobody_can_stop_keeps_one_half_of_its_pair() -> None:
    construction = started(101, 0).begin()
    construction.lenient = True
    crowd = sweep(construction, windows(construction.inventory), never).crowd
    (night, *_), done = windows(construction.inventory), frozenset({"test:bridge"})
    capacity = crowd.on_duty(night.span)
    one = crowd.fit(("move:d0-w00",), night, night.span, night.span.start, done, capacity)
    assert one is not None
    assert not construction.inventory.systems["d0-web0"].works

    def with_it(id: str) -> bool:
        together = crowd.transitions.outcome(done, (*one.jobs, id), night.span.start)
        return crowd.may_stop(replace(one, outcome=together), one, (id,), done)

    assert not with_it("move:d0-w10")
    assert with_it("move:d0-w01")


def test_what_one_service_cannot_bear_twice_goes_in_one_turn() -> None:
    construction = started(250, 0).begin()
    construction.lenient = True
    crowd = sweep(construction, windows(construction.inventory), never).crowd

    together = [ids for ids in crowd.batches() if len(ids) > 1]

    assert ("move:d0-s12", "move:d0-s13") in together
    assert all(len({id.partition("-")[0] for id in ids}) == 1 for ids in together)
