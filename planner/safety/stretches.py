"""Judging every moment without judging it again: what no change concerns stays as it was judged before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeVar

from planner.safety.ledger import Table
from planner.safety.moment import Moment
from planner.safety.screening import Screen, screening
from planner.units.span import Minute, Span

if TYPE_CHECKING:
    from planner.safety.replay import Replay

T = TypeVar("T")
Judge = Callable[[Moment, str], T]


@dataclass(frozen=True, slots=True, eq=False)
class Question(Generic[T]):
    """What is asked of each of some subjects at every moment; the answer is false where there is nothing to say.

    ``ids`` are whom it is asked of, with their places in the order of the file. It is asked again only where one of the
    subjects that it watches for the id (the id itself, if ``watching`` is None) changed or has a provider that changed;
    with ``deep`` also where only a cause further away may have, with ``own`` only where the state of such a subject
    itself changed. ``judging`` gives the judge for a replay, which may keep what it knows from one moment to the next.
    ``screen`` names the moments at which the answer may not be false: at the others nobody has to ask.
    """

    name: str
    ids: Mapping[str, int]
    judging: Callable[[Replay], Judge[T]]
    watching: Mapping[str, Sequence[str]] | None = None
    deep: bool = False
    own: bool = False
    screen: Screen | None = None

    def due(self, moment: Moment) -> Iterable[str]:
        """Of whom it has to be asked at a moment."""
        changed = moment.moved if self.own else moment.changed if self.deep else moment.felt
        if changed is None:
            return self.ids
        return self.watched_by(sorted(changed))

    def watched_by(self, subjects: Iterable[str]) -> Iterable[str]:
        """Whom these subjects concern."""
        if self.watching is None:
            return [id for id in subjects if id in self.ids]
        return dict.fromkeys(id for subject in subjects for id in self.watching.get(subject, ()))

    def asked_at(self, replay: Replay, known: Table[str, T]) -> Iterator[tuple[Moment, Iterable[str]]]:
        """The moments of a replay, and whom to ask there; ``known`` is looked into when a moment is reached."""
        if self.screen is None:
            yield from ((moment, self.due(moment)) for moment in replay.moments)
            return
        for strip, part in groupby(replay.moments, key=lambda moment: moment.strip):
            found, first = screening(strip, self, self.screen), next(part)
            if found.bits or not known.ever.isdisjoint(self.ids if first.moved is None else found.subjects):
                first.look()
                yield first, found.at_first(first, known, self.ids)
                yield from ((m, found.later[m.column]) for m in part if m.column in found.later)


def asked(
    name: str,
    ids: Iterable[str],
    judge: Judge[T],
    concerns: Mapping[str, Iterable[str]] | None = None,
    *,
    deep: bool = False,
    own: bool = False,
    screen: Screen | None = None,
) -> Question[T]:
    """A question that is judged by the moment alone; ``concerns`` lists for each id whom it watches, if not itself."""
    known = numbered(ids)
    return Question(
        name, known, lambda _: judge, None if concerns is None else _watching(known, concerns), deep, own, screen
    )


def numbered(ids: Iterable[str]) -> Mapping[str, int]:
    """Each id once, with its place in the order given."""
    return {id: number for number, id in enumerate(dict.fromkeys(ids))}


def stretches(replay: Replay, question: Question[T]) -> list[tuple[str, Span, T]]:
    """The answers over the whole span, as maximal stretches in which one is the same; false answers are left out.

    Stretches of one id come in order of time. A replay that branches off goes on from the answers of the one that it
    branches off from.
    """
    if question.name not in replay.answers:
        if replay.stem is not None and question.name not in replay.stem.answers:
            stretches(replay.stem, question)
        replay.answers[question.name] = _stretches(replay, question)
    found: list[tuple[str, Span, T]] = replay.answers[question.name]
    return found


def _stretches(replay: Replay, question: Question[T]) -> list[tuple[str, Span, T]]:
    closed: list[tuple[str, Span, T]] = []
    known, judge = replay.ledger.judged(question.name), question.judging(replay)
    since: dict[str, Minute] = {}
    for moment, ids in question.asked_at(replay, known):
        for id in ids:
            answer = judge(moment, id)
            moment.look()
            before = known.get(id)
            if answer == before or not (answer or before):
                continue
            begun = since.get(id, replay.span.start)
            if before and begun < moment.minute:
                closed.append((id, Span(begun, moment.minute), before))
            since[id] = moment.minute
            if answer:
                known[id] = answer
            else:
                known.pop(id)
    left = replay.end().judged(question.name) if known.ever else {}
    last = (
        (id, Span(since.get(id, replay.span.start), replay.span.end), left[id])
        for id in sorted(left, key=question.ids.__getitem__)
    )
    return [*closed, *last]


def _watching(ids: Iterable[str], concerns: Mapping[str, Iterable[str]]) -> Mapping[str, list[str]]:
    """For each subject the ids whose judgement depends on it."""
    watching: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        for subject in concerns.get(id, (id,)):
            watching[subject].append(id)
    return watching
