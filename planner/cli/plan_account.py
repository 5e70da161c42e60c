"""A plan on 80 columns: waves, outages by service, how good it is, what the verifier remarks, what was written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import wrap

from rich.cells import cell_len, set_cell_size

from planner.cli.plan_words import HEADS, PROOFS, TERMS, WEEKDAYS
from planner.model.inventory import Inventory
from planner.model.policy import Weights
from planner.pipeline.plan import Planned
from planner.plan.file import identity
from planner.plan.finding import Finding, Verdict
from planner.plan.plan import Outage, Plan, Term
from planner.plan.step import Step
from planner.units.span import Minute

WIDTH = 80
NAME = 24
"""Columns of a service's name; more of it is left out."""

REMARKS = ("warning", "pre_existing", "waived", "unknown")


def account(planned: Planned, written: Sequence[Path], language: str) -> Iterator[str]:
    """Every line of the report, in the language ``ja`` or ``en``."""
    plan, heads = planned.plan, HEADS[language]
    yield heads["plan"].format(id=identity(plan), name=plan.inventory.project.name)
    yield heads["zone"].format(zone=plan.inventory.clock.zone)
    for part in (_waves(plan, language), _outages(plan, language), _goodness(plan, language)):
        yield ""
        yield from part
    yield ""
    yield from _verdict(planned, heads)
    yield from _files(written, heads)


def workers(steps: Iterable[Step]) -> int:
    """How many people work on the steps, second pairs of eyes included."""
    return len({person for step in steps for person in (*step.people, step.witness) if person})


def by_system(plan: Plan) -> dict[str, list[Outage]]:
    """The outages of each system that has some, in order of the longest sum."""
    found: dict[str, list[Outage]] = {}
    for outage in plan.outages:
        found.setdefault(outage.system, []).append(outage)
    return dict(sorted(found.items(), key=lambda item: (-sum(o.computed for o in item[1]), item[0])))


def remarks(verdict: Verdict) -> dict[str, int]:
    """How many findings do not fail the plan, by why they do not; kinds without any are left out."""
    counted = Counter(_kind(finding) for finding in verdict.findings if finding not in verdict.failures)
    return {kind: counted[kind] for kind in REMARKS if counted[kind]}


def _kind(finding: Finding) -> str:
    if finding.unknown:
        return "unknown"
    if finding.waived is not None:
        return "waived"
    return "pre_existing" if finding.pre_existing else "warning"


