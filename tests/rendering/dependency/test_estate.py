import pytest

from planner.rendering.dependency import estate_diagram, services_diagram
from planner.rendering.dependency.hubs import hubs
from planner.rendering.diagram.description import Edge, EdgeKind, Node, Sign
from tests.rendering.estate import (
    DAY,
    FIRST,
    AssetKind,
    Method,
    NeedKind,
    Outage,
    Position,
    Segment,
    Span,
    box,
    carry,
    estate,
    need,
    plan_of,
    replace,
    service,
)


def arrows(diagram):
    return [(edge.provider, edge.dependent) for edge in diagram.edges]


def late(diagram):
    return [(edge.provider, edge.dependent) for edge in diagram.edges if edge.late]


def node(diagram, id):
    return next(node for node in diagram.nodes if node.id == id)


def test_a_system_and_the_servers_of_it_alone_are_one_box():
    inventory = estate(box("db"), box("ap", needs=(need("db"),)), service("s", "ap"), service("t", "db"))

    diagram = estate_diagram(inventory)

    assert [node.id for node in diagram.nodes] == ["t", "s"]
    assert arrows(diagram) == [("t", "s")]


def test_hosts_storage_and_network_keep_boxes_of_their_own_also_as_members():
    inventory = estate(box("sw", kind=AssetKind.SWITCH), service("net", "sw"))

    assert arrows(estate_diagram(inventory)) == [("sw", "net")]


def test_a_server_of_two_systems_keeps_its_own_box():
    inventory = estate(box("db"), service("s", "db"), service("t", "db"))

    assert [node.id for node in estate_diagram(inventory).nodes] == ["db", "s", "t"]


def test_the_whole_shows_every_asset_by_itself():
    inventory = estate(box("ap"), service("s", "ap"))

    assert arrows(estate_diagram(inventory, whole=True)) == [("ap", "s")]


def test_soft_and_batch_needs_are_soft_and_all_others_hard():
    needs = tuple(need("db", kind=kind) for kind in (NeedKind.SOFT,))
    inventory = estate(box("db"), box("a", needs=needs), box("b", needs=(need("db", kind=NeedKind.LIVE),)))

    assert [edge.kind for edge in estate_diagram(inventory).edges] == [EdgeKind.SOFT, EdgeKind.HARD]


def test_a_need_is_late_when_its_only_provider_moves_in_a_later_wave():
    inventory = estate(box("db"), box("ap", needs=(need("db"),)))

    assert late(estate_diagram(inventory, plan_of(inventory, (carry("ap"),), (carry("db", day=1),)))) == [("db", "ap")]
    assert late(estate_diagram(inventory, plan_of(inventory, (carry("db"),), (carry("ap", day=1),)))) == []


def test_redundancy_that_moves_one_after_the_other_is_not_late():
    inventory = estate(box("ad1"), box("ad2"), box("ap", needs=(need("ad1", "ad2"),)))
    plan = plan_of(inventory, (carry("ad1", "ap"),), (carry("ad2", day=1),))

    assert late(estate_diagram(inventory, plan)) == []


def test_redundancy_of_which_all_moves_later_is_late_as_a_whole():
    inventory = estate(box("ad1"), box("ad2"), box("ap", needs=(need("ad1", "ad2"),)))
    plan = plan_of(inventory, (carry("ap"),), (carry("ad1", "ad2", day=1),))

    assert late(estate_diagram(inventory, plan)) == [("ad1", "ap"), ("ad2", "ap")]


def test_a_system_is_not_late_because_of_its_own_members():
    inventory = estate(box("a", kind=AssetKind.SWITCH), box("b", kind=AssetKind.SWITCH), service("s", "a", "b"))
    plan = plan_of(inventory, (carry("a"),), (carry("b", day=1),))

    diagram = estate_diagram(inventory, plan)

    assert node(diagram, "s").waves == (1, 2)
    assert late(diagram) == []


@pytest.mark.parametrize(
    ("facts", "sign"),
    [
        ({}, Sign.STAYS),
        ({"method": Method.CARRY}, Sign.MOVES),
        ({"method": Method.RETIRE}, Sign.REPLACED),
        ({"method": Method.INSTALL}, Sign.REPLACED),
        ({"leaves": FIRST}, Sign.REPLACED),
        ({"method": Method.CARRY, "handled_by": "県"}, Sign.OTHERS),
    ],
)
def test_what_becomes_of_an_asset_without_a_plan(facts, sign):
    inventory = estate(box("a", **facts), box("b", needs=(need("a"),)))

    assert node(estate_diagram(inventory), "a").sign is sign


def test_what_a_plan_does_not_move_stays():
    inventory = estate(box("a", method=Method.CARRY), box("b", needs=(need("a"),)))

    assert node(estate_diagram(inventory, plan_of(inventory, (carry("b"),))), "a").sign is Sign.STAYS


def test_an_asset_whose_system_leaves_leaves_for_the_cloud():
    inventory = estate(box("a", leaves=FIRST), service("s", "a", leaves=FIRST))

    assert [node.sign for node in estate_diagram(inventory, whole=True).nodes] == [Sign.CLOUD, Sign.CLOUD]


def test_who_moves_it_stands_under_the_name():
    inventory = estate(box("rt", handled_by="県"), box("b", needs=(need("rt"),)))

    assert node(estate_diagram(inventory), "rt").note == "県"


