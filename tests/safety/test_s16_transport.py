"""S16: trips fit what carries them, partners do not travel together, nothing is switched on cold, media are guarded."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planner.model.asset import Asset, AssetKind, Media
from planner.model.inventory import Inventory
from planner.model.people import Person, Team
from planner.model.place import Position
from planner.model.transport import Conveyance, ConveyanceKind, Route
from planner.plan.step import Step
from planner.safety.context import Context
from planner.safety.rules.s16_transport import RULE
from tests.safety.estates import asset, carried, estate, findings, live, moved, plan, segment, steps, system, vm, works

ELEVATOR = Conveyance("ev", "ev", ConveyanceKind.ELEVATOR, max_kg=100.0, door_cm=(90.0, 200.0))
ROUTE = Route(("old", "new"), ("ev",), minutes=10, doors=("west", "north"))


def box(id: str = "a", **more: Any) -> Asset:
    facts: dict[str, Any] = {"height": 2, "kg": 40.0, "warm_up": 10, **more}
    return carried(id, **facts)


def town(*things: Any, ev: Conveyance = ELEVATOR, routes: tuple[Route, ...] = (ROUTE,)) -> Inventory:
    teams = {
        "mv": Team("mv", "mv", (Person("mv/1", "1"), Person("mv/2", "2"))),
        "own": Team("own", "own", (Person("own/1", "1"),), own=True),
        "sg": Team("sg", "sg", (Person("sg/1", "1"), Person("sg/2", "2")), escorts=True),
    }
    return estate(*(things or (box(),)), conveyances={ev.id: ev}, routes=routes, teams=teams)


def keys(inventory: Inventory, *lines: str) -> list[str]:
    return [key for key, _, _ in findings(RULE, plan(inventory, steps(*(lines or moved("a", 100)))))]


def unknown(inventory: Inventory, *lines: str) -> list[tuple[str, tuple[str, ...]]]:
    done = plan(inventory, steps(*(lines or moved("a", 100))))
    return [(f.key, f.subjects) for f in RULE.check(Context.of(inventory, done)).findings if f.unknown]


def test_a_trip_that_fits_its_route_breaks_nothing_and_leaves_nothing_open() -> None:
    assert keys(town()) == []
    assert unknown(town()) == []


def together(*ids: str, begin: int = 120) -> tuple[str, ...]:
    """All are carried in one step and put up again."""
    names = " ".join(ids)
    back = (f"{begin + 10} {begin + 20} mount {names}", f"{begin + 20} {begin + 30} start {names}")
    return (f"{begin} {begin + 10} carry {names} -> new", *back)


def test_what_is_carried_together_weighs_no_more_than_the_elevator_bears() -> None:
    inventory = town(box("a"), box("b"), box("c"))

    assert keys(inventory, *together("a", "b")) == []
    assert keys(inventory, *together("a", "b", "c")) == ["s16.too_heavy"]
    assert keys(town(box(kg=100.0))) == []
    assert keys(town(box(kg=100.5))) == ["s16.too_heavy"]


def test_a_device_passes_the_door_in_either_direction() -> None:
    """19 inches wide; 42 units of 1.75 inches are 187 cm high."""
    narrow = replace(ELEVATOR, door_cm=(187.0, 48.3))

    assert keys(town(box(height=42), ev=narrow)) == []
    assert keys(town(box(height=43), ev=narrow)) == ["s16.too_large"]
    assert keys(town(box(height=42), ev=replace(ELEVATOR, door_cm=(48.0, 200.0)))) == ["s16.too_large"]


def test_a_trip_is_not_faster_than_its_route() -> None:
    assert keys(town(routes=(replace(ROUTE, minutes=10),))) == []
    assert keys(town(routes=(replace(ROUTE, minutes=11),))) == ["s16.too_fast"]


def test_no_more_trips_use_a_conveyance_at_once_than_it_serves() -> None:
    inventory = town(box("a"), box("b"), box("c"))
    lines = (*moved("a", 100), *moved("b", 105), *moved("c", 108))

    assert keys(inventory, *moved("a", 100), *moved("b", 110)) == []
    found = findings(RULE, plan(inventory, steps(*lines)))
    assert found == [("s16.crowded", ("ev",), (125, 130)), ("s16.crowded", ("ev",), (128, 130))]
    assert keys(town(box("a"), box("b"), box("c"), ev=replace(ELEVATOR, at_once=2)), *lines) == ["s16.crowded"]


def fragile(*ids: str) -> tuple[Asset, ...]:
    return tuple(box(id, kg=10.0, fragile=True) for id in ids)


def test_fragile_members_of_one_redundancy_group_are_not_on_one_trip() -> None:
    pair = system("s", "1 of a, b")

    assert keys(town(*fragile("a", "b"), pair), *together("a", "b")) == ["s16.one_trip"]
    assert keys(town(*fragile("a", "b"), pair), *together("a"), *together("b", begin=130)) == []
    assert keys(town(*fragile("a", "b"), system("s", "a & b")), *together("a", "b")) == []
    for user in (system("s", None, needs=(live("1 of a, b"),)), asset("u", needs=(live("1 of a, b"),))):
        assert keys(town(*fragile("a", "b"), user), *together("a", "b")) == ["s16.one_trip"]
    assert keys(town(*fragile("a"), box("b", kg=10.0), pair), *together("a", "b")) == []


def test_gateways_and_what_is_inside_a_machine_are_partners_too() -> None:
    gateways = segment("x", "a", "b")
    hosted = (vm("v", "a"), vm("w", "b"), system("s", "1 of v, w"))

    assert keys(town(*fragile("a", "b"), gateways), *together("a", "b")) == ["s16.one_trip"]
    assert keys(town(*fragile("a", "b"), *hosted), *together("a", "b")) == ["s16.one_trip"]


def test_who_has_taken_over_the_role_of_a_member_is_a_partner() -> None:
    heir = box("n", fragile=True, kg=10.0, replaces="a", works=works(switch_over=10))
    boxes = (*fragile("a", "b"), heir, system("s", "1 of a, b"))

    assert keys(town(*boxes), *together("n", "b")) == []
    assert keys(town(*boxes), "50 60 switch_over n", *together("n", "b")) == ["s16.one_trip"]
    assert keys(town(*boxes), "50 60 switch_over n", *together("a", "b")) == []


def test_what_is_carried_within_its_room_makes_no_trip() -> None:
    heavy = town(box(kg=500.0), routes=())
    assert (keys(heavy, *moved("a", 100, to="old")), unknown(heavy, *moved("a", 100, to="old"))) == ([], [])
    assert unknown(heavy) == [("s16.route_unknown", ("old", "new"))]


def test_power_on_waits_until_the_asset_has_warmed_up_since_its_arrival() -> None:
    inventory = town(box(warm_up=30))

    def started(at: int) -> list[tuple[str, tuple[str, ...], tuple[int, int]]]:
        lines = ("100 110 carry a -> new", "110 120 mount a", f"{at} {at + 10} start a")
        return findings(RULE, plan(inventory, steps(*lines)))

    assert started(140) == []
    assert started(139) == [("s16.warm_up", ("a",), (110, 149))]


def test_what_is_not_carried_starts_at_once() -> None:
    assert keys(town(box(warm_up=30)), "100 110 stop a", "110 120 start a") == []


def test_carrying_inside_a_room_is_no_trip() -> None:
    assert keys(town(box(kg=500.0)), "120 130 carry a -> old", "140 150 start a") == []


def guarded(**changes: Any) -> Inventory:
    media: dict[str, Any] = {"sealed": True, "serials": ("123",), **changes}
    return town(box(media=Media(**media)))


def by(*people: str, witness: str | None = None) -> tuple[Step, ...]:
    """The move of `a`, carried by these people."""
    return tuple(
        replace(step, people=people, witness=witness) if step.kind == "carry" else step
        for step in steps(*moved("a", 100))
    )


@pytest.mark.parametrize(
    ("people", "witness", "broken"),
    [
        (("mv/1", "mv/2"), None, ["s16.escorts"]),
        (("mv/1", "sg/1"), None, ["s16.escorts"]),
        (("mv/1", "sg/1", "sg/2"), None, []),
        (("mv/1", "sg/1"), "own/1", []),
    ],
)
def test_two_escorts_of_own_teams_or_of_those_that_escort_go_with_personal_data(
    people: tuple[str, ...], witness: str | None, broken: list[str]
) -> None:
    found = findings(RULE, plan(guarded(), by(*people, witness=witness)))
    assert [key for key, _, _ in found] == broken


def test_media_with_personal_data_travel_sealed() -> None:
    done = plan(guarded(sealed=False), by("sg/1", "sg/2"))
    assert [key for key, _, _ in findings(RULE, done)] == ["s16.not_sealed"]


def test_unknown_seals_serial_numbers_and_doors_are_reported() -> None:
    def said(inventory: Inventory) -> list[str]:
        return [key for key, _ in unknown(inventory)]

    assert said(guarded(sealed=None)) == ["s16.seal_unknown"]
    assert said(guarded(serials=())) == ["s16.serials_unknown"]
    assert said(town(box(media=Media(sealed=True), serial="9"))) == []
    one_door = town(box(media=Media(True, ("1",))), routes=(replace(ROUTE, doors=("west",)),))
    assert said(one_door) == ["s16.doors_unknown"]


def test_an_unknown_time_of_warming_up_leads_to_where_it_would_stand() -> None:
    inventory = town(box(warm_up=None))
    found = RULE.check(Context.of(inventory, plan(inventory, steps(*moved("a", 100))))).findings
    assert [f.facts for f in found if f.key == "s16.warm_up_unknown"] == [("assets.a.steps.warm_up",)]


def test_unknown_routes_limits_weights_and_times_are_reported() -> None:
    assert unknown(town(routes=())) == [("s16.route_unknown", ("old", "new"))]
    assert unknown(town(routes=(replace(ROUTE, minutes=None),))) == [("s16.time_unknown", ("old", "new"))]
    assert unknown(town(ev=replace(ELEVATOR, max_kg=None))) == [("s16.limit_unknown", ("ev",))]
    assert unknown(town(ev=replace(ELEVATOR, door_cm=None))) == [("s16.limit_unknown", ("ev",))]
    assert unknown(town(box(kg=None))) == [("s16.asset_unknown", ("a",))]
    assert unknown(town(box(height=None))) == [("s16.asset_unknown", ("a",))]
    assert unknown(town(box(warm_up=None))) == [("s16.warm_up_unknown", ("a",))]


def test_terminals_have_no_height() -> None:
    assert unknown(town(box(kind=AssetKind.TERMINALS, height=None))) == []


def test_an_unknown_route_is_told_once() -> None:
    inventory = town(box("a"), box("b"), routes=())

    assert unknown(inventory, *moved("a", 100), *moved("b", 200)) == [("s16.route_unknown", ("old", "new"))]


def test_a_finding_names_what_carries_and_the_limit() -> None:
    inventory = town(box(kg=150.0))
    (found,) = RULE.check(Context.of(inventory, plan(inventory, steps(*moved("a", 100))))).findings

    assert (found.subjects, found.facts, found.steps) == (("a", "ev"), ("conveyances.ev.max_kg",), ("s003",))
    assert (found.values["found"], found.values["limit"]) == ("150", "100")


Mutation = Callable[[tuple[Step, ...]], tuple[Step, ...]]


def shifted(kind: str, by_minutes: int) -> Mutation:
    def change(step: Step) -> Step:
        hit = step.kind.value == kind
        return replace(step, start=step.start + by_minutes, end=step.end + by_minutes) if hit else step

    return lambda done: tuple(change(step) for step in done)


def loaded(*ids: str) -> Mutation:
    """All of them travel in the first CARRY step, and the others are gone."""

    def load(done: tuple[Step, ...]) -> tuple[Step, ...]:
        first = next(step for step in done if step.kind == "carry")
        left = tuple(step for step in done if step.kind != "carry")
        to = dict.fromkeys(ids, Position("new"))
        return (*left, replace(first, assets=ids, to=to))

    return load


@pytest.mark.parametrize(
    ("mutation", "key"),
    [
        (shifted("start", -5), "s16.warm_up"),
        (shifted("start", -15), "s16.warm_up"),
        (loaded("a", "b"), "s16.one_trip"),
        (lambda done: tuple(replace(s, start=s.end - 5) if s.kind == "carry" else s for s in done), "s16.too_fast"),
        (lambda done: tuple(replace(s, people=("sg/1",)) if s.kind == "carry" else s for s in done), "s16.escorts"),
    ],
)
def test_a_mutation_of_a_plan_that_keeps_the_rule_is_found(mutation: Mutation, key: str) -> None:
    guards = {"fragile": True, "kg": 10.0, "media": Media(True, ("1",))}
    inventory = town(box("a", **guards), box("b", **guards), system("s", "1 of a, b"))
    done = tuple(replace(step, people=("sg/1", "sg/2")) for step in steps(*moved("a", 100), *moved("b", 200)))

    assert findings(RULE, plan(inventory, done)) == []
    assert key in {found for found, _, _ in findings(RULE, plan(inventory, mutation(done)))}


def test_nothing_is_asked_of_what_stays() -> None:
    assert RULE.check(Context.of(estate(asset("a")), plan(estate(asset("a"))))).checks == 0
