"""Judging every moment without judging it again: what no change concerns stays as it was judged before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeVar

from planner.safety.alike import alike
from planner.safety.course import Course
from planner.safety.moment import Moment
from planner.safety.screening import Screen, screening
from planner.safety.strip import columns
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
    ``screen`` names the moments at which the answer may not be false: at the others nobody has to ask. ``near``: the
    answer depends on the subject and what it needs or runs on itself, and on nothing beyond that (`alike`).
    """

    name: str
    ids: Mapping[str, int]
    judging: Callable[[Replay], Judge[T]]
    watching: Mapping[str, Sequence[str]] | None = None
    deep: bool = False
    own: bool = False
    screen: Screen | None = None
    near: bool = False

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

    def asked_at(self, replay: Replay, known: Collection[str]) -> Iterator[tuple[Moment, Iterable[str]]]:
        """The moments of a replay, and whom to ask there; ``known`` is looked into when a moment is reached."""
        if self.screen is None:
            yield from ((moment, self.due(moment)) for moment in replay.moments)
            return
        for strip, part in groupby(replay.moments, key=lambda moment: moment.strip):
            found, first = screening(strip, self, self.screen), next(part)
            if found.bits or known:
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
    watching = None if concerns is None else _watching(known, concerns)
    return Question(name, known, lambda _: judge, watching, deep, own, screen)


def numbered(ids: Iterable[str]) -> Mapping[str, int]:
    """Each id once, with its place in the order given."""
    return {id: number for number, id in enumerate(dict.fromkeys(ids))}


def stretches(replay: Replay, question: Question[T]) -> list[tuple[str, Span, T]]:
    """The answers over the whole span, as maximal stretches in which one is the same; false answers are left out.

    Stretches of one id come in order of time. A replay that branches off goes on from the answers of the one that it
    branches off from.
    """
    if question.name not in replay.answers:
        replay.answers[question.name] = _stretches(replay, question)
    found: list[tuple[str, Span, T]] = replay.answers[question.name]
    return found


def _stretches(replay: Replay, question: Question[T]) -> list[tuple[str, Span, T]]:
    if replay.whole is not None:
        begin = replay.span.start
        return [(id, replay.span, answer) for id, span, answer in stretches(replay.whole, question) if begin in span]
    closed: list[tuple[str, Span, T]] = []
    known, judge = _inherited(replay, question), _judge(replay, question)
    since: dict[str, Minute] = {}
    for moment, ids in question.asked_at(replay, known):
        for id in ids:
            answer = judge(moment, id)
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
                del known[id]
    last = (
        (id, Span(since.get(id, replay.span.start), replay.span.end), known[id])
        for id in sorted(known, key=question.ids.__getitem__)
    )
    return [*closed, *last]


def _judge(replay: Replay, question: Question[T]) -> Judge[T]:
    """The judge of a question; in a branch what is near is judged once for all moments at which it is the same."""
    judge = question.judging(replay)
    if replay.stem is None or not question.near:
        return judge

    def remembered(moment: Moment, id: str) -> T:
        strip, column = moment.strip, moment.column
        for bits, answer in strip.answered[question.name, id]:
            if bits >> column & 1:
                return answer  # type: ignore[no-any-return]  # the answers of this question
        found = judge(moment, id)
        strip.answered[question.name, id].append((alike(strip, id, column), found))
        return found

    return remembered


def _inherited(replay: Replay, question: Question[T]) -> dict[str, T]:
    """The answers that hold just before a replay branches off."""
    stem, origin, name = replay.stem, replay.origin, f"{question.name}: course"
    if stem is None:
        return {}
    if name not in stem.answers:
        stem.answers[name] = [Course(stretches(stem, question))]
    return {} if origin is None else dict(stem.answers[name][0].at(origin.minute))


def given(replay: Replay, question: Question[T]) -> list[tuple[str, T]]:
    """The answers that are given in a branch itself, whether they were given before it or not."""
    judge = _judge(replay, question)
    asked = ((id, judge(moment, id)) for moment, ids in question.asked_at(replay, ()) for id in ids)
    return [(id, answer) for id, answer in asked if answer]


def holding(replay: Replay, question: Question[bool], screen: Screen) -> list[tuple[str, Span]]:
    """The same of a question whose screen is its answer, so that nobody has to be asked."""
    if question.name not in replay.answers:
        replay.answers[question.name] = [*_holding(replay, question, screen)]
    return [(id, span) for id, span, _ in replay.answers[question.name]]


def _holding(replay: Replay, question: Question[bool], screen: Screen) -> Iterator[tuple[str, Span, bool]]:
    if replay.whole is not None:
        begin = replay.span.start
        yield from ((id, replay.span, True) for id, span in holding(replay.whole, question, screen) if begin in span)
        return
    since = dict.fromkeys(_inherited(replay, question), replay.span.start)
    for strip, moments in groupby(replay.moments, key=lambda moment: moment.strip):
        part, found = list(moments), screening(strip, question, screen)
        first, within = part[0].column, (1 << len(part)) - 1
        for id in found.bits.keys() | (since.keys() & found.concerned):
            bits = found.bits.get(id, 0) >> first & within
            for column in columns((bits ^ (bits << 1 | (id in since))) & within):
                minute = part[column].minute
                if id not in since:
                    since[id] = minute
                elif since[id] < minute:
                    yield id, Span(since.pop(id), minute), True
                else:
                    del since[id]
    yield from ((id, Span(begun, replay.span.end), True) for id, begun in since.items())


def _watching(ids: Iterable[str], concerns: Mapping[str, Iterable[str]]) -> Mapping[str, list[str]]:
    """For each subject the ids whose judgement depends on it."""
    watching: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        for subject in concerns.get(id, (id,)):
            watching[subject].append(id)
    return watching
