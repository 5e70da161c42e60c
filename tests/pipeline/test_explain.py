"""Why something has its place in a plan: a small estate, counted by hand."""

from pathlib import Path

import pytest

from planner.errors.failure import Failure
from planner.pipeline.explain import explain, explain_file
from planner.pipeline.explanation import Explanation, Fact, Story
from planner.pipeline.load import load_inventory
from planner.pipeline.places import place_of
from planner.plan import file
from planner.plan.notation import read
from planner.units.progress import silent
from tests.pipeline.tiny import INVENTORY, PLAN


def explained(tmp_path: Path, subject: str, inventory: str = INVENTORY, plan: str = PLAN) -> Explanation:
    (tmp_path / "tiny.yaml").write_text(inventory, encoding="utf-8")
    loaded = load_inventory(tmp_path)
    return explain(loaded, read(plan, loaded.inventory), subject)


def story(tmp_path: Path, subject: str, inventory: str = INVENTORY, plan: str = PLAN) -> Story:
    (told,) = explained(tmp_path, subject, inventory, plan).stories
    return told


def keys(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.key for fact in facts]


def changed(old: str, new: str, text: str = INVENTORY) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def line(explanation: Explanation, fact: Fact) -> int:
    place = place_of(explanation.loaded.provenance, fact.path)
    assert place is not None
    return place.line


def number(text: str) -> int:
    """The number of the only line of the inventory that begins so."""
    (found,) = [n for n, row in enumerate(INVENTORY.splitlines(), 1) if row.strip().startswith(text)]
    return found


def test_each_step_names_what_ends_in_the_minute_in_which_it_begins(tmp_path: Path) -> None:
    (part,) = explained(tmp_path, "db").appointments

    tight = {work.step.id: [(w.fact.key, w.after.id) for w in work.waits if w.tight and w.after] for work in part.works}
    assert tight == {
        "db/stop": [("stops_first", "app/stop")],
        "db/unmount": [("chain", "db/stop")],
        "db/carry": [("chain", "db/unmount")],
        "db/mount": [("chain", "db/carry")],
        "db/start": [("chain", "db/mount")],
        "db/check": [("chain", "db/start")],
    }


def test_the_need_by_which_a_step_waits_has_its_rule_and_its_line(tmp_path: Path) -> None:
    explanation = explained(tmp_path, "app")

    works = {work.step.id: work.waits for work in explanation.appointments[0].works}
    first = works["app/start"][0]
    assert (first.fact.key, first.fact.rule, first.after.id if first.after else None) == (
        "start_after",
        "S03",
        "db/check",
    )
    assert line(explanation, first.fact) == number("- {id: app")


def test_a_step_that_waits_for_nothing_to_the_minute_has_its_slack(tmp_path: Path) -> None:
    (part,) = explained(tmp_path, "jumin").appointments

    begun = next(work for work in part.works if work.step.id == "jumin/start")
    assert [(w.slack, w.after.id) for w in begun.waits if w.after][:1] == [(5, "app/check")]
    assert not any(wait.tight for wait in begun.waits)


def test_what_begins_with_its_window_says_so(tmp_path: Path) -> None:
    plan = "01-23 09:00-20:00 wave weekend/2027-01-23\n01-23 09:00 move web1 -> new"
    (part,) = explained(tmp_path, "web1", plan=plan).appointments

    assert keys(tuple(wait.fact for wait in part.works[0].waits)) == ["window_opens"]


def test_windows_before_are_closed_with_the_reasons_of_the_calendar(tmp_path: Path) -> None:
    (part,) = explained(tmp_path, "db").appointments

    told = [(p.judgement.window.id, p.longest, [(o.kind.value, o.what) for o in p.judgement.obstacles], p.open)
            for p in part.passed]  # fmt: skip
    assert told == [
        ("weekend/2026-12-29", 0, [("horizon", "tiny"), ("blackout", "new_year"), ("not_open", "new")], False),
        ("weekend/2027-01-09", 0, [("not_open", "new")], False),
        ("weekend/2027-01-16", 36 * 60, [], True),
    ]


