from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.errors import Faults
from planner.model import canonical
from planner.model.asset import Asset, Demand
from planner.model.chain import Method, StepKind
from planner.model.inventory import Inventory
from planner.model.need import AllOf, Leaf
from planner.model.place import Position
from planner.sources import Loaded, load
from planner.units.duration import Duration

Read = Callable[[str], Loaded]
SHIPPED = Path(__file__).parents[2] / "inventory"


@pytest.fixture
def server(read: Read) -> Callable[..., Asset]:
    """Return a function that loads one server with the keys given."""

    def of(keys: str, more: str = "") -> Asset:
        return read(f"servers: [{{id: a, {keys}}}]\n{more}").inventory.assets["a"]

    return of


@pytest.mark.parametrize(
    ("keys", "method"),
    [
        ("at: R1/1", Method.STAY),
        ("at: R1/1, to: new", Method.CARRY),
        ("to: new", Method.INSTALL),
        ("at: R1/1, retire: true", Method.RETIRE),
        ("at: R1/1, leaves: 2027-01-31", Method.RETIRE),
        ("at: R1/1, renumber: 10.0.0.2", Method.RENUMBER),
        ("at: R1/1, to: new, renumber: 10.0.0.2", Method.CARRY),
    ],
)
def test_how_an_asset_changes_follows_from_what_is_written(server, keys: str, method: Method):
    assert server(keys).method is method


def test_a_vm_follows_its_host_and_a_line_is_relaid(read: Read):
    assets = read(
        "servers: [{id: h, kind: hypervisor, at: R1/1, to: new}]\n"
        "vms: [{id: v, host: h}]\n"
        "lines: [{id: l, at: old, to: new}, {id: k, at: old}]\n"
    ).inventory.assets
    assert [assets[id].method for id in "vlk"] == [Method.FOLLOW, Method.RELAY, Method.STAY]


def test_a_position_is_a_room_a_rack_or_a_rack_and_its_unit(server):
    assert server("at: R1/30").at == Position("old", "R1", 30)
    assert server("at: R1").at == Position("old", "R1")
    assert server("at: old").at == Position("old")


def test_several_targets_are_stages_and_a_last_day_belongs_to_its_stage(server):
    first, last = server("at: R1/1, to: [{at: new, last_day: 2027-01-10}, {at: N1/5}], not_before: 2027-01-20").stages
    assert (first.position, last.position) == (Position("new"), Position("new", "N1", 5))
    assert first.not_after is not None
    assert last.not_before is not None
    assert last.not_before - first.not_after == 9 * 24 * 60


def test_a_record_lies_above_its_kind_above_all_above_what_is_shipped(server):
    more = "defaults:\n  all: {steps: {stop: 7m, carry: 8m}}\n  server: {steps: {stop: 6m}}\n"
    works = server("at: R1/1, to: new, steps: {start: [5m, 9m, 20m]}", more).works
    assert works[StepKind.START].duration == Duration(5, 9, 20)
    assert works[StepKind.STOP].duration == Duration.fixed(6)
    assert works[StepKind.CARRY].duration == Duration.fixed(8)
    assert works[StepKind.MOUNT].duration == Duration.fixed(30)


def test_the_origin_of_each_value_is_kept(read: Read):
    provenance = read("defaults:\n  server: {va: 300}\nservers:\n  - {id: a, at: R1/1, u: 2}\n").provenance
    told = {path: (provenance[path].layer, provenance[path].text) for path in ("assets.a.u", "assets.a.va")}
    assert told == {"assets.a.u": ("written", "2"), "assets.a.va": ("defaults.server", "300")}
    assert provenance["assets.a.u"].position.line == 4
    assert provenance["assets.a.steps.stop"].layer == "shipped.server"
    assert provenance["assets.a.method"].layer == "derived"
    assert provenance["assets.a"].position.line == 4


def test_crews_name_teams_roles_counts_and_skills(read: Read):
    works = (
        read(
            "defaults: {all: {crew: {stop: 'va*2', start: [ict, 'ict:network'], check: vendor, carry: none}}}\n"
            "servers: [{id: a, at: R1/1, to: new, vendor: va}]\n"
        )
        .inventory.assets["a"]
        .works
    )
    assert works[StepKind.STOP].crew == (Demand("va", 2),)
    assert works[StepKind.START].crew == (Demand("ict"), Demand("ict", 1, "network"))
    assert works[StepKind.CHECK].crew == (Demand("va"),)
    assert works[StepKind.CARRY].crew == ()


