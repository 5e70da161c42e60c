"""Judging every moment without judging it again: what no change concerns stays as it was judged before."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from planner.safety.alike import alike
from planner.safety.course import Course
from planner.safety.moment import Moment
from planner.safety.question import Judge, Question, Screen
from planner.safety.record import Record
from planner.safety.screening import Screening
from planner.safety.strip import columns
from planner.units.span import Minute, Span

T = TypeVar("T")


def stretches(record: Record, question: Question[T]) -> list[tuple[str, Span, T]]:
    """The answers over the whole span, as maximal stretches in which one is the same; false answers are left out.

    Stretches of one id come in order of time. A branch goes on from the answers of the record that it leaves.
    """
    if question.name not in record.answers:
        record.answers[question.name] = _stretches(record, question)
    found: list[tuple[str, Span, T]] = record.answers[question.name]
    return found


def _stretches(record: Record, question: Question[T]) -> list[tuple[str, Span, T]]:
    if record.whole is not None:
        begin = record.span.start
        return [(id, record.span, answer) for id, span, answer in stretches(record.whole, question) if begin in span]
    closed: list[tuple[str, Span, T]] = []
    known, judge = _inherited(record, question), _judge(record, question)
    since: dict[str, Minute] = {}
    for moment, ids in _asked_at(record, question, known):
        for id in ids:
            answer = judge(moment, id)
            before = known.get(id)
            if answer == before or not (answer or before):
                continue
            begun = since.get(id, record.span.start)
            if before and begun < moment.minute:
                closed.append((id, Span(begun, moment.minute), before))
            since[id] = moment.minute
            if answer:
                known[id] = answer
            else:
                del known[id]
    last = (
        (id, Span(since.get(id, record.span.start), record.span.end), known[id])
        for id in sorted(known, key=question.ids.__getitem__)
    )
    return [*closed, *last]


def _asked_at(record: Record, question: Question[T], known: Collection[str]) -> Iterator[tuple[Moment, Iterable[str]]]:
    """The moments of a record, and whom to ask there; ``known`` is looked into when a moment is reached."""
    if question.screen is None:
        yield from ((moment, question.due(moment)) for moment in record.moments)
        return
    for strip, part in groupby(record.moments, key=lambda moment: moment.strip):
        found, first = strip.once(Screening, question, question.screen), next(part)
        if found.bits or known:
            yield first, found.at_first(first, known, question.ids)
            yield from ((m, found.later[m.column]) for m in part if m.column in found.later)


def _judge(record: Record, question: Question[T]) -> Judge[T]:
    """The judge of a question; in a branch what is near is judged once for all moments at which it is the same."""
    judge = question.judging(record)
    if record.stem is None or not question.near:
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


def _inherited(record: Record, question: Question[T]) -> dict[str, T]:
    """The answers that hold just before a record branches off."""
    stem, origin, name = record.stem, record.origin, f"{question.name}: course"
    if stem is None:
        return {}
    if name not in stem.answers:
        stem.answers[name] = [Course(stretches(stem, question))]
    return {} if origin is None else dict(stem.answers[name][0].at(origin.minute))


def given(record: Record, question: Question[T]) -> list[tuple[str, T]]:
    """The answers that are given in a branch itself, whether they were given before it or not."""
    judge = _judge(record, question)
    asked = ((id, judge(moment, id)) for moment, ids in _asked_at(record, question, ()) for id in ids)
    return [(id, answer) for id, answer in asked if answer]


def holding(record: Record, question: Question[bool], screen: Screen) -> list[tuple[str, Span]]:
    """The same of a question whose screen is its answer, so that nobody has to be asked."""
    if question.name not in record.answers:
        record.answers[question.name] = [*_holding(record, question, screen)]
    return [(id, span) for id, span, _ in record.answers[question.name]]


def _holding(record: Record, question: Question[bool], screen: Screen) -> Iterator[tuple[str, Span, bool]]:
    if record.whole is not None:
        begin = record.span.start
        yield from ((id, record.span, True) for id, span in holding(record.whole, question, screen) if begin in span)
        return
    since = dict.fromkeys(_inherited(record, question), record.span.start)
    for strip, moments in groupby(record.moments, key=lambda moment: moment.strip):
        part, found = list(moments), strip.once(Screening, question, screen)
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
    yield from ((id, Span(begun, record.span.end), True) for id, begun in since.items())