def test_a_window_that_is_open_to_a_system_may_be_closed_to_others_of_its_turn(tmp_path: Path) -> None:
    (part,) = explained(tmp_path, "jumin").appointments

    second = part.passed[1]
    assert (second.judgement.window.id, second.longest > 0, second.open) == ("weekend/2027-01-09", True, False)
    assert [(p.ids, [o.what for o in p.obstacles]) for p in second.partners] == [(("db",), ["new"])]


def test_a_system_is_kept_out_by_what_keeps_out_those_of_its_turn(tmp_path: Path) -> None:
    inventory = changed("gbps: 10}", "gbps: 10, from: 2027-01-20}")
    (part,) = explained(tmp_path, "jumin", inventory).appointments

    last = part.passed[-1]
    assert (last.judgement.window.id, last.reasons, last.open) == ("weekend/2027-01-16", (), False)
    told = [(p.ids, keys(p.facts)) for p in last.partners if not p.obstacles]
    assert told == [(("db",), ["bridge_later"])]


def test_a_window_that_is_too_short_says_by_how_much(tmp_path: Path) -> None:
    short = changed('closed_run: 2d, start: "08:00", end: "20:00"', 'days: saturday, start: "08:00", end: "09:00"')
    (part,) = explained(tmp_path, "db", short).appointments

    before = part.passed[-1]
    assert before.judgement.window.id == "weekend/2027-01-16"
    assert [(f.key, f.values) for f in before.reasons] == [("too_short", {"minutes": "60", "needed": "80"})]


