from dataclasses import replace
from datetime import date
from string import Formatter

import pytest

from planner.dependencies import (
    ElementKind,
    Remark,
    at_start,
    consequences,
    elements,
    racked_together,
    told,
    unexpressed,
    unknowns,
    voided_redundancies,
)
from planner.dependencies.remark import remark_words
from planner.model.asset import Asset, AssetKind, Cluster, Stage
from planner.model.chain import Method
from planner.model.inventory import Inventory, Project
from planner.model.need import AtLeast, Leaf, Need, NeedKind
from planner.model.network import Link, Segment, Tier
from planner.model.place import Circuit, Position, Rack, Room, RoomKind
from planner.model.system import Criticality, System
from planner.units.span import Span

PROJECT = Project("p", "p", as_of=date(2026, 8, 31), horizon=Span(30_000_000, 30_100_000))
ROOMS = {id: Room(id, id, RoomKind.SERVER_ROOM, floor_kg_m2=500, va=12000, cooling_w=9000) for id in ("old", "new")}


def moving(id: str, kind: AssetKind = AssetKind.SERVER, at: Position | None = None, **facts: object) -> Asset:
    stages = (Stage(Position("new")),)
    return Asset(id, id, kind, Method.CARRY, at=at or Position("old"), stages=stages, **facts)  # type: ignore[arg-type]


def guest(id: str, host: str, **facts: object) -> Asset:
    return Asset(id, id, AssetKind.VM, Method.FOLLOW, host=host, **facts)  # type: ignore[arg-type]


def estate(*subjects: Asset | System, **facts: object) -> Inventory:
    assets = {s.id: s for s in subjects if isinstance(s, Asset)}
    systems = {s.id: s for s in subjects if isinstance(s, System)}
    return replace(Inventory(PROJECT, rooms=ROOMS, assets=assets, systems=systems), **facts)  # type: ignore[arg-type]


def one_of(*ids: str) -> AtLeast:
    return AtLeast(1, tuple(Leaf(id) for id in ids), keep=1)


def rolling(**cluster: object) -> Inventory:
    hosts = [moving(f"hv{n}", AssetKind.HYPERVISOR, memory_gb=128) for n in (1, 2, 3)]
    settings = {"storage": "san", "live_migration": True, "across": True, **cluster}
    return estate(
        *hosts,
        moving("san", AssetKind.STORAGE),
        *(guest(f"vm{n}", f"hv{n}", memory_gb=64, segments=("a10",)) for n in (1, 2, 3)),
        tiers={"A": Tier("A", "A")},
        segments={"a10": Segment("a10", "a10", "A", stretch=True)},
        links={"br": Link("br", "br", ("old", "new"), bridge=True, tiers=frozenset({"A"}))},
        clusters={"c": Cluster("c", "c", ("hv1", "hv2", "hv3"), **settings)},  # type: ignore[arg-type]
    )


def said(inventory: Inventory, language: str = "en") -> list[str]:
    """Every sentence on what follows from the estate."""
    return [told(remark, language) for remark in consequences(inventory)]


def test_a_cluster_that_has_everything_for_it_moves_one_by_one() -> None:
    assert said(rolling()) == ["cluster c can move one by one: its virtual machines migrate and stay up."]


def test_a_cluster_that_cannot_roll_is_told_every_reason() -> None:
    inventory = rolling(live_migration=False, across=False)
    stiff = replace(inventory, segments={"a10": replace(inventory.segments["a10"], stretch=False)})

    assert said(stiff)[0] == (
        "cluster c cannot move one by one, because live_migration is false; "
        "traffic to its storage san may not cross the bridge (across is false); "
        "segment a10 may not be in two rooms at once (stretch is false)."
    )


def test_a_cluster_whose_memory_is_used_up_cannot_roll() -> None:
    inventory = rolling()
    fat = replace(inventory, assets={**inventory.assets, "vm1": replace(inventory.assets["vm1"], memory_gb=200)})

    (sentence,) = said(fat)
    assert "because without one host memory does not suffice (256 GB left, 328 GB wanted)." in sentence


