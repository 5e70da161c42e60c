"""S05: redundancy that one rack, UPS, circuit, storage, hypervisor, chassis, router or trip can void."""

from dataclasses import replace
from typing import Any

from planner.model.asset import Asset, AssetKind, Cluster, Stage
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.need import AllOf, AtLeast, Leaf
from planner.model.place import Circuit, Position, Rack
from planner.model.policy import Policy
from planner.plan.plan import Plan
from planner.safety.context import Context
from planner.safety.rules.s05_shared_fate import RULE
from planner.safety.verify import start_state, verify
from tests.safety.estates import (
    announced,
    asset,
    carried,
    estate,
    findings,
    hard,
    live,
    moved,
    plan,
    segment,
    sentences,
    steps,
    system,
    vm,
    works,
)

END = 10_000
AT_ONCE = Policy(shared_fate_after=0)


def racks(*ids: str, **feeds: tuple[str, ...]) -> dict[str, Rack]:
    """Racks of the old room (``O1``) and the new one (``N1``), each with its own circuit unless told otherwise."""
    return {
        id: Rack(id, id, "old" if id.startswith("O") else "new", feeds=feeds.get(id, (f"c{id}",)))
        for id in (*ids, *feeds)
    }


def circuits(**ups: str | None) -> dict[str, Circuit]:
    return {id: Circuit(id, "old" if "O" in id else "new", 200, 30, ups=of) for id, of in ups.items()}


def within(rack: str, unit: int = 1) -> Position:
    return Position("old" if rack.startswith("O") else "new", rack, unit)


def pair(one: str, other: str, **more: Any) -> Inventory:
    """Two servers of one service in these racks."""
    facts: dict[str, Any] = {"racks": racks(*dict.fromkeys((one, other, "N1", "N2"))), **more}
    servers = asset("a", at=within(one)), asset("b", at=within(other, 5))
    used = {feed for rack in facts["racks"].values() for feed in rack.feeds}
    facts.setdefault("circuits", circuits(**dict.fromkeys(used)))
    return estate(*servers, system("s", "1 of a, b"), **facts)


def voids(of: Plan | Inventory) -> list[tuple[tuple[str, ...], tuple[int, int]]]:
    """Element and members, and when."""
    found = findings(RULE, plan(of) if isinstance(of, Inventory) else of)
    return sorted((subjects, span) for key, subjects, span in found if key == "s05.void")


def elements(of: Plan | Inventory) -> set[str]:
    return {subjects[0] for subjects, _ in voids(of)}


def test_two_members_in_one_rack_fall_with_the_rack_and_with_its_only_circuit() -> None:
    assert voids(pair("O1", "O1")) == [(("O1", "a", "b"), (0, END)), (("cO1", "a", "b"), (0, END))]
    assert voids(pair("O1", "O2")) == []


def test_two_racks_on_one_ups_fall_with_the_ups() -> None:
    on_one = circuits(cO1="u", cO2="u", cO3=None, cN1=None, cN2=None)
    inventory = pair("O1", "O2", circuits=on_one)
    assets = {**inventory.assets, "u": asset("u", AssetKind.UPS, at=within("O3"))}
    inventory = replace(inventory, assets=assets, racks={**inventory.racks, **racks("O3")})

    assert elements(inventory) == {"u", "O3"}  # the rack of the UPS, too


def test_a_second_supply_saves_from_the_circuit_but_not_from_the_rack() -> None:
    feeds = racks(O1=("c1", "c2"))
    inventory = pair("O1", "O1", racks=feeds, circuits=circuits(c1=None, c2=None))
    two = {id: replace(each, supplies=2) for id, each in inventory.assets.items()}

    assert elements(inventory) == {"O1", "c1"}
    assert elements(replace(inventory, assets=two)) == {"O1"}


