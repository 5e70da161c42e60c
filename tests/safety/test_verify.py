import re
from pathlib import Path

import pytest

from planner.model import canonical
from planner.model.inventory import Inventory
from planner.model.policy import Policy, Severity, SeverityChoice, Waiver
from planner.plan.finding import Finding
from planner.plan.plan import Plan
from planner.plan.wording import CATALOGUE, cure, word
from planner.safety.rules import RULES, UNCHECKED
from planner.safety.verify import start_state, verify
from planner.units.span import Span
from tests.safety import komachi
from tests.safety.estates import announced, asset, carried, estate, link, live, moved, plan, segment, steps, system

OURS = {"S01", "S02", "S03", "S04", "S06", "S07", "S09", "S20", "S22"}
SLOW_LINK = link("l", mbps=10)


def overloaded(**more: object) -> Inventory:
    """A link that is overloaded at the start: `a` in the old room lives on `b` in the new one."""
    needs = (live("b", mbps=15),)
    return estate(carried("a"), asset("b", room="new"), SLOW_LINK, system("s", "a", needs=needs, budget=60), **more)


def ours(of: Plan) -> list[Finding]:
    """What the rules on states find, remarks and unknown values aside."""
    found = (f for f in verify(of.inventory, of).findings if f.rule in OURS and not f.unknown)
    return [f for f in found if f.key != "s02.degraded"]


def test_the_plan_by_hand_breaks_no_rule_on_states() -> None:
    assert ours(komachi.plan()) == []


def test_the_certificate_says_what_was_checked_and_what_was_not() -> None:
    certificate = verify(komachi.inventory(), komachi.plan()).certificate

    assert certificate.inventory_hash == canonical.digest(komachi.inventory())
    assert certificate.events == 70
    assert set(certificate.checks) == {rule.id for rule in RULES} | {"S22"}
    assert certificate.unchecked == UNCHECKED == ()
    assert all(count > 0 for count in certificate.checks.values())


def test_a_finding_that_holds_at_the_start_is_pre_existing() -> None:
    (found,) = [f for f in ours(announced(overloaded(), steps(*moved("a", 100)))) if f.rule == "S07"]

    assert (found.span, found.pre_existing) == (Span(0, 100), True)


def test_a_pre_existing_finding_that_stays_to_the_end_fails_without_a_written_waiver() -> None:
    left_alone = announced(overloaded(), ())
    waiver = Waiver("S07", frozenset({"l"}), "replaced in spring", "the head of the office")
    waived = announced(overloaded(policy=Policy(waivers=(waiver,))), ())

    assert [(f.rule, f.key) for f in ours(left_alone) if not f.pre_existing] == [("S22", "s22.still_there")]
    assert [(f.rule, f.waived) for f in ours(waived)] == [("S07", "replaced in spring (the head of the office)")]


def test_a_pre_existing_finding_that_a_step_makes_worse_is_the_plans_failure() -> None:
    needs = (live("b", mbps=15), live("c", mbps=1))
    assets = carried("a"), asset("b", room="new"), carried("c")
    inventory = estate(*assets, SLOW_LINK, system("s", "a", needs=needs, budget=60))
    worse = announced(inventory, steps(*moved("c", 100)))

    found = [f for f in ours(worse) if f.rule == "S07" and f.span is not None]
    assert [(f.span, f.pre_existing) for f in found] == [(Span(0, 100), True), (Span(160, 10_000), False)]


def test_the_start_state_of_an_inventory_is_judged_without_a_plan() -> None:
    verdict = start_state(overloaded())

    assert [(f.rule, f.key, f.pre_existing) for f in verdict.findings if f.rule in OURS] == [
        ("S07", "s07.overload", True)
    ]
    assert verdict.safe


def test_severities_are_the_policys_and_the_certificate_prints_their_reason() -> None:
    choice = SeverityChoice(Severity.WARNING, "announced by word of mouth")
    inventory = estate(carried("a"), system("s", "a", budget=60), policy=Policy(severities={"S01": choice}))
    verdict = verify(inventory, plan(inventory, steps(*moved("a", 100))))

    assert [f.severity for f in verdict.findings if f.rule == "S01"] == [Severity.WARNING]
    assert verdict.certificate.severities["S01"] == "warning: announced by word of mouth"


def test_findings_name_the_chain_from_cause_to_effect_and_the_facts() -> None:
    inventory = estate(carried("core"), asset("a", needs=(live("core"),)), system("s", "a"))
    (found,) = [f for f in ours(plan(inventory, steps(*moved("core", 100)))) if f.rule == "S01"]

    assert found.cause == ("core", "a", "s")
    assert found.facts == ("assets.a.needs[0]", "systems.s.runs_on")


def test_findings_name_the_steps_under_way_when_they_begin() -> None:
    inventory = estate(carried("core"), asset("a", needs=(live("core"),)), system("s", "a"))
    elsewhere = steps(*moved("core", 100), "95 130 back_up a")
    (found,) = [f for f in ours(plan(inventory, elsewhere)) if f.rule == "S01"]

    assert found.steps == ("s007", "s001")


def test_two_domain_controllers_are_no_finding_of_redundancy_at_the_start() -> None:
    inventory = estate(asset("ad1"), asset("ad2"), system("s", "1 of ad1, ad2"), segment("x"))

    assert [f for f in start_state(inventory).findings if f.rule in OURS] == []


def keys_in_rules() -> list[str]:
    folder = Path(__file__).parents[2] / "planner" / "safety"
    texts = [file.read_text(encoding="utf-8") for file in folder.rglob("*.py")]
    return sorted({key for text in texts for key in re.findall(r'"(s\d\d\.[a-z_0-9]+)"', text)})


@pytest.mark.parametrize("key", keys_in_rules())
def test_every_finding_has_a_sentence_and_a_cure_in_both_languages(key: str) -> None:
    assert {"ja", "en", "cure_ja", "cure_en"} <= CATALOGUE[key].keys()


def test_a_finding_is_said_in_both_languages_with_its_cure() -> None:
    found = Finding("S01", Severity.ERROR, "s01.undeclared", ("s",), values={"system": "s", "minutes": "60"})

    assert word(found, "en") == "s is not available for 60 minutes that no declared outage covers"
    assert word(found, "ja") == "s が 60 分使えませんが、停止として知らせていません"
    assert cure(found, "en") == "declare it, or change the steps so that it does not happen"


def test_a_sentence_without_names_is_put_behind_the_subjects() -> None:
    found = Finding("S15", Severity.ERROR, "s15.counted_twice", ("ict/1",))

    assert word(found, "en") == "ict/1: one person is counted twice on one step"


def test_every_rule_carries_its_sentence() -> None:
    assert [rule.id for rule in RULES if len(rule.sentence) < 40] == []
