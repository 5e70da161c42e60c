"""Small inventories without a plan, by seed: each has one cause that is known beforehand, of many kinds."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

HEAD = """\
version: 1
project: {{id: t, name: t, as_of: 2026-09-01, horizon: {{from: 2026-10-01, last_day: 2026-11-20}}}}
rooms:
  - {{id: old, name: old, kind: server_room{old}}}
  - {{id: new, name: new, kind: server_room, opens: {opens}{new}}}
  - {{id: vault, name: vault, kind: vault}}
racks: [{{id: O1, room: old}}, {{id: N1, room: new{rack}}}]
{more}policy: {{decider: ict/1, deputy: ict/2, criteria: [nothing is on fire],
  severity: {{S05: {{as: warning, reason: the new room has one rack}}}}}}
calendar:
  hours: {{office: weekdays 08:30-17:15}}
  windows: [{{id: sat, days: saturday, start: "{start}", end: "{end}"}}]
  blackouts: [{{tag: fiscal, why: closing of accounts, days: {fiscal}{everyone}}}]
teams: [{{id: ict, name: ict, own: true, people: {people}}}, {{id: maker, name: maker{maker}}}]
servers:
{servers}systems:
{systems}"""


@dataclass
class Draft:
    """What the text of an inventory is made from; feasible as it is."""

    chance: Random
    names: list[str]
    facts: dict[str, str]
    assets: dict[str, dict[str, str]]
    services: dict[str, dict[str, str]]

    @classmethod
    def fresh(cls, chance: Random) -> "Draft":
        names = [f"{chance.choice(('app', 'db', 'web', 'gis'))}{n}" for n in range(1, chance.randint(2, 3) + 1)]
        facts = {
            **dict.fromkeys(("old", "new", "rack", "more", "everyone"), ""),
            "opens": "2026-10-02",
            "start": "08:00",
            "end": "20:00",
            "fiscal": "[2026-10-05..2026-10-07]",
            "people": str(chance.randint(4, 6)),
            "maker": ", people: 2",
        }
        assets = {
            name: {"at": f"O1/{10 + 4 * n}", "u": "2", "to": f"N1/{10 + 4 * n}", "kg": str(chance.randint(20, 40))}
            for n, name in enumerate(names)
        }
        services = {
            f"s-{name}": {
                "name": name,
                "criticality": chance.choice("BC"),
                "runs_on": name,
                "hours": "office",
                "budget": "2h",
            }
            for name in names
        }
        return cls(chance, names, facts, assets, services)

    def text(self) -> str:
        rows = "".join(f"  - {{id: {id}, name: {id}{_told(facts)}}}\n" for id, facts in self.assets.items())
        services = "".join(f"  - {{id: {id}{_told(facts)}}}\n" for id, facts in self.services.items())
        return HEAD.format(**self.facts, servers=rows, systems=services)

    def pick(self) -> str:
        return self.chance.choice(self.names)


def _told(facts: dict[str, str]) -> str:
    return "".join(f", {name}: {value}" for name, value in facts.items() if value)


Expected = frozenset[tuple[str, str]]
"""The facts of the conflict: message and path."""


def heavy_rack(draft: Draft) -> Expected:
    one, other = draft.chance.sample(draft.names, 2)
    draft.assets[one]["kg"], draft.assets[other]["kg"] = "80", str(draft.chance.randint(75, 79))
    draft.facts["rack"] = f", max_kg: {draft.chance.randint(140, 150)}"
    return frozenset(
        {("has_limit", "racks.N1.max_kg"), *((("has_load", f"assets.{id}.stages")) for id in (one, other))}
    )


def warm_room(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one]["va"] = str(draft.chance.randint(2100, 3000))
    draft.facts["new"] = ", cooling_kw: 2"
    return frozenset({("has_limit", "rooms.new.cooling_w"), ("has_load", f"assets.{one}.stages")})


def small_circuit(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one]["va"] = str(draft.chance.randint(900, 1500))
    draft.facts["more"] = "circuits: [{id: c1, room: new, volts: 100, amps: 10}]\n"
    draft.facts["rack"] = ", feeds: [c1]"
    return frozenset({("has_limit", "circuits.c1"), ("has_load", f"assets.{one}.stages")})


def one_unit(draft: Draft) -> Expected:
    one, other = draft.chance.sample(draft.names, 2)
    draft.assets[one]["to"] = draft.assets[other]["to"]
    return frozenset(("has_unit", f"assets.{id}.stages") for id in (one, other))


def low_rack(draft: Draft) -> Expected:
    one = draft.pick()
    for name in draft.names:
        draft.assets[name]["to"] = "new"
    draft.assets[one]["u"] = str(draft.chance.randint(8, 12))
    draft.assets[one]["at"] = "O1/30"
    draft.facts["rack"] = ", units: 7"
    return frozenset({("has_limit", "racks.N1.units"), ("has_load", f"assets.{one}.stages")})


def short_windows(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one]["steps"] = f"{{carry: {draft.chance.randint(7, 10)}h}}"
    draft.facts["start"], draft.facts["end"] = "09:00", "15:00"
    return frozenset({("has_step", f"assets.{one}.steps.carry"), ("has_windows", "calendar.windows.sat")})


def windows_shorter_than_the_outage(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one]["steps"] = f"{{unmount: 2h, carry: 3h, mount: {draft.chance.randint(120, 180)}m}}"
    draft.facts["start"], draft.facts["end"] = "09:00", "14:00"
    return frozenset({("has_duration", f"assets.{one}"), ("has_windows", "calendar.windows.sat")})


def everything_barred(draft: Draft) -> Expected:
    draft.facts["fiscal"], draft.facts["everyone"] = "[2026-10-01..2026-11-30]", ", everyone: true"
    return frozenset({("has_blackout", "calendar.blackouts.fiscal")})


def one_barred(draft: Draft) -> Expected:
    one = draft.pick()
    draft.facts["fiscal"] = "[2026-10-01..2026-11-30]"
    draft.assets[one]["blackouts"] = "[fiscal]"
    return frozenset({("has_blackout", "calendar.blackouts.fiscal")})


def too_few_people(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one]["crew"] = f"{{carry: maker*{draft.chance.randint(3, 5)}}}"
    return frozenset({("has_people", "teams.maker.people"), ("has_crew", f"assets.{one}.crew")})


def no_skill(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one]["crew"] = "{check: 'maker:network'}"
    return frozenset({("has_people", "teams.maker.people"), ("has_crew", f"assets.{one}.crew")})


def contract_over(draft: Draft) -> Expected:
    draft.assets[draft.pick()]["handled_by"] = "maker"
    last = draft.chance.randint(1, 9)
    draft.facts["maker"] = f", people: 2, contract: {{from: 2026-09-01, last_day: 2026-09-{last:02d}}}"
    return frozenset({("has_contract_dates", "teams.maker.contract")})


def weekdays_only(draft: Draft) -> Expected:
    draft.assets[draft.pick()]["handled_by"] = "maker"
    draft.facts["maker"] = ", people: 2, contract: {from: 2026-09-01, last_day: 2027-03-31, closed_days: false}"
    return frozenset({("has_no_closed_days", "teams.maker.contract")})


def notice_beyond_the_horizon(draft: Draft) -> Expected:
    draft.assets[draft.pick()]["handled_by"] = "maker"
    draft.facts["maker"] = f", people: 2, notice_days: {draft.chance.randint(80, 200)}"
    return frozenset({("has_notice", "teams.maker.notice_days")})


def budget_below_the_outage(draft: Draft) -> Expected:
    one = draft.pick()
    draft.services[f"s-{one}"] |= {"hours": "", "budget": f"{draft.chance.randint(20, 60)}m"}
    path = f"systems.s-{one}"
    return frozenset({("has_budget", f"{path}.budget"), ("has_all_hours", f"{path}.hours"), _moving(one)})


def outage_too_long_on_the_clock(draft: Draft) -> Expected:
    one = draft.pick()
    draft.services[f"s-{one}"]["longest_elapsed"] = f"{draft.chance.randint(20, 60)}m"
    return frozenset({("has_longest_elapsed", f"systems.s-{one}.longest_elapsed"), _moving(one)})


def _moving(id: str) -> tuple[str, str]:
    return "has_duration", f"assets.{id}"


LINK = "links: [{{id: l1, between: [old, new], mbps: {mbps}}}]\n"
NETWORK = "tiers: [{{id: A, name: A}}]\nsegments: [{{id: seg, tier: A, vlan: {vlan}, prefix: 10.0.0.0/24}}]\n"


def one_stays_on_a_segment(draft: Draft) -> Expected:
    one, other = draft.chance.sample(draft.names, 2)
    draft.facts["more"] = NETWORK.format(vlan=draft.chance.randint(2, 4000)) + LINK.format(mbps=1000)
    draft.assets[one]["segments"] = draft.assets[other]["segments"] = "[seg]"
    draft.assets[other]["to"] = ""
    return frozenset({("has_no_stretch", "segments.seg.stretch"), ("has_move", f"assets.{one}.to")})


def narrow_link(draft: Draft) -> Expected:
    one, other = draft.chance.sample(draft.names, 2)
    link = draft.chance.randint(10, 90)
    draft.facts["more"] = LINK.format(mbps=link)
    draft.services[f"s-{one}"]["needs"] = f"[{{of: {other}, mbps: {link + draft.chance.randint(1, 300)}}}]"
    draft.assets[other]["to"] = ""
    needs = ("has_traffic", f"systems.s-{one}.needs")
    return frozenset({("has_mbps", "links.l1.mbps"), needs, ("has_move", f"assets.{one}.to")})


def no_link(draft: Draft) -> Expected:
    one, other = draft.chance.sample(draft.names, 2)
    draft.services[f"s-{one}"]["needs"] = f"[{other}]"
    draft.assets[other]["to"] = ""
    needs = ("has_need", f"systems.s-{one}.needs")
    return frozenset({("has_no_link", "rooms.new"), needs, ("has_move", f"assets.{one}.to")})


def not_accepted(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one]["application"] = "{filed: 2026-08-01}"
    return frozenset({("has_application", f"assets.{one}.application")})


def no_backup(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one]["stateful"] = "true"
    return frozenset({("has_data", f"assets.{one}.stateful")})


def restore_tested_long_ago(draft: Draft) -> Expected:
    one = draft.pick()
    tested = f"2026-0{draft.chance.randint(2, 6)}-01"
    draft.assets[one]["backup"] = f"{{max_age: 1d, restore_tested: {tested}, copies: [vault]}}"
    path = f"assets.{one}.backup.restore_tested"
    return frozenset({("has_restore_test", path), ("has_restore_test_days", "policy.restore_test_days")})


def copies_beside(draft: Draft) -> Expected:
    one = draft.pick()
    room = draft.chance.choice(("old", "new"))
    draft.assets[one]["backup"] = f"{{max_age: 1d, restore_tested: 2026-09-20, copies: [{room}]}}"
    return frozenset({("has_copies", f"assets.{one}.backup.copies")})


def pinned_after_the_last_window(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one]["not_before"] = "2026-11-15"
    return frozenset({("has_not_before", f"assets.{one}.not_before"), ("has_windows", "calendar.windows.sat")})


def pinned_before_the_first_window(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one]["last_day"] = "2026-10-02"
    return frozenset({("has_not_after", f"assets.{one}.last_day"), ("has_windows", "calendar.windows.sat")})


def room_opens_after_the_last_window(draft: Draft) -> Expected:
    draft.facts["opens"] = "2026-11-15"
    step = ("has_step", f"assets.{draft.names[0]}.steps.carry")
    return frozenset({("has_opens", "rooms.new.opens"), ("has_windows", "calendar.windows.sat"), step})


CARRYING = "conveyances: [{{id: lift, name: lift, kind: elevator{limit}}}]\n"
ROUTE = "routes: [{between: [old, new], by: [lift], minutes: 5m}]\n"


def too_heavy_for_the_lift(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one]["kg"] = str(draft.chance.randint(60, 90))
    draft.facts["more"] = CARRYING.format(limit=f", max_kg: {draft.chance.randint(41, 59)}") + ROUTE
    return frozenset(
        {("has_max_kg", "conveyances.lift.max_kg"), ("has_kg", f"assets.{one}.kg"), ("has_way", "routes.0")}
    )


def too_large_for_the_door(draft: Draft) -> Expected:
    one = draft.pick()
    draft.assets[one] |= {"u": "12", "to": "N1/26", "at": "O1/26"}
    draft.facts["more"] = CARRYING.format(limit=f", door_cm: [{draft.chance.randint(20, 45)}, 200]") + ROUTE
    size = ("has_size", f"assets.{one}.height")
    return frozenset({("has_door", "conveyances.lift.door_cm"), size, ("has_way", "routes.0")})


TIERS = "tiers: [{{id: A, name: A}}, {{id: B, name: B}}]\nsegments: [{{id: seg, tier: A, vlan: {vlan}}}]\n"


def legs_in_two_tiers(draft: Draft) -> Expected:
    draft.facts["more"] = TIERS.format(vlan=draft.chance.randint(2, 4000))
    draft.assets["mon1"] = {"to": "N1/40", "u": "1", "kg": "5", "segments": "[seg]", "legs": "[B]"}
    return frozenset({("has_no_permission", "assets.mon1"), ("has_joining", "assets.mon1.legs")})


KINDS: tuple[Callable[[Draft], Expected], ...] = (
    *(heavy_rack, warm_room, small_circuit, one_unit, low_rack),
    *(short_windows, windows_shorter_than_the_outage, everything_barred, one_barred),
    *(too_few_people, no_skill, contract_over, weekdays_only, notice_beyond_the_horizon),
    *(budget_below_the_outage, outage_too_long_on_the_clock),
    *(one_stays_on_a_segment, narrow_link, no_link),
    *(not_accepted, no_backup, restore_tested_long_ago, copies_beside),
    *(too_heavy_for_the_lift, too_large_for_the_door, legs_in_two_tiers),
    *(pinned_after_the_last_window, pinned_before_the_first_window, room_opens_after_the_last_window),
)


def infeasible(seed: int) -> tuple[str, str, Expected]:
    """The kind, the text and the conflict of this number; each kind comes once in as many numbers as there are."""
    draft = Draft.fresh(Random(seed))
    kind = KINDS[seed % len(KINDS)]
    expected = kind(draft)
    return kind.__name__, draft.text(), expected
