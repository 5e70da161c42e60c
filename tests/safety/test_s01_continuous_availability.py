from planner.model.policy import Policy
from planner.safety.rules.s01_continuous_availability import RULE
from tests.safety.estates import announced, carried, estate, findings, moved, outage, plan, sentences, steps, system

INVENTORY = estate(carried("a"), system("s", "a"))
DONE = steps(*moved("a", 1000))


def test_an_outage_that_is_declared_as_it_is_computed_is_no_finding() -> None:
    assert findings(RULE, announced(INVENTORY, DONE)) == []


def test_an_outage_that_nobody_was_told_of_is_found_with_its_minutes_and_its_cause() -> None:
    undeclared = plan(INVENTORY, DONE)

    assert findings(RULE, undeclared) == [("s01.undeclared", ("s",), (1000, 1060))]
    assert sentences(RULE, undeclared) == ["s is not available for 60 minutes that no declared outage covers"]


def test_only_the_part_that_nobody_was_told_of_is_reported() -> None:
    assert findings(RULE, plan(INVENTORY, DONE, [outage("s", 1000, 1050)])) == [
        ("s01.undeclared", ("s",), (1050, 1060))
    ]


def test_a_declared_outage_may_be_longer_by_the_rounding_at_each_end_and_no_more() -> None:
    def found(begin: int, end: int) -> list[str]:
        return [key for key, *_ in findings(RULE, plan(INVENTORY, DONE, [outage("s", begin, end, computed=60)]))]

    assert found(985, 1075) == []
    assert found(984, 1060) == ["s01.too_early"]
    assert found(1000, 1076) == ["s01.too_late"]


def test_the_announced_rounding_is_the_policys() -> None:
    inventory = estate(carried("a"), system("s", "a"), policy=Policy(rounding=30))
    told = outage("s", 970, 1090, computed=60, inside=60)

    assert findings(RULE, plan(inventory, DONE, [told])) == []


def test_a_declared_outage_in_which_nothing_is_out_is_needless() -> None:
    told = [outage("s", 1000, 1060), outage("s", 3000, 3060, computed=0)]

    assert findings(RULE, plan(INVENTORY, DONE, told)) == [("s01.needless", ("s",), (3000, 3060))]


def test_intervals_less_than_the_rounding_apart_may_share_one_outage() -> None:
    def found(apart: int) -> list[str]:
        twice = steps(
            "0 10 stop a", "10 20 start a", f"{20 + apart} {30 + apart} stop a", f"{30 + apart} {40 + apart} start a"
        )
        told = outage("s", 0, 40 + apart, computed=40, inside=40)
        return [key for key, *_ in findings(RULE, plan(INVENTORY, twice, [told]))]

    assert found(14) == []
    assert found(15) == ["s01.joined"]


def test_misstated_minutes_are_found() -> None:
    assert sentences(RULE, plan(INVENTORY, DONE, [outage("s", 1000, 1060, computed=50)])) == [
        "the outage of s states 50/50 minutes (all/inside service hours), computed are 60/60"
    ]
