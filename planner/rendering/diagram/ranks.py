"""Ranks: the columns from left to right, every provider left of its dependents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

SWEEPS: Final = 6
CAPS: Final = (14, 12, 10, 9, 8, 7, 6, 5, 4, 3)
SMALL: Final = 400
CAPS_OF_MANY: Final = (80, 50, 30)
"""Most nodes of one lane in one column: what is tried in drawings of ordinary size, and in larger ones."""
WIRE: Final = 0.17
"""What a line that passes a column takes of a row."""
SHEET: Final = 2**0.5
"""Width to height of a sheet of paper."""

Pair = tuple[str, str]


def ranks(lanes: Mapping[str, str], pairs: Sequence[Pair], shape: float) -> dict[str, int]:
    """Return the column of every node, from 0.

    Parameters
    ----------
    lanes : mapping of str to str
        The lane of every node, in the order in which equals are placed.
    pairs : sequence of (str, str)
        Left and right end of every line; nothing circular.
    shape : float
        Width of a column by height of a row. Columns are split until the whole has the shape of a sheet.
    """
    linked = {node for pair in pairs for node in pair}
    natural = _tightened(_longest({node: lane for node, lane in lanes.items() if node in linked}, pairs), pairs)
    best = _filled(natural, lanes)
    for cap in CAPS if len(lanes) <= SMALL else CAPS_OF_MANY:
        capped = _filled(_capped(natural, lanes, pairs, cap), lanes)
        if _reduction(capped, lanes, pairs, shape) < _reduction(best, lanes, pairs, shape) * 0.97:
            best = capped
    return best


def _longest(nodes: Mapping[str, str], pairs: Sequence[Pair]) -> dict[str, int]:
    """Return the length of the longest chain that ends at each node."""
    before, after = _neighbours(pairs)
    waiting = {node: len(before[node]) for node in nodes}
    order = [node for node, count in waiting.items() if not count]
    rank = dict.fromkeys(nodes, 0)
    for node in order:
        for other in after[node]:
            rank[other] = max(rank[other], rank[node] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
    return {node: rank[node] for node in order}


def _tightened(rank: dict[str, int], pairs: Sequence[Pair]) -> dict[str, int]:
    """Return ranks with shorter lines: who has more dependents than providers stands as far right as they allow."""
    before, after = _neighbours(pairs)
    rank = dict(rank)
    for _ in range(SWEEPS):
        for node in sorted(rank, key=lambda node: -rank[node]):
            if len(after[node]) > len(before[node]):
                rank[node] = min(rank[other] for other in after[node]) - 1
        for node in sorted(rank, key=lambda node: rank[node]):
            if 0 < len(before[node]) >= len(after[node]):
                rank[node] = max(rank[other] for other in before[node]) + 1
    least = min(rank.values(), default=0)
    return {node: place - least for node, place in rank.items()}


def _capped(rank: dict[str, int], lanes: Mapping[str, str], pairs: Sequence[Pair], cap: int) -> dict[str, int]:
    """Return ranks with at most `cap` nodes of a lane in a column; those that can wait move right with what follows."""
    before, after = _neighbours(pairs)
    place, order = dict(rank), sorted(rank, key=lambda node: rank[node])
    column = 0
    while column <= max(place.values(), default=-1):
        here: dict[str, list[str]] = defaultdict(list)
        for node, own in place.items():
            if own == column:
                here[lanes[node]].append(node)
        for nodes in here.values():
            nodes.sort(key=lambda node: min((place[other] for other in after[node]), default=len(place)))
            for node in nodes[cap:]:
                place[node] = column + 1
        for node in order:
            for other in before[node]:
                if place[other] >= place[node]:
                    place[node] = place[other] + 1
        column += 1
    return place


def _filled(rank: dict[str, int], lanes: Mapping[str, str]) -> dict[str, int]:
    """Return the ranks with unlinked nodes added where their lane has room, at the left first."""
    rows = Counter((lanes[node], place) for node, place in rank.items())
    columns = max(rank.values(), default=0) + 1
    full = dict(rank)
    for node, lane in lanes.items():
        if node not in rank:
            width = max(columns, 6)
            tallest = max(rows[lane, column] for column in range(width))
            place = min(range(width), key=lambda column: (max(rows[lane, column] + 1, tallest), column))
            full[node] = place
            rows[lane, place] += 1
    return full


def _reduction(rank: Mapping[str, int], lanes: Mapping[str, str], pairs: Sequence[Pair], shape: float) -> float:
    """Return how much the whole must be reduced for a sheet, in units of rows."""
    rows: dict[tuple[str, int], float] = defaultdict(float)
    for node, place in rank.items():
        rows[lanes[node], place] += 1
    for (_, lane), (left, right) in _wires(rank, lanes, pairs).items():
        for place in range(left + 1, right):
            rows[lane, place] += WIRE
    tallest: dict[str, float] = defaultdict(float)
    for (lane, _), height in rows.items():
        tallest[lane] = max(tallest[lane], height)
    columns = max(rank.values(), default=0) + 1
    return max(columns * shape / SHEET, (sum(tallest.values()) + 0.5 * len(tallest)) * 1.12)


def _wires(
    rank: Mapping[str, int], lanes: Mapping[str, str], pairs: Sequence[Pair]
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return from which to which column a line of a source runs in a lane."""
    reach: dict[tuple[str, str], tuple[int, int]] = {}
    for left, right in pairs:
        _, last = reach.get((left, lanes[right]), (0, 0))
        reach[left, lanes[right]] = rank[left], max(last, rank[right])
    return reach


def _neighbours(pairs: Sequence[Pair]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for left, right in pairs:
        after[left].append(right)
        before[right].append(left)
    return before, after
