"""What `planner explain` says as JSON data: everything, also what the terminal leaves out."""

from collections.abc import Mapping
from typing import Any

from planner.cli.calendar_report import obstacle_as_data
from planner.cli.explain_words import said
from planner.pipeline.explanation import Appointment, Explanation, Fact, Link, Passed, Story, Work
from planner.pipeline.places import place_of
from planner.plan.file import identity
from planner.plan.step import Step
from planner.units.span import Span


def as_data(explained: Explanation, language: str) -> dict[str, Any]:
    """The explanation as JSON data; instants are local ISO 8601 with offset."""
    page = _Data(explained, language)
    return {
        "plan": identity(explained.plan),
        "subject": explained.subject,
        "kind": "asset" if explained.space == "assets" else "system",
        "preparation": [page.work(work) for work in explained.preparation],
        "waves": [page.appointment(part) for part in explained.appointments],
        "binding": [page.fact(fact) for fact in explained.binding],
        "outages": [page.story(story) for story in explained.stories],
        "takes_along": [page.story(story) for story in explained.beside],
        "times": [page.fact(fact) for fact in explained.times],
    }


class _Data:
    """Writes the parts of one explanation."""

    def __init__(self, explained: Explanation, language: str) -> None:
        self._loaded = explained.loaded
        self._clock = explained.loaded.inventory.clock
        self._language = language

    def fact(self, fact: Fact) -> dict[str, Any]:
        """Its key and values, its sentence, its rule, and where it stands."""
        place = place_of(self._loaded.provenance, fact.path) if fact.path else None
        return {
            "key": fact.key,
            "values": dict(fact.values),
            "message": said(fact, self._language),
            "rule": fact.rule or None,
            "path": fact.path or None,
            "place": str(place) if place else None,
        }

    def step(self, step: Step) -> dict[str, Any]:
        """A step with its times and people."""
        return {
            "id": step.id,
            "kind": step.kind.value,
            "subjects": list(step.assets),
            **self._span(step.span),
            "people": list(step.people),
            "witness": step.witness,
        }

    def work(self, work: Work) -> dict[str, Any]:
        """A step and all that it waits for."""
        waits = [
            {"after": wait.after.id if wait.after else None, "slack_minutes": wait.slack, **self.fact(wait.fact)}
            for wait in work.waits
        ]
        return {**self.step(work.step), "waits": waits}

    def appointment(self, part: Appointment) -> dict[str, Any]:
        """Its part in a wave."""
        return {
            "id": part.wave.id,
            "window": part.wave.window_id,
            **self._span(part.wave.window),
            "minutes": part.minutes,
            "turns": [{"id": turn.id, "subjects": list(turn.assets)} for turn in part.turns],
            "steps": [self.work(work) for work in part.works],
            "windows_before": [self._passed(passed) for passed in part.passed],
        }

    def _passed(self, passed: Passed) -> dict[str, Any]:
        window = passed.judgement.window
        return {
            "id": window.id,
            **self._span(window.span),
            "usable_minutes": passed.judgement.usable.minutes,
            "longest_minutes": passed.longest,
            "wave": passed.wave,
            "obstacles": [obstacle_as_data(obstacle, self._clock) for obstacle in passed.judgement.obstacles],
            "reasons": [self.fact(fact) for fact in passed.reasons],
            "partners": [
                {
                    "ids": list(some.ids),
                    "obstacles": [obstacle_as_data(o, self._clock) for o in some.obstacles],
                    "reasons": [self.fact(fact) for fact in some.facts],
                }
                for some in passed.partners
            ],
            "open": passed.open,
        }

    def story(self, story: Story) -> dict[str, Any]:
        """An outage, its chain, and what would shorten it."""
        chain = [
            {
                **self.step(link.step),
                "waits_minutes": link.waits,
                "because": self.fact(link.fact) if link.fact else None,
            }
            for link in story.chain
        ]
        return {
            "system": story.outage.system,
            **self._span(story.outage.span),
            "computed_minutes": story.outage.computed,
            "inside_service_hours": story.outage.inside,
            "computed": [self._span(span) for span in story.computed],
            "cause": self.fact(story.first),
            "chain": chain,
            "gain_minutes": story.gain,
            "shorter": [self.fact(fact) for fact in story.shorter],
        }

    def _link(self, link: Link) -> dict[str, Any]:
        because = self.fact(link.fact) if link.fact else None
        return {**self.step(link.step), "waits_minutes": link.waits, "because": because}

    def _span(self, span: Span) -> Mapping[str, str]:
        return {"start": self._clock.iso(span.start), "end": self._clock.iso(span.end)}
