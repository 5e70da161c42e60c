"""An asset that does not come up again: what is down at the next opening, the way back, and what covers it."""

from dataclasses import replace

from planner.model.asset import AssetKind, Backup, Cluster, Work
from planner.plan.contingency import Case, Cover, CoverKind, Loss, Obstacle, Reaction
from planner.plan.plan import Plan
from planner.safety.context import Context
from planner.safety.timetable import Almanac
from planner.units.duration import Duration
from planner.units.span import Span
from planner.whatif.asset_lost import Loser
from planner.whatif.course import Course
from planner.whatif.reckoning import Reckoning
from tests.safety import weekend
from tests.safety.estates import (
    asset,
    carried,
    estate,
    hard,
    link,
    live,
    moved,
    plan,
    start,
    steps,
    system,
    vm,
    works,
)
from tests.safety.weekend import at

DAY = 1440


def cases(of: Plan, repair: int = DAY) -> dict[str, Case]:
    """What comes of the loss of each asset, by asset."""
    context = Context.of(of.inventory, of)
    loser = Loser(Course(context), Reckoning(context, Almanac(of.inventory), repair))
    return {occasion.asset: loser.case(occasion) for occasion in loser.occasions()}


def with_point(of: Plan, id: str, **changes: object) -> Plan:
    """The weekend's plan with one check point changed."""
    wave = of.waves[0]
    points = tuple(replace(point, **changes) if point.id == id else point for point in wave.check_points)
    return replace(of, waves=(replace(wave, check_points=points),))


def test_every_asset_that_comes_up_in_the_plan_is_lost_once() -> None:
    assert list(cases(weekend.plan())) == ["web1", "web2", "db"]


def test_a_single_server_that_is_lost_costs_the_first_day_of_service_after_the_night() -> None:
    """Checked on Sunday at 01:20, open from 06:30 to 23:00: 16.5 hours lie in the 24 from the first lost minute on."""
    case = cases(weekend.plan())["db"]

    assert case.losses == (Loss("reg", at("10 06:30"), 990, 990 * 4, at_opening=True, cause=("db", "reg")),)
    assert (case.wave, case.step, case.at) == ("w1", "db/check", at("10 01:20"))


def test_the_crew_turns_back_where_the_check_is_reached_before_its_deadline() -> None:
    """R is 150 minutes, the margin 30, service opens at 06:30: until 03:30."""
    case = cases(weekend.plan())["db"]

    assert (case.reaction, case.rollback, case.check_point) == (Reaction.TURN_BACK, True, "c3")
    assert case.deadline == at("10 03:30")
    assert case.if_back == 0  # back at 03:50 if the server works where it was


def test_after_the_deadline_the_crew_carries_on_without_it() -> None:
    late = with_point(weekend.plan(), "c3", deadline=at("10 01:19"))

    case = cases(late)["db"]
    assert (case.reaction, case.rollback, case.if_back) == (Reaction.CARRY_ON, False, None)
    assert [(loss.system, loss.minutes) for loss in case.losses] == [("reg", 990)]


def test_the_deadline_itself_is_still_in_time() -> None:
    assert cases(with_point(weekend.plan(), "c3", deadline=at("10 01:20")))["db"].rollback is True


def test_a_service_loses_no_more_than_until_it_is_repaired() -> None:
    assert [loss.minutes for loss in cases(weekend.plan(), repair=120)["db"].losses] == [120]


def test_one_of_two_that_is_lost_costs_nothing_and_the_other_is_named() -> None:
    case = cases(weekend.plan())["web1"]

    assert (case.losses, case.reaction) == ((), Reaction.TURN_BACK)
    assert case.covers == (Cover(CoverKind.REDUNDANCY, ("web2",), "web"),)


def test_the_fallback_of_a_system_that_is_out_and_the_copies_of_its_data_are_named() -> None:
    of = weekend.plan()
    backup = Backup(Work(Duration.fixed(60)), max_age=DAY, copies=("vault",))
    assets = {**of.inventory.assets, "db": replace(of.inventory.assets["db"], backup=backup)}
    systems = {**of.inventory.systems, "reg": replace(of.inventory.systems["reg"], fallback="paper")}
    inventory = replace(of.inventory, assets=assets, systems=systems)

    assert cases(replace(of, inventory=inventory))["db"].covers == (
        Cover(CoverKind.COPY, ("vault",)),
        Cover(CoverKind.FALLBACK, subject="reg", text="paper"),
    )


def test_what_needs_the_lost_asset_is_out_too_with_the_chain_that_leads_there() -> None:
    tiny = estate(carried("a"), asset("b", needs=(live("a"),)), link("l"), system("s", "b"))

    (case,) = cases(plan(tiny, steps(*moved("a", 100)))).values()
    assert [(loss.system, loss.since, loss.minutes, loss.cause) for loss in case.losses] == [
        ("s", 160, DAY, ("a", "b", "s"))
    ]


def test_what_cannot_start_without_the_lost_asset_stays_down() -> None:
    """`b` needs `a` to start only; it is started while `a` is lost, and so is not there at the end."""
    tiny = estate(
        carried("a"), asset("b", needs=(start("a"),), works=works(stop=10, start=10, check=10)), system("s", "b")
    )
    done = steps(*moved("a", 100), "100 110 stop b", "170 180 start b", "180 190 check b")

    lost = cases(plan(tiny, done))["a"]
    assert [(loss.system, loss.cause) for loss in lost.losses] == [("s", ("a", "b", "s"))]