def directories(storage_rack: str) -> Inventory:
    """Two domain controllers: a box in rack O1, and a VM whose host stands in O2 and whose storage somewhere."""
    return estate(
        asset("adA1", at=within("O1", 20)),
        asset("h", AssetKind.HYPERVISOR, at=within("O2")),
        asset("st", AssetKind.STORAGE, at=within(storage_rack, 5)),
        Cluster("cl", "cl", ("h",), "st"),
        vm("adA2", "h", cluster="cl"),
        system("ad", "1 of adA1, adA2"),
        racks=racks("O1", "O2", "O3"),
        circuits=circuits(cO1=None, cO2=None, cO3=None),
    )


def test_two_domain_controllers_one_a_vm_on_the_storage_of_the_others_rack() -> None:
    assert elements(directories("O1")) == {"O1", "cO1"}
    assert elements(directories("O3")) == set()
    said = sentences(RULE, plan(directories("O1")))
    assert "losing rack O1 takes adA1, adA2 away together; the redundancy is void for ad" in said


def virtual(**hosts: str) -> Inventory:
    """Two VMs of one service on these hosts, which share a storage; each box in its rack."""
    boxes = [asset(h, AssetKind.HYPERVISOR, at=within(f"O{n}")) for n, h in enumerate(("h", "i"), 1)]
    storage = asset("st", AssetKind.STORAGE, at=within("O3"))
    guests = [vm(id, host, cluster="cl") for id, host in hosts.items()]
    return estate(
        *boxes,
        storage,
        Cluster("cl", "cl", ("h", "i"), "st"),
        *guests,
        system("s", "1 of v, w"),
        racks=racks("O1", "O2", "O3"),
        circuits=circuits(cO1=None, cO2=None, cO3=None),
    )


def test_two_vms_on_one_storage_fall_with_the_storage_which_stands_for_its_rack() -> None:
    assert elements(virtual(v="h", w="i")) == {"st"}
    assert elements(virtual(v="h", w="h")) == {"st", "h"}


def test_of_storages_one_of_which_has_to_be_in_the_room_the_only_one_there_takes_all_away() -> None:
    """However the choice is written: as a list of storages, or of lists of them."""
    plain, nested = (Leaf("st"), Leaf("su")), (AllOf((Leaf("st"),)), Leaf("su"))
    for parts in (plain, nested):
        local = AtLeast(1, parts, 1, in_room=True)
        servers = [asset(id, needs=(hard(local),)) for id in ("a", "b")]
        storages = [asset("st", AssetKind.STORAGE), asset("su", AssetKind.STORAGE, room="new")]
        assert elements(estate(*servers, *storages, system("s", "1 of a, b"))) == {"st"}
        storages = [asset(id, AssetKind.STORAGE) for id in ("st", "su")]
        assert elements(estate(*servers, *storages, system("s", "1 of a, b"))) == set()


def test_of_several_choices_in_what_a_system_runs_on_one_may_be_void() -> None:
    known = {"racks": racks("O1", "O2", "O3"), "circuits": circuits(cO1=None, cO2=None, cO3=None)}
    places = {"a": "O1", "b": "O1", "c": "O2", "d": "O3"}
    boxes = [asset(id, at=within(rack, n)) for n, (id, rack) in enumerate(places.items(), 1)]
    void, sound = (AtLeast(1, tuple(map(Leaf, pair)), 1) for pair in ("ab", "cd"))
    for parts in ((void, sound), (sound, void)):
        assert elements(estate(*boxes, system("s", AllOf(parts)), **known)) == {"O1", "cO1"}


def test_two_blades_fall_with_their_chassis() -> None:
    blades = [asset(id, AssetKind.BLADE, room=None, method=Method.FOLLOW, chassis="ch") for id in ("a", "b")]
    chassis = asset("ch", AssetKind.CHASSIS, at=within("O1"))
    inventory = estate(chassis, *blades, system("s", "1 of a, b"), racks=racks("O1"), circuits=circuits(cO1=None))

    assert elements(inventory) == {"ch"}


