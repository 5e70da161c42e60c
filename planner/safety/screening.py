"""At which moments of a strip a question has to be put, because its answer may not be false there."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from planner.safety.judged_strip import JudgedStrip
from planner.safety.moment import Moment
from planner.safety.question import Question, Screen
from planner.safety.strip import Bits, columns


class Screening:
    """Whom a question that is asked of ``ids`` has to be asked of at the moments of one strip, if at all.

    Found out once for all replays that the strip shows (`JudgedStrip.once`). It is asked where its screen says so and
    something changed for the subject, and where the screen ends, so that an answer given before ends too.
    """

    def __init__(self, strip: JudgedStrip, question: Question[Any], screen: Screen) -> None:
        self._strip = strip
        self._question = question
        self.subjects = sorted(question.watched_by(strip.subjects))
        self.bits = {id: bits for id in self.subjects if (bits := screen(strip, id))}

    def at_first(self, moment: Moment, known: Collection[str], ids: Collection[str]) -> list[str]:
        """Whom to ask at the first moment of a part; ``known`` are those with an answer before it."""
        bits, column = self.bits, moment.column
        order = ids if moment.moved is None else self.subjects
        return [id for id in order if id in known or bits.get(id, 0) >> column & 1]

    @cached_property
    def concerned(self) -> frozenset[str]:
        """All whom anything on the strip concerns."""
        return frozenset(self.subjects)

    @cached_property
    def later(self) -> Mapping[int, Sequence[str]]:
        """Whom to ask at each other moment."""
        found: dict[int, list[str]] = defaultdict(list)
        changes = self._changes() if self.bits else {}
        for id, bits in self.bits.items():
            due = bits & changes.get(id, 0) | ~bits & bits << 1
            for column in columns(due & self._strip.all):
                found[column].append(id)
        return found

    def _changes(self) -> Mapping[str, Bits]:
        """When anything changed that the answer about a subject may depend on."""
        question, strip = self._question, self._strip
        table = strip.touched if question.own else strip.reaching if question.deep else strip.stirred
        if question.watching is None:
            return table
        found: dict[str, Bits] = defaultdict(int)
        for subject, when in table.items():
            for id in question.watching.get(subject, ()):
                found[id] |= when
        return found
