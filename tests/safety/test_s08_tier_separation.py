"""S08: nothing joins two tiers but what is declared, in any state of the plan."""

from dataclasses import replace
from typing import Any

from planner.model.asset import AssetKind, Cluster
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.network import Permission, Segment, Separation, SeparationBy
from planner.plan.plan import Plan
from planner.safety.rules.s08_tier_separation import RULE
from planner.safety.verify import start_state
from planner.units.duration import Duration
from tests.safety.estates import asset, estate, findings, link, moved, plan, segment, sentences, steps, system, vm

END = 10_000
LOGICAL = (Separation(("A", "B"), SeparationBy.LOGICAL),)
PHYSICAL = (Separation(("A", "B"), SeparationBy.PHYSICAL),)
TRAFFIC = Permission(("A", "B"), "declared")
SEGMENTS = (segment("x", tier="A"), segment("y", tier="B"))


def town(*things: Any, by: tuple[Separation, ...] = LOGICAL, permissions: tuple[Permission, ...] = ()) -> Inventory:
    own = {thing.id for thing in things if isinstance(thing, Segment)}
    segments = (s for s in SEGMENTS if s.id not in own)
    return estate(*segments, *things, separations=by, permissions=permissions)


def found(of: Inventory | Plan) -> list[tuple[str, str, tuple[int, int]]]:
    said = findings(RULE, plan(of) if isinstance(of, Inventory) else of)
    return [(key, subjects[0], span) for key, subjects, span in said]


def keys(of: Inventory | Plan) -> list[tuple[str, str]]:
    return [(key, id) for key, id, _ in found(of)]


def unknown(of: Inventory) -> set[tuple[str, tuple[str, ...]]]:
    return {(f.key, f.subjects) for f in start_state(of).findings if f.rule == "S08" and f.unknown}


FIREWALL = asset("fw", AssetKind.FIREWALL)
BOTH_GATEWAYS = (segment("x", "fw", tier="A"), segment("y", "fw", tier="B"))


def test_a_gateway_forwards_between_two_tiers_only_by_a_declared_permission() -> None:
    assert found(town(FIREWALL, *BOTH_GATEWAYS)) == [("s08.forwards", "fw", (0, END))]
    assert found(town(FIREWALL, *BOTH_GATEWAYS, permissions=(TRAFFIC,))) == []


def test_a_gateway_of_one_tier_forwards_between_none() -> None:
    assert found(town(FIREWALL, segment("x", "fw", tier="A"), segment("z", "fw", tier="A"))) == []


def test_a_permission_for_traffic_does_not_open_a_side_door() -> None:
    """Backup, monitoring, logging, consoles: a machine with a leg in two tiers has to be named."""
    backup = asset("bk", segments=("x", "y"))
    named = replace(TRAFFIC, through=("bk",))

    assert found(town(backup)) == [("s08.side_door", "bk", (0, END))]
    assert found(town(backup, permissions=(TRAFFIC,))) == [("s08.side_door", "bk", (0, END))]
    assert found(town(backup, permissions=(named,))) == []


def test_legs_that_are_no_segments_count_as_well() -> None:
    assert keys(town(asset("bk", segments=("x",), legs=("B",)))) == [("s08.side_door", "bk")]
    assert keys(town(asset("bk", segments=("x",), legs=("A",)))) == []
    host = asset("h", AssetKind.HYPERVISOR, segments=("x",))
    assert keys(town(host, vm("v", "h", legs=("B",)))) == [("s08.side_door", "h")]


def cluster(*segments: str, **more: Any) -> Inventory:
    """Two VMs in these segments on one of two hosts with one storage."""
    guests = [vm(f"v{n}", "h", cluster="cl", segments=(id,)) for n, id in enumerate(segments)]
    hosts = [asset(id, AssetKind.HYPERVISOR) for id in ("h", "i")]
    storage = asset("st", AssetKind.STORAGE)
    return town(*hosts, storage, *guests, Cluster("cl", "cl", ("h", "i"), "st", live_migration=True), **more)


def test_a_host_and_its_storage_are_paths_between_the_tiers_of_their_vms() -> None:
    assert keys(cluster("x", "y")) == [("s08.side_door", "h"), ("s08.side_door", "st")]
    assert keys(cluster("x", "x")) == []
    assert keys(cluster("x", "y", permissions=(replace(TRAFFIC, through=("h", "st")),))) == []


def test_a_migration_that_brings_two_tiers_onto_one_host_is_found_from_its_end() -> None:
    inventory = cluster("x", "y", permissions=(replace(TRAFFIC, through=("h", "st")),))
    apart = replace(inventory, assets={**inventory.assets, "v1": replace(inventory.assets["v1"], host="i")})
    together = steps("100 105 migrate v1 -> h", "200 205 migrate v1 -> i")
    not_named = replace(apart, permissions=(replace(TRAFFIC, through=("st",)),))

    assert found(plan(not_named, together)) == [("s08.side_door", "h", (105, 205))]
    assert found(plan(apart, together)) == []


def test_blades_of_two_tiers_share_their_chassis() -> None:
    facts: dict[str, Any] = {"room": None, "method": Method.FOLLOW, "chassis": "ch"}
    blades = [asset(id, AssetKind.BLADE, segments=(s,), **facts) for id, s in (("a", "x"), ("b", "y"))]

    assert keys(town(asset("ch", AssetKind.CHASSIS), *blades)) == [("s08.side_door", "ch")]


