from planner.model.asset import AssetKind
from planner.model.chain import Method
from planner.safety.rules.s09_segments import RULE
from planner.safety.watched import Watched
from planner.safety.world import World
from tests.safety.estates import (
    announced,
    asset,
    carried,
    estate,
    findings,
    link,
    moved,
    outage,
    plan,
    segment,
    sentences,
    steps,
    system,
    works,
)

FIREWALL = AssetKind.FIREWALL
GATEWAY = carried("gw", FIREWALL, segments=("x",))
MEMBERS = [carried("a", segments=("x",)), carried("b", segments=("x",))]


def test_a_segment_that_may_not_be_stretched_moves_with_all_its_members_down() -> None:
    inventory = estate(GATEWAY, *MEMBERS, segment("x", "gw"), system("s", "a & b"))
    done = steps(
        "0 10 stop a b", *moved("gw", 10), "10 20 carry a b", "70 80 start a b", "80 90 check a b"
    )  # fmt: skip

    assert findings(RULE, announced(inventory, done)) == []


def test_a_member_that_comes_up_in_the_other_room_stretches_it() -> None:
    inventory = estate(*MEMBERS, segment("x"))
    done = plan(inventory, steps(*moved("a", 100), *moved("b", 200)))

    assert findings(RULE, done) == [("s09.stretched", ("x", "new", "old"), (140, 200))]
    assert sentences(RULE, done) == ["segment x may not be stretched and stands in several rooms: new (a), old (b)"]


def test_client_segments_and_those_that_may_be_stretched_are_exempt() -> None:
    def found(**more: bool) -> list[object]:
        return list(findings(RULE, plan(estate(*MEMBERS, segment("x", **more)), steps(*moved("a", 100)))))

    assert found(stretch=True) == []
    assert found(client=True) == []


def test_a_new_gateway_that_waits_for_its_switch_over_stretches_nothing() -> None:
    new = asset("gw2", FIREWALL, room=None, segments=("x",), replaces="gw", works=works(switch_over=5))
    old = asset("gw", FIREWALL, segments=("x",))
    inventory = estate(old, new, *MEMBERS, segment("x", "gw"))
    lines = ("0 10 mount gw2", "10 20 start gw2", "20 30 check gw2")

    assert findings(RULE, plan(inventory, steps(*lines))) == []
    switched = steps(*lines, "50 55 switch_over gw2")
    assert [key for key, *_ in findings(RULE, plan(inventory, switched))] == ["s09.stretched"]


def test_two_active_gateways_that_cannot_reach_each_other_are_found() -> None:
    def found(*more: object) -> list[object]:
        pair = carried("g1", FIREWALL), asset("g2", FIREWALL)
        inventory = estate(*pair, segment("x", "g1", "g2", stretch=True), *more)
        return list(findings(RULE, plan(inventory, steps(*moved("g1", 100)))))

    assert found() == [("s09.two_gateways", ("x", "g1", "g2"), (160, 10_000))]
    assert found(link("l")) == []


def test_what_has_taken_over_the_role_of_a_gateway_is_active_beside_the_others() -> None:
    """`n` takes over in the old room while `g2`, in the new one, is active; then `m` does, from `n`."""
    facts = {"room": None, "method": Method.INSTALL, "works": works(switch_over=5)}
    heirs = [asset(id, FIREWALL, replaces=old, **facts) for id, old in (("m", "n"), ("n", "g1"))]
    pair = *heirs, asset("g1", FIREWALL), asset("g2", FIREWALL, room="new")
    lines = ["0 10 mount n m -> old", "10 20 start n m", "20 30 check n m", "50 55 switch_over n -> old"]

    def found(*things: object, more: tuple[str, ...] = ()) -> list[object]:
        inventory = estate(*pair, segment("x", "g1", "g2", stretch=True), *things)
        return list(findings(RULE, plan(inventory, steps(*lines, *more))))

    apart = [("s09.two_gateways", ("x", "g1", "g2"), (0, 50)), ("s09.two_gateways", ("x", "n", "g2"), (55, 10_000))]
    assert found() == apart
    assert found(link("l")) == []
    assert found(more=("100 105 switch_over m -> old", "110 120 stop m")) == [
        apart[0],
        ("s09.two_gateways", ("x", "n", "g2"), (55, 100)),
        ("s09.two_gateways", ("x", "m", "g2"), (105, 110)),
    ]


def test_the_gateway_is_up_while_a_member_has_dependents_outside_a_declared_outage() -> None:
    member = asset("a", segments=("x",))
    inventory = estate(GATEWAY, member, segment("x", "gw", stretch=True), link("l"), system("s", "a"))
    done = steps(*moved("gw", 100))

    assert findings(RULE, announced(inventory, done)) == []
    assert findings(RULE, plan(inventory, done, [outage("s", 100, 150)])) == [
        ("s09.gateway_down", ("a", "gw"), (150, 160))
    ]
    restarted = steps(*moved("gw", 100), "80 90 stop a", "110 140 start a", "140 150 check a")
    assert findings(RULE, plan(inventory, restarted)) == [("s09.gateway_down", ("a", "gw"), (150, 160))]


def test_the_gateway_of_members_that_nobody_needs_may_be_down() -> None:
    inventory = estate(GATEWAY, asset("a", segments=("x",)), segment("x", "gw", stretch=True), link("l"))

    assert findings(RULE, plan(inventory, steps(*moved("gw", 100)))) == []


def test_a_segment_is_looked_at_again_when_anything_changes_that_may_come_to_be_its_gateway() -> None:
    heirs = (asset("g2", FIREWALL, replaces="gw"), asset("g3", FIREWALL, replaces="g2"), asset("other", FIREWALL))
    watched = Watched(World(estate(GATEWAY, *heirs, segment("x", "gw"), segment("y", "other"))))

    assert [watched.segments_of((id,)) for id in ("gw", "g2", "g3", "other")] == [{"x"}, {"x"}, {"x"}, {"y"}]