AWAY = "{name: x, absent: [{from: 2027-01-15, last_day: 2027-01-18}]}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("opens: 2027-01-12}", "opens: 2027-01-12, readiness: [power], ready: 2027-01-20}", "not_ready"),
        ("gbps: 10}", "gbps: 10, from: 2027-01-20}", "bridge_later"),
        ("own: true, people: 2}", "own: true, people: 2, notice_days: 140}", "notice"),
        (
            "own: true, people: 2}",
            "own: true, people: 2, contract: {from: 2027-01-20, last_day: 2027-03-31}}",
            "contract",
        ),
        ("own: true, people: 2}", f"own: true, people: [{AWAY}, {AWAY}]}}", "absent"),
    ],
)
def test_rooms_links_and_people_that_come_later_close_a_window(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    (part,) = explained(tmp_path, "db", changed(old, new)).appointments

    assert keys(part.passed[-1].reasons) == [expected]


@pytest.mark.parametrize(("subject", "expected"), [("db", ["bridge_later"]), ("web1", [])])
@pytest.mark.parametrize("kind", ["", ", bridge: true"])
def test_a_link_that_comes_later_keeps_out_only_what_would_reach_across_it(
    tmp_path: Path, subject: str, expected: list[str], kind: str
) -> None:
    """app stays behind and needs db; nothing in the old room needs web1, nor does it need anything there."""
    inventory = changed("gbps: 10}", f"gbps: 10, from: 2027-01-20{kind}}}")
    plan = f"{PLAN}01-23 09:20 move web1 -> new\n"

    (part,) = explained(tmp_path, subject, inventory, plan).appointments

    assert keys(part.passed[-1].reasons) == expected


def test_what_moves_along_needs_no_link_to_what_it_needs(tmp_path: Path) -> None:
    inventory = changed("gbps: 10}", "gbps: 10, from: 2027-01-20}")
    inventory = changed("{id: app, at: old,", "{id: app, at: old, to: new,", inventory)
    plan = "01-23 08:00-20:00 wave weekend/2027-01-23\n01-23 09:00 move app db -> new"

    (part,) = explained(tmp_path, "db", inventory, plan).appointments

    assert part.passed[-1].open


def test_a_vm_that_migrates_into_another_room_waits_for_the_link(tmp_path: Path) -> None:
    cluster = (
        CLUSTER.replace("MIGRATES", "true")
        .replace("ACROSS", "true")
        .replace("hv2, kind: hypervisor, at: old", "hv2, kind: hypervisor, at: new")
    )
    inventory = changed("systems:\n", f"{cluster}systems:\n", changed("gbps: 10}", "gbps: 10, from: 2027-01-20}"))
    plan = "01-23 08:00-20:00 wave weekend/2027-01-23\n01-23 09:00-09:05 migrate vm1 -> hv2"

    (part,) = explained(tmp_path, "vm1", inventory, plan).appointments

    assert keys(part.passed[-1].reasons) == ["bridge_later"]


@pytest.mark.parametrize(
    ("machines", "then", "subject", "expected"),
    [
        (
            "  - {id: old1, at: old, retire: true}\n  - {id: app1, at: old, to: new, needs: [{live: old1}]}\n",
            "move app1 -> new",
            "old1",
            ("still_needed", {"ids": "app1", "at": "2027-01-23T09:20+09:00", "step": "app1/carry"}),
        ),
        (
            "  - {id: old1, at: old, retire: true}\n  - {id: new1, to: new, replaces: old1}\n",
            "09:00-09:20 switch_over new1",
            "old1",
            ("not_replaced", {"id": "new1", "at": "2027-01-23T09:00+09:00", "step": "new1/switch_over"}),
        ),
        (
            "  - {id: pc1, at: old, to: new, segments: [s1]}\n",
            "move sw1 -> new",
            "pc1",
            ("not_there", {"count": "1", "of": "sw1", "room": "new", "at": "2027-01-23T10:00+09:00"}),
        ),
    ],
)
def test_what_comes_first_and_only_after_a_window_keeps_out_of_it(
    tmp_path: Path, machines: str, then: str, subject: str, expected: tuple[str, dict[str, str]]
) -> None:
    """The subject is worked on in the last of three windows; the one before is open but for what comes later."""
    network = "network: [{id: sw1, kind: switch, at: old, to: new, carries: [s1]}]\n"
    tiers = "tiers: [{id: A, name: A}]\nsegments: [{id: s1, tier: A, stretch: true}]\n"
    inventory = changed("servers:\n", f"{tiers}{network}servers:\n{machines}")
    plan = f"""
    01-23 08:00-20:00 wave weekend/2027-01-23
    01-23 {then if then[0].isdigit() else "09:00 " + then}
    01-30 08:00-20:00 wave weekend/2027-01-30
    01-30 09:00 move {subject} {"" if subject == "old1" else "-> new"}
    """
    (part,) = explained(tmp_path, subject, inventory, plan).appointments

    before = {p.judgement.window.id: p for p in part.passed}["weekend/2027-01-16"]
    assert [(fact.key, fact.values) for fact in before.reasons] == [expected]
    assert not before.open


def test_the_facts_that_bind_stand_with_rule_and_line(tmp_path: Path) -> None:
    explanation = explained(tmp_path, "jumin")

    told = {(f.key, f.values.get("key", f.values.get("dependent", ""))): f for f in explanation.binding}
    assert {(key, name): (f.rule, line(explanation, f)) for (key, name), f in told.items() if key != "crew"} == {
        ("written", "criticality"): ("S19", number("criticality: A")),
        ("written", "hours"): ("S02", number("hours: office")),
        ("written", "runs_on"): ("S01", number("runs_on: app")),
        ("written", "blackouts"): ("S12", number("blackouts: [new_year]")),
        ("written", "budget"): ("S02", told["written", "budget"].path and line(explanation, told["written", "budget"])),
        ("needs", "jumin"): ("S03", number("runs_on: app")),
        ("blackout", ""): ("S12", number("blackouts: [{tag")),
    }
    budget = explanation.loaded.provenance[told["written", "budget"].path]
    assert (budget.text, budget.layer) == ("0m", "shipped.system")


def test_people_are_told_as_asked_for_and_as_planned(tmp_path: Path) -> None:
    crews = [fact.values for fact in explained(tmp_path, "db").binding if fact.key == "crew"]

    assert {"kind": "stop", "asked": "ict", "people": "ict/2"} in crews


def test_who_needs_it_is_named(tmp_path: Path) -> None:
    needed = [f for f in explained(tmp_path, "db").binding if f.key == "needed_by"]

    assert [(f.values["dependent"], f.values["kind"], f.rule) for f in needed] == [("app", "hard", "S03")]


def test_the_chain_of_an_outage_has_no_gap_that_is_not_told(tmp_path: Path) -> None:
    told = story(tmp_path, "jumin")

    assert [(link.step.id, link.waits) for link in told.chain] == [
        ("jumin/stop", 0),
        ("app/stop", 0),
        ("db/stop", 0),
        ("db/unmount", 0),
        ("db/carry", 0),
        ("db/mount", 0),
        ("db/start", 0),
        ("db/check", 0),
        ("app/start", 0),
        ("app/check", 0),
        ("jumin/start", 5),
        ("jumin/accept", 0),
    ]
    assert sum(link.step.end - link.step.start + link.waits for link in told.chain) == 145


def test_what_would_shorten_it_is_computed_with_all_else_in_the_same_order(tmp_path: Path) -> None:
    """Of 145 minutes db takes 80, of which 30 are the carry; app takes 30, and 5 are waited."""
    shorter = story(tmp_path, "jumin").shorter

    told = [(f.key, f.values.get("id", f.values.get("step")), f.values.get("gain", f.values.get("minutes")))
            for f in shorter]  # fmt: skip
    assert told == [
        ("longest_step", "db", "30"),
        ("no_spare", "db", "80"),
        ("no_spare", "app", "30"),
        ("idle", "jumin/start", "5"),
        ("no_choice", "app", None),
    ]


def test_minutes_that_another_cause_has_taken_before_are_told_apart(tmp_path: Path) -> None:
    """web1 is out from 08:30 on; at 09:00, while it is, jumin's own steps begin."""
    needs = changed("runs_on: app\n", "runs_on: app\n    needs: [{live: web1}]\n")
    plan = PLAN.replace("09:00-11:25 outage", "08:30-11:25 outage") + "01-23 08:30-08:50 stop web1\n"
    plan += "01-23 08:50-09:00 start web1\n01-23 09:00-09:30 check web1\n"
    first = story(tmp_path, "jumin", needs, plan).shorter[0]

    assert (first.key, first.values) == ("out_before", {"minutes": "30", "chain": "web1 -> app -> jumin"})


def test_an_asset_tells_the_systems_that_are_out_with_it_and_its_share(tmp_path: Path) -> None:
    explanation = explained(tmp_path, "db")

    assert explanation.stories == ()
    assert [(s.outage.system, s.gain) for s in explanation.beside] == [("jumin", 80)]


def test_a_system_that_is_stopped_by_itself_is_so_for_the_work_on_what_it_needs(tmp_path: Path) -> None:
    first = story(tmp_path, "jumin").first

    told = {"chain": "db -> app -> jumin", "id": "db", "kind": "carry", "step": "db/carry"}
    assert (first.key, first.values, first.path, first.rule) == ("stopped_for", told, "assets.app.needs[0]", "S03")


def test_a_system_that_is_stopped_for_nothing_else_is_its_own_cause(tmp_path: Path) -> None:
    plan = """
    01-23 08:00-01-24 20:00 wave weekend/2027-01-23
    01-23 09:00-09:30 outage jumin
    01-23 09:00-09:10 stop jumin
    01-23 09:10-09:20 start jumin
    01-23 09:20-09:30 accept jumin
    """
    first = story(tmp_path, "jumin", plan=plan).first

    assert (first.key, first.values["chain"], first.path) == ("begins", "jumin", "systems.jumin")


TWO = """
01-23 08:00-01-24 20:00 wave weekend/2027-01-23
01-23 09:00-10:00 outage web, 60 open
01-23 09:00 move web1 web2 -> new
"""


def test_a_redundant_pair_that_moves_at_once_from_one_room_is_named(tmp_path: Path) -> None:
    plan = TWO.replace("10:00 outage", "10:20 outage")
    (room,) = [f for f in story(tmp_path, "web", plan=plan).shorter if f.key == "one_room"]

    assert (room.values, room.rule, room.path) == (
        {"count": "1", "of": "web1, web2", "room": "old"},
        "S04",
        "systems.web.runs_on",
    )


def test_where_chains_are_equally_long_no_asset_alone_shortens_it(tmp_path: Path) -> None:
    plan = """
    01-23 08:00-01-24 20:00 wave weekend/2027-01-23
    01-23 09:00-10:10 outage web, 70 open
    01-23 09:00 move web1 -> new
    01-23 09:00 move web2 -> new
    01-23 10:00-10:10 accept web
    """
    both = changed("runs_on: {at_least: 1, of: [web1, web2]}", "runs_on: [web1, web2], needs: []")
    stopped = plan.replace("01-23 09:00 move web1", "01-23 08:50-09:00 stop web\n01-23 09:00 move web1").replace(
        "09:00-10:10 outage web, 70", "08:50-10:10 outage web, 80"
    )
    shorter = story(tmp_path, "web", both, stopped).shorter

    assert keys(shorter)[:2] == ["longest_step", "no_single"]
    assert (shorter[0].values["step"], shorter[1].values["ids"]) == ("web/stop", "web1")
    assert (shorter[2].key, shorter[2].values) == ("pair", {"one": "web1", "other": "web2", "gain": "60"})


CLUSTER = """\
  - {id: hv1, kind: hypervisor, at: old, to: new}
  - {id: hv2, kind: hypervisor, at: old}
clusters: [{id: cl, hosts: [hv1, hv2], live_migration: MIGRATES, across: ACROSS}]
vms: [{id: vm1, cluster: cl, host: hv1}]
"""
HOSTED = """
01-23 08:00-01-24 20:00 wave weekend/2027-01-23
01-23 09:00-10:30 outage jumin
01-23 09:00-09:05 stop jumin
01-23 09:05-09:10 stop vm1
01-23 09:10 move hv1 -> new
01-23 10:10-10:15 start vm1
01-23 10:15-10:20 check vm1
01-23 10:20-10:30 start jumin
"""


@pytest.mark.parametrize(
    ("migrates", "across", "expected"),
    [("false", "false", "live_migration_off"), ("true", "false", "not_across"), ("true", "true", None)],
)
def test_a_vm_that_stops_although_another_host_is_there_is_named(
    tmp_path: Path, migrates: str, across: str, expected: str | None
) -> None:
    cluster = CLUSTER.replace("MIGRATES", migrates).replace("ACROSS", across)
    inventory = changed("systems:\n", f"{cluster}systems:\n").replace("runs_on: app", "runs_on: vm1")

    found = [f for f in story(tmp_path, "jumin", inventory, HOSTED).shorter if "cluster" in f.values]

    assert keys(tuple(found)) == ([expected] if expected else [])
    assert all(f.values["vms"] == "vm1" for f in found)


def test_a_vm_whose_storage_stops_too_could_go_nowhere(tmp_path: Path) -> None:
    cluster = CLUSTER.replace("MIGRATES, across: ACROSS", "true, across: true, storage: san")
    inventory = changed("systems:\n", f"{cluster}storage: [{{id: san, at: old, stateful: false}}]\nsystems:\n")
    plan = HOSTED.replace("01-23 09:10 move hv1 -> new", "01-23 09:10 restart san\n01-23 09:40 restart hv1")

    shorter = story(tmp_path, "jumin", inventory.replace("runs_on: app", "runs_on: vm1"), plan).shorter

    assert [(f.values["storage"], f.rule) for f in shorter if f.key == "storage_moves"] == [("san", "S03")]


def test_a_line_that_is_not_laid_twice_is_named(tmp_path: Path) -> None:
    line = LINE.replace("dual_lay: true, MORE", "steps: {lay: 60m, test: 10m, switch_over: 10m}")
    inventory = changed("servers:\n", f"{line}servers:\n").replace("runs_on: app\n", "needs: [ln]\n", 1)
    plan = """
    01-23 08:00-01-24 20:00 wave weekend/2027-01-23
    01-23 09:00-10:20 outage jumin
    01-23 09:00 move ln -> new
    """

    assert "no_dual_lay" in keys(story(tmp_path, "jumin", inventory, plan).shorter)


def test_an_acceptance_that_waits_for_an_opening_is_named(tmp_path: Path) -> None:
    late = changed("hours: office\n    runs_on", "hours: office\n    accept_hours: late\n    runs_on")
    plan = PLAN.replace("11:05-11:15 start jumin", "11:00-11:10 start jumin")
    told = story(tmp_path, "jumin", late.replace("10:50-20:00", "11:15-20:00"), plan)

    assert "accept_at_opening" in keys(told.shorter)
    assert told.chain[-1].step.id == "jumin/accept"


def test_a_member_of_a_group_stops_when_the_other_one_is_back(tmp_path: Path) -> None:
    plan = """
    01-23 08:00-01-24 20:00 wave weekend/2027-01-23
    01-23 09:00 move web1 -> new
    01-23 10:00 move web2 -> new
    """
    (part,) = explained(tmp_path, "web2", plan=plan).appointments

    assert [(w.fact.key, w.fact.rule, w.after.id) for w in part.works[0].waits if w.tight and w.after] == [
        ("redundancy", "S04", "web1/check")
    ]


@pytest.mark.parametrize("way", ["move hv1 -> new", "restart hv1"])
def test_a_host_is_emptied_before_it_goes_down_and_takes_its_vm_after_its_check(tmp_path: Path, way: str) -> None:
    cluster = CLUSTER.replace("MIGRATES", "true").replace("ACROSS", "true")
    plan = f"""
    01-23 08:00-01-24 20:00 wave weekend/2027-01-23
    01-23 09:00-09:05 migrate vm1 -> hv2
    01-23 09:10 {way}
    01-23 11:00-11:05 migrate vm1 -> hv1
    """
    (host,) = explained(tmp_path, "hv1", changed("systems:\n", f"{cluster}systems:\n"), plan).appointments
    (vm,) = explained(tmp_path, "vm1", changed("systems:\n", f"{cluster}systems:\n"), plan).appointments

    first, back = host.works[0].waits, vm.works[1].waits
    assert [(w.fact.key, w.fact.values, w.slack) for w in first if w.after] == [
        ("emptied_first", {"id": "vm1", "host": "hv1"}, 5)
    ]
    assert [(w.fact.key, w.fact.rule, w.after.id) for w in back if w.after][:1] == [
        ("returns_after", "S03", "hv1/check")
    ]


LINE = """\
network: [{id: r1, kind: router, at: old}, {id: r2, kind: router, at: new}]
lines: [{id: ln, at: old, to: new, ends: {old: [r1], new: [r2]}, dual_lay: true, MORE}]
"""


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("lead_days: 141", "lead_time"),
        ("lead_days: 9, application: {filed: 2026-09-01, accepted: 2026-09-01, from: 2027-01-20}", "application"),
    ],
)
def test_a_line_is_kept_by_its_lead_time_and_by_what_was_applied_for(tmp_path: Path, more: str, expected: str) -> None:
    inventory = changed("servers:\n", f"{LINE.replace('MORE', more)}servers:\n")
    plan = "01-23 08:00-20:00 wave weekend/2027-01-23\n01-23 09:00-09:10 switch_over ln -> new"
    (part,) = explained(tmp_path, "ln", inventory, plan).appointments

    assert keys(part.passed[-1].reasons) == [expected]


