"""What `planner whatif` says: the numbers of all plans under each other, then each scenario in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planner.cli.console import Console
from planner.cli.paragraph import folded
from planner.cli.plan_account import aligned, clock_time, cut
from planner.cli.whatif_words import WEEKDAYS, WORDS
from planner.errors.text import message
from planner.model.inventory import Inventory
from planner.pipeline.places import place_of
from planner.pipeline.verify import Verified
from planner.pipeline.whatif_files import Files
from planner.plan.comparison import Answer, Asked, Break, Comparison, Holding, Outcome, Tally
from planner.plan.contingency import Case
from planner.plan.difference import PlanDifference
from planner.plan.refusal import Fact, Refusal
from planner.plan.wording import word, word_fact
from planner.plan.wording_contingency import reaction
from planner.sources.scenarios.scenario import Scenario
from planner.units.span import Minute

NAME = 20
"""Columns of a plan's name in the table."""
BROKEN = 6
"""How many broken rules are told in words."""
REASONS = 8
"""How many reasons of a refusal are told."""
EDITS = 12
"""How many changed values are told."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is told: the base plan, the scenarios and the answers to what was asked about them; where plans are."""

    verified: Verified
    scenarios: tuple[Scenario, ...]
    found: Comparison
    asked: tuple[Asked, ...]
    language: str
    files: Files = field(default_factory=dict)

    @property
    def inventory(self) -> Inventory:
        """The inventory as it is."""
        return self.verified.loaded.inventory

    @property
    def words(self) -> dict[str, str]:
        """The sentences in the chosen language."""
        return dict(WORDS[self.language])

    def pairs(self) -> Iterator[tuple[Scenario, Answer]]:
        """Yield each scenario with its answers."""
        yield from zip(self.scenarios, self.found.answers, strict=True)


def hearing(console: Console, language: str) -> Callable[[str, Asked, Holding | Outcome], None]:
    """Return who says each answer in a word when it is there."""
    words = WORDS[language]

    def heard(scenario: str, asked: Asked, answer: Holding | Outcome) -> None:
        found = answer.holds if isinstance(answer, Holding) else answer.tally is not None
        key = ("yes" if found else "no") if asked is Asked.HOLDS else "there" if found else "none"
        console.talk(f"{scenario}:{words[f'{asked.value}_row'].rstrip()[1:]}: {words[key]}")

    return heard


def lines(report: Report) -> Iterator[str]:
    """Every line of the report, none wider than 80 columns unless a word is."""
    words = report.words
    yield from folded(words["unit"].format(zone=report.inventory.clock.zone))
    yield ""
    yield from table(report)
    for scenario, answer in report.pairs():
        yield ""
        yield from _scenario(report, scenario, answer)


def table(report: Report) -> Iterator[str]:
    """The numbers of the base plan and, below each scenario, of what was asked."""
    words = report.words
    heads = ("plan", "waves", "outage", "inside", "weighted", "people", "end", "gap")
    rows = [[words[name] for name in heads]]
    rows.append(_numbers(report, words["base"].format(plan=report.found.base.plan), report.found.base))
    starred = False
    for scenario, answer in report.pairs():
        rows.append([cut(f"{scenario.id} {scenario.title[report.language]}", NAME), *[""] * 7])
        for asked in report.asked:
            tally = _tally(answer, asked)
            starred = starred or (tally is not None and tally.stopped)
            rows.append(_row(report, answer, asked))
    yield from aligned(rows, right={1, 2, 3, 4, 5, 7})
    if starred:
        yield words["stopped_note"]


def _tally(answer: Answer, asked: Asked) -> Tally | None:
    outcome = answer.least if asked is Asked.LEAST else answer.new if asked is Asked.NEW else None
    return outcome.tally if outcome else None


def _row(report: Report, answer: Answer, asked: Asked) -> list[str]:
    words, tally = report.words, _tally(answer, asked)
    name = words[f"{asked.value}_row"]
    if tally is not None:
        return _numbers(report, name + (words["stopped"] if tally.stopped else ""), tally)
    return [name, words[_state(answer, asked)], *[""] * 6]