def clock_time(minutes: int) -> str:
    """Hours and minutes: 95 is ``1:35``."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _moment(inventory: Inventory, at: Minute, language: str) -> str:
    local = inventory.clock.local(at)
    return f"{local:%Y-%m-%d}({WEEKDAYS[language][local.weekday()]}) {local:%H:%M}"


def _waves(plan: Plan, language: str) -> Iterator[str]:
    heads = HEADS[language]
    rows = [[heads[name] for name in ("wave", "first", "last", "turns", "steps", "people")]]
    parts = [(heads["preparation"], "", plan.preparation)] if plan.preparation else []
    parts += [(wave.id, str(len(wave.turns)), wave.steps) for wave in plan.waves]
    for id, turns, steps in parts:
        first = _moment(plan.inventory, min(s.start for s in steps), language)
        last = _moment(plan.inventory, max(s.end for s in steps), language)
        rows.append([id, first, last, turns, str(len(steps)), str(workers(steps))])
    yield from aligned(rows, right={3, 4, 5})


def _outages(plan: Plan, language: str) -> Iterator[str]:
    heads, found = HEADS[language], by_system(plan)
    if not found:
        yield heads["no_outage"]
        return
    rows = [[heads[name] for name in ("system", "begins", "times", "total", "inside", "longest")]]
    for id, outages in found.items():
        name = f"{id} {plan.inventory.systems[id].name}"
        lengths = [outage.computed for outage in outages]
        inside = sum(outage.inside for outage in outages)
        times = [str(len(outages)), *map(clock_time, (sum(lengths), inside, max(lengths)))]
        rows.append([cut(name, NAME), _moment(plan.inventory, outages[0].span.start, language), *times])
    yield from aligned(rows, right={2, 3, 4, 5})


def _goodness(plan: Plan, language: str) -> Iterator[str]:
    """Each term in its own unit, then the gap of their weighted sum; the first term is no part of the sum."""
    heads, weights = HEADS[language], unit_costs(plan.inventory.policy.weights)
    rows = [[heads[name] for name in ("term", "value", "bound", "unit", "proof")]]
    for term in plan.objective:
        words, unit = TERMS[language].get(term.id, (term.id, ""))
        proof = heads["best"] if term.value == term.bound else PROOFS[language].get(term.proof, term.proof)
        rows.append([words, *(in_units(n, weights.get(term.id, 100)) for n in (term.value, term.bound)), unit, proof])
    yield from aligned(rows, right={1, 2})
    yield _gap(plan.objective, heads)


def _gap(every: Sequence[Term], heads: Mapping[str, str]) -> str:
    """The bound of the sum holds for plans that are not worse in the first term, which may be beaten itself."""
    terms = [term for term in every if not term.first]
    best = "sum_best" if all(term.value == term.bound for term in every if term.first) else "sum_least"
    value, bound = sum(term.value for term in terms), sum(term.bound for term in terms)
    told = {"value": in_units(value, 100), "bound": in_units(bound, 100), "gap": in_units(value - bound, 100)}
    share = round(100 * (value - bound) / value) if value else 0
    return heads["sum" if value > bound else best].format(**told, share=share)


def unit_costs(weights: Weights) -> Mapping[str, int]:
    """What one unit of a term costs, in hundredths."""
    return {
        "outage_minutes": weights.outage_minute,
        "waves": weights.wave,
        "bridge_sum": weights.bridge_minute,
        "bridge_peak": weights.bridge_peak,
        "person_hours": weights.person_hour,
        "end_day": weights.day,
    }


def in_units(hundredths: int, weight: int) -> str:
    """What is so many hundredths dear, in units of this weight; a term that costs nothing is not measured."""
    if not weight:
        return "-"
    whole = hundredths % weight == 0 or abs(hundredths) >= 100 * weight
    return f"{round(hundredths / weight):,}" if whole else f"{hundredths / weight:.1f}"


def _verdict(planned: Planned, heads: Mapping[str, str]) -> Iterator[str]:
    if not planned.verdict.safe:
        return
    yield heads["safe"].format(checks=f"{sum(planned.verdict.certificate.checks.values()):,}")
    told = [heads[kind].format(n=count) for kind, count in remarks(planned.verdict).items()]
    if told:
        yield heads["remarks"].format(told=", ".join(told))


def _files(written: Sequence[Path], heads: Mapping[str, str]) -> Iterator[str]:
    """The folder of the plan, and the names of all files from there."""
    folder = written[0].parent
    names = [str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path) for path in written]
    yield heads["files"].format(folder=folder, n=len(names))
    text = "  ".join(name.replace(" ", "\N{NO-BREAK SPACE}") for name in names)
    for line in wrap(text, WIDTH - 2, break_long_words=False, break_on_hyphens=False):
        yield f"  {line}".replace("\N{NO-BREAK SPACE}", " ")


def cut(text: str, columns: int) -> str:
    """The text, its end left out where it is wider than the columns."""
    return text if cell_len(text) <= columns else set_cell_size(text, columns - 2).rstrip() + ".."


def aligned(rows: Sequence[Sequence[str]], right: set[int]) -> Iterator[str]:
    """Lines with every column as wide as its widest cell on a terminal; numbers of ``right`` end together."""
    widths = [max(cell_len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        blanks = [" " * (width - cell_len(cell)) for width, cell in zip(widths, row, strict=True)]
        filled = enumerate(zip(row, blanks, strict=True))
        yield "  ".join(blank + cell if n in right else cell + blank for n, (cell, blank) in filled).rstrip()
