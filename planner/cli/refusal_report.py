"""Why there is no plan, on 80 columns and as data: the reasons, the facts that conflict, what would make a plan."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.cli.console import Console
from planner.cli.paragraph import folded
from planner.cli.plan_words import HEADS as PLAN_HEADS
from planner.errors.catalogue import sentence
from planner.model import canonical
from planner.pipeline.places import place_of
from planner.pipeline.refused import RefusedInventory
from planner.plan.refusal import Conflict, Fact, Reason, Refusal, RefusalKind, Relaxation
from planner.plan.wording import word, word_fact
from planner.sources import Origin

Provenance = Mapping[str, Origin]

KINDS = ("assets", "systems", "links", "rooms", "racks", "teams")
"""Under what the records of subjects stand in the inventory."""

HEADS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "smallest": "どれか1つでも外せばこの矛盾は消え、調べた中でこれより少ない事実は矛盾しません (解き直して確認)",
        "smallest_else": "どれか1つでも外せばこの矛盾は消え、ほかのこれより少ない事実は矛盾しません (解き直して確認)",
        "minimal": "どれか1つでも外せばこの矛盾は消えます (解き直して確認)",
        "facts": "これらがある限り、どの計画も規則に反します",
        "places": "どの配置も限度に反します",
        "target": "目標の状態そのものが検証に通りません",
        "exhausted": "すべての計画を調べました",
        "relaxations": "次のどれかにすれば計画できます (それぞれ計画を作り、検証しました)",
        "plan": "(波 {waves}、時間内の停止 {minutes} 分)",
        "and": "、さらに ",
        "cut_short": "矛盾と変更案の探索は途中で止められました。ここまでに確かめたものだけを示します",
        "no_claim": "計画がないことの証明はありません。見つからなかっただけで、矛盾は示せません",
        "no_conflict": "計画がないことは証明済みですが、矛盾する事実の組には絞れませんでした",
        "no_relaxation": "試した範囲では、計画できる小さな変更は見つかりませんでした",
        "nothing_tried": "この理由に対して試せる小さな変更は知られていません (何も試していません)",
    },
    "en": {
        "smallest": "solved again: without any one of them it is gone, and no fewer of those looked at conflict",
        "smallest_else": "solved again: gone without any one of them, and no fewer of the others looked at conflict",
        "minimal": "solved again: without any one of them it is gone",
        "facts": "while they hold, every plan breaks a rule",
        "places": "every placement exceeds a limit",
        "target": "the target state itself does not pass the verifier",
        "exhausted": "every plan was gone through",
        "relaxations": "any one of these makes a plan (each was planned and verified)",
        "plan": "(waves {waves}, outage in service hours {minutes} min)",
        "and": ", and ",
        "cut_short": "the search for conflicts and changes was stopped; only what was proved by then is told",
        "no_claim": "it is not proved that there is no plan; none was found, so no conflict is claimed",
        "no_conflict": "that there is no plan is proved, but not narrowed down to a set of facts",
        "no_relaxation": "of the small changes that were tried, none makes a plan",
        "nothing_tried": "no small change is known that could help with these reasons; none was tried",
    },
}


def show_refusal(console: Console, refused: RefusedInventory, language: str, form: str) -> None:
    """What is known about an inventory without a plan stands on standard output."""
    refusal, provenance = refused.refusal, refused.loaded.provenance
    if form == "json":
        console.json({"result": "refused", **as_data(refusal, provenance, language)})
        return
    console.data(PLAN_HEADS[language][refusal.kind.value])
    for line in lines(refusal, provenance, language):
        console.data(line)


def lines(refusal: Refusal, provenance: Provenance, language: str) -> Iterator[str]:
    """Every line below the head: reasons with their places, conflicts, and relaxations."""
    heads = HEADS[language]
    for reason in refusal.reasons:
        yield from folded(word(reason, language), "  ", "  ")
        yield from _places(provenance, reason.facts or _records(reason, provenance), "    ")
    for number, conflict in enumerate(refusal.conflicts):
        yield ""
        yield from conflict_lines(conflict, provenance, language, number)
    if refusal.relaxations:
        yield ""
        yield from folded(heads["relaxations"])
        for number, relaxation in enumerate(refusal.relaxations, 1):
            yield from _relaxation(number, relaxation, provenance, language)
    yield from _remarks(refusal, heads)


def _remarks(refusal: Refusal, heads: Mapping[str, str]) -> Iterator[str]:
    """What is not claimed, so that nobody takes silence for an answer."""
    examined = refusal.examined
    told = {
        "cut_short": refusal.cut_short,
        "no_claim": examined and refusal.kind is RefusalKind.NOT_FOUND,
        "no_conflict": examined and refusal.kind is not RefusalKind.NOT_FOUND and not refusal.conflicts,
        "no_relaxation": examined and not refusal.cut_short and not refusal.relaxations and refusal.tried > 0,
        "nothing_tried": examined and not refusal.cut_short and not refusal.tried,
    }
    for key in (key for key, holds in told.items() if holds):
        yield ""
        yield from folded(heads[key])


def conflict_lines(conflict: Conflict, provenance: Provenance, language: str, number: int) -> Iterator[str]:
    """One set of facts that conflict, with the place of each; ``number`` counts those before it."""
    heads = HEADS[language]
    told = {"n": len(conflict.facts), "proof": heads[conflict.proof.value]}
    yield from folded(f"error[E505]: {sentence('E505', language).format_map(told)}", "", "  ")
    for place, fact in enumerate(conflict.facts, 1):
        yield from _fact(f"{place}. ", fact, provenance, language)
    if len(conflict.facts) > 1:
        smallest = "smallest_else" if number else "smallest"
        yield from folded(heads[smallest if conflict.smallest else "minimal"], "  ")


def reason_lines(reason: Reason, provenance: Provenance, language: str) -> Iterator[str]:
    """A reason for which there is no plan, as an error of its own, with its places."""
    yield from folded(f"error[E505]: {word(reason, language)}", "", "  ")
    yield from _places(provenance, reason.facts or _records(reason, provenance), "  ")


def _fact(mark: str, fact: Fact, provenance: Provenance, language: str, more: str = "") -> Iterator[str]:
    yield from folded(f"{mark}{word_fact(fact, language)}{more}", "  ", " " * (2 + len(mark)))
    yield from _places(provenance, (fact.path,), " " * (2 + len(mark)))


def _relaxation(number: int, relaxation: Relaxation, provenance: Provenance, language: str) -> Iterator[str]:
    heads, mark = HEADS[language], f"{number}. "
    plan = heads["plan"].format(waves=relaxation.waves, minutes=relaxation.service_minutes)
    told = heads["and"].join(word_fact(change, language) for change in relaxation.changes)
    yield from folded(f"{mark}{told} {plan}", "  ", " " * (2 + len(mark)))
    yield from _places(provenance, [change.path for change in relaxation.changes], " " * (2 + len(mark)))


def _places(provenance: Provenance, facts: Sequence[str], indent: str) -> Iterator[str]:
    places = (place_of(provenance, fact, own=True) for fact in facts)
    for place in dict.fromkeys(str(place) for place in places if place):
        yield f"{indent}--> {place}"


def _records(reason: Reason, provenance: Provenance) -> list[str]:
    """The records of a reason's subjects: what is said of a whole asset or system has no narrower fact."""
    written = {".".join(path.split(".")[:2]) for path in provenance}
    return [f"{kind}.{id}" for id in reason.subjects for kind in KINDS if f"{kind}.{id}" in written]