WAITS = """
01-22 20:00-21:00 back_up db
01-22 21:00-22:00 verify db
01-22 10:00-10:20 test fibre
01-23 08:00-01-24 20:00 wave weekend/2027-01-23
01-23 09:00-09:10 stop app
01-23 09:10 move db -> new
01-23 09:10-09:30 carry web1 -> new
01-25 17:15-17:25 stop jumin
"""


def test_backups_bridges_elevators_and_hours_are_waited_for(tmp_path: Path) -> None:
    inventory = changed("gbps: 10}", "gbps: 10, bridge: true}").replace(
        "servers:\n", "conveyances: [{id: ev, kind: elevator}]\nroutes: [{between: [old, new], by: [ev]}]\nservers:\n"
    )
    works = {
        work.step.id: [(wait.fact.key, wait.fact.rule, wait.after.id if wait.after else None) for wait in work.waits]
        for subject in ("db", "jumin")
        for part in explained(tmp_path, subject, inventory, WAITS).appointments
        for work in part.works
    }

    assert ("backup", "S11", "db/verify") in works["db/unmount"]
    assert ("bridge", "S06", "fibre/test") in works["db/carry"]
    assert ("conveyance", "S16", "web1/carry") in works["db/carry"]
    assert ("hours_end", "S02", None) in works["jumin/stop"]


