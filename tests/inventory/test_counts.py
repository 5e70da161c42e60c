"""The example city is as large as it says."""

from collections import Counter

from planner.model.asset import AssetKind
from planner.model.inventory import Inventory

BOXES = (AssetKind.SERVER, AssetKind.HYPERVISOR, AssetKind.APPLIANCE)
PARTS = {"net", "wan", "wifi", "ad", "dhcp", "backup", "monitor"}
"""What the network (1) and the base (1) are written as."""


def _at_start(city: Inventory, *kinds: AssetKind) -> set[str]:
    return {a.id for a in city.assets.values() if a.kind in kinds and (a.at or a.host) and not _on_floor(city, a.id)}


def _on_floor(city: Inventory, id: str) -> bool:
    at = city.assets[id].at
    return at is not None and city.rooms[at.room].kind == "floor"


def test_it_says_that_it_is_fictional(city: Inventory) -> None:
    assert "架空" in city.project.name


def test_25_systems_of_which_two_are_written_in_parts(city: Inventory) -> None:
    systems = {id for id in city.systems if not id.startswith("desk-")}
    assert systems >= PARTS
    assert len(systems - PARTS) + 2 == 25


def test_60_servers_are_23_boxes_and_37_virtual_machines(city: Inventory) -> None:
    assert len(_at_start(city, *BOXES) - {"wlc"}) == 23
    assert len(_at_start(city, AssetKind.VM)) == 37


def test_25_other_devices_stand_in_the_old_room_and_one_switch_for_the_bridge(city: Inventory) -> None:
    kinds = (AssetKind.STORAGE, AssetKind.SWITCH, AssetKind.ROUTER, AssetKind.FIREWALL, AssetKind.UPS)
    assert len((_at_start(city, *kinds) | {"wlc"}) - {"brsw"}) == 25


def test_20_segments_and_10_external_lines(city: Inventory) -> None:
    assert len(city.segments) == 20
    assert len([a for a in city.assets.values() if a.kind is AssetKind.LINE]) == 10


def test_six_old_racks_and_eight_new_ones(city: Inventory) -> None:
    assert Counter(rack.room for rack in city.racks.values()) == {"old": 6, "new": 8}


def test_an_office_of_six_and_its_vendors(city: Inventory) -> None:
    assert len(city.teams["ict"].people) == 6
    assert {id for id, team in city.teams.items() if team.contract} >= {"VA", "VB", "VC", "VD", "VE", "VF", "VG", "VT"}


def test_twelve_departments_have_terminals(city: Inventory) -> None:
    groups = [a for a in city.assets.values() if a.kind is AssetKind.TERMINALS]
    assert len(groups) == 12
    assert all(f"desk-{group.department}" in city.systems for group in groups)


def test_what_is_alive_has_its_second_unit_in_the_new_room(city: Inventory) -> None:
    for id in ("pbx2", "jalert2", "lgrt2", "jukirt2", "gcrt2", "wanrt2", "inrt2", "upn1", "upn2", "upn3", "upn4"):
        asset = city.assets[id]
        assert asset.at is None
        assert asset.stages[-1].position.room == "new"


def test_as_many_people_sit_at_a_desk_as_it_has_terminals(city: Inventory) -> None:
    for group in (a for a in city.assets.values() if a.kind is AssetKind.TERMINALS):
        assert city.systems[f"desk-{group.department}"].users == group.count
