"""S10: every recorded reference to a changed address is updated, and the DNS has forgotten the old address in time."""

import pytest

from planner.model.asset import Asset, Reference, Work
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.safety.rules import s01_continuous_availability
from planner.safety.rules.s10_addresses import RULE
from planner.units.duration import Duration
from tests.safety.estates import asset, estate, findings, live, plan, sentences, steps, system, works

CHANGE = ("1000 1010 renumber a", "1010 1020 check a")


def referred(*holders: str) -> tuple[Reference, ...]:
    return tuple(Reference(holder, "whitelist", Work(Duration.fixed(10))) for holder in holders)


def renumbered(*holders: str, old_ttl: int | None = 0) -> Asset:
    """An asset that stays where it is and gets a new address, which stands in these holders."""
    facts = {"address": "10.0.0.1", "new_address": "10.1.0.1", "references": referred(*holders)}
    return asset("a", method=Method.RENUMBER, works=works(renumber=10, check=10), old_ttl=old_ttl, **facts)


def town(*holders: str, old_ttl: int | None = 0) -> Inventory:
    """Two firewalls and a script that need `a`, and a system on the script's server."""
    others = (asset(id, needs=(live("a"),)) for id in ("fw", "script"))
    return estate(renumbered(*holders, old_ttl=old_ttl), *others, system("s", "script"))


def found(inventory: Inventory, *lines: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(key, subjects) for key, subjects, _ in findings(RULE, plan(inventory, steps(*CHANGE, *lines)))]


def test_every_reference_to_a_renumbered_asset_is_updated() -> None:
    inventory = town("fw", "script")

    assert found(inventory, "1010 1020 update a -> fw", "1010 1020 update a -> script") == []
    assert found(inventory, "1010 1020 update a -> fw") == [("s10.not_updated", ("a", "script"))]
    assert found(inventory) == [("s10.not_updated", ("a", "fw")), ("s10.not_updated", ("a", "script"))]


def test_an_update_before_the_change_tells_the_old_address() -> None:
    assert found(town("fw"), "980 990 update a -> fw") == [("s10.not_updated", ("a", "fw"))]
    assert found(town("fw"), "990 1000 update a -> fw") == [("s10.not_updated", ("a", "fw"))]
    assert found(town("fw"), "1000 1010 update a -> fw") == []


def test_two_references_in_one_holder_are_two_updates() -> None:
    once, twice = ("1010 1020 update a -> fw",), ("1010 1020 update a -> fw", "1020 1030 update a -> fw")

    assert found(town("fw", "fw"), *twice) == []
    assert found(town("fw", "fw"), *once) == [("s10.not_updated", ("a", "fw"))]


def test_until_it_is_updated_the_holders_need_is_unsatisfied() -> None:
    inventory = town("script")

    def out(*lines: str) -> list[tuple[int, int]]:
        done = plan(inventory, steps(*CHANGE, *lines))
        return [span for _, ids, span in findings(s01_continuous_availability.RULE, done) if ids == ("s",)]

    assert out("1010 1020 update a -> script") == [(1000, 1020)]
    assert out("1010 1090 update a -> script") == [(1000, 1090)]
    assert out() == [(1000, 10_000)]


def test_the_time_to_live_is_lowered_by_at_least_the_old_one_before_the_change() -> None:
    inventory = town(old_ttl=60)

    def lowered(end: int) -> list[tuple[str, tuple[str, ...]]]:
        return found(inventory, f"{end - 10} {end} lower_ttl a")

    assert lowered(940) == []
    assert lowered(941) == [("s10.ttl_late", ("a",))]
    assert lowered(1001) == [("s10.ttl_missing", ("a",))]
    assert found(inventory, "930 940 lower_ttl a", "960 970 lower_ttl a") == []  # lowered once more
    assert found(inventory) == [("s10.ttl_missing", ("a",))]


def test_what_no_name_leads_to_has_no_time_to_live() -> None:
    assert found(town(old_ttl=0)) == []


def unknown(inventory: Inventory, done: tuple[Step, ...]) -> list[str]:
    return [text for text in sentences(RULE, plan(inventory, done)) if "not known" in text]


def test_an_unknown_time_to_live_is_reported() -> None:
    assert unknown(town(old_ttl=None), steps(*CHANGE)) == [
        "the address of a changes and its DNS time to live is not known"
    ]


def test_a_holder_that_does_not_name_the_asset_as_a_need_is_reported() -> None:
    inventory = estate(renumbered("fw"), asset("fw"))
    done = steps(*CHANGE, "1010 1020 update a -> fw")

    assert unknown(inventory, done) == [
        "the address of a stands in fw, which does not need a by name: what fails is not known"
    ]


def test_nothing_is_asked_of_what_keeps_its_address() -> None:
    assert findings(RULE, plan(town("fw", old_ttl=60), steps("0 10 stop a", "10 20 start a", "20 30 check a"))) == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_finding_names_asset_holder_and_what_stands_there(lang: str) -> None:
    (text,) = sentences(RULE, plan(town("fw"), steps(*CHANGE)), lang)
    assert all(word in text for word in ("a", "fw", "whitelist"))
