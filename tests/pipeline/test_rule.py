"""The examples on the rules' pages do what the pages say of them."""

import pytest

from planner.pipeline.rule import judged
from planner.plan.finding import Finding
from planner.plan.wording import word
from planner.resources.rule_page import RULE_IDS, RulePage, rule_page

LEFT_OUT = {"s13.missing", "s13.missing_first", "s13.no_fallback"}
"""An example writes no check points unless its page is about them."""


def findings(page: RulePage) -> tuple[Finding, ...]:
    return judged(page).verdict.findings


@pytest.mark.parametrize("id", RULE_IDS)
def test_the_example_that_keeps_a_rule_has_no_finding_of_it(id: str) -> None:
    found = findings(rule_page(id))

    assert [finding.key for finding in found if finding.rule == id] == []
    assert {f.key for f in found if not f.unknown and not f.pre_existing and f.waived is None} <= LEFT_OUT


@pytest.mark.parametrize("id", RULE_IDS)
def test_what_breaks_the_example_breaks_exactly_that_rule(id: str) -> None:
    page = rule_page(id)

    verdict = judged(page.broken()).verdict
    failures = [finding for finding in verdict.failures if finding.key not in LEFT_OUT]
    assert failures
    assert {finding.rule for finding in failures} == {id}
    assert all(word(failure, language) for failure in failures for language in ("ja", "en"))


@pytest.mark.parametrize("id", RULE_IDS)
def test_every_place_that_a_finding_names_is_on_the_page(id: str) -> None:
    verified = judged(rule_page(id).broken())

    files = {origin.position.file for origin in verified.loaded.provenance.values() if origin.layer == "written"}
    assert files == {"base.yaml", "example.yaml"}
