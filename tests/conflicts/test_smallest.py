"""The smallest refused set is found, and is the smallest."""

from itertools import combinations
from random import Random

import pytest

from planner.conflicts.smallest import MOST, smallest_refused


def causes(chance: Random, count: int) -> list[frozenset[int]]:
    return [frozenset(chance.sample(range(count), chance.randint(1, 4))) for _ in range(chance.randint(1, 4))]


@pytest.mark.parametrize("seed", range(60))
def test_the_smallest_refused_set_is_as_small_as_any_and_needs_each_of_its_facts(seed: int) -> None:
    chance, count = Random(seed), 9
    known = causes(chance, count)

    def refused(kept: frozenset[int]) -> bool:
        return any(cause <= kept for cause in known)

    found = smallest_refused(frozenset(range(count)), refused)
    assert found is not None
    facts, smallest = frozenset(found[0]), found[1]
    assert smallest
    assert refused(facts)
    smaller = combinations(range(count), len(facts) - 1)
    assert not any(refused(frozenset(kept)) for kept in smaller)


def test_a_set_of_many_facts_is_minimal_and_is_not_called_the_smallest() -> None:
    cause = frozenset(range(0, 2 * MOST + 2, 2))
    found = smallest_refused(frozenset(range(2 * MOST + 2)), lambda kept: cause <= kept)
    assert found == (tuple(sorted(cause)), False)


def test_what_is_not_refused_has_no_such_set() -> None:
    assert smallest_refused(frozenset(range(5)), lambda kept: False) is None


def test_what_is_refused_without_any_of_the_facts_blames_none_of_them() -> None:
    assert smallest_refused(frozenset(range(5)), lambda kept: True) == ((), True)