def test_who_tests_a_bridge_is_named_there_or_the_own_team(read: Read):
    def crew(written: str) -> object:
        bridge = f"links: [{{id: l, between: [old, new], bridge: true, test: 20m{written}}}]\n"
        return read(bridge + "servers: [{id: a, at: R1/1, to: new}]\n").inventory.links["l"].crew

    assert crew("") == (Demand("ict"),)
    assert crew(", crew: {test: 'va*2'}") == (Demand("va", 2),)
    assert crew(", crew: {test: none}") == ()


def test_who_carries_is_the_team_of_movers_else_the_own_team_as_far_as_it_reaches(read: Read):
    text = "servers: [{id: a, at: R1/1, to: new}]\n"
    assert read(text).inventory.assets["a"].works[StepKind.CARRY].crew == (Demand("ict", 2),)
    moved = read(text + "teams: [{id: mv, people: 6, movers: true}]\n").inventory
    assert moved.assets["a"].works[StepKind.CARRY].crew == (Demand("mv", 2),)


def test_an_asset_takes_vendor_tier_and_tags_from_its_system_unless_it_has_its_own(read: Read):
    assets = read(
        "tiers: [{id: A}, {id: B}]\n"
        "calendar: {blackouts: [{tag: t, days: weekdays}, {tag: u, days: weekdays}]}\n"
        "defaults: {server: {crew: {stop: vendor}}}\n"
        "servers: [{id: a, at: R1/1}, {id: b, at: R1/2, tier: B, blackouts: [u]}]\n"
        "systems: [{id: s, criticality: B, tier: A, vendor: va, blackouts: [t], runs_on: [a, b]}]\n"
    ).inventory.assets
    assert (assets["a"].tier, assets["a"].blackouts) == ("A", {"t"})
    assert (assets["b"].tier, assets["b"].blackouts) == ("B", {"u"})
    assert assets["a"].works[StepKind.STOP].crew == (Demand("va"),)


def test_lone_hands_on_what_a_critical_system_runs_on_get_a_second_pair_of_eyes(read: Read):
    assets = read(
        "servers:\n  - {id: h, kind: hypervisor, at: R1/1, to: new}\n  - {id: b, at: R1/3, to: new}\n"
        "storage: [{id: san, at: R1/10, to: new}]\n"
        "clusters: [{id: cl, hosts: [h], storage: san}]\n"
        "vms: [{id: v, host: h, cluster: cl}]\n"
        "systems: [{id: s, criticality: S, runs_on: v}, {id: t, criticality: A, runs_on: b}]\n"
    ).inventory.assets
    witnessed = {id: assets[id].works[StepKind.STOP].witness for id in assets}
    assert witnessed == {"h": Demand("ict"), "san": Demand("ict"), "v": Demand("ict"), "b": None}
    assert assets["h"].works[StepKind.CARRY].crew == (Demand("ict", 2),)
    assert assets["h"].works[StepKind.CARRY].witness is None


def test_a_project_may_do_without_the_second_pair_of_eyes(read: Read):
    text = "servers: [{id: a, at: R1/1}]\nsystems: [{id: s, criticality: S, runs_on: a}]\n"
    works = read(text + "policy: {staff: {two_person: []}}\n").inventory.assets["a"].works
    assert all(work.witness is None for work in works.values())


def test_an_asset_that_names_its_system_is_added_to_what_the_system_runs_on(read: Read):
    systems = read(
        "servers: [{id: a, at: R1/1}, {id: b, at: R1/2, system: s}, {id: c, at: R1/3, system: t}]\n"
        "systems: [{id: s, criticality: B, runs_on: a}, {id: t, criticality: B}]\n"
    ).inventory.systems
    assert systems["s"].runs_on == AllOf((Leaf("a"), Leaf("b")))
    assert systems["t"].runs_on == Leaf("c")


def test_what_says_how_it_is_backed_up_is_stateful(read: Read):
    assets = read(
        "storage: [{id: san, at: R1/1, backup: {max_age: 3d}}]\n"
        "servers: [{id: a, at: R1/10, stateful: true}, {id: b, at: R1/12}]\n"
    ).inventory.assets
    assert [assets[id].stateful for id in ("san", "a", "b")] == [True, True, False]


def test_a_desk_is_a_system_on_its_departments_terminals(read: Read):
    desk = read(
        "terminals: [{id: pc1, at: old, to: new, department: shimin}, {id: pc2, at: old, department: shimin}]\n"
        "departments: [{id: shimin, name: 市民課, desk: {needs: [s], people: 2}}]\n"
        "systems: [{id: s, criticality: A}]\n"
        "calendar: {hours: {office: weekdays 08:30-17:15}}\n"
        "policy: {staff: {office: office}}\n"
    ).inventory.systems["desk-shimin"]
    assert desk.runs_on == AllOf((Leaf("pc1"), Leaf("pc2")))
    assert (desk.hours, desk.owner, desk.users) == ("office", "shimin", 2)
    assert desk.works[StepKind.ACCEPT].duration == Duration.fixed(30)


