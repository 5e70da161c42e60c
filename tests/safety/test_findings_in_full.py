"""Findings in full: whom they name, when, by which cause, and where in the inventory the facts stand."""

from dataclasses import replace
from typing import Any

from planner.model.asset import Asset, AssetKind, Backup, Cluster, Reference, Work
from planner.model.chain import Method
from planner.model.place import Room, RoomKind
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.safety.context import Context
from planner.safety.rules import RULES
from planner.units.duration import Duration
from tests.safety.estates import (
    asset,
    carried,
    estate,
    hard,
    link,
    live,
    moved,
    plan,
    segment,
    steps,
    system,
    vm,
    works,
)

WORK = Work(Duration.fixed(60))
END = 10_000
Row = tuple[str, tuple[str, ...], tuple[int, int] | None, tuple[str, ...], tuple[str, ...], dict[str, str]]


def found(rule: str, of: Plan) -> list[Finding]:
    (own,) = (each for each in RULES if each.id == rule)
    return list(own.check(Context.of(of.inventory, of)).findings)


def rows(rule: str, of: Plan) -> list[Row]:
    """Key, subjects, interval, cause, facts and values."""
    return [
        (f.key, f.subjects, (f.span.start, f.span.end) if f.span else None, f.cause, f.facts, dict(f.values))
        for f in found(rule, of)
    ]


def unknown(rule: str, of: Plan) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    told = found(rule, of)
    assert all(f.unknown for f in told)
    return [(f.key, f.subjects, f.facts) for f in told]


def db(**changes: Any) -> Asset:
    kept = Backup(WORK, max_age=600, restore_tested=0, copies=("vault",), verify=WORK)
    return carried("db", stateful=True, backup=replace(kept, **changes))


VAULT = Room("vault", "vault", RoomKind.VAULT)
MOVE = moved("db", 1000)


def test_s11_names_the_data_by_way_of_what_carries_them_for_the_whole_journey() -> None:
    bare = plan(estate(carried("db", stateful=True)), steps(*MOVE))
    assert rows("S11", bare) == [
        ("s11.no_backup", ("db",), (1010, 1060), ("db",), ("assets.db.stateful",), {"asset": "db"})
    ]
    inside = carried("h", AssetKind.HYPERVISOR), Cluster("c", "c", ("h",)), vm("v", "h", cluster="c", stateful=True)
    assert rows("S11", plan(estate(*inside), steps(*moved("h", 100)))) == [
        ("s11.no_backup", ("v",), (110, 160), ("h", "v"), ("assets.v.stateful",), {"asset": "v"})
    ]


def test_s11_names_the_step_in_which_it_was_off_and_the_copies_that_are_no_help() -> None:
    off = steps("790 800 stop db", "800 860 back_up db", "860 920 verify db", *MOVE[1:])
    fact = ("assets.db.backup.copies",)

    assert rows("S11", plan(estate(db(copies=("cellar", "old"))), off)) == [
        (
            *("s11.backed_up_while_off", ("db",), (1010, 1060), ("db",), ("assets.db.backup",)),
            {"asset": "db", "step": "s002"},
        ),
        ("s11.undeclared_place", ("db",), (1010, 1060), ("db",), fact, {"asset": "db", "place": "cellar"}),
        ("s11.copy_beside", ("db",), (1010, 1020), ("db",), fact, {"asset": "db", "copies": "cellar, old"}),
    ]


def test_s11_reports_what_is_not_known_of_a_backup() -> None:
    nothing = db(verify=None, restore_tested=None, copies=())

    assert unknown("S11", plan(estate(nothing), steps("800 860 back_up db", *MOVE))) == [
        (f"s11.{what}_unknown", ("db",), ("assets.db.backup",)) for what in ("verification", "restore", "copies")
    ]


def renumbered(**more: Any) -> Asset:
    facts = {"works": works(renumber=10, check=10), "address": "1", "new_address": "2", **more}
    return asset("a", method=Method.RENUMBER, references=(Reference("fw", "whitelist", WORK),), **facts)