def _state(answer: Answer, asked: Asked) -> str:
    if asked is Asked.HOLDS:
        return "open" if answer.holding is None else "yes" if answer.holding.holds else "no"
    return "open" if (answer.least if asked is Asked.LEAST else answer.new) is None else "none"


def _numbers(report: Report, name: str, tally: Tally) -> list[str]:
    return [
        cut(name, NAME),
        str(len(tally.waves)),
        clock_time(tally.outage),
        clock_time(tally.inside),
        f"{tally.weighted:,}",
        str(tally.people_nights),
        report.inventory.clock.local(tally.end).date().isoformat() if tally.waves else "-",
        tally.share,
    ]


def _scenario(report: Report, scenario: Scenario, answer: Answer) -> Iterator[str]:
    words, language = report.words, report.language
    yield from folded(f"{scenario.id}  {scenario.title[language]}")
    if scenario.description:
        yield from folded(scenario.description[language], "  ")
    yield from _edits(report, scenario)
    for fault in scenario.loaded.warnings:
        told = f"{fault.severity}[{fault.code}]: {message(fault, language)}"
        yield from folded(f"{told}  ({Path(fault.file).name}:{fault.line})", "  - ", "    ")
    if Asked.HOLDS in report.asked:
        yield from _holding(report, answer.holding)
    for asked, outcome in ((Asked.LEAST, answer.least), (Asked.NEW, answer.new)):
        if asked is Asked.NEW and outcome is not None and outcome.refusal and outcome == answer.least:
            yield from folded(words["likewise"].format(head=words["new"]), "  ")
        elif asked in report.asked:
            yield from _outcome(report, scenario, words[asked.value], outcome)
        file = report.files.get((scenario.id, asked))
        if file is not None:
            yield from folded(words["written"].format(file=file), "    ", "      ")


def _edits(report: Report, scenario: Scenario) -> Iterator[str]:
    words = report.words
    for edit in scenario.edits[:EDITS]:
        key = "changed" if edit.was and edit.now else "added" if edit.now else "removed"
        told = words[key].format(path=edit.path, was=cut(edit.was, 40), now=cut(edit.now, 60))
        yield from folded(f"{told}  ({Path(edit.position.file).name}:{edit.position.line})", "  - ", "    ")
    if len(scenario.edits) > EDITS:
        yield f"  - (+{len(scenario.edits) - EDITS})"
    for key, chains in (("order", scenario.order), ("swap", scenario.swaps)):
        for chain in chains:
            told = words[key].format(chain=" < ".join(named.id for named in chain) if key == "order" else _and(chain))
            yield from folded(told, "  - ", "    ")


def _and(chain: Sequence[object]) -> str:
    return " <-> ".join(getattr(named, "id", "") for named in chain)


def _holding(report: Report, holding: Holding | None) -> Iterator[str]:
    words = report.words
    if holding is None:
        yield from folded(words["not_asked"].format(head=words["holds"].partition(":")[0]), "  ")
        return
    if holding.breaks:
        key = "breaks_rearranged" if holding.rearranged else "breaks"
        yield from folded(words[key].format(rules=len(holding.breaks)), "  ")
    else:
        key = "rearranged" if holding.rearranged else "holds"
        yield from folded(words[key if holding.holds else f"{key}_but"], "  ")
    for broken in holding.breaks[:BROKEN]:
        yield from folded(_break(report, broken), "    ", "        ")
    if len(holding.breaks) > BROKEN:
        yield f"    {', '.join(broken.rule for broken in holding.breaks[BROKEN:])}"
    for case in holding.losses:
        yield from folded(_lost(report, case), "    ", "      ")


def _break(report: Report, broken: Break) -> str:
    words, span = report.words, broken.first.span
    at = when(report, span.start) if span else ""
    told = words["break"].format(rule=broken.rule, at=at, told=word(broken.first, report.language))
    return f"{told} {words['more'].format(n=broken.count - 1)}" if broken.count > 1 else told


def _lost(report: Report, case: Case) -> str:
    told = reaction(case, report.language)
    return report.words["lost"].format(asset=case.subject, reaction=told, loss=f"{case.weighted:,}")