def as_data(refusal: Refusal, provenance: Provenance, language: str) -> dict[str, Any]:
    """The same as JSON data: each fact and change with its words, file and line."""
    data = canonical.encode(refusal)
    found: dict[str, Any] = {name: value for name, value in data.items() if name not in ("conflicts", "relaxations")}
    found["conflicts"] = [conflict_as_data(conflict, provenance, language) for conflict in refusal.conflicts]
    found["relaxations"] = [
        {
            "changes": [_fact_data(change, provenance, language) for change in relaxation.changes],
            "waves": relaxation.waves,
            "outage_minutes_in_service_hours": relaxation.service_minutes,
        }
        for relaxation in refusal.relaxations
    ]
    return found


def conflict_as_data(conflict: Conflict, provenance: Provenance, language: str) -> dict[str, Any]:
    """A set of facts that conflict."""
    return {
        "code": "E505",
        "proof": conflict.proof.value,
        "smallest": conflict.smallest,
        "facts": [_fact_data(fact, provenance, language) for fact in conflict.facts],
    }


def reason_as_data(reason: Reason, provenance: Provenance, language: str) -> dict[str, Any]:
    """A reason with its words and places."""
    places = (place_of(provenance, fact, own=True) for fact in reason.facts or _records(reason, provenance))
    told = {"message": word(reason, language), "places": [str(place) for place in places if place]}
    return {"code": "E505", **canonical.encode(reason), **told}


def _fact_data(fact: Fact, provenance: Provenance, language: str) -> dict[str, Any]:
    place = place_of(provenance, fact.path, own=True)
    where = {"file": place.file, "line": place.line, "column": place.column} if place else {}
    return {**canonical.encode(fact), "message": word_fact(fact, language), **where}