def test_check_points_and_gates_bind_with_their_people_and_deadlines(tmp_path: Path) -> None:
    plan = """
    01-23 08:00-01-24 20:00 wave weekend/2027-01-23
    01-23 09:00 gate before web1/stop by ict/1 or ict/2
    01-23 09:00 move web1 -> new
    01-23 10:00-18:30 point after web1/check bound by window
    """
    told = {fact.key: fact for fact in explained(tmp_path, "web1", plan=plan).binding}

    assert told["check_point"].values == {
        "id": "c1",
        "bound": "window",
        "planned": "2027-01-23T10:00+09:00",
        "deadline": "2027-01-23T18:30+09:00",
    }
    assert (told["gate"].rule, told["gate"].values["decider"], told["gate"].values["deputy"]) == (
        "S14",
        "ict/1",
        "ict/2",
    )


def test_what_the_plan_does_nothing_about_has_no_appointment(tmp_path: Path) -> None:
    assert explained(tmp_path, "web1").appointments == ()


def test_the_zone_of_times_without_an_offset_is_the_projects_or_the_usual_one(tmp_path: Path) -> None:
    usual = explained(tmp_path, "db")
    written = explained(tmp_path, "db", changed("as_of: 2026-09-01", "as_of: 2026-09-01, time_zone: Asia/Seoul"))

    (usually,), (told,) = usual.times, written.times
    assert usually.values == {"zone": "Asia/Tokyo", "written": ""}
    assert usual.loaded.provenance[usually.path].layer == "shipped.project"
    assert told.values == {"zone": "Asia/Seoul", "written": "yes"}
    assert line(written, told) == number("project: {id: tiny")


