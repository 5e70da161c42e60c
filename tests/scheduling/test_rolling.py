"""A cluster that may migrate its VMs live changes host by host, and nobody is out."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal, RefusalKind
from planner.plan.step import Step
from planner.plan.wording import word
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.schedule import schedule
from planner.scheduling.seating import Guest, Seat, seat
from planner.sources import load
from tests.scheduling.rolling_estates import HEAD, rolling_estate

K = StepKind
HOSTS = """\
servers:
  - {id: h1, kind: hypervisor, at: O1/10, to: N1/10, memory_gb: 64}
  - {id: h2, kind: hypervisor, at: O1/12, to: N1/12, memory_gb: 64}
  - {id: h3, kind: hypervisor, at: O1/14, to: N1/14, memory_gb: 64}
"""
VMS = """\
vms:
  - {id: v1, cluster: c, host: h1, memory_gb: 30}
  - {id: v2, cluster: c, host: h2, memory_gb: 30}
  - {id: v3, cluster: c, host: h3, memory_gb: 30}
"""
CLUSTER = "clusters: [{id: c, hosts: [h1, h2, h3], storage: san, live_migration: true, across: true}]\n"
SAN = "storage: [{id: san, name: san, at: O1/30, u: 2}]\n"
FIBRE = "links: [{id: fibre, between: [old, new], mbps: 1000}]\n"
SYSTEMS = """\
systems:
  - {id: y1, name: y1, criticality: S, hours: daily, runs_on: v1, budget: 0m}
  - {id: y2, name: y2, criticality: S, hours: daily, runs_on: v2, budget: 0m}
  - {id: y3, name: y3, criticality: S, hours: daily, runs_on: v3, budget: 0m}
