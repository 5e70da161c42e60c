"""Plans to choose from: which are offered, what they come to, and that each is a plan of the same inventory."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from planner.model import canonical
from planner.pipeline.alternatives import Alternated, alternate, write_alternatives
from planner.pipeline.init import write_starter
from planner.pipeline.plan import Planned, make, write_plan
from planner.pipeline.refusal import write_refusal
from planner.plan import file
from planner.plan.choice import CHOSEN, Why
from planner.plan.refusal import Reason, Refusal, RefusalKind
from planner.safety.verify import verify
from planner.scheduling.aim import AIMS, at_most
from planner.scheduling.alternatives import Alternatives, alternatives
from planner.scheduling.options import Options
from planner.sources import load
from planner.units.progress import silent
from planner.whatif.choosing import beats
from tests.pipeline.nights import NIGHTS, alternated, planned, written
from tests.scheduling.small_estates import small_estate

EFFORT = Options(0.3)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Alternated:
    return alternated(tmp_path_factory.mktemp("nights") / "inventory")


def from_call(number: int) -> Callable[[], bool]:
    """Says yes from its n-th call on, counted from 0."""
    calls = count()
    return lambda: next(calls) >= number


def test_one_night_with_outage_in_service_hours_stands_beside_two_nights_without(nights: Alternated) -> None:
    """Both moves take 2 x 220 minutes x factor 2; of those, 40 x 2 lie after 04:40 if one night holds both."""
    found = {each.id: dict(each.values) for each in nights.choice.offered}

    rest = {"bridge_sum": 0, "bridge_peak": 0, "person_hours": 0}
    assert found == {
        "plan": {"service_minutes": 0, "downtime": 88_000, "waves": 48_000, **rest, "end_day": 1_000},
        "waves-1": {"service_minutes": 8_000, "downtime": 88_000, "waves": 24_000, **rest, "end_day": 300},
    }


def test_every_plan_that_is_offered_passes_the_verifier_and_says_what_it_is_best_in(nights: Alternated) -> None:
    for id, each in nights.planned.items():
        assert verify(each.plan.inventory, each.plan).failures == ()
        assert each.plan.making.alternative == (None if id == CHOSEN else id)


def test_every_plan_file_carries_the_one_inventory_with_the_weights_of_its_policy(
    nights: Alternated, tmp_path: Path
) -> None:
    write_alternatives(nights, tmp_path, None)

    read = file.parse((tmp_path / "alternatives" / "waves-1.json").read_text(encoding="utf-8"))
    given = nights.choice.chosen.plan
    assert canonical.text(read.inventory) == canonical.text(given.inventory)
    assert read.inventory_hash == given.inventory_hash
    assert read == nights.planned["waves-1"].plan


def test_the_plan_itself_is_the_same_as_without_alternatives(nights: Alternated, tmp_path: Path) -> None:
    alone = planned(load(written(tmp_path / "inventory")).inventory)

    assert file.dump(alone.plan, alone.verdict) == file.dump(nights.choice.chosen.plan, alone.verdict)


def test_what_comes_to_the_same_is_told_and_not_offered(nights: Alternated) -> None:
    dropped = {each.id: (each.why, each.by) for each in nights.choice.dropped}

    assert dropped == {aim.id: (Why.EQUAL, "plan") for aim in AIMS}


def test_no_more_are_looked_for_than_are_asked_for(nights: Alternated, tmp_path: Path) -> None:
    two = alternated(tmp_path / "inventory", most=2)

    assert two.choice.offered == nights.choice.offered
    assert two.choice.dropped == ()


@pytest.mark.long
def test_two_waves_with_less_outage_stand_beside_one_wave(tmp_path: Path) -> None:
    write_starter(tmp_path, "en", date(2026, 11, 23))
    found = alternate(planned(load(tmp_path).inventory), 2, Options(), silent, lambda: False).choice

    one, two = found.offered
    assert (two.id, len(one.plan.waves), len(two.plan.waves)) == ("least-downtime", 1, 2)
    assert (one.values["downtime"], two.values["downtime"]) == (216_000, 168_000)


@pytest.mark.long
def test_no_alternative_is_beaten_by_another_plan_and_each_is_safe(tmp_path: Path) -> None:
    """Random towns, of which some cannot be planned and most leave nothing to choose."""
    several = 0
    for seed in range(60):
        (tmp_path / "town.yaml").write_text(small_estate(seed), encoding="utf-8")
        base = make(load(tmp_path).inventory, EFFORT, silent, lambda: False)
        if isinstance(base, Refusal) or not base.verdict.safe:
            continue
        offered = alternate(base, 9, EFFORT, silent, lambda: False).choice.offered
        several += len(offered) > 1
        assert offered[0].plan == base.plan, seed
        assert not any(beats(one.values, other.values) for one in offered for other in offered[1:]), seed
        assert all(verify(each.plan.inventory, each.plan).safe for each in offered), seed
    assert several >= 3


def test_a_plan_that_the_verifier_rejects_is_dropped_and_told(
    nights: Alternated, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = nights.planned[CHOSEN]
    monkeypatch.setattr("planner.pipeline.alternatives.verify", lambda _inventory, _plan: _unsafe(base))
    found = alternate(base, 9, Options(), silent, lambda: False).choice

    assert [each.id for each in found.offered] == ["plan"]
    assert (found.dropped[0].id, found.dropped[0].why) == ("waves-1", Why.UNSAFE)


def _unsafe(base: Planned) -> object:
    class Unsafe:
        safe = False
        certificate = base.verdict.certificate

    return Unsafe()


def test_what_was_verified_before_a_stop_is_kept_and_the_choice_says_stopped(nights: Alternated) -> None:
    base = nights.planned[CHOSEN]
    calls = count()
    alternate(base, 9, EFFORT, silent, lambda: bool(next(calls)) and False)
    whole = next(calls)
    ends = [alternate(base, 9, EFFORT, silent, from_call(n)).choice for n in (0, whole // 2, whole)]

    assert [end.stopped for end in ends] == [True, True, False]
    assert [len(end.offered) for end in ends] == [1, 2, 2]
    assert not any(each.plan.making.stopped for end in ends for each in end.offered)


def test_of_many_jobs_windows_are_swept_and_the_same_is_found(
    nights: Alternated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.scheduling.aimed_search.FEW", 0)
    found = alternate(nights.planned[CHOSEN], 2, EFFORT, silent, lambda: False).choice

    assert [dict(each.values) for each in found.offered] == [dict(each.values) for each in nights.choice.offered]


def test_fewer_waves_than_any_plan_has_are_refused_with_a_reason(nights: Alternated) -> None:
    run: Alternatives = alternatives(nights.choice.chosen.plan, EFFORT)
    answer = run.plan(at_most(0))

    assert isinstance(answer, Refusal)
    assert (answer.kind, answer.reasons[0].subjects) == (RefusalKind.NOT_FOUND, ("waves-0",))


def test_an_aim_asked_after_others_gets_the_plan_that_it_gets_alone(nights: Alternated) -> None:
    plan = nights.choice.chosen.plan
    run = alternatives(plan, EFFORT)
    after = [run.plan(aim) for aim in (*AIMS, at_most(1))][-1]
    alone = alternatives(plan, EFFORT).plan(at_most(1))

    assert not isinstance(after, Refusal)
    assert not isinstance(alone, Refusal)
    assert (after.waves, after.outages, after.objective) == (alone.waves, alone.outages, alone.objective)


def test_the_list_names_each_file_its_terms_with_their_bounds_and_what_it_is_best_in(
    nights: Alternated, tmp_path: Path
) -> None:
    write_alternatives(nights, tmp_path, None)
    data = json.loads((tmp_path / "alternatives.json").read_text(encoding="utf-8"))

    assert (data["format"], data["stopped"]) == ("planner.alternatives", False)
    assert [each["file"] for each in data["plans"]] == ["plan.json", "alternatives/waves-1.json"]
    assert [each["best_in"] for each in data["plans"]] == [["service_minutes"], ["waves", "end_day"]]
    waves = next(term for term in data["plans"][1]["terms"] if term["id"] == "waves")
    assert waves == {
        "id": "waves",
        "value": 24_000,
        "bound": 24_000,
        "gap": 0,
        "proof": "one",
        "more_than_plan": -24_000,
    }


def test_alternatives_of_another_plan_do_not_stay_beside_a_new_one(nights: Alternated, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_plan(nights.planned[CHOSEN], out)
    write_alternatives(nights, out, None)
    other = planned(load(written(tmp_path / "inventory", NIGHTS.replace("2026-10-01", "2026-10-05"))).inventory)
    write_plan(other, out)

    assert not (out / "alternatives.json").exists()
    assert not (out / "alternatives").exists()


def test_alternatives_do_not_stay_where_there_is_no_plan_any_more(nights: Alternated, tmp_path: Path) -> None:
    write_plan(nights.planned[CHOSEN], tmp_path)
    write_alternatives(nights, tmp_path, None)
    refusal = Refusal(RefusalKind.NOT_FOUND, (Reason("no_alternative", ("x",)),))
    write_refusal(nights.choice.chosen.plan.inventory, refusal, tmp_path)

    assert not (tmp_path / "alternatives.json").exists()
    assert not (tmp_path / "alternatives").exists()


def test_an_alternative_that_somebody_edited_is_kept_under_another_name(nights: Alternated, tmp_path: Path) -> None:
    write_alternatives(nights, tmp_path, None)
    edited = tmp_path / "alternatives" / "waves-1.json"
    edited.write_text("mine", encoding="utf-8")
    write_alternatives(nights, tmp_path, None)

    assert (tmp_path / "alternatives" / "waves-1.json.edited").read_text(encoding="utf-8") == "mine"
    assert file.parse(edited.read_text(encoding="utf-8")) == nights.planned["waves-1"].plan


def test_a_search_again_that_finds_fewer_leaves_only_the_files_of_its_own_list(
    nights: Alternated, tmp_path: Path
) -> None:
    write_plan(nights.planned[CHOSEN], tmp_path)
    write_alternatives(nights, tmp_path, "en")
    alone = replace(nights.choice, offered=nights.choice.offered[:1])
    write_alternatives(replace(nights, choice=alone), tmp_path, None)

    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert names == ["alternatives.json", "documents.json", "plan.json"]


def test_beside_the_alternatives_lies_no_other_json_file(nights: Alternated, tmp_path: Path) -> None:
    write_alternatives(nights, tmp_path, None)

    assert [path.name for path in (tmp_path / "alternatives").iterdir()] == ["waves-1.json"]