def test_a_renumbered_segment_keeps_the_hosts_of_its_addresses(server):
    more = "tiers: [{id: A}]\nsegments: [{id: s, tier: A, prefix: 10.0.1.0/24, renumber: 10.9.1.0/24}]\n"
    assert server("at: R1/1, segments: [s], address: 10.0.1.7", more).new_address == "10.9.1.7"
    assert server("at: R1/1, segments: [s], address: 10.0.1.7, renumber: 10.9.1.200", more).new_address == "10.9.1.200"


def test_unknown_is_not_zero(server):
    asset = server("at: R1/1, kg: unknown, va: 不明")
    assert (asset.kg, asset.va, asset.height) == (None, None, None)


def test_holidays_are_dates_when_the_inventory_is_read(read: Read):
    timetable = read("calendar: {closed: [saturday, sunday, holidays, 12-29..01-03]}\n").inventory.timetable
    assert timetable.holidays[date(2027, 1, 11)] == "成人の日"
    assert timetable.closed_weekdays == {5, 6}
    assert timetable.closed_yearly == (((12, 29), (1, 3)),)


def test_weights_are_hundredths_and_what_is_not_written_is_the_usual(read: Read):
    weights = read("policy: {weights: {wave: 300, bridge_minute: 0.05}}\n").inventory.policy.weights
    assert (weights.wave, weights.bridge_minute, weights.person_hour) == (30_000, 5, 200)


def test_one_part_of_the_calendar_may_stand_in_another_file(tmp_path: Path):
    (tmp_path / "a.yaml").write_text(
        "version: 1\nproject: {id: k, as_of: 2026-08-31, horizon: {from: 2026-12-01, last_day: 2027-02-28}}\n"
        "calendar: {hours: {office: weekdays 08:30-17:15}, windows: [{id: n, start: 22:00, end: 29:00}]}\n"
    )
    (tmp_path / "b.yaml").write_text(
        "calendar:\n  hours: {late: weekdays 08:30-19:00}\n"
        "  windows: [{id: m, closed_run: 2d, start: 08:00, end: 20:00}]\n"
    )
    timetable = load(tmp_path).inventory.timetable
    assert list(timetable.hours) == ["office", "late"]
    assert [window.id for window in timetable.windows] == ["n", "m"]


def test_faults_of_reading_of_records_and_between_records_come_in_one_run(refused):
    found = refused(
        "servers:\n  - {id: a, at: R1/1}\n  - {id: a, at: R1/2, uu: 3}\n  - id:b\n    at: R1/3\n"
        "rooms:\n  - {id: x, kind: floor, opens: 2027-02-30}\n"
    )
    assert found == [("E207", 3), ("E201", 3), ("E103", 4), ("E405", 7)]


def test_what_could_not_be_read_is_not_called_undefined(refused):
    assert refused("servers:\n  - id: a\n    kind:server\n  - {id: b, at: R1/2, needs: [a]}\n") == [("E103", 3)]


def test_the_shipped_example_is_read_without_a_remark_and_survives_its_canonical_form():
    loaded = load(SHIPPED)
    again = canonical.decode(Inventory, canonical.encode(loaded.inventory))
    assert loaded.warnings == ()
    assert canonical.digest(again) == canonical.digest(loaded.inventory)


def test_the_same_folder_gives_the_same_inventory_in_any_order_of_reading(tmp_path: Path):
    assert canonical.digest(load(SHIPPED).inventory) == canonical.digest(load(SHIPPED).inventory)


def test_faults_are_raised_as_one_exception_that_names_them_all(read: Read):
    with pytest.raises(Faults, match=r"E205 .*text\.yaml:1:.*, E204 .*text\.yaml:2:"):
        read("servers: [{id: a, at: R1/1, u: 99}]\nsystems: [{id: s, criticality: Z}]\n")


def test_the_days_of_a_project_are_those_of_its_own_time_zone(tmp_path: Path):
    text = (
        "version: 1\nproject:\n  id: k\n  as_of: 2026-08-31\n"
        "  time_zone: {}\n  horizon: {{from: 2026-12-01, last_day: 2026-12-31}}\n"
    )
    starts = []
    for zone in ("Asia/Tokyo", "Europe/Berlin"):
        (tmp_path / "a.yaml").write_text(text.format(zone))
        starts.append(load(tmp_path).inventory.project.horizon.start)
    assert starts[1] - starts[0] == 8 * 60