def test_a_group_of_terminals_is_many_machines_each_in_one_tier() -> None:
    assert found(town(asset("pc", AssetKind.TERMINALS, segments=("x", "y")))) == []


def test_a_switch_may_carry_two_tiers_that_are_apart_logically_but_not_physically() -> None:
    switch = asset("sw", AssetKind.SWITCH, carries=("x", "y"))
    every = asset("sw", AssetKind.SWITCH)

    assert found(town(switch)) == []
    assert found(town(switch, by=PHYSICAL)) == [("s08.not_physical", "sw", (0, END))]
    assert found(town(every, by=PHYSICAL)) == [("s08.not_physical", "sw", (0, END))]
    assert found(town(replace(switch, carries=("x",)), by=PHYSICAL)) == []


def test_one_vlan_number_for_two_tiers_on_one_switch_is_one_segment() -> None:
    same = (segment("x", tier="A", vlan=10), segment("y", tier="B", vlan=10))
    one, other = asset("s1", AssetKind.SWITCH, carries=("x",)), asset("s2", AssetKind.SWITCH, carries=("y",))

    assert keys(town(asset("sw", AssetKind.SWITCH), *same)) == [("s08.one_vlan", "sw")]
    assert keys(town(one, other, *same)) == []
    in_one_tier = (segment("x", tier="A", vlan=10), segment("y", tier="A", vlan=10))
    assert keys(town(asset("sw", AssetKind.SWITCH), *in_one_tier)) == []
    with_numbers = (segment("x", tier="A", vlan=10), segment("y", tier="B", vlan=11))
    assert keys(town(asset("sw", AssetKind.SWITCH), *with_numbers)) == []


def bridge(**more: Any) -> Inventory:
    by = more.pop("by", PHYSICAL)
    return town(link("br", bridge=True, test=Duration.fixed(10), **more), by=by)


def test_a_bridge_with_two_tiers_keeps_them_apart_as_the_inventory_demands_while_it_is_open() -> None:
    """A temporary link may never carry two tiers on one unseparated trunk, in any intermediate state."""
    open_for_a_while = steps("100 110 test br", "500 501 close br")
    both = frozenset({"A", "B"})

    def seen(inventory: Inventory) -> list[tuple[str, str, tuple[int, int]]]:
        return found(plan(inventory, open_for_a_while))

    vlans = bridge(tiers=both, separated=SeparationBy.LOGICAL)
    assert seen(vlans) == [("s08.not_physical", "br", (110, 500))]
    assert seen(bridge(tiers=both, separated=SeparationBy.PHYSICAL)) == []
    assert seen(bridge(tiers=frozenset({"A"}), separated=SeparationBy.LOGICAL)) == []
    assert seen(bridge(separated=SeparationBy.LOGICAL)) == [("s08.not_physical", "br", (110, 500))]  # all tiers
    assert seen(bridge(by=LOGICAL, tiers=both, separated=SeparationBy.LOGICAL)) == []


def test_how_a_link_keeps_tiers_apart_has_to_be_known() -> None:
    assert unknown(town(link("l"))) == {("s08.link_unknown", ("l",))}
    assert unknown(town(link("l", tiers=frozenset({"A"})))) == set()
    assert unknown(town(link("l", separated=SeparationBy.LOGICAL))) == set()


def test_tiers_that_meet_without_a_declared_separation_are_reported() -> None:
    assert unknown(town(asset("sw", AssetKind.SWITCH), by=())) == {("s08.unknown", ("A", "B"))}
    assert unknown(town(asset("a", segments=("x",)), by=())) == set()


def test_what_is_off_joins_nothing() -> None:
    inventory = town(replace(FIREWALL, method=Method.CARRY), *BOTH_GATEWAYS)

    spans = [span for _, _, span in found(plan(inventory, steps(*moved("fw", 100))))]
    assert spans == [(0, 110), (140, END)]


def test_the_new_gateway_forwards_from_its_switch_over_on() -> None:
    new = asset("fw2", AssetKind.FIREWALL, replaces="fw")
    inventory = town(FIREWALL, new, *BOTH_GATEWAYS)
    done = tuple(replace(s, to={}) for s in steps("100 120 switch_over fw2"))

    assert found(plan(inventory, done)) == [("s08.forwards", "fw", (0, 100)), ("s08.forwards", "fw2", (120, END))]


def test_the_finding_says_who_joins_what() -> None:
    (said,) = sentences(RULE, plan(town(FIREWALL, *BOTH_GATEWAYS, system("s", "fw"))))

    assert said == "fw forwards between A and B, which no declared permission allows"


def test_the_last_of_three_gateways_forwards_once_all_roles_have_come_down_to_it() -> None:
    second, third = (asset(f"fw{n}", AssetKind.FIREWALL, replaces=old) for n, old in ((2, "fw"), (3, "fw2")))
    inventory = town(FIREWALL, second, third, *BOTH_GATEWAYS)
    done = tuple(replace(s, to={}) for s in steps("100 120 switch_over fw3", "200 220 switch_over fw2"))

    assert found(plan(inventory, done)) == [("s08.forwards", "fw", (0, 200)), ("s08.forwards", "fw3", (220, END))]
