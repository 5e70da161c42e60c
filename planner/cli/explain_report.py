"""What `planner explain` says on a terminal of 80 columns."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from planner.calendar import Judgement, Obstacle
from planner.cli.calendar_report import obstacle_named
from planner.cli.explain_words import HEADS, kind, said
from planner.cli.paragraph import folded
from planner.cli.plan_words import WEEKDAYS
from planner.pipeline.explanation import Appointment, Explanation, Fact, Passed, Story, Wait, Work
from planner.pipeline.places import place_of
from planner.plan.step import Step
from planner.units.clock import Clock
from planner.units.span import Minute

SHOWN = 6
"""Partners of a turn that are named; the others are counted."""
LONGEST_VALUE = 60
"""Letters of a written value that are shown."""


def lines(explained: Explanation, language: str) -> Iterator[str]:
    """Every line of the report."""
    page = _Page(explained, language)
    yield from page.head()
    yield from page.when()
    yield from page.earlier()
    yield from page.binding()
    yield from page.outages()
    yield from page.zone()


class _Page:
    """The report on one subject in one language."""

    def __init__(self, explained: Explanation, language: str) -> None:
        self._explained = explained
        self._language = language
        self._heads = HEADS[language]
        self._clock: Clock = explained.loaded.inventory.clock

    def head(self) -> Iterator[str]:
        """Id, name, what it is, and where it is written."""
        explained = self._explained
        name = explained.loaded.inventory.subject(explained.subject).name
        own = f"  {name}" if name != explained.subject else ""
        yield from folded(f"{explained.subject}{own} ({self._heads[explained.space]})")
        yield from self._place(Fact("", path=f"{explained.space}.{explained.subject}"), "  ")

    def when(self) -> Iterator[str]:
        """Its steps wave by wave, each with what ends when it begins."""
        yield ""
        yield self._heads["when"]
        if not self._explained.appointments and not self._explained.preparation:
            yield f"  {self._heads['nothing']}"
        if self._explained.preparation:
            yield f"  {self._heads['prepared']}"
            for work in self._explained.preparation:
                yield from self._work(work)
        for part in self._explained.appointments:
            yield from self._appointment(part)

    def _appointment(self, part: Appointment) -> Iterator[str]:
        wave = part.wave
        times = {"start": self._moment(wave.window.start), "end": self._moment(wave.window.end)}
        yield from folded(self._heads["wave"].format(wave=wave.id, window=wave.window_id, **times), "  ", "    ")
        for turn in part.turns:
            others = [id for id in turn.assets if id != self._explained.subject]
            text = self._heads["turn"].format(turn=turn.id, assets=self._some(others) or "-")
            yield from folded(text, "  ", "    ")
        for work in part.works:
            yield from self._work(work)

    def _work(self, work: Work) -> Iterator[str]:
        """One step, and below it what it waits for to the minute, or what ended last."""
        yield from folded(self._step(work.step), "    ", "      ")
        tight = [wait for wait in work.waits if wait.tight]
        if not work.waits:
            yield f"      {self._heads['first']}"
        elif not tight:
            yield f"      {self._heads['free'].format(minutes=work.waits[0].slack)}"
        for wait in tight or work.waits[:1]:
            yield from self._wait(wait)

    def _wait(self, wait: Wait) -> Iterator[str]:
        after = f"{self._brief(wait.after)}: " if wait.after else ""
        yield from folded(f"<- {after}{self._told(wait.fact)}", "      ", "         ")

    def earlier(self) -> Iterator[str]:
        """The windows before each of its waves, those with the same reasons on one line."""
        for part in self._explained.appointments:
            yield ""
            values = {"wave": part.wave.id, "n": str(len(part.passed)), "minutes": str(part.minutes)}
            yield self._heads["earlier" if part.passed else "none"].format_map(values)
            for why, alike in groupby(part.passed, key=self._why):
                yield from folded(f"{_range([p.judgement for p in alike])}: {why}", "  ", "    ")

    def _why(self, passed: Passed) -> str:
        """What kept the subject out of a window."""
        heads = self._heads
        parts = [heads["used"].format(wave=passed.wave)] if passed.wave else []
        parts.append(heads["usable"].format(minutes=passed.longest) if passed.longest else heads["closed"])
        parts += self._named(passed.judgement.obstacles)
        parts += [self._told(fact) for fact in passed.reasons]
        for some in passed.partners:
            why = (*self._named(some.obstacles), *(self._told(fact) for fact in some.facts))
            values = {"ids": self._some(some.ids), "why": ", ".join(why)}
            parts.append(heads["partners"].format_map(values))
        return "; ".join([*parts, heads["choice"]] if passed.open else parts)

    def _named(self, obstacles: Iterable[Obstacle]) -> list[str]:
        return list(dict.fromkeys(obstacle_named(obstacle, self._language) for obstacle in obstacles))

    def _some(self, ids: Sequence[str]) -> str:
        """The first few, and how many more."""
        more = [self._heads["more"].format(n=len(ids) - SHOWN)] if len(ids) > SHOWN else []
        return ", ".join([*ids[:SHOWN], *more])

    def binding(self) -> Iterator[str]:
        """Every fact with its rule and its place."""
        yield ""
        yield self._heads["binding"]
        for fact in self._explained.binding:
            yield from folded(self._told(fact), "  ", "    ")

    def outages(self) -> Iterator[str]:
        """Each outage, its chain, and what would shorten it."""
        yield ""
        yield self._heads["outages"]
        if not self._explained.stories:
            yield f"  {self._heads['no_outage']}"
        for story in self._explained.stories:
            yield from self._story(story)
        if self._explained.beside:
            yield ""
            yield self._heads["beside"]
        for story in self._explained.beside:
            yield from folded(self._counted(story), "  ", "    ")
            if story.gain:
                fact = Fact("share", {"id": self._explained.subject, "gain": str(story.gain)})
                yield from folded(self._told(fact), "    ", "      ")

    def _counted(self, story: Story) -> str:
        """When an outage is, and how long."""
        outage = story.outage
        times = {"start": self._moment(outage.span.start), "end": self._moment(outage.span.end)}
        counted = {"computed": str(outage.computed), "inside": str(outage.inside)}
        return self._heads["outage"].format(system=outage.system, **times, **counted)

    def _story(self, story: Story) -> Iterator[str]:
        yield from folded(self._counted(story), "  ", "    ")
        yield from folded(self._told(story.first), "    ", "      ")
        yield f"    {self._heads['chain']}"
        for link in story.chain:
            idle = f" {self._heads['idle'].format(minutes=link.waits)}" if link.waits else ""
            yield from folded(f"{self._step(link.step)}{idle}", "      ", "        ")
        if story.shorter:
            yield f"    {self._heads['shorter']}"
        for fact in story.shorter:
            yield from folded(f"- {self._told(fact)}", "      ", "        ")

    def zone(self) -> Iterator[str]:
        """In which zone times without an offset are read, and which are."""
        yield ""
        yield self._heads["zone"]
        for fact in self._explained.times:
            yield from folded(self._told(fact), "  ", "    ")

    def _told(self, fact: Fact) -> str:
        """The fact in words, with its rule and its place."""
        shown = dict(fact.values)
        if len(shown.get("value", "")) > LONGEST_VALUE:
            shown["value"] = shown["value"][:LONGEST_VALUE] + "..."
        place = place_of(self._explained.loaded.provenance, fact.path) if fact.path else None
        behind = ", ".join(str(part) for part in (fact.rule, place) if part)
        text = said(Fact(fact.key, shown, fact.path, fact.rule), self._language)
        return f"{text} [{behind}]" if behind else text

    def _place(self, fact: Fact, indent: str) -> Iterator[str]:
        place = place_of(self._explained.loaded.provenance, fact.path)
        if place:
            yield f"{indent}--> {place}"

    def _step(self, step: Step) -> str:
        """Such as ``2027-01-09(Sat) 08:00-08:10 stop jumin W2-132 (ict/1)``."""
        people = ", ".join((*step.people, *((step.witness,) if step.witness else ())))
        end = self._clock.local(step.end)
        named = _several(step.assets)
        text = f"{self._moment(step.start)}-{end:%H:%M} {kind(step.kind.value, self._language)} {named} {step.id}"
        return f"{text} ({people})" if people else text

    def _brief(self, step: Step) -> str:
        return f"{step.id} {kind(step.kind.value, self._language)} {_several(step.assets)}"

    def _moment(self, minute: Minute) -> str:
        local = self._clock.local(minute)
        return f"{local:%Y-%m-%d}({WEEKDAYS[self._language][local.weekday()]}) {local:%H:%M}"


def _several(ids: Sequence[str]) -> str:
    return ",".join(ids[:3]) + (",.." if len(ids) > 3 else "")


def _range(judgements: Sequence[Judgement]) -> str:
    """The first and the last window, and how many there are."""
    first, last = judgements[0].window.id, judgements[-1].window.id
    return first if len(judgements) == 1 else f"{first} .. {last} ({len(judgements)})"
