"""What `planner plan --alternatives` says: one table of all plans, then what each wins and gives up."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from planner.cli.alternatives_words import WORDS
from planner.cli.paragraph import WIDTH, folded
from planner.cli.plan_account import aligned
from planner.errors.text import columns
from planner.plan.choice import Candidate, Choice, Why
from planner.plan.choice_file import file_of
from planner.plan.wording_choice import contrast, number, title, units

COLUMNS = ("service_minutes", "downtime", "bridge_sum", "bridge_peak", "person_hours")
"""What stands in the table between the number of waves and the last day."""


def lines(choice: Choice, out: Path, inventory: Path, language: str) -> Iterator[str]:
    """Every line about the alternatives, none wider than 80 columns unless a path is."""
    words = WORDS[language]
    if len(choice.offered) == 1:
        yield from folded(words["alone_stopped" if choice.stopped else "alone"])
    else:
        yield from folded(words["head"].format(n=len(choice.offered)))
        yield from table(choice, language)
        for each in choice.offered[1:]:
            yield ""
            yield from _told(choice, each, language)
    yield from _dropped(choice, words)
    if len(choice.offered) > 1:
        yield ""
        yield from _choosing(choice, out, inventory, words)


def table(choice: Choice, language: str) -> Iterator[str]:
    """All plans under each other; what is best of a column, where they differ, has a star.

    Where that would be wider than a terminal, the numbers of each plan are told with their names instead.
    """
    words, best = WORDS[language], choice.best()
    heads = [words[name] for name in ("id", "waves", *COLUMNS, "end_day", "gap")]
    rows = [_row(each, best) for each in choice.offered]
    wide = list(aligned([*_two_lines(heads), *rows], right=set(range(1, len(heads)))))
    if max(map(columns, wide)) <= WIDTH:
        yield from wide
    else:
        yield from _told_apart(heads, rows)
    if any(each.tally.gap is None for each in choice.offered):
        yield from folded(words["no_gap"], "", "   ")


def _two_lines(heads: Sequence[str]) -> Iterator[list[str]]:
    """Heads over columns; one of a single line stands in the lower."""
    yield [head.rpartition("\n")[0] for head in heads]
    yield [head.rpartition("\n")[2] for head in heads]


def _told_apart(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Each plan by itself; Japanese heads are one word, English ones two or one divided by a hyphen."""
    joined = [head.replace("-\n", "").replace("\n", " " if head.isascii() else "") for head in heads]
    for row in rows:
        told = zip(joined[1:], row[1:], strict=True)
        yield from folded(f"{row[0]}: " + ", ".join(f"{head} {cell}" for head, cell in told), "", "    ")


def _row(each: Candidate, best: Mapping[str, int]) -> list[str]:
    weights, values = each.plan.inventory.policy.weights, each.values
    marks = {id: "*" if best.get(id) == value else "" for id, value in values.items()}
    numbers = [marks[id] + number(units(id, values[id], weights)) for id in COLUMNS]
    last = each.plan.inventory.clock.day(each.tally.end - 1).isoformat()
    waves = f"{marks['waves']}{len(each.plan.waves)}"
    return [each.id, waves, *numbers, marks["end_day"] + last, each.tally.share]


def _told(choice: Choice, each: Candidate, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield f"{each.id}: {title(each.id, language)}"
    if each.better:
        yield from folded(words["better"], "  ")
    for told in contrast(choice, each, language):
        yield from folded(told, "  ", "    ")


def _dropped(choice: Choice, words: Mapping[str, str]) -> Iterator[str]:
    told = {
        why: [f"{each.id} ({each.by})" if each.by else each.id for each in choice.dropped if each.why is why]
        for why in Why
    }
    if choice.dropped:
        yield ""
    for why, ids in told.items():
        if ids:
            yield from folded(words[why.value].format(ids=", ".join(ids)), "", "  ")


def _choosing(choice: Choice, out: Path, inventory: Path, words: Mapping[str, str]) -> Iterator[str]:
    """How to go on with the first alternative: its papers, and what is different in it."""
    file = out / file_of(choice.offered[1].id)
    yield words["choose"]
    yield "  " + words["render"].format(inventory=inventory, file=file)
    yield "  " + words["diff"].format(plan=out / "plan.json", file=file)
