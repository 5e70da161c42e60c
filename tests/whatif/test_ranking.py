"""All failures of a plan in one list, the worst first."""

from planner.plan.contingency import Failure, Reaction
from planner.units.progress import silent
from planner.whatif.contingency import contingencies
from tests.safety import weekend
from tests.safety.estates import carried, estate, moved, plan, steps, system

WEEKEND = contingencies(weekend.inventory(), weekend.plan(), silent, delays=(30, 330))


def test_every_asset_team_and_step_with_every_delay_is_there_once() -> None:
    count = {failure: sum(case.failure is failure for case in WEEKEND.cases) for failure in Failure}

    assert count == {Failure.ASSET: 3, Failure.TEAM: 1, Failure.STEP: 2 * len(weekend.plan().steps())}


def test_the_worst_comes_first() -> None:
    """The only server of the register costs 990 minutes; steps of its night that are 330 late cost 40."""
    hurting = [(case.subject, case.weighted) for case in WEEKEND.cases if case.losses]

    assert hurting[0] == ("db", 3960)
    assert {weight for _, weight in hurting[1:]} == {160}
    assert [case.weighted for case in WEEKEND.cases] == sorted((c.weighted for c in WEEKEND.cases), reverse=True)


def test_of_equal_losses_a_wave_that_is_put_off_or_turned_back_comes_before_one_that_goes_on() -> None:
    order = [case.reaction for case in WEEKEND.cases if not case.losses]

    ranks = [(Reaction.NOT_BEGUN, Reaction.TURN_BACK, Reaction.CARRY_ON).index(reaction) for reaction in order]
    assert ranks == sorted(ranks)


def test_a_loss_weighs_as_the_policy_says() -> None:
    town = estate(carried("a"), carried("b"), system("s", "a"), system("t", "b"))
    found = contingencies(town, plan(town, steps(*moved("a", 100), *moved("b", 300))), silent, delays=(), repair=60)

    assert [(case.subject, case.minutes, case.weighted) for case in found.cases] == [("a", 60, 240), ("b", 60, 240)]
    assert (found.repair, found.delays) == (60, ())


def test_progress_is_told_by_kind_of_failure() -> None:
    told: list[tuple[str, int, int | None]] = []
    town = estate(carried("a"), system("s", "a"))
    contingencies(town, plan(town, steps(*moved("a", 100))), lambda *now: told.append(now), delays=(30,))

    assert [now for now in told if now[1] == now[2]] == [("assets", 1, 1), ("teams", 0, 0), ("steps", 6, 6)]


def test_the_same_plan_gives_the_same_answers() -> None:
    assert contingencies(weekend.inventory(), weekend.plan(), silent, delays=(30, 330)) == WEEKEND