"""
CALM = SYSTEMS.replace("daily, runs", "office, runs")
ROLLING = FIBRE + HOSTS + SAN + CLUSTER + VMS + SYSTEMS


def written(folder: Path, text: str, head: str = HEAD) -> Inventory:
    (folder / "inventory.yaml").write_text(head + text, encoding="utf-8")
    return load(folder).inventory


def safe(folder: Path, text: str) -> Plan:
    inventory = written(folder, text)
    answer = schedule(inventory, Options(0.5, 0))
    assert isinstance(answer, Plan), answer
    assert [word(finding, "en") for finding in verify(inventory, answer).failures] == []
    return answer


def steps(plan: Plan, kind: StepKind) -> list[Step]:
    return sorted((s for wave in plan.waves for s in wave.steps if s.kind is kind), key=lambda s: s.start)


def hosts_at_the_end(plan: Plan) -> Mapping[str, str]:
    return {vm: host for step in steps(plan, K.MIGRATE) for vm, host in step.hosts.items()}


def test_three_hypervisors_of_which_two_are_needed_move_one_at_a_time_and_nobody_is_out(tmp_path: Path) -> None:
    needs = (
        "  - {id: y4, name: y4, criticality: S, hours: daily, runs_on: {at_least: 2, of: [h1, h2, h3]}, budget: 0m}\n"
    )
    plan = safe(tmp_path, ROLLING + needs)
    assert plan.outages == ()
    chains = {id: [s for s in plan.steps() if id in s.assets] for id in ("h1", "h2", "h3")}
    spans = sorted((chain[0].start, chain[-1].end) for chain in chains.values())
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_a_host_is_empty_before_it_stops_and_gets_its_vms_back_after_its_check(tmp_path: Path) -> None:
    plan = safe(tmp_path, ROLLING)
    stops = {id: s.start for s in steps(plan, K.STOP) for id in s.assets}
    checks = {id: s.end for s in steps(plan, K.CHECK) for id in s.assets}
    assert "v1" not in stops
    assert len(steps(plan, K.MIGRATE)) == 6
    for vm, host in (("v1", "h1"), ("v2", "h2"), ("v3", "h3")):
        away, back = [s for s in steps(plan, K.MIGRATE) if vm in s.assets]
        assert away.end <= stops[host]
        assert away.hosts[vm] != host
        assert back.start >= checks[host]
        assert back.hosts[vm] == host


def test_the_first_decision_stands_before_the_first_vm_leaves(tmp_path: Path) -> None:
    (wave,) = safe(tmp_path, ROLLING).waves
    first = min(wave.steps, key=lambda step: step.start)
    assert first.kind is K.MIGRATE
    assert [gate.before for gate in wave.gates] == [first.id]


def test_turning_back_at_the_check_of_a_host_brings_its_vms_home_after_it(tmp_path: Path) -> None:
    plan = safe(tmp_path, ROLLING)
    (point,) = [p for w in plan.waves for p in w.check_points if p.minutes and _checks(plan, p.planned) == ("h1",)]
    (home,) = [step for step in point.rollback if step.kind is K.MIGRATE]
    assert home.hosts == {"v1": "h1"}
    assert home.offset >= max(s.offset + s.minutes for s in point.rollback if "h1" in s.assets)


def _checks(plan: Plan, at: int) -> tuple[str, ...]:
    return next((s.assets for s in steps(plan, K.CHECK) if s.end == at), ())


def test_vms_that_find_no_memory_elsewhere_stop_with_their_host(tmp_path: Path) -> None:
    plan = safe(tmp_path, (FIBRE + HOSTS + SAN + CLUSTER + VMS + CALM).replace("memory_gb: 30", "memory_gb: 40"))
    assert steps(plan, K.MIGRATE) == []
    assert {id for s in steps(plan, K.STOP) for id in s.assets} >= {"v1", "v2", "v3", "y1", "y2", "y3"}


def test_what_is_not_known_to_fit_does_not_migrate(tmp_path: Path) -> None:
    text = (FIBRE + HOSTS + SAN + CLUSTER + VMS + CALM).replace("host: h1, memory_gb: 30", "host: h1")
    plan = safe(tmp_path, text)
    assert {id for s in steps(plan, K.STOP) for id in s.assets} & {"v1", "v2", "v3"} == {"v1"}


def test_all_day_services_that_cannot_migrate_are_refused(tmp_path: Path) -> None:
    answer = schedule(written(tmp_path, ROLLING.replace("memory_gb: 30", "memory_gb: 40")), Options(0.1, 0))
    assert isinstance(answer, Refusal)
    assert answer.kind is RefusalKind.NOT_FOUND
    assert {r.subjects for r in answer.reasons} == {("h1",), ("h2",), ("h3",)}
    assert {r.values["guests"] for r in answer.reasons if r.key == "host_not_emptied"} == {"v1", "v2", "v3"}


def test_a_cluster_that_would_lack_memory_with_one_host_less_is_named(tmp_path: Path) -> None:
    full = VMS.replace("host: h1, memory_gb: 30", "host: h2, memory_gb: 40").replace("host: h3", "host: h2")
    one = HOSTS.replace(", to: N1/12", "").replace(", to: N1/14", "").replace("N1/14, ", "")
    text = FIBRE + one.replace("O1/14, memory_gb: 64", "O1/14, memory_gb: 30") + SAN + CLUSTER + full + SYSTEMS
    answer = schedule(written(tmp_path, text), Options(0.1, 0))
    assert isinstance(answer, Refusal)
    assert [(r.key, r.subjects, r.values["scarce"]) for r in answer.reasons] == [("job_overloads", ("h1",), "c")]


def test_migrations_over_a_narrow_link_take_turns(tmp_path: Path) -> None:
    more = VMS + "".join(f"  - {{id: w{n}, cluster: c, host: h1, memory_gb: 4}}\n" for n in range(3))
    heavy = more.replace("memory_gb: 4}", "memory_gb: 4, migrate_mbps: 600}")
    plan = safe(tmp_path, FIBRE + HOSTS + SAN + CLUSTER + heavy + SYSTEMS)
    back = [s for s in steps(plan, K.MIGRATE) if any(s.hosts.get(f"w{n}") == "h1" for n in range(3))]
    assert [sum(vm.startswith("w") for vm in s.assets) for s in back] == [1, 1, 1]
    assert all(one.end <= other.start for one, other in itertools.pairwise(back))


def test_vms_that_must_be_apart_do_not_meet_while_a_host_is_away(tmp_path: Path) -> None:
    vms = VMS.replace("host: h1, memory_gb: 30", "host: h1, memory_gb: 30, apart_from: [v2]")
    plan = safe(tmp_path, FIBRE + HOSTS + SAN + CLUSTER + vms + SYSTEMS)
    assert [s.hosts["v1"] for s in steps(plan, K.MIGRATE) if "v1" in s.hosts] == ["h3", "h1"]
    assert [s.hosts["v2"] for s in steps(plan, K.MIGRATE) if "v2" in s.hosts] == ["h3", "h2"]


def test_a_cluster_that_may_not_be_apart_does_not_migrate_between_rooms(tmp_path: Path) -> None:
    alone = CLUSTER.replace("storage: san, ", "").replace("across: true", "across: false")
    plan = safe(tmp_path, FIBRE + HOSTS + alone + VMS + CALM)
    assert steps(plan, K.MIGRATE) == []


def test_a_cluster_that_may_not_be_apart_rolls_inside_its_room(tmp_path: Path) -> None:
    text = ROLLING.replace("across: true", "across: false").replace("O1/30", "N2/30").replace("at: O1", "at: N2")
    plan = safe(tmp_path, text)
    assert plan.outages == ()
    assert {id for s in steps(plan, K.CARRY) for id in s.assets} == {"h1", "h2", "h3"}


def test_vms_of_a_host_that_retires_stay_where_they_went(tmp_path: Path) -> None:
    hosts = HOSTS.replace("at: O1/10, to: N1/10", "at: O1/10, retire: true").replace(", to: N1/12", "")
    plan = safe(tmp_path, FIBRE + hosts.replace(", to: N1/14", "") + SAN + CLUSTER + VMS + SYSTEMS)
    assert plan.outages == ()
    assert len(steps(plan, K.MIGRATE)) == 1
    assert hosts_at_the_end(plan)["v1"] in ("h2", "h3")
    assert steps(plan, K.MIGRATE)[0].end <= steps(plan, K.STOP)[0].start


def test_a_new_host_in_the_new_room_takes_over_from_one_that_retires(tmp_path: Path) -> None:
    old = "  - {id: h1, kind: hypervisor, at: O1/10, retire: true, memory_gb: 64}\n"
    hosts = "servers:\n" + old + "  - {id: h9, kind: hypervisor, to: N1/10, memory_gb: 64}\n"
    cluster = CLUSTER.replace("h1, h2, h3", "h1, h9")
    vms, systems = VMS.splitlines(keepends=True)[:2], SYSTEMS.splitlines(keepends=True)[:2]
    plan = safe(tmp_path, FIBRE + hosts + SAN + cluster + "".join((*vms, *systems)))
    assert plan.outages == ()
    assert hosts_at_the_end(plan) == {"v1": "h9"}


def test_hosts_move_together_where_their_outage_costs_less_than_a_second_night(tmp_path: Path) -> None:
    nights = HEAD.replace("days: saturday", "days: weekdays").replace('"08:00", end: "20:00"', '"19:00", end: "25:00"')
    hosts = "".join(line for line in HOSTS.splitlines(keepends=True) if "h3" not in line)
    vms = "".join(line for line in VMS.splitlines(keepends=True) if "v3" not in line)
    text = FIBRE + hosts + CLUSTER.replace("h1, h2, h3", "h1, h2") + SAN + vms
    quiet = "systems: [{id: y1, name: y1, criticality: C, hours: office, runs_on: v1, budget: 0m}]\n"
    inventory = written(tmp_path, text + quiet, nights)
    answer = schedule(inventory, Options(0.5, 0))
    assert isinstance(answer, Plan), answer
    assert verify(inventory, answer).failures == ()
    assert len(answer.waves) == 1
    assert steps(answer, K.MIGRATE) == []
    loud = written(tmp_path, text + quiet.replace("criticality: C", "criticality: S"), nights)
    rolled = schedule(loud, Options(0.5, 0))
    assert isinstance(rolled, Plan), rolled
    assert len(rolled.waves) == 2
    assert rolled.outages == ()


def test_a_full_search_seats_guests_where_the_first_choice_leaves_no_room() -> None:
    seats = {"a": Seat(10, frozenset()), "b": Seat(9, frozenset())}
    guests = [Guest(id, gb, (("a", "b"),), frozenset(), frozenset()) for id, gb in (("x", 5), ("y", 5), ("z", 9))]
    assert seat(guests, seats) == {"x": "a", "y": "a", "z": "b"}
    assert seat([*guests, Guest("w", 1, (("a", "b"),), frozenset(), frozenset())], seats) is None


def test_guests_keep_away_from_those_they_shun_and_from_siblings_if_they_can() -> None:
    seats = {"a": Seat(10, frozenset({"p"})), "b": Seat(4, frozenset({"q"}))}
    assert seat([Guest("x", 4, (("a", "b"),), frozenset(), frozenset({"p"}))], seats) == {"x": "b"}
    assert seat([Guest("x", 5, (("a", "b"),), frozenset(), frozenset({"p"}))], seats) == {"x": "a"}
    assert seat([Guest("x", 5, (("a", "b"),), frozenset({"p"}), frozenset())], seats) is None


def judge(folder: Path, seeds: Iterable[int]) -> tuple[Counter[str], dict[int, list[str]]]:
    found: Counter[str] = Counter()
    wrong: dict[int, list[str]] = {}
    for seed in seeds:
        inventory = written(folder, rolling_estate(seed).removeprefix(HEAD))
        answer = schedule(inventory, Options(0.1, 0))
        if isinstance(answer, Refusal):
            found["refused"] += 1
            continue
        found["planned"] += 1
        found["rolled"] += any(step.kind is K.MIGRATE for step in answer.steps())
        faults = [word(finding, "en") for finding in verify(inventory, answer).failures]
        wrong |= {seed: faults} if faults else {}
    return found, wrong


def test_random_clusters_are_planned_safely_and_many_of_them_roll(tmp_path: Path) -> None:
    found, wrong = judge(tmp_path, range(30))
    assert wrong == {}
    assert found["planned"] >= 12, found
    assert found["rolled"] >= 8, found


@pytest.mark.long
def test_1000_random_clusters_are_planned_safely_and_many_of_them_roll(tmp_path: Path) -> None:
    found, wrong = judge(tmp_path, range(1000, 2000))
    assert wrong == {}
    assert found["planned"] >= 400, found
    assert found["rolled"] >= 250, found
