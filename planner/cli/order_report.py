"""What `planner order` says: the course of an order over the bridge, and what may change places."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from planner.cli.order_words import WORDS
from planner.cli.paragraph import folded
from planner.cli.plan_account import aligned, clock_time, cut
from planner.cli.verify_report import finding_as_data
from planner.pipeline.verify import Verified
from planner.plan.comparison import Break
from planner.plan.order import Evaluation, Exchange, Freedom, Passage
from planner.plan.wording import word
from planner.units.span import Minute

ASSETS = 36
"""Columns for what a turn moves."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is told: the plan's own order, the given one if there is one, and what may change places."""

    verified: Verified
    own: Evaluation
    given: Evaluation | None
    free: Freedom
    language: str

    @property
    def words(self) -> dict[str, str]:
        """The sentences in the chosen language."""
        return dict(WORDS[self.language])


def lines(report: Report) -> Iterator[str]:
    """Every line of the report, none wider than 80 columns unless a word is."""
    words, shown = report.words, report.given or report.own
    if report.given is None:
        yield words["own"].format(plan=report.own.tally.plan)
    else:
        chains = "; ".join(" < ".join(chain) for chain in report.given.chains)
        yield from folded(words["given"].format(chains=chains))
    yield from _course(report, shown.passages)
    yield from _cost(report, shown)
    yield from _verdict(report, shown.breaks)
    if report.free.exchanges or report.free.left:
        yield ""
        yield from _exchanges(report)


def _course(report: Report, passages: Iterable[Passage]) -> Iterator[str]:
    words = report.words
    rows = [[words[name] for name in ("turn", "begins", "after", "peak", "assets")]]
    for passage in passages:
        assets = cut(" ".join(passage.assets), ASSETS)
        rows.append([passage.turn, _when(report, passage.start), str(passage.after), str(passage.peak), assets])
    yield from aligned(rows, right={2, 3})


def _cost(report: Report, shown: Evaluation) -> Iterator[str]:
    words, own, than = report.words, report.own, "_than" if report.given else ""
    bridge = {"peak": shown.peak, "total": f"{shown.total:,}", "peak_own": own.peak, "total_own": f"{own.total:,}"}
    yield from folded(words[f"bridge{than}"].format(**bridge))
    outage = {
        "outage": clock_time(shown.tally.outage),
        "outage_own": clock_time(own.tally.outage),
        "inside": clock_time(shown.tally.inside),
        "weighted": f"{shown.tally.weighted:,}",
        "weighted_own": f"{own.tally.weighted:,}",
    }
    yield from folded(words[f"outage{than}"].format(**outage))


def _verdict(report: Report, breaks: tuple[Break, ...]) -> Iterator[str]:
    words = report.words
    yield words["unsafe"].format(rules=len(breaks)) if breaks else words["safe"]
    for broken in breaks:
        yield from folded(_told(report, broken), "  ", "      ")


def _told(report: Report, broken: Break) -> str:
    words = report.words
    told = words["break"].format(rule=broken.rule, told=word(broken.first, report.language))
    return f"{told} {words['more'].format(n=broken.count - 1)}" if broken.count > 1 else told


def _exchanges(report: Report) -> Iterator[str]:
    words, free = report.words, report.free
    harmless = [each for each in free.exchanges if each.harmless]
    yield from folded(words["free"].format(n=len(harmless), all=len(free.exchanges)))
    for each in harmless:
        told = words["gain"].format(weighted=each.weighted, total=each.total)
        yield from folded(f"{_pair(report, each)}  {told}", "  ", "      ")
    for group in free.groups:
        yield from folded(words["group"].format(ids=", ".join(group)), "  ", "      ")
    if len(harmless) < len(free.exchanges):
        yield words["bound"]
    for each in (each for each in free.exchanges if not each.harmless):
        yield from folded(f"{_pair(report, each)}  {_why(report, each)}", "  ", "      ")
    if free.left:
        yield words["left"].format(n=free.left)


def _pair(report: Report, each: Exchange) -> str:
    return report.words["pair"].format(a=each.ids[0], b=each.ids[-1])


def _why(report: Report, each: Exchange) -> str:
    """The first violation in words, and the other rules."""
    others = ", ".join(broken.rule for broken in each.breaks[1:])
    return _told(report, each.breaks[0]) + (f"; {others}" if others else "")


def _when(report: Report, minute: Minute) -> str:
    return f"{report.verified.plan.inventory.clock.local(minute):%Y-%m-%d %H:%M}"


def as_data(report: Report) -> dict[str, Any]:
    """The same as JSON data; instants are local ISO 8601 with offset."""
    return {
        "plan": report.own.tally.plan,
        "own": _evaluation(report, report.own),
        "given": _evaluation(report, report.given) if report.given else None,
        "exchanges": [_exchange(report, each) for each in report.free.exchanges],
        "groups": [list(group) for group in report.free.groups],
        "not_judged": report.free.left,
    }


def _evaluation(report: Report, shown: Evaluation) -> dict[str, Any]:
    clock = report.verified.plan.inventory.clock
    return {
        "order": [list(chain) for chain in shown.chains],
        "safe": not shown.breaks,
        "breaks": [_break(report, broken) for broken in shown.breaks],
        "bridge_peak": shown.peak,
        "bridge_minutes": shown.total,
        "outage_minutes": shown.tally.outage,
        "inside_service_hours": shown.tally.inside,
        "weighted_outage": shown.tally.weighted,
        "turns": [
            {
                "wave": passage.wave,
                "turn": passage.turn,
                "assets": list(passage.assets),
                "start": clock.iso(passage.start),
                "end": clock.iso(passage.end),
                "across_after": passage.after,
                "across_peak": passage.peak,
            }
            for passage in shown.passages
        ],
    }


def _exchange(report: Report, each: Exchange) -> dict[str, Any]:
    return {
        "ids": list(each.ids),
        "harmless": each.harmless,
        "weighted_outage": each.weighted,
        "bridge_minutes": each.total,
        "breaks": [_break(report, broken) for broken in each.breaks],
    }


def _break(report: Report, broken: Break) -> dict[str, Any]:
    first = finding_as_data(report.verified.loaded, broken.first, report.language)
    return {"rule": broken.rule, "count": broken.count, "first": first}
