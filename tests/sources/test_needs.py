from collections.abc import Callable

import pytest

from planner.model.need import AllOf, AtLeast, Leaf, Need, NeedKind, leaves
from planner.sources import Loaded

ESTATE = """\
servers: [{id: db, at: R1/1}, {id: ap1, at: R1/2}, {id: ap2, at: R1/3}]
network: [{id: sw, at: R1/40}]
storage: [{id: san, at: R1/10}]
lines: [{id: ln, at: old}]
groups: [{id: aps, at_least: 1, of: [ap1, ap2], keep: 2, in_room: true}]
calendar: {hours: {nightly: every day 22:00-28:00}}
"""

Read = Callable[[str], Loaded]


@pytest.fixture
def needs(read: Read) -> Callable[[str], tuple[Need, ...]]:
    def of(text: str) -> tuple[Need, ...]:
        system = f"systems: [{{id: s, criticality: B}}, {{id: t, criticality: B, needs: {text}}}]\n"
        return read(ESTATE + system).inventory.systems["t"].needs

    return of


@pytest.mark.parametrize(
    ("target", "kind"),
    [("db", "hard"), ("san", "hard"), ("aps", "hard"), ("sw", "live"), ("ln", "live"), ("s", "live")],
)
def test_the_kind_of_a_need_follows_from_what_is_needed(needs, target: str, kind: str):
    assert [need.kind for need in needs(target)] == [NeedKind(kind)]


def test_each_need_of_a_list_has_its_own_kind(needs):
    assert [need.kind for need in needs("[db, ln, {soft: ap1}, {start: sw}]")] == ["hard", "live", "soft", "start"]


def test_a_list_inside_a_need_means_all_of(needs):
    assert needs("{hard: [db, san]}")[0].tree == AllOf((Leaf("db"), Leaf("san")))


def test_at_least_counts_and_a_percentage_is_rounded_up(needs):
    parts = (Leaf("db"), Leaf("ap1"), Leaf("ap2"))
    assert needs("{at_least: 2, of: [db, ap1, ap2]}")[0].tree == AtLeast(2, parts, 2)
    assert needs("{percent: 50, of: [db, ap1, ap2]}")[0].tree == AtLeast(2, parts, 2)


def test_a_group_stands_for_its_tree_and_keeps_its_name(needs):
    assert needs("aps")[0].tree == AtLeast(1, (Leaf("ap1"), Leaf("ap2")), 2, in_room=True, group="aps")


def test_the_terms_of_a_need_stand_beside_it(needs):
    need = needs("{live: db, mbps: 200, latency_ms: 0.5, same_room: true, from: 2027-01-01, last_day: 2027-01-31}")[0]
    assert (need.kind, need.mbps, need.latency_ms, need.same_room) == ("live", 200, 0.5, True)
    assert need.until is not None
    assert need.since is not None
    assert need.until - need.since == 31 * 24 * 60


def test_a_batch_need_names_its_hours(needs):
    need = needs("{batch: db, hours: nightly, may_miss: 1}")[0]
    assert (need.kind, need.slot, need.may_miss) == ("batch", "nightly", 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[db, dc]", "E301"),
        ("{at_least: 4, of: [db, ap1, ap2]}", "E205"),
        ("{at_least: 2, of: [db, ap1], keep: 1}", "E205"),
        ("{at_least: 1}", "E202"),
        ("[]", None),
        ("{hard: []}", "E203"),
        ("{hrad: db}", "E201"),
        ("{batch: db, hours: daily}", "E301"),
        ("old", "E301"),
    ],
)
def test_a_need_that_cannot_be_meant_is_refused(refused, text: str, code: str | None, read: Read):
    system = f"systems: [{{id: t, criticality: B, needs: {text}}}]\n"
    if code is None:
        assert read(ESTATE + system).inventory.systems["t"].needs == ()
    else:
        assert [found for found, _ in refused(ESTATE + system)] == [code]


SERVED = """\
tiers: [{id: B}]
segments: [{id: cl, tier: B, client: true, dhcp: db}, {id: gk, tier: B, client: true, dhcp: ap1}, {id: sv, tier: B}]
"""


@pytest.mark.parametrize(
    ("written", "needs"),
    [
        ("segments: [cl]", ["start db"]),
        ("segments: [sv, cl, gk, cl]", ["start db", "start ap1"]),
        ("segments: [sv]", []),
        ("segments: [cl], address: 10.0.0.7", []),
        ("segments: [cl], needs: [{live: db}]", ["live db", "start db"]),
        ("segments: [cl], needs: [{hard: [db, ap1]}]", ["hard db ap1"]),
        ("segments: [cl], needs: [{start: {at_least: 1, of: [db, ap1]}}]", ["start db ap1"]),
    ],
)
def test_terminals_start_while_who_serves_the_addresses_of_their_segments_is_there(read: Read, written, needs):
    found = read(f"{ESTATE}{SERVED}terminals: [{{id: pc, at: old, to: new, {written}}}]\n").inventory.assets["pc"].needs

    assert [f"{need.kind} {' '.join(leaves(need.tree))}" for need in found] == needs


def test_a_need_for_an_address_stands_where_the_segment_says_who_serves_it(read: Read):
    pc = "terminals: [{id: pc, at: old, to: new, segments: [gk], needs: [{live: db}]}]\n"
    provenance = read(f"{SERVED}{ESTATE}{pc}").provenance
    places = [provenance[f"assets.pc.needs.{number}.kind"].position for number in (0, 1)]

    assert [(place.line, place.column) for place in places] == [(9, 14), (2, 93)]


def test_servers_have_addresses_of_their_own(read: Read):
    served = ESTATE.replace("{id: ap2, at: R1/3}", "{id: ap2, at: R1/3, segments: [cl]}")
    assert read(served + SERVED).inventory.assets["ap2"].needs == ()