def lines(*ends: str) -> Inventory:
    routers = [asset(id, AssetKind.ROUTER, at=within(rack)) for id, rack in (("r1", "O1"), ("r2", "O2"))]
    pair = [asset(id, AssetKind.LINE, ends={"old": (end,)}) for id, end in zip(("x", "y"), ends, strict=True)]
    return estate(
        *routers,
        *pair,
        system("s", needs=(live("1 of x, y"),)),
        racks=racks("O1", "O2"),
        circuits=circuits(cO1=None, cO2=None),
    )


def test_two_lines_on_one_router_fall_with_the_router() -> None:
    assert elements(lines("r1", "r1")) == {"r1"}
    assert elements(lines("r1", "r2")) == set()


def test_both_members_of_a_gateway_in_one_rack_are_void_for_everybody_on_the_segment() -> None:
    firewalls = [asset(id, AssetKind.FIREWALL, at=within("O1", 5 * n)) for n, id in enumerate(("f", "g"), 1)]
    inventory = estate(
        *firewalls,
        asset("a", at=within("O2"), segments=("x",)),
        segment("x", "f", "g"),
        racks=racks("O1", "O2"),
        circuits=circuits(cO1=None, cO2=None),
    )

    assert elements(inventory) == {"O1", "cO1"}


def test_who_hangs_on_the_element_itself_has_no_redundancy_to_lose_to_it() -> None:
    together = estate(
        asset("a", at=within("O1", 9), needs=(live("1 of f, g"),)),
        *(asset(id, at=within("O1", n)) for n, id in enumerate(("f", "g"), 1)),
        racks=racks("O1"),
        circuits=circuits(cO1=None),
    )

    assert voids(together) == []


def test_two_of_three_are_void_where_two_stand_together() -> None:
    def three(*where: str) -> Inventory:
        boxes = (asset(id, at=within(rack, n)) for n, (id, rack) in enumerate(zip("abc", where, strict=True), 1))
        facts = {"racks": racks("O1", "O2", "O3"), "circuits": circuits(cO1=None, cO2=None, cO3=None)}
        return estate(*boxes, system("s", "2 of a, b, c"), **facts)

    assert [subjects for subjects, _ in voids(three("O1", "O1", "O2"))] == [("O1", "a", "b"), ("cO1", "a", "b")]
    assert voids(three("O1", "O2", "O3")) == []


def test_the_new_one_of_a_role_and_the_old_one_are_one_member() -> None:
    old, new = asset("a", at=within("O1")), asset("b", room=None, method=Method.INSTALL, replaces="a")
    inventory = estate(old, new, system("s", "1 of a, b"), racks=racks("O1"), circuits=circuits(cO1=None))

    assert voids(inventory) == []


def test_after_its_switch_over_the_new_one_of_a_role_is_lost_with_its_own_rack() -> None:
    timed = works(mount=10, start=10, check=10, switch_over=10)
    goal = within("O2", 20)
    new = asset("n", room=None, method=Method.INSTALL, replaces="a", stages=(Stage(goal),), works=timed)
    known = {"racks": racks("O1", "O2"), "circuits": circuits(cO1=None, cO2=None), "policy": AT_ONCE}
    boxes = asset("a", at=within("O1")), asset("b", at=within("O2"))
    inventory = estate(*boxes, new, system("s", "1 of a, b"), **known)
    lines = ("10 20 mount n", "20 30 start n", "30 40 check n", "40 50 switch_over n")
    done = tuple(replace(s, to={"n": goal}) if s.to else s for s in steps(*lines))

    assert voids(plan(inventory, done)) == [(("O2", "b", "n"), (50, END)), (("cO2", "b", "n"), (50, END))]


def moving(one: str, other: str, *, policy: Policy | None = None) -> Inventory:
    """A pair in two racks of the old room that moves to these racks of the new one."""
    facts = {"racks": racks("O1", "O2", "N1", "N2"), "circuits": circuits(cO1=None, cO2=None, cN1=None, cN2=None)}
    boxes = (
        carried(id, at=within(old), stages=(Stage(within(new, n)),))
        for n, (id, old, new) in enumerate((("a", "O1", one), ("b", "O2", other)), 1)
    )
    return estate(*boxes, system("s", "1 of a, b"), policy=policy, **facts)