def test_s10_names_holder_reference_and_how_late_the_time_to_live_is_lowered() -> None:
    change = ("1000 1010 renumber a", "1010 1020 check a")
    told = ("1020 1030 update a -> fw",)
    needs = asset("fw", needs=(live("a"),))
    ttl = ("assets.a.old_ttl", "assets.a.new_address")

    assert rows("S10", plan(estate(renumbered(old_ttl=60), needs), steps("900 941 lower_ttl a", *change, *told))) == [
        ("s10.ttl_late", ("a",), (1000, 1010), ("a",), ttl, {"asset": "a", "minutes": "60", "found": "59"})
    ]
    assert rows("S10", plan(estate(renumbered(old_ttl=60), needs), steps("900 940 lower_ttl a", *change, *told))) == []
    assert rows("S10", plan(estate(renumbered(old_ttl=60), needs), steps(*change, *told))) == [
        ("s10.ttl_missing", ("a",), (1000, 1010), ("a",), ttl, {"asset": "a", "minutes": "60"})
    ]
    said = {"asset": "a", "holder": "fw", "what": "whitelist"}
    assert rows("S10", plan(estate(renumbered(old_ttl=0), needs), steps(*change))) == [
        ("s10.not_updated", ("a", "fw"), (1000, 1010), ("a", "fw"), ("assets.a.references.0",), said)
    ]


def test_s10_reports_what_is_not_known_of_an_address() -> None:
    done = steps("1000 1010 renumber a", "1010 1020 check a", "1020 1030 update a -> fw")

    assert unknown("S10", plan(estate(renumbered(old_ttl=None), asset("fw")), done)) == [
        ("s10.need_unknown", ("a", "fw"), ("assets.a.references.0",)),
        ("s10.ttl_unknown", ("a",), ("assets.a.old_ttl", "assets.a.new_address")),
    ]


def test_s06_leads_from_the_provider_to_the_system_over_the_need() -> None:
    of = plan(estate(carried("a"), asset("b"), system("s", "a", needs=(live("b"),))), steps(*moved("a", 100)))

    chain, facts = ("b", "a", "s"), ("systems.s.needs[0]", "systems.s.runs_on")
    values = {"system": "s", "dependent": "a", "provider": "b", "from": "new", "to": "old"}
    assert rows("S06", of) == [("s06.no_way", ("s", "a", "b"), (160, END), chain, facts, values)]


def test_s06_names_vm_and_hosts_of_a_migration_that_may_not_be() -> None:
    hosts = asset("h", AssetKind.HYPERVISOR), asset("i", AssetKind.HYPERVISOR, room="new")
    cluster = Cluster("c", "c", ("h", "i"), live_migration=True)
    done, values = steps("10 20 migrate v -> i"), {"vm": "v", "from": "h", "to": "i"}

    assert rows("S06", plan(estate(*hosts, vm("v", "h", cluster="c"), cluster), done)) == [
        ("s06.migration_way", ("v", "h", "i"), (10, 20), ("h", "v"), ("clusters.c.across",), values)
    ]
    cold = replace(cluster, live_migration=False)
    assert rows("S06", plan(estate(*hosts, vm("v", "h", cluster="c"), cold), done)) == [
        ("s06.no_live_migration", ("v", "h", "i"), (10, 20), ("h", "v"), (), values)
    ]


def test_s06_a_bridge_is_not_tested_before_it_is_there() -> None:
    of = plan(estate(link("br", bridge=True, since=15, test=Duration.fixed(20))), steps("10 30 test br"))

    values = {"link": "br", "step": "s001"}
    assert rows("S06", of) == [("s06.tested_too_early", ("br",), (10, 15), ("br",), ("links.br",), values)]


def test_s07_reports_capacity_latency_and_traffic_that_are_not_known() -> None:
    servers = asset("a", needs=(live("b", latency_ms=0.1),)), asset("b", room="new")

    assert unknown("S07", plan(estate(*servers, link("l", mbps=None, latency_ms=None)))) == [
        ("s07.capacity_unknown", ("l",), ("links.l.mbps",)),
        ("s07.latency_unknown", ("l",), ("links.l.latency_ms",)),
        ("s07.load_unknown", ("a", "b"), ("assets.a.needs[0]",)),
    ]


def test_s07_names_who_has_to_be_in_one_room_and_is_not() -> None:
    inventory = estate(asset("a", needs=(live("b", same_room=True),)), carried("b"), link("l"), system("s", "a"))
    of = plan(inventory, steps(*moved("b", 100)))

    facts, values = ("assets.a.needs[0]", "systems.s.runs_on"), {"system": "s", "dependent": "a", "provider": "b"}
    assert rows("S07", of) == [("s07.same_room", ("s", "a", "b"), (160, END), ("b", "a", "s"), facts, values)]