def test_unknown_memory_is_a_reason_and_not_zero() -> None:
    inventory = rolling()
    silent = replace(inventory, assets={**inventory.assets, "vm1": replace(inventory.assets["vm1"], memory_gb=None)})

    assert said(silent) == ["cluster c cannot move one by one, because the memory of vm1 is unknown."]


def test_a_bridge_that_does_not_carry_the_tier_keeps_the_cluster_together() -> None:
    inventory = rolling()
    other = replace(inventory, links={"br": replace(inventory.links["br"], tiers=frozenset({"B"}))})

    assert said(other) == ["cluster c cannot move one by one, because no bridge carries tier A."]


def test_the_same_reasons_are_told_in_japanese() -> None:
    assert said(rolling(live_migration=False), "ja") == [
        "クラスタ c は 1 台ずつ移せません。理由: live_migration が false です。"
    ]


def test_members_of_a_segment_that_may_not_be_stretched_move_at_once() -> None:
    inventory = estate(
        moving("a", segments=("a10",)),
        moving("b", segments=("a10",)),
        tiers={"A": Tier("A", "A")},
        segments={"a10": Segment("a10", "a10", "A")},
    )

    assert said(inventory) == [
        "segment a10 may not be in two rooms at once (stretch is false): a, b move inside one outage."
    ]


def test_a_line_that_is_not_laid_twice_is_down_while_it_is_laid() -> None:
    line = Asset("ln", "ln", AssetKind.LINE, Method.RELAY, at=Position("old"), stages=(Stage(Position("new")),))

    assert [remark.key for remark in consequences(estate(line))] == ["line_down_while_laid"]
    assert consequences(estate(replace(line, dual_lay=True))) == ()


def test_a_single_box_under_a_service_that_may_never_be_out_cannot_be_carried() -> None:
    telephone = System("tel", "電話", Criticality.S, runs_on=Leaf("pbx"))

    (sentence,) = said(estate(moving("pbx"), telephone))
    assert sentence == (
        "system tel is open all day every day with a budget of 0: pbx cannot be carried; "
        "replace, migrate live or double it."
    )
    assert said(estate(moving("pbx"), replace(telephone, budget=60))) == []


def test_a_hard_circle_is_told_as_one_group_with_its_order() -> None:
    koseki = System("koseki", "k", Criticality.S, budget=60, needs=(Need(NeedKind.HARD, Leaf("jumin")),))
    jumin = System("jumin", "j", Criticality.S, budget=60, needs=(Need(NeedKind.HARD, Leaf("koseki")),))

    (sentence,) = said(estate(koseki, jumin))
    assert sentence == (
        "koseki -> jumin -> koseki need each other: they are one group, "
        "started in the order koseki, jumin and stopped in reverse."
    )


def fated() -> Inventory:
    """T1 in small: ad1 stands in rack R1, ad2 is a VM on the storage in R1; the hypervisor stands elsewhere."""
    return estate(
        moving("ad1", at=Position("old", "R1", 10)),
        moving("san", AssetKind.STORAGE, at=Position("old", "R1", 20)),
        moving("hv", AssetKind.HYPERVISOR, at=Position("old", "R2", 10)),
        guest("ad2", "hv"),
        System("login", "認証", Criticality.A, budget=60, runs_on=one_of("ad1", "ad2")),
        racks={id: Rack(id, id, "old") for id in ("R1", "R2")},
        clusters={"c": Cluster("c", "c", ("hv",), storage="san")},
    )


def test_a_pair_of_which_one_is_a_guest_on_the_others_rack_storage_shares_a_fate() -> None:
    (void,) = voided_redundancies(at_start(fated()))

    assert (void.element.kind, void.element.id) == (ElementKind.RACK, "R1")
    assert (void.dependent, void.count, void.lost) == ("login", 1, ("ad1", "ad2"))
    assert void.fact == "systems.login.runs_on"