def test_what_was_started_while_its_start_need_held_goes_on_without_it() -> None:
    """`b` is started with the help of `c`, which is switched off later; that `a` is lost changes nothing for `b`."""
    b = asset("b", needs=(start("c"),), works=works(stop=10, start=10, check=10))
    done = steps(*moved("a", 100), "100 110 stop b", "170 180 start b", "180 190 check b", "200 210 stop c")

    assert cases(plan(estate(carried("a"), b, asset("c"), system("s", "b")), done))["a"].losses == ()


def test_what_was_started_before_and_needs_it_to_start_only_goes_on() -> None:
    tiny = estate(carried("a"), asset("b", needs=(start("a"),)), system("s", "b"))

    assert cases(plan(tiny, steps(*moved("a", 100))))["a"].losses == ()


def cluster(memory: int) -> Plan:
    """A host of two that moves while the other runs; afterwards its VM of 8 GB is started again."""
    hosts = (
        carried("h1", AssetKind.HYPERVISOR, memory_gb=16),
        asset("h2", AssetKind.HYPERVISOR, room="new", memory_gb=memory),
        asset("san", AssetKind.STORAGE, room="new"),
    )
    guest = vm("v", "h1", memory_gb=8, works=works(stop=10, start=10, check=10))
    tiny = estate(*hosts, guest, system("s", "v"), Cluster("c", "c", ("h1", "h2"), "san", across=True))
    return plan(tiny, steps("90 100 stop v", *moved("h1", 100), "160 170 start v", "170 180 check v"))


def test_vms_of_a_lost_host_start_on_another_host_with_the_memory() -> None:
    case = cases(cluster(memory=8))["h1"]

    # The one thing lost is the time until the VM's own start and check are over.
    assert [(loss.system, loss.minutes) for loss in case.losses] == []
    assert Cover(CoverKind.HOSTS, ("h2",)) in case.covers


def test_a_host_without_the_memory_covers_nothing() -> None:
    case = cases(cluster(memory=7))["h1"]

    assert [(loss.system, loss.minutes) for loss in case.losses] == [("s", DAY)]
    assert [cover.kind for cover in case.covers] == []


def test_new_equipment_that_is_lost_before_it_takes_over_leaves_its_role_to_the_old() -> None:
    old = asset("old1")
    new = carried("new1", at=None, replaces="old1", works=works(switch_over=10))
    tiny = estate(old, new, system("s", "old1"))
    done = steps(
        "100 110 mount new1",
        "110 120 start new1",
        "120 130 check new1",
        "130 140 switch_over new1",
        "150 160 stop old1",
    )

    case = cases(plan(tiny, done))["new1"]
    assert case.losses == ()
    assert Cover(CoverKind.SPARE, ("old1",)) in case.covers


def test_what_is_lost_in_preparation_puts_the_rest_off() -> None:
    tiny = estate(carried("a"), asset("b"), system("s", "b"))
    made = plan(
        tiny,
        steps(*moved("a", 5000)),
        preparation=tuple(replace(s, id=f"p{s.id}") for s in steps("0 9 start b", "9 18 check b")),
    )

    case = cases(made)["b"]
    assert (case.wave, case.reaction, case.rollback, case.obstacle) == (
        None,
        Reaction.NOT_BEGUN,
        None,
        Obstacle.MISSING,
    )


def test_service_that_the_plan_itself_takes_away_is_not_counted() -> None:
    """The move takes `s` out from 100 to 160 in open hours; losing the server costs what comes after that."""
    tiny = estate(carried("a"), system("s", "a"))

    (case,) = cases(plan(tiny, steps(*moved("a", 100))), repair=60).values()
    assert [(loss.since, loss.minutes) for loss in case.losses] == [(160, 60)]


def test_in_a_wave_of_turns_no_other_turn_is_begun_without_it() -> None:
    """The web servers move one after the other: `web1` lost and past its deadline, `web2` stays where it serves."""
    late = with_point(weekend.plan(), "c1", deadline=at("9 09:00"))

    case = cases(late)["web1"]
    assert (case.reaction, case.losses) == (Reaction.CARRY_ON, ())


def test_a_lost_provider_of_a_hard_need_takes_its_dependent_with_it() -> None:
    tiny = estate(
        carried("a"),
        asset("b", needs=(hard("a"),), works=works(stop=10, start=10, check=10)),
        link("l"),
        system("s", "b"),
    )
    done = steps("90 100 stop b", *moved("a", 100), "160 170 start b", "170 180 check b")

    assert [loss.system for loss in cases(plan(tiny, done))["a"].losses] == ["s"]


def test_nothing_is_reckoned_beyond_the_horizon() -> None:
    tiny = replace(estate(carried("a"), system("s", "a")))
    short = replace(tiny, project=replace(tiny.project, horizon=Span(0, 200)))

    (case,) = cases(plan(short, steps(*moved("a", 100)))).values()
    assert [loss.minutes for loss in case.losses] == [40]
