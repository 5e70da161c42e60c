"""What changed between two plans, by what is done in them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.pipeline.load import load_inventory
from planner.plan.difference import PlanDifference
from planner.plan.fact_values import changes
from planner.plan.file import OtherInventory, require_same
from planner.plan.notation import read
from planner.plan.plan import GIVEN_UP, Decision, Plan, Term
from planner.plan.wave import Gate
from planner.units.span import Span
from planner.whatif.difference import difference

INVENTORY = """\
version: 1
project: {id: two, name: two, as_of: 2026-09-01, horizon: {from: 2027-01-01, last_day: 2027-02-28}}
rooms: [{id: old, name: Old, kind: server_room}, {id: new, name: New, kind: server_room}]
racks: [{id: N1, room: new}]
links: [{id: br, between: [old, new], bridge: true, gbps: 10, test: 20m}]
servers: [{id: db, at: old, to: N1/10}, {id: web, at: old, to: new}]
systems: [{id: jumin, criticality: A, hours: office, runs_on: db}]
teams: [{id: ict, own: true, people: 2}]
calendar:
  hours: {office: weekdays 08:30-17:15}
  windows: [{id: sat, days: saturday, start: "08:00", end: "20:00"}]
"""
FIRST = """
01-04 10:00-10:20 test br by ict/1
01-09 08:00-20:00 wave sat/2027-01-09
01-09 09:00-12:00 turn db
01-09 09:00 move db -> N1/10 by ict/1
01-09 08:55-11:05 outage jumin of 130 minutes
01-09 09:00-12:00 point after db/check bound by jumin
01-16 08:00-20:00 wave sat/2027-01-16
01-16 09:00-12:00 turn web
01-16 09:00 move web -> new by ict/1
"""


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    folder = tmp_path_factory.mktemp("two")
    (folder / "two.yaml").write_text(INVENTORY, encoding="utf-8")
    return load_inventory(folder).inventory


@pytest.fixture(scope="module")
def first(inventory: Inventory) -> Plan:
    return read(FIRST, inventory)


def changed(first: Plan, *words: tuple[str, str]) -> PlanDifference:
    """What changes when these words of the plan become others."""
    text = FIRST
    for old, new in words:
        assert old in text
        text = text.replace(old, new)
    return difference(first, read(text, first.inventory))


def test_a_plan_is_equal_to_itself_and_all_its_waves_are_told(first: Plan) -> None:
    found = difference(first, first)

    assert (found.equal, found.same_work, found.changed_waves) == (True, True, ())
    assert [(wave.before, wave.after) for wave in found.waves] == [("w1", "w1"), ("w2", "w2")]


def test_waves_belong_together_by_what_they_do_even_where_their_order_is_reversed(first: Plan) -> None:
    """The first wave is put off by a fortnight, so that it is the second one now."""
    found = changed(first, ("01-09", "01-23"))

    assert [(w.before, w.after, w.came, w.went) for w in found.waves] == [("w2", "w2", (), ()), ("w1", "w1", (), ())]
    assert found.changed_waves[0].from_span is not None


def test_an_asset_that_goes_in_another_wave_came_to_one_and_went_from_the_other(first: Plan) -> None:
    moved = (
        FIRST.split("01-16", maxsplit=1)[0].replace("turn db", "turn db web") + "01-09 09:00 move web -> new by ict/2\n"
    )
    found = difference(first, read(moved, first.inventory))

    assert [(w.before, w.after, w.came, w.went) for w in found.waves] == [
        ("w1", "w1", ("web",), ()),
        ("w2", None, (), ("web",)),
    ]
    (web,) = found.assets
    assert (web.subject, web.other_wave, web.other_day, web.other_place) == ("web", True, True, False)


def test_a_later_hour_is_neither_another_wave_nor_another_day(first: Plan) -> None:
    found = changed(first, ("01-16 09:00", "01-16 10:00"), ("01-16 10:00-12:00", "01-16 10:00-13:00"))

    (web,) = found.assets
    assert (web.other_wave, web.other_day) == (False, False)
    assert web.after[0].span.start - web.before[0].span.start == 60


def test_another_position_is_a_change_though_nothing_happens_at_another_time(first: Plan) -> None:
    places = {"db": Position("new", "N1", 10)}, {"db": Position("new", "N1", 14)}
    before, after = (replace(first, placements=placed) for placed in places)

    (db,) = difference(before, after).assets
    assert (db.other_place, db.other_wave, db.before) == (True, False, db.after)


def test_outages_are_told_with_minutes_before_and_after_and_those_in_service_hours(first: Plan) -> None:
    found = changed(first, ("01-09 08:55-11:05 outage jumin of 130 minutes", "01-09 08:55-11:35 outage jumin, 20 open"))

    (jumin,) = found.outages
    assert (jumin.longer, jumin.inside_before, jumin.inside_after) == (30, 0, 20)


def test_a_person_is_told_the_days_that_are_asked_for_and_those_that_are_spared(first: Plan) -> None:
    found = changed(first, ("move web -> new by ict/1", "move web -> new by ict/2"))

    one, two = found.people
    assert (one.person, one.given, one.spared) == ("ict/1", (), (date(2027, 1, 16),))
    assert (two.person, two.given, two.spared) == ("ict/2", (date(2027, 1, 16),), ())


def test_a_bridge_lives_from_the_end_of_its_test(first: Plan) -> None:
    found = changed(first, ("01-04 10:00-10:20", "01-05 10:00-10:20"))

    (bridge,) = found.bridges
    assert bridge.before is not None
    assert bridge.after is not None
    assert (bridge.after.start - bridge.before.start, bridge.after.end - bridge.before.end) == (1440, 0)


def test_a_check_point_is_known_by_the_work_that_it_comes_after(first: Plan) -> None:
    found = changed(first, ("09:00-12:00 point", "09:00-11:30 point"))

    (check,) = found.checks
    assert (check.kind, check.subjects) == (StepKind.CHECK, ("db",))
    assert check.before is not None
    assert check.after is not None
    assert (check.before.deadline or 0) - (check.after.deadline or 0) == 30


def test_the_objective_is_told_term_by_term(first: Plan) -> None:
    before, after = (replace(first, objective=(Term("waves", n, 100, "one"), Term("k", 1, 1, "one"))) for n in (2, 3))

    found = difference(before, after)
    assert [(term.id, term.more) for term in found.terms] == [("waves", 1)]
    assert (found.same_work, found.equal) == (True, False)


def test_facts_of_the_inventories_that_differ_are_named_by_their_paths(first: Plan, tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(INVENTORY.replace("criticality: A", "criticality: B"), encoding="utf-8")
    found = difference(first, read(FIRST, load_inventory(tmp_path).inventory))

    assert [(fact.path, fact.before, fact.after) for fact in found.facts] == [("systems.jumin.criticality", "A", "B")]
    assert (found.same_work, found.equal) == (True, False)


def test_plans_that_differ_in_a_rollback_only_are_not_equal_and_say_where(first: Plan) -> None:
    found = changed(first, ("bound by jumin\n", "bound by jumin\nback 0-10 stop db\n"))

    assert not found.equal
    assert found.checks or found.details


def test_a_way_back_that_is_gone_is_named_though_a_person_changes_too(first: Plan) -> None:
    words = ("bound by jumin\n", "bound by jumin\nback 0-10 stop db\n")
    found = changed(first, words, ("move web -> new by ict/1", "move web -> new by ict/2"))

    assert found.people
    assert "waves.w1.check_points.c1.rollback" in found.details


def test_what_no_table_covers_is_named_by_the_ids_of_wave_gate_and_subject(first: Plan) -> None:
    one, two = first.waves
    gate = Gate("w1-G1", one.steps[0].start, one.steps[0].id, "ict/1", "ict/2", ("all green",))
    before = replace(first, waves=(replace(one, gates=(gate,), fallback="paper"), two))
    gates = (replace(gate, decider="ict/2", criteria=()),)
    longer = replace(one, gates=gates, window=Span(one.window.start, one.window.end + 60), fallback="fax")
    after = replace(
        before, waves=(longer, replace(two, window_id="sun")), decisions=(Decision("db", "stay", GIVEN_UP),)
    )
    found = difference(before, after)

    assert found.details == (
        *("waves.w1.fallback", "waves.w1.gates.w1-G1.criteria", "waves.w1.gates.w1-G1.decider", "waves.w1.window"),
        *("waves.w2.window_id", "decisions.db"),
    )
    assert not found.same_work


def test_a_wave_that_is_put_off_tells_its_instants_once(first: Plan) -> None:
    assert changed(first, ("01-16", "01-23")).details == ()


def test_instants_of_facts_are_told_by_the_clock_and_not_in_minutes(first: Plan, tmp_path: Path) -> None:
    words = (
        ("id: old, name: Old,", "id: old, name: Old, opens: 2027-01-02,"),
        ('end: "20:00"', 'end: "19:30"'),
        ("last_day: 2027-02-28", "last_day: 2027-02-27"),
    )
    text = INVENTORY
    for old, new in words:
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "two.yaml").write_text(text, encoding="utf-8")
    inventory = load_inventory(tmp_path).inventory
    found = {fact.path: (fact.before, fact.after) for fact in difference(first, read(FIRST, inventory)).facts}

    horizon = "2027-03-01T00:00+09:00", "2027-02-28T00:00+09:00"
    assert found.pop("project.horizon.end") == horizon
    assert found.pop("rooms.old.opens")[1].endswith("T00:00+09:00")
    ((path, (then, now)),) = found.items()
    assert (path, then[0]["end"], now[0]["end"]) == ("timetable.windows", "20:00", "19:30")
    with pytest.raises(OtherInventory) as refused:
        require_same(first, inventory)
    assert ("project.horizon.end", *horizon) in refused.value.changes


def test_a_wave_that_names_no_turn_is_one_turn_of_what_its_steps_name(first: Plan) -> None:
    one, two = first.waves
    accepted = replace(one.steps[-1], id="w1-900", kind=StepKind.ACCEPT, assets=("jumin",))
    one = replace(one, steps=(*one.steps, accepted))
    found = difference(replace(first, waves=(one, two)), replace(first, waves=(replace(one, turns=()), two)))

    assert (found.changed_waves, found.assets) == ((), ())
    assert any(path.startswith("waves.w1.turns") for path in found.details)


def test_a_wave_that_an_edited_plan_has_twice_is_told_as_gone_once(first: Plan) -> None:
    twice = replace(first, waves=(*first.waves, first.waves[0]))

    assert [(wave.before, wave.after) for wave in difference(twice, first).changed_waves] == [("w1", None)]
    assert [(wave.before, wave.after) for wave in difference(first, twice).changed_waves] == [(None, "w1")]


def test_lengths_that_differ_are_told_with_their_unit_as_an_inventory_writes_them(first: Plan) -> None:
    jumin = first.inventory.systems["jumin"]
    other = replace(first.inventory, systems={"jumin": replace(jumin, budget=150, longest=480)})

    assert [(path, now) for path, _, now in changes(first.inventory, other)] == [
        ("systems.jumin.budget", "2h30m"),
        ("systems.jumin.longest", "8h"),
    ]