def test_what_the_plan_puts_together_is_found_in_the_end_state_and_is_no_old_finding() -> None:
    inventory = moving("N1", "N1")
    there = {id: inventory.assets[id].stages[0].position for id in ("a", "b")}
    done = steps(*moved("a", 100), *moved("b", 300))
    done = tuple(replace(s, to={id: there[id] for id in s.to}) for s in done)
    of = announced(inventory, done)

    assert voids(of) == [(("N1", "a", "b"), (360, END)), (("cN1", "a", "b"), (360, END))]
    assert {f.subjects for f in verify(inventory, of).failures if f.rule == "S05"} == {
        ("N1", "a", "b"),
        ("cN1", "a", "b"),
    }


def passing(minutes: int, policy: Policy | None) -> Plan:
    """The pair is in one rack of the new room only until one of them moves on."""
    inventory = moving("N1", "N1", policy=policy)
    assets = dict(inventory.assets)
    assets["b"] = replace(assets["b"], stages=(*assets["b"].stages, Stage(within("N2"))))
    inventory = replace(inventory, assets=assets)
    lines = (*moved("a", 100), *moved("b", 300), *moved("b", 350 + minutes))
    row = iter((within("N1", 1),) * 2 + (within("N1", 2),) * 2 + (within("N2"),) * 2)
    done = tuple(replace(s, to=dict.fromkeys(s.assets, next(row))) if s.to else s for s in steps(*lines))
    return announced(inventory, done)


def test_a_state_in_between_counts_if_it_lasts_longer_than_the_stated_time() -> None:
    limit = 24 * 60

    assert elements(passing(limit + 11, None)) == {"N1", "cN1"}  # from the check of b, ten minutes after 350
    assert voids(passing(limit + 10, None)) == []
    assert elements(passing(60, AT_ONCE)) == {"N1", "cN1"}


def test_what_is_void_at_the_start_is_pre_existing_and_the_plan_may_end_it() -> None:
    inventory = pair("O1", "O1")

    found = start_state(inventory).findings
    assert {f.subjects[0] for f in found if f.rule == "S05" and not f.unknown} == {"O1", "cO1"}
    assert all(f.pre_existing for f in found)


def test_members_on_one_long_trip_are_lost_together() -> None:
    inventory = moving("N1", "N2", policy=Policy(shared_fate_after=30))
    inventory = replace(inventory, systems={"s": system("s", needs=(hard("1 of a, b"),))})
    one_trip = steps("100 110 stop a b", "110 160 carry a b", "160 170 start a b", "170 180 check a b")
    two_trips = steps(*moved("a", 100), *moved("b", 300))

    assert [f for f in findings(RULE, plan(inventory, one_trip)) if f[0] == "s05.trip"] == [
        ("s05.trip", ("a", "b"), (110, 160))
    ]
    assert [f for f in findings(RULE, plan(inventory, two_trips)) if f[0] == "s05.trip"] == []


def on_one_trip(*things: Any, trip: str) -> list[tuple[str, ...]]:
    """The members that a trip of fifty minutes may take away together, where thirty are allowed."""
    inventory = estate(*things, policy=Policy(shared_fate_after=30))
    lines = (f"100 110 stop {trip}", f"110 160 carry {trip}", f"160 170 start {trip}", f"170 180 check {trip}")
    found = RULE.check(Context.of(inventory, plan(inventory, steps(*lines)))).findings
    return [finding.subjects for finding in found if finding.key == "s05.trip"]


def test_a_long_trip_takes_along_what_is_inside_and_whoever_serves_the_role() -> None:
    hosts = [carried(id, AssetKind.HYPERVISOR) for id in ("h", "i")]
    service = system("s", "1 of v, w")
    assert on_one_trip(*hosts, vm("v", "h"), vm("w", "i"), service, trip="h i") == [("v", "w")]
    assert on_one_trip(*hosts, vm("v", "h"), vm("w", "h"), service, trip="h i") == []  # the host alone takes both
    heir = carried("n", replaces="v")
    assert on_one_trip(asset("v"), heir, asset("w"), service, trip="n w") == []  # it does not serve yet


