"""A team with one person less: who takes over, when a wave waits, and when it is put off."""

from dataclasses import replace

from planner.model.asset import Demand, Work
from planner.model.chain import StepKind
from planner.model.people import Contract, Person, Team
from planner.model.policy import Policy, Staff
from planner.plan.contingency import Case, Cover, CoverKind, Obstacle, Reaction
from planner.plan.plan import Plan
from planner.plan.wave import CheckPoint
from planner.safety.context import Context
from planner.safety.timetable import Almanac
from planner.units.duration import Duration
from planner.units.span import Span
from planner.whatif.course import Course
from planner.whatif.person_missing import Reliever
from planner.whatif.reckoning import Reckoning
from planner.whatif.step_late import Delayer
from planner.whatif.waiting import Waiting
from tests.safety import weekend
from tests.safety.estates import carried, estate, plan, steps


def missing(of: Plan, team: str) -> Case | None:
    context = Context.of(of.inventory, of)
    course, almanac = Course(context), Almanac(of.inventory)
    waiting = Waiting(course)
    delayer = Delayer(course, waiting, Reckoning(context, almanac, 1440))
    return Reliever(course, waiting, delayer, almanac).case(of.inventory.teams[team], of.waves[0])


def staffed(of: Plan, *people: Person, **more: object) -> Plan:
    """The plan with these people in the team `ict`."""
    teams = {"ict": Team("ict", "ict", people, own=True, **more)}
    return replace(of, inventory=replace(of.inventory, teams=teams))


def crew(*numbers: int) -> tuple[Person, ...]:
    return tuple(Person(f"ict/{n}", str(n)) for n in numbers)


def two(
    *people: tuple[str, str], skill: str | None = None, policy: Policy | None = None, lengths: str = "0 10"
) -> Plan:
    """Two servers of which each is stopped by one person, the second at the end of the first or at the same time."""
    work = {StepKind.STOP: Work(Duration.fixed(10), (Demand("ict", 1, skill),))}
    town = estate(carried("a", works=work), carried("b", works=work), policy=policy or Policy(staff=Staff(fresh=0)))
    first, second = steps("0 10 stop a", f"{lengths} stop b")
    done = (replace(first, people=("ict/1",)), replace(second, people=("ict/2",)))
    members = tuple(Person(id, id, frozenset({held} if held else ())) for id, held in people)
    return staffed(plan(town, done), *members)


def test_a_free_colleague_takes_over_and_nothing_is_late() -> None:
    case = missing(two(("ict/1", ""), ("ict/2", ""), ("ict/3", "")), "ict")

    assert case is not None
    assert (case.reaction, case.late, case.covers) == (Reaction.CARRY_ON, 0, (Cover(CoverKind.PEOPLE, ("ict/3",)),))


def test_a_colleague_who_is_busy_does_one_step_after_the_other() -> None:
    case = missing(two(("ict/1", ""), ("ict/2", "")), "ict")

    assert case is not None
    assert (case.reaction, case.late) == (Reaction.CARRY_ON, 10)


def test_a_delay_that_misses_a_deadline_puts_the_wave_off() -> None:
    of = two(("ict/1", ""), ("ict/2", ""))
    point = CheckPoint("c1", ("s002",), 10, minutes=0, deadline=19)
    of = replace(of, waves=(replace(of.waves[0], check_points=(point,)),))

    case = missing(of, "ict")
    assert case is not None
    assert (case.reaction, case.obstacle, case.missed) == (Reaction.NOT_BEGUN, Obstacle.DELAY, ("c1",))
    assert case.losses == ()


def test_a_skill_that_only_the_missing_person_has_puts_the_wave_off() -> None:
    of = two(("ict/1", "network"), ("ict/2", "network"), ("ict/3", ""), skill="network", lengths="5 15")
    alone = two(("ict/1", "network"), ("ict/2", ""), ("ict/3", ""), skill="network")

    case = missing(of, "ict")
    assert case is not None
    assert case.covers == (Cover(CoverKind.PEOPLE, ("ict/2",)),) or case.covers == (
        Cover(CoverKind.PEOPLE, ("ict/1",)),
    )
    without = missing(alone, "ict")
    assert without is not None
    assert (without.missing, without.reaction, without.obstacle, without.step) == (
        "ict/1",
        Reaction.NOT_BEGUN,
        Obstacle.NOBODY,
        "s001",
    )


def test_a_team_of_one_cannot_miss_anybody() -> None:
    """All of the weekend by one person: the first step has nobody else."""
    of = weekend.plan()
    alone = replace(of, waves=(replace(of.waves[0], steps=tuple(_all_by(s, "ict/1") for s in of.waves[0].steps)),))

    case = missing(staffed(alone, *crew(1)), "ict")
    assert case is not None
    assert (case.reaction, case.step, case.missing) == (Reaction.NOT_BEGUN, "web1/stop", "ict/1")


def test_duties_that_are_too_long_for_those_who_are_left_put_the_wave_off() -> None:
    """One of two is left for Saturday 09:00 to Sunday 01:20: more than sixteen hours, twelve are allowed."""
    case = missing(staffed(weekend.plan(), *crew(1, 2)), "ict")

    assert case is not None
    assert (case.reaction, case.obstacle, case.late) == (Reaction.NOT_BEGUN, Obstacle.STRAIN, 0)


def test_with_a_third_person_the_same_weekend_is_held() -> None:
    case = missing(staffed(weekend.plan(), *crew(1, 2, 3)), "ict")

    assert case is not None
    assert (case.reaction, case.covers) == (Reaction.CARRY_ON, (Cover(CoverKind.PEOPLE, ("ict/3",)),))


def test_somebody_who_is_away_takes_nothing_over() -> None:
    people = (*crew(1, 2), Person("ict/3", "3", absent=(weekend.WINDOW,)))

    case = missing(staffed(weekend.plan(), *people), "ict")
    assert case is not None
    assert case.obstacle is Obstacle.STRAIN


def test_a_contract_that_does_not_cover_the_day_lets_nobody_take_over() -> None:
    ended = Contract(covers=Span(0, weekend.at("2 00:00")))

    case = missing(staffed(weekend.plan(), *crew(1, 2, 3), contract=ended), "ict")
    assert case is not None
    assert case.obstacle is Obstacle.NOBODY


def test_a_team_without_work_in_the_wave_is_no_case() -> None:
    of = weekend.plan()
    teams = {**of.inventory.teams, "idle": Team("idle", "idle", (Person("idle/1", "1"),))}

    assert missing(replace(of, inventory=replace(of.inventory, teams=teams)), "idle") is None


def _all_by(step: object, person: str) -> object:
    return replace(step, people=(person,)) if step.people else step