def test_a_pair_that_meets_on_one_circuit_only_after_the_move_is_told_so_and_its_rack_is_a_warning() -> None:
    def firewall(id: str, rack: str) -> Asset:
        return replace(
            moving(id, AssetKind.FIREWALL, at=Position("old", rack, 1)), stages=(Stage(Position("new", "N1", 1)),)
        )

    inventory = estate(
        firewall("fw1", "R1"),
        firewall("fw2", "R2"),
        System("net", "net", Criticality.A, budget=60, runs_on=one_of("fw1", "fw2")),
        racks={id: Rack(id, id, room) for id, room in (("R1", "old"), ("R2", "old"))},
        circuits={"c1": Circuit("c1", "new", 200, 30)},
    )
    fed = replace(inventory, racks={**inventory.racks, "N1": Rack("N1", "N1", "new", feeds=("c1",))})
    unfed = replace(inventory, racks={**inventory.racks, "N1": Rack("N1", "N1", "new")})

    (sentence,) = said(fed)
    assert sentence == (
        "after the move the redundancy of fw1, fw2 (1 of 2) is on paper only: "
        "they fall together with c1 (circuit); needed by net."
    )
    assert said(unfed) == []
    assert [void.element.id for void in racked_together(unfed)] == ["N1"]


def test_two_firewalls_in_two_racks_share_no_rack() -> None:
    inventory = estate(
        moving("fw1", AssetKind.FIREWALL, at=Position("old", "R1", 1)),
        moving("fw2", AssetKind.FIREWALL, at=Position("old", "R2", 1)),
        System("net", "net", Criticality.A, budget=60, runs_on=one_of("fw1", "fw2")),
        racks={id: Rack(id, id, "old") for id in ("R1", "R2")},
    )
    together = {**inventory.assets, "fw2": moving("fw2", AssetKind.FIREWALL, at=Position("old", "R1", 5))}

    assert voided_redundancies(at_start(inventory)) == ()
    assert [v.lost for v in voided_redundancies(at_start(replace(inventory, assets=together)))] == [("fw1", "fw2")]


def test_what_hangs_on_one_ups_circuit_host_and_router_is_listed_by_element() -> None:
    single = {"at": Position("old", "R1", 1)}
    inventory = estate(
        moving("ups", AssetKind.UPS),
        moving("a", **single),  # type: ignore[arg-type]
        moving("b", AssetKind.HYPERVISOR, at=Position("old", "R1", 5), supplies=2),
        guest("v1", "b"),
        guest("v2", "b"),
        moving("l1", AssetKind.LINE, ends={"old": ("rt",)}),
        moving("l2", AssetKind.LINE, ends={"old": ("rt",)}),
        moving("rt", AssetKind.ROUTER),
        racks={"R1": Rack("R1", "R1", "old", feeds=("c1", "c2"))},
        circuits={id: Circuit(id, "old", 200, 30, ups="ups") for id in ("c1", "c2")},
    )

    assert {(e.kind.value, e.id): e.assets for e in elements(at_start(inventory))} == {
        ("hypervisor", "b"): ("v1", "v2"),
        ("rack", "R1"): ("a", "b", "v1", "v2"),
        ("router", "rt"): ("l1", "l2"),
        ("ups", "ups"): ("a", "b", "v1", "v2"),
    }


def test_what_is_unknown_is_listed_with_the_path_of_each_fact() -> None:
    inventory = estate(
        moving("a", at=Position("old", "R1", 1), kg=20.0, height=2), racks={"R1": Rack("R1", "R1", "old", max_kg=800)}
    )

    assert unknowns(inventory) == (Remark("unknown_va", ("a",), facts=("assets.a.va",)),)


def test_what_the_language_cannot_say_is_said_in_both_languages() -> None:
    assert "SAN zoning" in [told(remark, "en") for remark in unexpressed()]
    assert "SAN のゾーニング" in [told(remark, "ja") for remark in unexpressed()]


@pytest.mark.parametrize("key", sorted(remark_words()))
def test_each_sentence_says_the_same_values_in_both_languages(key: str) -> None:
    names = {
        lang: {name for _, name, _, _ in Formatter().parse(text) if name} for lang, text in remark_words()[key].items()
    }

    assert names["ja"] == names["en"]
