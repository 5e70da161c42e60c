"""What is said of the example city's plan agrees with the plan and with the inventory."""

from pathlib import Path

import pytest

from planner.cli.entry import main
from planner.cli.explain_words import said
from planner.errors.status import ExitStatus
from planner.errors.text import columns
from planner.pipeline.explain import explain
from planner.pipeline.explanation import Explanation
from planner.pipeline.load import load_inventory
from planner.pipeline.outage_story import Stories
from planner.pipeline.places import place_of
from planner.pipeline.retiming import Retiming
from planner.pipeline.verify import read_plan
from planner.pipeline.waiting import Waiting
from planner.plan.plan import Plan
from planner.safety.replay import Replay
from planner.sources import Loaded
from tests.kept import CHECKOUT

SUBJECTS = ("jumin", "koseki", "sanA", "core1", "jdb1", "desk-shimin", "esxa1")


@pytest.fixture(scope="module")
def loaded(city: Path) -> Loaded:
    return load_inventory(city)


@pytest.fixture(scope="module")
def plan(city_plan: Path) -> Plan:
    return read_plan(city_plan)


@pytest.fixture(scope="module")
def told(loaded: Loaded, plan: Plan) -> dict[str, Explanation]:
    return {id: explain(loaded, plan, id) for id in SUBJECTS}


def test_the_assembly_keeps_the_register_out_of_the_windows_of_early_december(told: dict[str, Explanation]) -> None:
    passed = {p.judgement.window.id: p for part in told["jumin"].appointments for p in part.passed}

    window = passed["closed/2026-12-12"]
    assert (window.longest, window.open) == (0, False)
    assert [(o.kind.value, o.what) for o in window.judgement.obstacles] == [("blackout", "council")]


def test_the_new_room_keeps_the_core_switch_out_before_it_opens(told: dict[str, Explanation]) -> None:
    passed = {p.judgement.window.id: p for part in told["core1"].appointments for p in part.passed}

    for id in ("closed/2026-10-17", "closed/2026-11-28"):
        assert [(o.kind.value, o.what) for o in passed[id].judgement.obstacles] == [("not_open", "new")]


def test_the_chain_of_every_outage_leads_without_a_gap_to_its_end(loaded: Loaded, plan: Plan) -> None:
    stories = Stories(Waiting(plan), Replay.of(loaded.inventory, plan.steps()))

    for outage in plan.outages:
        story = stories.of(outage, outage.system)
        assert story.chain, outage
        assert story.chain[-1].step.end == story.computed[-1].end
        for before, link in zip(story.chain, story.chain[1:], strict=False):
            assert before.step.end + link.waits == link.step.start


def test_steps_that_keep_their_lengths_keep_their_times(loaded: Loaded, plan: Plan) -> None:
    waiting = Waiting(plan)
    for outage in plan.outages:
        last = max((s for s in plan.steps() if s.end <= outage.span.end), key=lambda s: s.end)
        assert Retiming(waiting, outage.span, last).gain(lambda step: False) == 0


def test_nothing_is_gained_that_the_asset_does_not_take(told: dict[str, Explanation]) -> None:
    for id, explanation in told.items():
        for story in (*explanation.stories, *explanation.beside):
            own = [s for s in explanation.plan.steps() if s.assets == (id,) and s.span.overlaps(story.outage.span)]
            assert 0 <= story.gain <= sum(step.end - step.start for step in own)


def test_what_a_step_waits_for_is_over_when_it_begins(told: dict[str, Explanation]) -> None:
    works = [work for e in told.values() for part in e.appointments for work in part.works]

    assert works
    for work in works:
        for wait in work.waits:
            assert wait.after is None or wait.after.end + wait.slack == work.step.start


def test_every_fact_is_said_and_stands_where_it_is_said_to_stand(
    told: dict[str, Explanation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CHECKOUT)  # shipped defaults are named from there
    for id, explanation in told.items():
        for fact in explanation.binding:
            assert all(said(fact, language) for language in ("ja", "en"))
            place = place_of(explanation.loaded.provenance, fact.path)
            if fact.key == "written" and fact.values["value"][0] not in "[{":
                assert place is not None, (id, fact)
                line = Path(place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
                assert line[place.column - 1 :].lstrip('"').startswith(fact.values["value"]), (id, fact)


def test_the_page_is_80_columns_wide(city: Path, city_plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(city), str(city_plan), "koseki", "-q"]) == ExitStatus.DONE

    lines = capsys.readouterr().out.splitlines()
    # A path of this checkout is one word, however long it is.
    assert [line for line in lines if columns(line) > 80 and str(city) not in line] == []