def _outcome(report: Report, scenario: Scenario, head: str, outcome: Outcome | None) -> Iterator[str]:
    words = report.words
    if outcome is None:
        yield from folded(words["not_asked"].format(head=head), "  ")
    elif outcome.refusal is not None:
        yield from folded(f"{words['refused'].format(head=head)}: {words[_kind(outcome.refusal)]}", "  ")
        yield from _reasons(report, scenario, outcome.refusal)
        yield from _nearest(report, scenario, outcome.refusal)
    elif outcome.tally is None:
        yield from folded(words["unsafe"].format(head=head), "  ")
        for finding in outcome.unsafe[:BROKEN]:
            yield from folded(f"{finding.rule} {word(finding, report.language)}", "    ", "        ")
    elif outcome.changes is not None and outcome.changes.same_work:
        yield from folded(words["same"].format(head=head), "  ")
    else:
        waves = ", ".join(_wave(report, wave.id, wave.start, wave.end) for wave in outcome.tally.waves)
        told = words["moved"].format(head=head, waves=waves) if waves else words["no_wave"].format(head=head)
        yield from folded(told, "  ", "    ")
        if outcome.changes is not None:
            yield from folded(_shifts(report, outcome.changes), "    ")


def _kind(refusal: Refusal) -> str:
    return refusal.kind.value


def _wave(report: Report, id: str, start: Minute, end: Minute) -> str:
    clock = report.inventory.clock
    first, last = clock.day(start), clock.day(end - 1)
    told = report.words["wave"].format(id=id, start=first.isoformat(), end=last.isoformat()[5:])
    return told if first != last else told.partition("..")[0]


def _shifts(report: Report, changes: PlanDifference) -> str:
    counts = {"assets": len(changes.assets), "outages": len(changes.outages), "people": len(changes.people)}
    return report.words["shifts"].format(**counts)


def _reasons(report: Report, scenario: Scenario, refusal: Refusal) -> Iterator[str]:
    provenance = scenario.loaded.provenance
    for reason in refusal.reasons[:REASONS]:
        yield from folded(word(reason, report.language), "    ", "      ")
        places = (place_of(provenance, fact, own=True) for fact in reason.facts)
        for place in dict.fromkeys(str(place) for place in places if place):
            yield f"      --> {place}"
    if len(refusal.reasons) > REASONS:
        yield f"    (+{len(refusal.reasons) - REASONS})"


def _nearest(report: Report, scenario: Scenario, refusal: Refusal) -> Iterator[str]:
    """The first set of facts that conflict and the nearest change that makes a plan, and how many more there are."""
    words, language = report.words, report.language
    for conflict in refusal.conflicts[:1]:
        more = words["others"].format(n=len(refusal.conflicts) - 1) if len(refusal.conflicts) > 1 else ""
        head = words["conflict" if len(conflict.facts) > 1 else "conflict_one"]
        yield from folded(head.format(n=len(conflict.facts), more=more), "    ", "      ")
        for number, fact in enumerate(conflict.facts, 1):
            yield from _fact(scenario, f"{number}. ", (fact,), language)
    for relaxation in refusal.relaxations[:1]:
        more = words["others"].format(n=len(refusal.relaxations) - 1) if len(refusal.relaxations) > 1 else ""
        yield from folded(words["relaxation"].format(more=more), "    ", "      ")
        yield from _fact(scenario, "- ", relaxation.changes, language)
    if refusal.examined and not refusal.relaxations:
        yield from folded(words["no_relaxation"], "    ", "      ")


def _fact(scenario: Scenario, mark: str, facts: Sequence[Fact], language: str) -> Iterator[str]:
    told = WORDS[language]["and"].join(word_fact(fact, language) for fact in facts)
    yield from folded(f"{mark}{told}", "      ", "         ")
    places = (place_of(scenario.loaded.provenance, fact.path, own=True) for fact in facts)
    for place in dict.fromkeys(str(place) for place in places if place):
        yield f"         --> {place}"


def when(report: Report, minute: Minute) -> str:
    """Such as ``2027-01-09(Sat) 08:00``."""
    local = report.inventory.clock.local(minute)
    return f"{local.date().isoformat()}({WEEKDAYS[report.language][local.weekday()]}) {local.strftime('%H:%M')}"