def test_members_that_are_made_of_several_things_are_lost_with_one_of_these() -> None:
    boxes = [carried(id) for id in "abcd"]
    both = AtLeast(1, (AllOf((Leaf("a"), Leaf("b"))), AllOf((Leaf("c"), Leaf("d")))), 1)
    assert on_one_trip(*boxes, system("s", both), trip="a c") == [("a", "c")]
    assert on_one_trip(*boxes, system("s", both), trip="a b") == []
    shared = AtLeast(1, (AllOf((Leaf("a"), Leaf("b"))), AllOf((Leaf("a"), Leaf("c")))), 1)
    assert on_one_trip(*boxes, system("s", shared), trip="a b") == []  # without `a` there is nothing to choose from


def test_one_pair_of_switches_behind_one_ups_is_found_beside_one_that_is_not() -> None:
    """The server hangs on both pairs, each of which carries a segment of its own."""
    pairs = {"s1": ("O1", "x"), "s2": ("O1", "x"), "s3": ("O2", "y"), "s4": ("O3", "y")}
    switches = [
        asset(id, AssetKind.SWITCH, at=within(rack, n), carries=(carried_one,))
        for n, (id, (rack, carried_one)) in enumerate(pairs.items(), 1)
    ]
    facts: dict[str, Any] = {"racks": racks("O1", "O2", "O3"), "circuits": circuits(cO1=None, cO2=None, cO3=None)}
    for order in (("x", "y"), ("y", "x")):
        server = asset("a", segments=order)
        inventory = estate(server, *switches, segment("x"), segment("y"), system("s", "a"), **facts)
        assert elements(inventory) == {"O1", "cO1"}


def unknown(inventory: Inventory) -> set[tuple[str, str]]:
    found = start_state(inventory).findings
    return {(f.subjects[0], f.values["what"]) for f in found if f.key == "s05.unknown" and f.unknown}


def test_what_is_not_known_of_a_member_is_reported_and_not_taken_as_apart() -> None:
    assert unknown(estate(asset("a"), asset("b"), system("s", "1 of a, b"))) == {("a", "rack"), ("b", "rack")}
    no_feeds = pair("O1", "O2", racks={**racks("O1"), "O2": Rack("O2", "O2", "old")})
    assert unknown(no_feeds) == {("O2", "feeds")}
    bare = [asset(id, AssetKind.LINE) for id in ("x", "y")]
    assert unknown(estate(*bare, system("s", needs=(live("1 of x, y"),)))) == {("x", "ends"), ("y", "ends")}


def test_a_member_without_a_choice_is_not_asked_for_its_rack() -> None:
    assert unknown(estate(asset("a"), system("s", "a"))) == set()


def test_the_finding_names_where_the_element_and_the_needs_stand() -> None:
    (first, *_) = start_state(pair("O1", "O1")).findings

    assert (first.cause, first.facts) == (("O1", "a", "b"), ("racks.O1", "systems.s.runs_on"))


def test_a_system_in_its_racks_is_judged_as_a_whole_with_its_switches() -> None:
    """Two servers in two racks of a room with one switch for both fall with the rack of the switch."""
    servers: list[Asset] = [asset(id, at=within(r), segments=("x",)) for id, r in (("a", "O1"), ("b", "O2"))]
    switch = asset("sw", AssetKind.SWITCH, at=within("O3"))
    facts = {"racks": racks("O1", "O2", "O3"), "circuits": circuits(cO1=None, cO2=None, cO3=None)}
    inventory = estate(*servers, switch, segment("x"), system("s", "1 of a, b"), **facts)

    assert elements(inventory) == {"O3", "cO3"}


