"""What the order of a plan leaves free, and what a given order costs; several are judged at a time."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from planner.errors.failure import Failure
from planner.model.inventory import Inventory
from planner.pipeline.processes import spread
from planner.plan.order import Evaluation, Exchange, Freedom
from planner.plan.plan import Plan
from planner.units.progress import Progress
from planner.whatif.arrangement import Chain, NoOrder, circle
from planner.whatif.order import candidates, evaluated, exchanged, runs

__all__ = ["NoOrder", "chains_of", "evaluate", "freedom"]


def chains_of(given: Iterable[str]) -> tuple[Chain, ...]:
    """Return orders as they are given: ids with commas or blanks between them, or a file with one order on each line.

    Raises
    ------
    Failure
        If one names fewer than two ids.
    """
    return tuple(chain for text in given for chain in _chains(text))


def evaluate(plan: Plan, chains: Sequence[Chain]) -> Evaluation:
    """Return what comes of a plan in a given order, or as it is.

    Raises
    ------
    Failure
        If the plan has no place for the order.
    """
    try:
        around = circle(plan, chains)
        if around:
            raise _round(around)
        return evaluated(plan.inventory, plan, chains)
    except NoOrder as found:
        raise _no_order(found) from found


def freedom(
    plan: Plan, own: Evaluation, pairs: Sequence[Chain], jobs: int, progress: Progress, stopped: Callable[[], bool]
) -> Freedom:
    """Return what may change places: each pair, then turned round the runs of turns of which all neighbours may."""
    was = own.tally.weighted, own.total
    judged = list(_judged(plan, pairs, was, jobs, progress, stopped))
    free = [each.ids for each in judged if each.harmless]
    longer = [] if stopped() else list(runs(plan, free))
    turned = list(_judged(plan, longer, was, jobs, progress, stopped))
    groups = tuple(each.ids for each in turned if each.harmless)
    return Freedom(tuple(judged), groups, len(pairs) - len(judged))


def pairs_of(plan: Plan, which: str) -> tuple[Chain, ...]:
    """Return the pairs to judge: of ``waves``, of ``turns``, of ``all`` or of ``none``."""
    return tuple(candidates(plan, waves=which in ("waves", "all"), turns=which in ("turns", "all")))


def _judged(
    plan: Plan,
    pairs: Sequence[Chain],
    was: tuple[int, int],
    jobs: int,
    progress: Progress,
    stopped: Callable[[], bool],
) -> Iterator[Exchange]:
    """The exchanges in the order of the pairs."""
    found: dict[int, Exchange] = {}
    calls = [(plan.inventory, plan, pair, was) for pair in pairs]
    for done, (number, answer) in enumerate(spread(_exchange, calls, jobs, stopped), 1):
        found[number] = answer
        progress("orders", done, len(pairs))
    yield from (found[number] for number in sorted(found))


def _exchange(
    inventory: Inventory, plan: Plan, ids: Chain, was: tuple[int, int], _stopped: Callable[[], bool]
) -> Exchange:
    return exchanged(inventory, plan, ids, was)


def _chains(text: str) -> Iterator[Chain]:
    file = Path(text)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines() if file.is_file() else [text]
    except UnicodeDecodeError as error:
        raise _not_text(file) from error
    if not any(line.partition("#")[0].strip() for line in lines):
        raise _too_short(text)  # nothing is asked for where something was meant to be
    for line in lines:
        ids = tuple(re.split(r"[\s,]+", line.partition("#")[0].strip()))
        if ids != ("",):
            if len(set(ids)) < 2 or len(set(ids)) < len(ids):
                raise _too_short(line)
            yield ids


def _not_text(file: Path) -> Failure:
    return Failure(
        f"{file} is not UTF-8 text",
        cure="write one order a line, such as `db1,ap1`, as UTF-8",
        japanese=(
            f"{file} は UTF-8 のテキストではありません",
            "`db1,ap1` のような順番を一行に一つ、UTF-8 で書いてください",
        ),
    )


def _too_short(line: str) -> Failure:
    return Failure(
        f"`{line.strip()}` is no order",
        cure="name two or more different ids, the first of which comes first, such as `db1,ap1`",
        japanese=(
            f"`{line.strip()}` は順番になりません",
            "`db1,ap1` のように、違う id を先に来るものから二つ以上書いてください",
        ),
    )


def _round(around: Chain) -> Failure:
    way = " < ".join(around)
    return Failure(
        f"this order goes round in a circle: {way}",
        cure="take one of these orders out",
        japanese=(f"順番が一周しています: {way}", "どれか1つの順番を消してください"),
    )


def _no_order(found: NoOrder) -> Failure:
    if found.other is None:
        return Failure(
            f"{found.id} is in no wave of the plan, so it has no place in an order",
            cure="name a wave (W1), a turn (W1-T1), or an asset or system that a wave is about",
            japanese=(
                f"{found.id} は計画のどの波にもないので、順番を決められません",
                "波 (W1)、組 (W1-T1)、または波の中で動かす機器やシステムの id を書いてください",
            ),
        )
    return Failure(
        f"{found.id} and {found.other} move together in one turn, so neither comes first",
        cure="name what is in other turns or waves",
        japanese=(
            f"{found.id} と {found.other} は同じ組で一緒に動かすので、順番を入れ替えられません",
            "別の組や波にあるものを書いてください",
        ),
    )
