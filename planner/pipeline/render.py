"""The documents of a verified plan, written into a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from planner.errors import Fault, Faults, Position
from planner.errors.failure import Failure
from planner.model.inventory import Inventory
from planner.pipeline.shelf import Shelf
from planner.pipeline.verify import read_plan
from planner.plan.file import identity
from planner.plan.finding import Verdict
from planner.plan.plan import Plan
from planner.rendering.catalogue import CATALOGUE, DOCUMENTS, FORMATS
from planner.rendering.documents.edition import Edition
from planner.rendering.documents.engine import Engine
from planner.rendering.documents.issue import File, Issue
from planner.rendering.documents.words import read_words
from planner.rendering.typeface import MissingGlyph
from planner.resources import templates_folder
from planner.safety.ways_back import ways_back
from planner.units.progress import Progress


def write_documents(  # noqa: PLR0913 - what a paper depends on, each by its name
    inventory: Inventory,
    plan: Plan,
    verdict: Verdict,
    out: Path,
    *,
    language: str,
    templates: Path | None,
    progress: Progress,
    formats: Iterable[str] | None = None,
    only: Iterable[str] | None = None,
) -> list[Path]:
    """Write the documents of a plan into a folder and return their paths; all are made before the first is written.

    Names, notes and contacts come from ``inventory``. Papers of an earlier plan that planner wrote there are removed;
    what others wrote or changed is kept (`planner.pipeline.shelf`).

    Parameters
    ----------
    language : {"ja", "en"}
        In which the documents are written.
    templates : Path or None
        The office's own folder of templates; its files come before the shipped ones of the same name.
    formats, only : iterable of str, optional
        Formats and documents of `planner.rendering.catalogue`; by default all.

    Raises
    ------
    ValueError
        If the verdict is not safe: no paper of an unsafe plan is ever written.
    Faults
        If a template or a file of words is wrong, or no shipped font has a letter that a picture needs; nothing is
        written then.
    """
    if not verdict.safe:
        raise ValueError("documents are written of verified plans only")
    folders = _folders(templates)
    words = read_words(language, reversed(folders))
    chosen = frozenset(DOCUMENTS if only is None else only)
    back = ways_back(inventory, plan) if "rollback" in chosen else {}
    edition = Edition(identity(plan), replace(plan, inventory=inventory), verdict, words, back)
    issue = Issue(edition, Engine(folders), frozenset(FORMATS if formats is None else formats), chosen)
    return Shelf(out).put(edition.id, {file.name: file.content for file in _made(issue, progress)})


def require_own_place(plan: Plan, out: Path) -> None:
    """Refuse a folder in which another plan lies: its papers and alternatives would make way for papers of this one.

    Raises
    ------
    Failure
        If ``plan.json`` there is another plan, or none that can be read.
    """
    beside = out / "plan.json"
    if beside.is_file() and _identity(beside) != identity(plan):
        raise Failure(
            f"{beside} is another plan than the one to be rendered; its papers are not mixed with those of this one",
            cure="name another folder with -o",
            japanese=(
                f"{beside} は文書を作る計画とは別の計画です。二つの計画の文書は混ぜません",
                "-o で別のフォルダを指定してください",
            ),
        )


def _identity(file: Path) -> str | None:
    try:
        return identity(read_plan(file))
    except Failure:
        return None


def require_templates(language: str, templates: Path) -> None:
    """Refuse templates and words of the office that cannot even be read, before a long search begins.

    Raises
    ------
    Faults
        If one cannot be read. What a template says about a plan is seen only when it is filled in.
    """
    folders = _folders(templates)
    read_words(language, reversed(folders))
    Engine(folders).require_readable(templates)


def _folders(templates: Path | None) -> tuple[Path, ...]:
    return (*([templates] if templates else []), templates_folder())


def _made(issue: Issue, progress: Progress) -> list[File]:
    made: list[File] = []
    documents = [document for document in CATALOGUE if document.id in issue.documents]
    for done, document in enumerate(documents):
        progress("documents", done, len(documents))
        try:
            made += document.make(issue)
        except MissingGlyph as missing:
            code = f"U+{ord(missing.letter):04X}"
            facts = {"letter": missing.letter, "code": code, "text": missing.text}
            raise Faults([Fault("E751", Position(document.id), facts)]) from missing
    progress("documents", len(documents), len(documents))
    return made