def test_s09_names_the_gateways_that_cannot_reach_each_other_and_the_member_without_one() -> None:
    pair = carried("g1", AssetKind.FIREWALL), asset("g2", AssetKind.FIREWALL)
    inventory = estate(*pair, asset("a", segments=("x",)), segment("x", "g1", "g2", stretch=True), system("s", "a"))
    of = plan(inventory, steps(*moved("g1", 100), "300 310 stop g1 g2"))

    fact = ("segments.x.gateway",)
    apart, alone = {"segment": "x", "one": "g1", "other": "g2"}, {"segment": "x", "member": "a", "gateway": "g1, g2"}
    assert rows("S09", of) == [
        ("s09.two_gateways", ("x", "g1", "g2"), (160, 300), ("g1", "g2"), fact, apart),
        ("s09.gateway_down", ("a", "g1", "g2"), (300, END), ("g1", "g2", "a"), fact, alone),
    ]


def test_s09_names_of_the_members_without_a_gateway_only_those_that_somebody_depends_on() -> None:
    gateway, members = carried("g", AssetKind.FIREWALL), [asset(id, segments=("x",)) for id in "ab"]
    inventory = estate(gateway, *members, segment("x", "g", stretch=True), link("l"), system("s", "b"))

    assert [subjects for _, subjects, *_ in rows("S09", plan(inventory, steps(*moved("g", 100))))] == [("b", "g")]


def test_s03_names_provider_condition_and_the_step_that_comes_too_early() -> None:
    inventory = estate(carried("db", works=works(stop=10)), asset("app", needs=(hard("db"),)))

    values = {"dependent": "app", "provider": "db", "condition": "down"}
    early = {"asset": "db", "kind": "unmount", "condition": "up"}
    assert rows("S03", plan(inventory, steps(*moved("db", 100)[1:]))) == [
        ("s03.not_stopped", ("app", "db"), (110, 160), ("db", "app"), ("assets.app.needs[0]",), values),
        ("s03.moved_while_on", ("db",), (110, 120), ("db",), ("assets.db",), early),
    ]


def test_s03_names_the_order_of_a_group_and_who_of_it_is_down() -> None:
    group = system("k", "a", needs=(hard("j"),)), system("j", "a", needs=(hard("k"),))
    inventory = estate(asset("a"), *group)
    wrong = steps("0 10 stop k", "10 20 stop j", "20 30 start j", "30 40 start k", "40 50 accept k j")

    assert rows("S03", plan(inventory, wrong)) == [
        ("s03.group_order", ("k", "j"), (0, 20), ("j", "k"), (), {"first": "j", "second": "k", "kind": "stop"}),
        ("s03.group_order", ("k", "j"), (20, 40), ("k", "j"), (), {"first": "k", "second": "j", "kind": "start"}),
    ]
    assert rows("S03", plan(inventory, steps("0 10 stop j", "50 60 start j"))) == [
        ("s03.group_apart", ("k", "j"), (10, 50), ("j", "k", "j"), (), {"group": "k, j", "down": "j"})
    ]


def test_s16_names_the_two_rooms_whose_route_is_not_known() -> None:
    told = [f for f in found("S16", plan(estate(carried("a")), steps(*moved("a", 100)))) if "route" in f.key]

    assert [(f.subjects, f.facts, f.steps, dict(f.values)) for f in told] == [
        (("old", "new"), ("routes",), ("s003",), {"from": "old", "to": "new"})
    ]


def test_s19_reports_of_every_wave_who_watches_it_and_who_keeps_what_moves() -> None:
    kept = carried("db", backup=Backup(WORK, max_age=600))

    told = found("S19", plan(estate(kept, carried("a")), steps(*moved("db", 100), *moved("a", 300))))
    assert [(f.key, f.subjects, f.span and (f.span.start, f.span.end), f.facts) for f in told] == [
        ("s19.watcher_unknown", ("tiny",), (0, END), ("assets",)),
        ("s19.keeper_unknown", ("db",), (100, 160), ("assets.db.backup",)),
    ]
    assert all(f.unknown for f in told)
