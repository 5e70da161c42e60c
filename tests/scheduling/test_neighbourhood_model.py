"""Which jobs go in which night: what the model proposes keeps what it promises, and empties what can be emptied."""

from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.scheduling.neighbourhood_model import Kind, Night, Pool, Slot, propose

CREW: Pool = ("movers", None)


def night(minutes: int, crew: int = 1, turns: int = 3, *, empty: bool = False) -> Night:
    return Night(minutes, {CREW: crew}, turns, empty)


def kind(count: int, minutes: int, nights: int = 2, extra: int = 0) -> Kind:
    return Kind(count, minutes, extra, {CREW: 1}, frozenset(range(nights)))


def broken(kinds: list[Kind], nights: list[Night], found: list[list[Slot]]) -> list[object]:
    """Everything that a proposal breaks, told from the definition."""
    wrong: list[object] = []
    for k, each in enumerate(kinds):
        lying = [sum(slot[k] for slot in slots) for slots in found]
        wrong += [("count", k)] if sum(lying) != each.count else []
        wrong += [("night", k, n) for n, number in enumerate(lying) if number and n not in each.nights]
    for n, (there, slots) in enumerate(zip(nights, found, strict=True)):
        lengths = [max(each.minutes for each, number in zip(kinds, slot, strict=True) if number) for slot in slots]
        for end, slot in zip(accumulate(lengths), slots, strict=True):
            used = sum(each.rates[CREW] * number for each, number in zip(kinds, slot, strict=True))
            wrong += [("people", n)] if used > there.capacity[CREW] else []
            extra = max(each.extra for each, number in zip(kinds, slot, strict=True) if number)
            wrong += [("minutes", n)] if end + extra > there.minutes else []
        wrong += [("turns", n)] if len(slots) > there.turns else []
    return wrong


def test_a_night_is_emptied_if_the_other_has_room() -> None:
    kinds, nights = [kind(2, 30), kind(1, 60)], [night(120), night(120, empty=True)]

    found = propose(kinds, nights, 1.0, 0)

    assert found == [[(0, 1), (1, 0), (1, 0)], []]


def test_equals_go_together_so_that_there_is_room() -> None:
    kinds, nights = [kind(2, 30), kind(2, 60)], [night(90, crew=2), night(90, empty=True)]

    assert propose(kinds, nights, 1.0, 0) == [[(0, 2), (2, 0)], []]


def test_time_to_turn_back_is_left_after_each_turn() -> None:
    nights = [night(90), night(90, empty=True)]

    assert propose([kind(2, 40, extra=10)], nights, 1.0, 0) == [[(1,), (1,)], []]
    assert propose([kind(2, 40, extra=20)], nights, 1.0, 0) == [[(1,)], [(1,)]]


def test_what_may_lie_in_one_night_only_stays_in_it() -> None:
    stays = Kind(1, 30, 0, {CREW: 1}, frozenset({1}))

    assert propose([stays], [night(90), night(90, empty=True)], 1.0, 0) == [[], [(1,)]]


def test_there_is_no_proposal_for_what_fits_nowhere() -> None:
    assert propose([kind(1, 100)], [night(90), night(90, empty=True)], 1.0, 0) is None


@settings(max_examples=10, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(2, 12), st.integers(0, 4)), min_size=1, max_size=4),
    st.integers(1, 3),
)
def test_a_proposal_keeps_people_minutes_and_turns(rows: list[tuple[int, int, int]], crew: int) -> None:
    kinds = [kind(count, 5 * minutes, extra=5 * extra) for count, minutes, extra in rows]
    nights = [night(240, crew, 5), night(300, crew, 5, empty=True)]

    found = propose(kinds, nights, 0.02, 0)

    assert found is None or broken(kinds, nights, found) == []