def test_new_equipment_that_nothing_needs_yet_is_left_out_and_counted():
    inventory = estate(box("a"), box("up", at=None, method=Method.INSTALL))

    diagram = estate_diagram(inventory, language="en")

    assert [node.id for node in diagram.nodes] == ["a"]
    assert "1 new items without dependencies yet are not shown" in diagram.remark


def test_assets_stand_in_the_tier_of_their_segments_and_hosts_in_that_of_their_guests():
    vm = box("vm", kind=AssetKind.VM, host="hv", segments=("a",), at=None)
    host = box("hv", kind=AssetKind.HYPERVISOR, segments=("b",))
    firewall = box("fw", kind=AssetKind.FIREWALL)
    inventory = estate(
        vm, host, firewall, segments={"a": Segment("a", "a", "A"), "b": Segment("b", "b", "B", gateway=("fw",))}
    )

    lanes = {node.id: node.lane for node in estate_diagram(inventory, whole=True).nodes}

    assert lanes == {"vm": "A", "hv": "A", "fw": "B"}


def test_departments_stand_below_the_tiers_and_what_has_no_tier_above():
    pcs = box("pc", kind=AssetKind.TERMINALS, segments=("a",), count=20)
    diagram = estate_diagram(estate(pcs, service("desk", "pc"), box("ups"), box("db", segments=("b",))), whole=True)

    assert [lane.name for lane in diagram.lanes] == ["共通基盤", "LGWAN系", "部署・端末"]
    assert [lane.is_tier for lane in diagram.lanes] == [False, True, False]
    assert node(diagram, "pc").label == "pc 20台"


def test_a_focus_shows_every_asset_of_its_neighbourhood():
    inventory = estate(
        box("db"), box("ap", needs=(need("db"),)), service("s", "ap"), service("t", "ap", needs=(need("s"),))
    )

    diagram = estate_diagram(inventory, focus="ap", depth=1)

    assert [node.id for node in diagram.nodes] == ["db", "ap", "s", "t"]
    assert diagram.title == "移転 依存関係図 ap の周辺"


def test_too_many_boxes_become_an_overview():
    boxes = [box(f"n{number}", segments=("a" if number % 2 else "b",)) for number in range(200)]

    assert [node.label for node in estate_diagram(estate(*boxes)).nodes] == ["LGWAN系(100)", "個人番号系(100)"]


def test_all_ups_are_letters_when_together_they_feed_many():
    nodes = [Node(f"ups{n}", f"UPS{n}", "L", kind="ups") for n in range(2)] + [
        Node(f"s{n}", "", "L") for n in range(10)
    ]
    edges = [Edge(f"ups{n % 2}", f"s{n}") for n in range(10)]

    assert [(hub.node, hub.letter, hub.name) for hub in hubs(nodes, edges, "ja")] == [
        ("ups0", "U", "UPS"),
        ("ups1", "U", "UPS"),
    ]


def test_hubs_that_differ_only_in_a_number_share_a_letter_and_others_do_not():
    names = {"ad1": "AD #1", "ad2": "AD #2", "mon": "監視", "amo": "資産"}
    nodes = [*(Node(id, name, "L") for id, name in names.items()), *(Node(f"s{n}", "", "L") for n in range(9))]
    edges = [Edge(hub, f"s{n}") for hub in names for n in range(9)]

    assert {hub.node: hub.letter for hub in hubs(nodes, edges, "ja")} == {
        "ad1": "A",
        "ad2": "A",
        "amo": "M",
        "mon": "O",
    }


def test_systems_need_each_other_through_their_members():
    inventory = estate(box("db"), box("ap", needs=(need("db"),)), service("s", "ap"), service("t", "db"))

    diagram = services_diagram(inventory)

    assert [node.id for node in diagram.nodes] == ["s", "t"]
    assert arrows(diagram) == [("t", "s")]


def test_the_page_of_systems_tells_outages_in_words():
    inventory = estate(box("a"), service("s", "a"), service("t", "a"))
    outages = (Outage("s", Span(FIRST, FIRST + 90), 80, 0), Outage("s", Span(FIRST + DAY, FIRST + DAY + 60), 55, 0))
    plan = replace(plan_of(inventory, (carry("a"),)), outages=outages)

    assert [node.note for node in services_diagram(inventory, plan).nodes] == ["停止2回 計2時間15分", "停止なし"]
    assert [node.note for node in services_diagram(inventory, plan, language="en").nodes] == [
        "2 outages, 2 h 15 min",
        "no outage",
    ]


def test_the_page_of_systems_leaves_departments_out():
    pcs = box("pc", kind=AssetKind.TERMINALS, at=Position("old"))

    assert [
        node.id for node in services_diagram(estate(pcs, box("a"), service("desk", "pc"), service("s", "a"))).nodes
    ] == ["s"]


def test_a_need_across_rooms_is_not_late():
    inventory = estate(box("db"), box("pc", at=Position("floor"), needs=(need("db"),)))
    plan = plan_of(inventory, (carry("pc"),), (carry("db", day=1),))

    assert late(estate_diagram(inventory, plan)) == []


def test_a_wave_is_shown_alone_with_its_neighbours():
    inventory = estate(box("a"), box("b", needs=(need("a"),)), box("c", needs=(need("b"),)))
    plan = plan_of(inventory, (carry("a"),), (carry("b", "c", day=1),))

    diagram = estate_diagram(inventory, plan, wave=1)

    assert [node.id for node in diagram.nodes] == ["a", "b"]
    assert diagram.title == "移転 依存関係図 第1波 1/15(金)"