def test_a_time_that_is_written_without_an_offset_is_told_as_it_is_read(tmp_path: Path) -> None:
    cut = "  power_cuts: [{room: old, from: 2027-01-10 08:00, until: 2027-01-10T09:00+00:00, why: test}]\n"
    alarm = ", {tag: alarm, why: drill, everyone: true, from: 2027-01-17 10:00, until: 2027-01-17 11:00}]"
    inventory = changed("calendar:\n", f"calendar:\n{cut}").replace("2027-01-05]}]", f"2027-01-05]}}{alarm}")

    _, *times = explained(tmp_path, "db", inventory).times

    assert [(f.values["written"], f.values["read"], f.path) for f in times] == [
        ("2027-01-17 10:00", "2027-01-17T10:00+09:00", "calendar.blackouts"),
        ("2027-01-17 11:00", "2027-01-17T11:00+09:00", "calendar.blackouts"),
        ("2027-01-10 08:00", "2027-01-10T08:00+09:00", "calendar.power_cuts"),
    ]


def test_a_subject_that_is_not_there_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="no asset or system 'jumi'") as failure:
        explained(tmp_path, "jumi")
    assert failure.value.cure == "did you mean 'jumin'?"


def test_a_plan_of_another_inventory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text(INVENTORY, encoding="utf-8")
    plan = tmp_path / "plan.json"
    plan.write_text(file.dump(read(PLAN, load_inventory(tmp_path).inventory)), encoding="utf-8")
    assert explain_file(tmp_path, plan, "db", silent).subject == "db"

    (tmp_path / "tiny.yaml").write_text(changed("carry: 30m", "carry: 40m"), encoding="utf-8")
    with pytest.raises(file.OtherInventory):
        explain_file(tmp_path, plan, "db", silent)