def mixed(tree: AtLeast, **where: str) -> Inventory:
    """Servers in these racks, and a system that runs on them as the tree says."""
    ids = dict.fromkeys(where.values())
    servers = [asset(id, at=within(rack, n * 5 + 1)) for n, (id, rack) in enumerate(where.items())]
    return estate(
        *servers, system("s", tree), racks=racks(*ids), circuits=circuits(**dict.fromkeys(f"c{id}" for id in ids))
    )


def test_a_choice_inside_a_choice_is_lost_only_when_too_few_of_its_own_members_are_left() -> None:
    inner = AtLeast(2, (Leaf("a"), Leaf("b"), Leaf("c")), 2)
    tree = AtLeast(1, (inner, Leaf("d")), 1)

    assert elements(mixed(tree, a="O1", b="O2", c="O3", d="O1")) == set()
    assert elements(mixed(tree, a="O1", b="O1", c="O3", d="O1")) == {"O1", "cO1"}


def test_a_redundancy_of_which_just_enough_members_are_left_is_not_void() -> None:
    tree = AtLeast(1, (Leaf("a"), Leaf("b"), Leaf("c")), 1)

    assert elements(mixed(tree, a="O1", b="O1", c="O2")) == set()
    assert elements(mixed(tree, a="O1", b="O1", c="O1")) == {"O1", "cO1"}


def test_one_member_that_consists_of_two_machines_falls_alone() -> None:
    tree = AtLeast(2, (AllOf((Leaf("a"), Leaf("b"))), Leaf("c"), Leaf("d")), 2)
    inventory = mixed(tree, a="O1", b="O1", c="O2", d="O3")

    assert voids(plan(inventory, steps("100 110 stop c"))) == []


def test_whoever_hangs_on_a_ups_falls_with_the_rack_in_which_the_ups_stands_now() -> None:
    feeds = racks(O1=("c1", "m1"), O2=("c2", "m2"))
    inventory = pair(
        "O1",
        "O2",
        racks=feeds | racks("O3", "O4"),
        circuits=circuits(c1="u", c2="u", m1=None, m2=None, cO3=None, cO4=None),
    )
    ups = carried("u", AssetKind.UPS, at=within("O3"), stages=(Stage(within("O4")),))
    inventory = replace(inventory, assets={**inventory.assets, "u": ups}, policy=AT_ONCE)
    done = steps("100 110 unmount u", "110 120 carry u", "120 130 mount u")
    to = tuple(replace(s, to={"u": within("O4")}) if s.to else s for s in done)

    spans = {subjects[0]: span for subjects, span in voids(plan(inventory, to))}
    assert (spans["O3"], spans["O4"]) == ((0, 110), (120, END))


def test_members_that_the_plan_alone_brings_onto_a_ups_fall_with_the_rack_in_which_it_stands_now() -> None:
    """The inventory gives them no rack on this UPS; the steps of the plan do."""
    feeds = racks(O1=("c1", "m1"), O2=("c2", "m2")) | racks("O3", "O4", "O5", "O6")
    known = circuits(c1="u", c2="u", **dict.fromkeys(("m1", "m2", "cO3", "cO4", "cO5", "cO6")))
    members = [
        carried(id, at=within(rack), stages=(Stage(Position("old")),)) for id, rack in (("a", "O5"), ("b", "O6"))
    ]
    ups = carried("u", AssetKind.UPS, at=within("O3"), stages=(Stage(within("O4")),))
    inventory = estate(*members, ups, system("s", "1 of a, b"), racks=feeds, circuits=known, policy=AT_ONCE)
    goals = {"a": within("O1"), "b": within("O2"), "u": within("O4")}
    lines = (*moved("a", 100), *moved("b", 200), "400 410 unmount u", "410 420 carry u", "420 430 mount u")
    done = tuple(replace(s, to={id: goals[id] for id in s.to}) if s.to else s for s in steps(*lines))

    spans = {subjects[0]: span for subjects, span in voids(plan(inventory, done))}
    assert (spans["O3"], spans["O4"]) == ((260, 410), (420, END))
